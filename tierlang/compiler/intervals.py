"""Intervals on a grid: what ranges take, where they overlap and what they leave out, in whole steps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import attrs

from tierlang.program.numbers import LIMIT, SCALE, number_text
from tierlang.program.values import Kind, Value

LOWEST, HIGHEST = -(10**24), 10**24


@attrs.frozen
class Grid:
    """The values a subject can take: multiples of `step` (in 1/10,000ths), or days."""

    step: int = 1
    days: bool = False

    def show(self, point: int) -> str:
        """A point as it is written in a rule file."""
        if self.days:
            return dt.date.fromordinal(point).isoformat()
        return number_text(point * self.step)

    def down(self, value: Value) -> int:
        """The greatest point not above the value."""
        return _number(value) // (1 if self.days else self.step)

    def up(self, value: Value) -> int:
        """The least point not below the value."""
        return -(-_number(value) // (1 if self.days else self.step))

    def has(self, value: Value) -> bool:
        """Whether the value lies on the grid."""
        return self.down(value) == self.up(value)


@attrs.frozen
class Interval:
    """The points from `low` to `high`, both in; empty if `low` is above `high`."""

    low: int = LOWEST
    high: int = HIGHEST

    @property
    def is_empty(self) -> bool:
        """Whether there is no point in it."""
        return self.low > self.high

    def meet(self, other: Interval) -> Interval:
        """What both take."""
        return Interval(max(self.low, other.low), min(self.high, other.high))

    @property
    def example(self) -> int:
        """A point of it, near zero or near its closed end."""
        if self.low > LOWEST:
            return self.low
        return self.high if self.high < HIGHEST else 0


def grid_of(kind: Kind, digits: int | None = None) -> Grid:
    """The grid of a kind: whole numbers by 1, a score by its digits, dates by days."""
    if kind is Kind.DATE:
        return Grid(days=True)
    if kind is Kind.WHOLE:
        return Grid(SCALE)
    return Grid(10 ** (4 - digits)) if digits is not None else Grid()


def interval(grid: Grid, low: Value, high: Value, *, low_open: bool = False, high_open: bool = False) -> Interval:
    """The points of a written range; None is an open end."""
    start = LOWEST if low is None else grid.down(low) + 1 if low_open else grid.up(low)
    end = HIGHEST if high is None else grid.up(high) - 1 if high_open else grid.down(high)
    return Interval(start, end)


def everything(grid: Grid, low: int, high: int) -> Interval:
    """All points a subject with these bounds can take; bounds at the limit of numbers are open."""
    if grid.days:
        return Interval()
    return Interval(LOWEST if low <= 1 - LIMIT else grid.up(low), HIGHEST if high >= LIMIT - 1 else grid.down(high))


def left_out(taken: Sequence[Interval], whole: Interval) -> list[Interval]:
    """The gaps that the intervals leave in the whole, from the lowest."""
    gaps: list[Interval] = []
    at = whole.low
    for each in sorted((part.meet(whole) for part in taken), key=lambda part: (part.low, part.high)):
        if each.is_empty:
            continue
        if each.low > at:
            gaps.append(Interval(at, each.low - 1))
        at = max(at, each.high + 1)
    if at <= whole.high:
        gaps.append(Interval(at, whole.high))
    return gaps


def _number(value: Value) -> int:
    if isinstance(value, dt.date):
        return value.toordinal()
    assert isinstance(value, int)
    return value
