"""Complaints about values of the wrong kind and literals that cannot be meant."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from tierlang.compiler.complaints.voice import a_kind, did_you_mean, error
from tierlang.diagnostics.diagnostic import Diagnostic, Fix
from tierlang.diagnostics.edits import replace
from tierlang.diagnostics.words import quoted, text_list
from tierlang.program.numbers import number_text
from tierlang.program.values import Kind
from tierlang.source import Span
from tierlang.syntax import nodes


def wrong_kind(
    span: Span, words: str, kind: Kind, place: str, wanted: str, *hints: str, fixes: Sequence[Fix] = ()
) -> Diagnostic:
    """A value of another kind than the place needs: `place` is what needs it, `wanted` what it needs."""
    return error("wrong-kind", span, f"`{words}` is {a_kind(kind)}, but {place} needs {wanted}", *hints, fixes=fixes)


def not_a_condition(span: Span, words: str, kind: Kind) -> Diagnostic:
    """A value where something true or false is needed."""
    hint = {
        Kind.TEXT: f'compare it: `{words} = "…"`' if words[:1] != '"' else f"compare it: `FIELD = {words}`",
        Kind.TAGS: f'ask for a tag: `{words} contains "…"`',
        Kind.DATE: f"ask how old it is: `{words} within 90 days`",
    }.get(kind, f"compare it: `{words} > 0`, or `{words} is not missing`")
    return error("wrong-kind", span, f"`{words}` is {a_kind(kind)}, but a condition is needed here", hint)


def cannot_compare(node: nodes.Compare, left: tuple[str, Kind], right: tuple[str, Kind]) -> Diagnostic:
    """Two sides of different kinds; a literal in the wrong dress gets a fix."""
    fixes = undress(node.left, right[1]) or undress(node.right, left[1])
    hints = [] if fixes else ["nothing is converted by itself: both sides need the same kind of value"]
    for side, other in ((left, right), (right, left)):
        if side[1] is Kind.DATE and other[1].is_numeric:
            hints = [f"days up to the as-of date are a number: `days since {side[0]}`"]
            if _DATE_LIKE.fullmatch(other[0]):
                hints = ["a date is written year-month-day: 2026-01-31"]
    return error(
        "wrong-kind",
        node.span,
        f"`{left[0]}` is {a_kind(left[1])} and `{right[0]}` is {a_kind(right[1])}; they cannot be compared",
        *hints,
        fixes=fixes,
    )


def undress(literal: nodes.Expression | nodes.Range, wanted: Kind) -> list[Fix]:
    """The fix for a literal in the wrong dress: a date or number in quotes, a text or flag without them."""
    match literal:
        case nodes.Text(value=value) if wanted is Kind.DATE and _is_date(value):
            return [replace(literal.span, value.strip(), "write the date without quotes", certain=True)]
        case nodes.Text(value=value) if wanted.is_numeric and _is_plain_number(value):
            return [replace(literal.span, value.strip(), "write the number without quotes", certain=True)]
        case nodes.Text(value=value) if wanted is Kind.FLAG and value.strip().casefold() in _FLAGS:
            flag = _FLAGS[value.strip().casefold()]
            return [replace(literal.span, flag, f"write `{flag}` without quotes", certain=True)]
        case nodes.Number(text=text) if wanted is Kind.TEXT:
            return [replace(literal.span, quoted(text), f"write the text {quoted(text)}")]
        case nodes.Date(value=date) if wanted is Kind.TEXT:
            return [replace(literal.span, quoted(date.isoformat()), "write the date as text")]
        case nodes.Number(value=0 | 10_000 as number) if wanted is Kind.FLAG:
            flag = "true" if number else "false"
            return [replace(literal.span, flag, f"write `{flag}`", certain=True)]
    return []


_DATE_LIKE = re.compile(r"\d{1,4} ?[/.-] ?\d{1,2} ?[/.-] ?\d{1,4}|(19|20)\d\d")
"""A date as other people write it, which is read as a division, or a year alone."""

_FLAGS = {"yes": "true", "true": "true", "1": "true", "no": "false", "false": "false", "0": "false"}


def _is_date(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text.strip()).isoformat() == text.strip()
    except ValueError:
        return False


def _is_plain_number(text: str) -> bool:
    whole, _, rest = text.strip().partition(".")
    return (
        whole.isascii() and whole.isdigit() and (rest == "" or (rest.isascii() and rest.isdigit() and len(rest) <= 4))
    )


def text_order(node: nodes.Compare, words: str, kind: Kind) -> Diagnostic:
    """Texts, flags or tags compared by size."""
    if kind is Kind.TAGS:
        return error(
            "wrong-kind",
            node.span,
            f"`{words}` is a set of tags, and tags are not compared",
            f'ask for one tag: `{words} contains "…"`',
        )
    hint = {
        Kind.TEXT: "text has no order here. Compare it with `=`, `!=` or `in […]`, or give each text a number with `by`",
        Kind.FLAG: "write the name alone, or `not` before it",
    }[kind]
    return error("wrong-kind", node.span, f"`{words}` is {a_kind(kind)}, which only `=` and `!=` compare", hint)


def differing_kinds(
    node: nodes.Node, first: tuple[str, Kind], second: tuple[str, Kind], what: str, fixes: Sequence[Fix] = ()
) -> Diagnostic:
    """Parts that must be of one kind and are not."""
    return error(
        "wrong-kind",
        node.span,
        f"`{second[0]}` is {a_kind(second[1])} and `{first[0]}` is {a_kind(first[1])}, but {what} needs values of one kind",
        fixes=fixes,
    )


def bad_arithmetic(node: nodes.Arithmetic, left: tuple[str, Kind], right: tuple[str, Kind]) -> Diagnostic:
    """`+ - * /` on something that is no number."""
    hints: list[str] = []
    words, kind = left if not left[1].is_numeric else right
    if Kind.DATE in (left[1], right[1]):
        if node.operator == "-":
            dates = [text for text, kind in (left, right) if kind is Kind.DATE and text != "today"]
            if dates:
                hints.append(f"days up to the as-of date are `days since {dates[0]}`")
            else:
                hints.append("a window of time is written `FIELD within 90 days`, an age `days since FIELD > 90`")
        else:
            hints.append(
                f"to ask whether a date is near, write `{words} within 90 days` or `{words} within next 90 days`"
            )
    elif Kind.TEXT in (left[1], right[1]):
        hints.append("texts cannot be joined. To turn text into points, use `by` with a row for each text")
    elif kind is Kind.FLAG:
        hints.append(f"to count a yes as a number, write `(if {words} then 1 else 0)`")
    return error(
        "wrong-kind",
        node.span,
        f"`{words}` is {a_kind(kind)}, and `{node.operator}` works on numbers",
        *hints,
    )


def unknown_value(span: Span, value: str, name: str, known: Sequence[str], same: str | None = None) -> Diagnostic:
    """A text that a field with `one of` can never be."""
    if same is not None:
        return error(
            "unknown-value",
            span,
            f"`{name}` is never {quoted(value)}: the field reads that as {quoted(same)}",
            f"write {quoted(same)}",
            fixes=[replace(span, quoted(same))],
        )
    hints, fixes = did_you_mean(value, known, span, text=True)
    if len(known) > 1 and hints and not hints[0].startswith("there"):
        hints.append(f"`{name}` is one of {text_list(known)}")
    return error("unknown-value", span, f"`{name}` is never {quoted(value)}", *hints, fixes=fixes)


def never_holds(span: Span, words: str, name: str, low: str, high: str) -> Diagnostic:
    """A literal outside what a field or score can be, so that the condition never holds."""
    return error(
        "out-of-range",
        span,
        f"`{words}` can never hold: `{name}` lies in {low}..{high}",
        "correct the number, or the range where the name is declared",
    )


def never_is(span: Span, words: str, name: str, low: str, high: str) -> Diagnostic:
    """A value in a list or table that a field or score never has."""
    return error(
        "out-of-range",
        span,
        f"`{name}` is never {words}: it lies in {low}..{high}",
        "correct the number, or the range where the name is declared",
    )


def percent_misfit(node: nodes.Number, name: str, shown: str) -> Diagnostic:
    """A percentage beside a number that is not counted in shares of one."""
    plain = node.text.rstrip("%").rstrip()
    return error(
        "percent-misfit",
        node.span,
        f"{node.text} means {number_text(node.value)}, but `{name}` {shown}",
        f"write `{plain}` if you mean that number",
        fixes=[replace(node.span, plain)],
    )


def never_whole(span: Span, number: int, name: str) -> Diagnostic:
    """A whole number compared with a fraction."""
    return error(
        "out-of-range",
        span,
        f"this can never hold: `{name}` is a whole number, and {number_text(number)} is not",
        "write a whole number",
    )


def not_constant(span: Span, words: str, what: str, *hints: str) -> Diagnostic:
    """Something that differs between accounts where one constant is needed."""
    return error("not-constant", span, f"{what} is a constant, but `{words}` depends on the account", *hints)


def let_condition(node: nodes.Let, words: str) -> Diagnostic:
    """A `let` that holds a condition or reads accounts."""
    return error(
        "not-constant",
        node.value.span,
        f"a `let` holds one number, text, flag or date for all accounts, but `{words}` is not one",
        f"what depends on the account is a derived field: `derive {node.name.text} = {words}` inside `account`",
    )


def duration_alone(span: Span, words: str) -> Diagnostic:
    """A duration where a value is needed."""
    return error(
        "wrong-kind",
        span,
        f"`{words}` is a length of time, not a value",
        f"use it with a date: `FIELD within {words}`, or compare `days since FIELD` with a number of days",
    )


def hours(span: Span, words: str) -> Diagnostic:
    """Hours outside `respond within`."""
    return error(
        "wrong-unit",
        span,
        f"`{words}`: hours only stand in `respond within` of a play. Dates are whole days",
        "use days, weeks, months, quarters or years",
    )


def tags_in(span: Span, words: str) -> Diagnostic:
    """`tags in [...]`."""
    return error(
        "wrong-kind",
        span,
        f"`{words}` is a set of tags, and `in` looks for one value",
        f'ask for each tag: `{words} contains "a" or {words} contains "b"`',
    )


def reversed_range(span: Span, low: str, high: str, fix: str | None) -> Diagnostic:
    """A range whose low end is above its high end."""
    if low == high:
        return error("reversed-range", span, f"this range is empty: it ends at {high} and leaves {high} out")
    return error(
        "reversed-range",
        span,
        f"this range is empty: {low} is more than {high}",
        "the smaller end stands first",
        fixes=[replace(span, fix)] if fix else [],
    )


def never_empty(span: Span, name: str) -> Diagnostic:
    """`region = ""`: an empty cell is no text."""
    message = f'`{name}` is never "": an empty cell means that there is no value'
    return error("unknown-value", span, message, f"ask for it by `{name} is missing`, or `{name} is not missing`")


def more_choices(whole: Span, more: Sequence[nodes.Text], subject: str, values: Sequence[str]) -> Diagnostic:
    """`industry = "Banking" or "Software"`: the second text is no condition."""
    written = f"{subject} in [{', '.join(quoted(value) for value in values)}]"
    return error(
        "wrong-kind",
        more[0].span.to(more[-1].span),
        f"{text_list(values[1:])} {'is' if len(more) == 1 else 'are'} text, but `or` needs a condition on each side",
        f"to ask for one of several texts, write `{written}`",
        fixes=[replace(whole, written, certain=True)],
    )


def more_matches(text: nodes.Text, asked: str) -> Diagnostic:
    """`tech contains "a" or "b"`."""
    written = f"{asked} {quoted(text.value)}"
    return error(
        "wrong-kind",
        text.span,
        f"{quoted(text.value)} is text, but `or` needs a condition on each side",
        f"say the whole question again: `{written}`",
        fixes=[replace(text.span, written, certain=True)],
    )


def nothing_to_pick(span: Span, which: str) -> Diagnostic:
    """`lowest of []`."""
    return error("empty-list", span, f"this list is empty, so there is no {which} of it", f"write `{which} of [a, b]`")


def empty_list(span: Span) -> Diagnostic:
    """An empty list in place."""
    return error("empty-list", span, "this list is empty, so nothing is ever in it")
