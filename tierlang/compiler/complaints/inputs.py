"""Complaints about the blocks that say what comes in: events, signals and lookups."""

from __future__ import annotations

from collections.abc import Sequence

from tierlang.compiler.complaints.voice import a_kind, did_you_mean, error
from tierlang.diagnostics.diagnostic import Diagnostic, Edit, Fix, Related
from tierlang.diagnostics.edits import replace
from tierlang.diagnostics.words import code_list
from tierlang.program.values import Kind
from tierlang.source import Span
from tierlang.syntax import nodes


def own_name_taken(name: nodes.Name, event: str) -> Diagnostic:
    """An attribute called as something every event has."""
    what = {"age": "the whole days since it", "at": "its day"}[name.text]
    return error(
        "doubled-name",
        name.span,
        f"`{name.text}` is already taken: every `{event}` has `{name.text}`, {what}",
        f"call it something else, such as `{event}_{name.text}`, and say its heading with `from`",
    )


def signal_option(part: nodes.Node, option: str, name: str) -> Diagnostic:
    """`required` or `default` on a signal."""
    hint = {
        "required": "leave it out. To have a value for such accounts, write `first of "
        f"[{name}, 0]` where the signal is read",
        "default": f"write `first of [{name}, …]` where the signal is read",
    }[option]
    return error(
        "option-misfit",
        part.span,
        f"`{option}` is not for signals: an account may have no observation at all, and then `{name}` is missing",
        hint,
        fixes=[removal(part.span, f"`{option}`")],
    )


def removal(span: Span, what: str) -> Fix:
    """The fix that takes something out, with the blank before it."""
    text = span.source.text
    start = span.start - 1 if text[span.start - 1 : span.start] == " " else span.start
    return Fix(f"take {what} out", (Edit(span.source.span(start, span.end), ""),))


def tags_misplaced(node: nodes.Name, what: str, why: str) -> Diagnostic:
    """A set of tags where only single values work."""
    return error(
        "option-misfit", node.span, f"{what} cannot be tags: {why}", "use `text`", fixes=[replace(node.span, "text")]
    )


def two_headings(span: Span, first: Span) -> Diagnostic:
    """A signal's value column named twice."""
    return error(
        "doubled-line",
        span,
        "the column of the values is named twice, by `from` and by `value from`",
        "keep one of the two",
        related=[Related(first, "the first one is here")],
    )


def no_match(span: Span, name: str) -> Diagnostic:
    """A lookup that does not say how its rows are found."""
    return error(
        "empty-lookup",
        span,
        f"the lookup `{name}` does not say by what its rows are found",
        "add `match FIELD`: the fields whose values stand in the file",
    )


def no_give(span: Span, name: str) -> Diagnostic:
    """A lookup that gives nothing."""
    return error(
        "empty-lookup",
        span,
        f"the lookup `{name}` gives nothing",
        "add a `give` line for each column you want, for example `give points number`",
    )


def matched_twice(name: nodes.Name, first: Span) -> Diagnostic:
    """A field that a lookup matches twice."""
    return error(
        "doubled-name",
        name.span,
        f"`{name.text}` is matched twice",
        "keep one of the two",
        related=[Related(first, "it is already matched here")],
    )


def tags_matched(name: nodes.Name) -> Diagnostic:
    """A lookup by tags."""
    return error(
        "wrong-kind",
        name.span,
        f"`{name.text}` is {a_kind(Kind.TAGS)}, and a row is found by one value",
        "match a field that holds one value",
    )


def unknown_lookup(name: nodes.Name, known: Sequence[str]) -> Diagnostic:
    """A column of a lookup that nothing declares."""
    hints, fixes = did_you_mean(name.text, known, name.span)
    usage = "a column of a lookup table is written `LOOKUP.COLUMN`, and the table is declared with `lookup`"
    return error(
        "unknown-name", name.span, f"there is no lookup called `{name.text}`", *(hints or [usage]), fixes=fixes
    )


def no_such_given(
    name: nodes.Name, table: str, known: Sequence[str], hints: Sequence[str], fixes: Sequence[Fix]
) -> Diagnostic:
    """`LOOKUP.column` with a column that the lookup does not give."""
    given = f"it gives {code_list(known)}"
    return error(
        "unknown-name",
        name.span,
        f"the lookup `{table}` gives no `{name.text}`",
        *(hints if fixes else [given]),
        fixes=fixes,
    )
