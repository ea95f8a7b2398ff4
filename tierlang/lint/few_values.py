"""Which values a number can take at all, where they are few."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from tierlang.lint.reading import Points, Reading
from tierlang.program.expressions import Choose, Constant, Defined, Expression, Input
from tierlang.program.nodes import BestOf, Derive, Formula, PointLine, PointSum, PointTable, Score, Weighing
from tierlang.program.numbers import SCALE, half, round_to
from tierlang.program.values import Kind

Values: TypeAlias = frozenset[int]

_MOST = 200
"""With more than so many, the values are no longer counted."""


class FewValues:
    """The values that numbers of a program can take, each name looked at once."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._known: dict[str, Values | None] = {}

    def of(self, expression: Expression) -> Values | None:
        """All that the number can be, or more; None where these are many or cannot be told."""
        match expression:
            case Constant(value=int() as number):
                return frozenset({number})
            case Choose(branches=branches, otherwise=otherwise):
                return _union([self.of(part) for part in (*(branch.value for branch in branches), otherwise)])
            case Input(name=name):
                return _of_field(self._reading, name)
            case Defined(name=name):
                if name not in self._known:
                    self._known[name] = self._of_name(name)
                return self._known[name]
        return None

    def _of_name(self, name: str) -> Values | None:
        match self._reading.definition(name):
            case Derive(value=value):
                return self.of(value)
            case Score() as score:
                return self._of_score(score)
            case _:
                return None

    def _of_score(self, score: Score) -> Values | None:
        match score.body:
            case PointSum(lines=lines):
                exact = _sums([_of_points(line) for line in lines], 1)
            case Weighing(lines=parts, scaled=False, missing=None):
                exact = _sums([_times(self.of(part.part), part.weight) for part in parts], SCALE)
            case Formula(value=value):
                exact = self.of(value)
            case _:
                return None
        if exact is None:
            return None
        return frozenset(round_to(_clamped(value, score), score.digits) for value in exact)


def _of_field(reading: Reading, name: str) -> Values | None:
    field = next((field for field in reading.program.fields if field.name == name), None)
    if field is None or field.kind is not Kind.WHOLE or field.low is None or field.high is None:
        return None
    few = (field.high - field.low) // SCALE < _MOST
    return frozenset(range(field.low, field.high + 1, SCALE)) if few else None


def _of_points(line: Points | BestOf) -> Values | None:
    match line:
        case PointLine(points=points):
            return frozenset({0, points})
        case PointTable(rows=rows, otherwise=otherwise, missing=missing):
            last = [points for points in (otherwise, missing) if points is not None]
            return frozenset([*(row.points for row in rows), *last])
        case BestOf(lines=lines):
            return _union([frozenset({0}), *(_of_points(each) for each in lines)])
        case _:
            return None


def _sums(parts: Iterable[Values | None], divisor: int) -> Values | None:
    """Every sum of one value of each part."""
    sums: set[int] = {0}
    for part in parts:
        if part is None or len(part) * len(sums) > _MOST * _MOST:
            return None
        sums = {left + right for left in sums for right in part}
        if len(sums) > _MOST:
            return None
    return frozenset(half(value, divisor) for value in sums)


def _times(values: Values | None, weight: int) -> Values | None:
    return None if values is None else frozenset(value * weight for value in values)


def _union(parts: Iterable[Values | None]) -> Values | None:
    found: set[int] = set()
    for part in parts:
        if part is None:
            return None
        found |= part
    return frozenset(found)


def _clamped(value: int, score: Score) -> int:
    value = value if score.low is None else max(value, score.low)
    return value if score.high is None else min(value, score.high)
