"""Complaints about fields and their options."""

from __future__ import annotations

from collections.abc import Sequence

from tierlang.compiler.complaints.voice import a_kind, did_you_mean, error
from tierlang.diagnostics.diagnostic import Diagnostic, Related
from tierlang.diagnostics.edits import replace
from tierlang.diagnostics.words import quoted
from tierlang.program.values import Kind
from tierlang.source import Span
from tierlang.syntax import nodes


def option_of_other_type(span: Span, option: str, fits: str, name: str, kind: Kind) -> Diagnostic:
    """An option that the field's type does not have."""
    return error("option-misfit", span, f"`{option}` is for {fits}, and `{name}` is {a_kind(kind)}")


def key_not_text(node: nodes.Name, kind: Kind) -> Diagnostic:
    """A key that is not text."""
    return error(
        "option-misfit",
        node.span,
        f"the `key` must be text, not {a_kind(kind)}",
        'as text, "0015" stays "0015"',
        fixes=[replace(node.span, "text", certain=True)],
    )


def key_with_default(span: Span) -> Diagnostic:
    """A key with a default."""
    return error("option-misfit", span, "a `key` cannot have a `default`: every account needs a key of its own")


def tags_never_missing(span: Span, option: str) -> Diagnostic:
    """`required` or `default` on tags."""
    return error(
        "option-misfit",
        span,
        f"`{option}` has no use here: tags are never missing. An empty cell is an empty set of tags",
    )


def required_with_default(span: Span) -> Diagnostic:
    """`required` beside `default`."""
    return error(
        "option-misfit",
        span,
        "`required` and `default` do not go together: a field with a default is never missing",
        "keep `required` to refuse accounts without a value, or `default` to fill one in",
    )


def doubled_choice(span: Span, text: str, first: Span) -> Diagnostic:
    """A text that stands twice in `one of`."""
    return error(
        "doubled-value",
        span,
        f"{quoted(text)} stands twice in `one of`",
        related=[Related(first, "it is already here")],
    )


def same_as_unknown(span: Span, meaning: str, name: str, known: Sequence[str]) -> Diagnostic:
    """`same … as` a text that is not among the choices."""
    hints, fixes = did_you_mean(meaning, known, span, text=True)
    return error("unknown-value", span, f"{quoted(meaning)} is not in the `one of` of `{name}`", *hints, fixes=fixes)


def same_twice(span: Span, text: str, first: Span) -> Diagnostic:
    """A text that `same` reads as two different ones."""
    return error(
        "doubled-value",
        span,
        f"{quoted(text)} is read as two different texts",
        related=[Related(first, "it already has a meaning here")],
    )


def same_is_a_choice(span: Span, text: str) -> Diagnostic:
    """`same` replaces one of the choices."""
    return error(
        "doubled-value",
        span,
        f"{quoted(text)} is one of the field's own texts, so it cannot be read as another one",
        "take it out of `one of`, or out of `same`",
    )


def empty_split(span: Span) -> Diagnostic:
    """`split ""`."""
    return error("option-misfit", span, "`split` needs the character between two tags", 'for example `split ";"`')


def bad_date_format(span: Span, text: str) -> Diagnostic:
    """A date format without year, month or day."""
    return error(
        "bad-date-format",
        span,
        f"{quoted(text)} is no date format: it needs the year (YYYY or YY), the month (MM, M or MMM) and the day (DD or D), once each",
        'for example "MM/DD/YYYY" or "D.M.YYYY". Without `format`, dates are read as 2026-01-31',
    )


def end_not_whole(span: Span, words: str, name: str) -> Diagnostic:
    """A whole field whose range ends at a fraction."""
    return error("off-grid", span, f"`{name}` is a whole number, so its range cannot end at {words}")


def default_not_whole(span: Span, words: str, name: str) -> Diagnostic:
    """A whole field with a fraction for a default."""
    return error("bad-default", span, f"`{name}` is a whole number, so its default cannot be {words}")


def default_outside(span: Span, words: str, name: str, shown: str) -> Diagnostic:
    """A default outside the field's own range."""
    return error("bad-default", span, f"the default {words} of `{name}` is outside its own range {shown}")


def capitals_in_folded(span: Span, text: str, folded: str) -> Diagnostic:
    """A choice with capitals in a field that folds case."""
    return error(
        "unknown-value",
        span,
        f"with `fold case` every cell is read in small letters, so {quoted(text)} never occurs",
        f"write {quoted(folded)}, or keep the spelling with `same {quoted(folded)} as {quoted(text)}`",
        fixes=[replace(span, quoted(folded))],
    )
