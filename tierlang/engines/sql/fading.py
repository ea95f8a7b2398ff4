"""Points for each event that counts, what they are worth after so many periods, and their sum."""

from __future__ import annotations

import datetime as dt
from math import gcd

import attrs
from sqlglot import exp

from tierlang.engines.sql import numbers, trees
from tierlang.engines.sql.expressions import Lowering
from tierlang.engines.sql.found import DAY, MANY, Figures, Found
from tierlang.engines.sql.numbers import Number
from tierlang.engines.sql.trees import Tree
from tierlang.program.calendar import Duration, shift
from tierlang.program.nodes import EventPoints, Fading
from tierlang.program.numbers import SCALE


def points(fact: EventPoints, as_of: dt.date, figures: Figures, counts: Tree, faulty: tuple[str, ...]) -> Found:
    """The fact whose events are those for which `counts` is true."""
    if fact.fading is None:
        column = figures.named(trees.only(trees.rows(), counts.copy()))
        return Found(fact.name, _Counted(fact, column), fact.text, faulty)
    amounts = fact.fading.amounts
    shared = gcd(*amounts) or 1
    steps = [amount // shared for amount in amounts]
    worth = _worth(fact.fading, steps, as_of)
    column = figures.named(trees.only(exp.Sum(this=worth), counts.copy()))
    return Found(fact.name, _Faded(fact, column, shared, min([0, *steps]), max([0, *steps])), fact.text, faulty)


def _worth(fading: Fading, steps: list[int], as_of: dt.date) -> Tree:
    """What one event is worth, by its age in days; missing beyond the last period."""
    age = trees.subtract(trees.date(as_of), trees.column(DAY))
    if fading.every.days is not None:
        period = trees.divide(age, trees.number(fading.every.days))
        return _listed(steps, trees.add(period, trees.number(1)))
    return _listed(_by_day(fading, steps, as_of), trees.add(age, trees.number(1)))


def _listed(values: list[int], place: Tree) -> Tree:
    sql_type = numbers.type_for(*(values or [0]))
    every = trees.cast(exp.Array(expressions=[trees.number(value) for value in values]), f"{sql_type}[]")
    return trees.call("list_extract", every, place)


def _by_day(fading: Fading, steps: list[int], as_of: dt.date) -> list[int]:
    """What an event is worth by its age in days, where periods are months or longer: the calendar is asked here."""
    found: list[int] = []
    for period, step in enumerate(steps, start=1):
        every = Duration(fading.every.count * period, fading.every.unit)
        end = shift(as_of, every, -1)
        found.extend([step] * ((as_of - end).days - len(found)))
    return found


@attrs.frozen
class _Counted:
    """Reads points from the column that counts the events."""

    fact: EventPoints
    column: str

    def __call__(self, lowering: Lowering) -> Number:
        each = numbers.constant(self.fact.points)
        total = trees.coalesce(trees.column(self.column), trees.number(0))
        count = Number(total, each.unit, 0, MANY, "BIGINT", missing=False)
        return _limited(lowering, numbers.times(count, each.low), self.fact.up_to)


@attrs.frozen
class _Faded:
    """Reads points from the column with the sum of what the events are worth, in steps of `shared` 1/10^8ths that lie in low..high for an event."""

    fact: EventPoints
    column: str
    shared: int
    low: int
    high: int

    def __call__(self, lowering: Lowering) -> Number:
        total = trees.coalesce(trees.column(self.column), trees.number(0))
        exact = Number(total, 1, self.low * MANY, self.high * MANY, "HUGEINT", missing=False)
        common = gcd(self.shared, SCALE)
        rounded = numbers.quotient(lowering.layers, numbers.times(exact, self.shared // common), SCALE // common, 1)
        return _limited(lowering, rounded, self.fact.up_to)


def _limited(lowering: Lowering, points: Number, up_to: int | None) -> Number:
    if up_to is not None:
        unit = gcd(points.unit, numbers.constant(up_to).unit)
        end = up_to // unit
        low, high = (None, end) if up_to > 0 else (end, None)
        points = numbers.clamped(lowering.layers, numbers.in_unit(points, unit), low, high)
    return lowering.guarded(points)
