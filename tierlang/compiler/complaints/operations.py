"""Complaints about operations: what they are given, and what comes of them."""

from __future__ import annotations

from tierlang.compiler.complaints.voice import error
from tierlang.diagnostics.diagnostic import Diagnostic
from tierlang.program.numbers import number_text
from tierlang.source import Span
from tierlang.syntax import nodes


def divided_by_zero(span: Span) -> Diagnostic:
    """A division by the constant 0."""
    return error("divided-by-zero", span, "this divides by zero, so it never has a value")


def too_large(span: Span) -> Diagnostic:
    """A constant out of the bounds of numbers."""
    return error("too-large", span, "this number is too large: numbers stay below 100 trillion (10^14)")


def too_deep(span: Span) -> Diagnostic:
    """An expression of far too many levels."""
    return error(
        "too-deep",
        span,
        "this is nested too deeply to be read",
        "name parts of it with `derive`, and put them together by their names",
    )


def too_few(node: nodes.Call, least: int, most: int | None, usage: str) -> Diagnostic:
    """A function with too many or too few arguments."""
    count = len(node.arguments)
    wanted = f"at least {least} values" if most is None else f"{least} value{'' if least == 1 else 's'}"
    return error(
        "wrong-arguments",
        node.span,
        f"`{node.function.text}` takes {wanted}, and here {'is' if count == 1 else 'are'} {count}",
        f"it is written `{usage}`",
    )


_COUNTED = "events are counted by `count of EVENT where (…) within 90 days`; `any EVENT within 90 days` asks whether there is one"
_OTHERS = {
    **dict.fromkeys(("countif", "countifs", "counta", "exists"), _COUNTED),
    **dict.fromkeys(("sumif", "sumifs"), "events are added up by `sum of EVENT.ATTRIBUTE where (…) within 1 year`"),
    **dict.fromkeys(("avg", "average", "mean"), "write the sum divided by the count: `sum of … / count of …`"),
    **dict.fromkeys(
        ("vlookup", "hlookup", "xlookup", "lookup"),
        "a table beside the rule file is declared as a `lookup`, and read by its name and column: `defaults.base`",
    ),
    **dict.fromkeys(("coalesce", "ifnull", "nvl", "iferror", "isnull", "ifna"), "write `first of [a, b]`"),
    **dict.fromkeys(("iff", "iif", "ifs"), "write `if … then … else …`"),
    **dict.fromkeys(("datediff", "datedif", "date_diff"), "write `days since FIELD`"),
    **dict.fromkeys(("greatest", "highest"), "write `max(a, b)`, or `highest of [a, b]` to skip what is missing"),
    **dict.fromkeys(("least", "lowest"), "write `min(a, b)`, or `lowest of [a, b]` to skip what is missing"),
}
"""Functions of spreadsheets and databases, and what is written here instead."""


def function_of_others(name: nodes.Name) -> Diagnostic | None:
    """`countif(…)`, `vlookup(…)`, `coalesce(…)`."""
    hint = _OTHERS.get(name.text)
    if hint is None:
        return None
    return error("unknown-word", name.span, f"`{name.text}` is not a function of the language", hint)


def extreme_of_events(node: nodes.Call, attribute: str) -> Diagnostic:
    """`max(order.amount)`."""
    word = "largest" if node.function.text == "max" else "smallest"
    return error(
        "wrong-arguments",
        node.span,
        f"`{node.function.text}` compares values of one account; of several events it is asked by `{word}`",
        f"write `{word} {attribute} within 90 days` (or another time), or `{word} {attribute} ever`",
    )


def bad_digits(span: Span) -> Diagnostic:
    """Digits to round to that are not 0 to 4."""
    return error("bad-digits", span, "numbers are rounded to 0, 1, 2, 3 or 4 digits after the point")


def clamp_reversed(span: Span, low: int, high: int) -> Diagnostic:
    """`clamp` whose low end is over its high end."""
    return error(
        "reversed-range",
        span,
        f"`clamp` has its ends the wrong way round: {number_text(low)} is more than {number_text(high)}",
        "it is written `clamp(value, lowest, highest)`",
    )


def bad_count(span: Span, count: int, of: int) -> Diagnostic:
    """`at least N of […]` that always or never holds."""
    why = "always holds" if count <= 0 else "never holds"
    return error(
        "bad-count",
        span,
        f"`at least {number_text(count * 10_000)} of` {why}: the list has {of} condition{'' if of == 1 else 's'}",
    )


def bad_count_fraction(span: Span, words: str) -> Diagnostic:
    """`at least N of […]` with N that is no whole number."""
    return error(
        "bad-count", span, f"`at least … of` counts conditions, so it needs a whole number, and `{words}` is not one"
    )
