"""Ranges with constant ends: read, checked against their kind, shown, and made into tests."""

from __future__ import annotations

import datetime as dt

import attrs

from tierlang.compiler import constants
from tierlang.compiler.arithmetic import family
from tierlang.compiler.complaints import kinds as complaints
from tierlang.compiler.complaints.voice import a_kind
from tierlang.compiler.context import Context
from tierlang.compiler.intervals import Grid, Interval, interval
from tierlang.compiler.words import words
from tierlang.program.expressions import AllOf, Compare, Constant, Expression, IsMissing, Not
from tierlang.program.numbers import number_text
from tierlang.program.values import Kind, Value
from tierlang.syntax import nodes


@attrs.frozen
class Ends:
    """A range whose ends are constants of one kind; None is open to infinity."""

    node: nodes.Range
    low: Constant | None
    high: Constant | None

    @property
    def low_value(self) -> Value:
        """The low end's value."""
        return self.low.value if self.low else None

    @property
    def high_value(self) -> Value:
        """The high end's value."""
        return self.high.value if self.high else None

    @property
    def low_text(self) -> str:
        """The low end as written, a `let` as its value; empty for an open end."""
        return end_text(self.node.low, self.low)

    @property
    def high_text(self) -> str:
        """The high end as written, a `let` as its value; empty for an open end."""
        return end_text(self.node.high, self.high)

    @property
    def text(self) -> str:
        """The range as written, a `let` as its value: `60..<80`, `over 80`, `over 60..<80`."""
        if self.node.low_open and self.high is None:
            return f"over {self.low_text}"
        over, below = "over " if self.node.low_open else "", "<" if self.node.high_open else ""
        return f"{over}{self.low_text}..{below}{self.high_text}"

    def on(self, grid: Grid) -> Interval:
        """The points of a grid that the range takes."""
        return interval(
            grid, self.low_value, self.high_value, low_open=self.node.low_open, high_open=self.node.high_open
        )


def end_text(node: nodes.Expression | None, value: Constant | None) -> str:
    """One end of a range for people."""
    if value is None or node is None:
        return ""
    return words(node.span) if isinstance(node, nodes.Number | nodes.Date) else value_text(value.value)


def value_text(value: Value) -> str:
    """A number or date as it is written in a rule file."""
    if isinstance(value, dt.date):
        return value.isoformat()
    assert isinstance(value, int)
    return number_text(value)


def read_range(context: Context, node: nodes.Range, kind: Kind, subject: str) -> Ends | None:
    """A range of constants for a subject of this kind; complains about anything else."""
    ends: list[Constant | None] = []
    fine = True
    for end in (node.low, node.high):
        value = None if end is None else constants.constant(context, end, "the end of a range")
        if end is not None and value is None:
            fine = False
        if end is not None and value is not None and family(value.kind) is not family(kind):
            context.complain(
                complaints.wrong_kind(end.span, words(end.span), value.kind, f"`{subject}`", f"{a_kind(kind)}")
            )
            fine = False
        ends.append(value)
    if not fine:
        return None
    found = Ends(node, *ends)
    return found if check_order(context, found) else None


def check_order(context: Context, ends: Ends) -> bool:
    """Whether the range has anything in it; complains if not."""
    low, high, node = ends.low_value, ends.high_value, ends.node
    if low is None or high is None or low < high or (low == high and not (node.low_open or node.high_open)):  # type: ignore[operator]
        return True
    swapped = low != high and not node.low_open and not node.high_open
    fix = f"{ends.high_text}..{ends.low_text}" if swapped else None
    context.complain(complaints.reversed_range(node.span, ends.low_text, ends.high_text, fix))
    return False


def range_test(subject: Expression, node: nodes.Range, low: Expression | None, high: Expression | None) -> Expression:
    """Whether the subject lies in the range; missing if the subject or an end is."""
    tests: list[Expression] = []
    if low is not None:
        tests.append(Compare(">" if node.low_open else ">=", subject, low))
    if high is not None:
        tests.append(Compare("<" if node.high_open else "<=", subject, high))
    if not tests:
        return Not(IsMissing(subject))
    return tests[0] if len(tests) == 1 else AllOf(tuple(tests))
