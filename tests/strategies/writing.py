"""Expressions and conditions over the columns known so far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import attrs

from tests.strategies.dice import Column, Dice
from tests.strategies.pools import FRAGMENTS, NUMERIC, SMALL, TEXTS, UNITS, dates
from tierlang.program import expressions as x
from tierlang.program import nodes as n
from tierlang.program.calendar import Duration
from tierlang.program.numbers import LIMIT
from tierlang.program.values import Kind, Value


@attrs.define
class NamedColumn:
    """A field or definition, and values worth comparing it with."""

    read: x.Input | x.Defined
    pool: tuple[Value, ...]

    @property
    def kind(self) -> Kind:
        """The kind of its values."""
        return self.read.kind


class Writer:
    """Writes expressions over the columns known so far; the first alternative of each is the simplest."""

    def __init__(self, dice: Dice, as_of: dt.date, columns: list[Column]) -> None:
        self.dice = dice
        self.as_of = as_of
        self.columns = columns
        self.room = 90
        self.earned: list[x.Defined] = []

    @property
    def named(self) -> list[NamedColumn]:
        """The fields and definitions among the columns, which more than expressions can read."""
        return [
            NamedColumn(column.read, column.pool)
            for column in self.columns
            if isinstance(column.read, x.Input | x.Defined)
        ]

    def of(self, kind: Kind, depth: int) -> x.Expression:
        """An expression of the kind's family."""
        match kind:
            case Kind.FLAG:
                return self.flag(depth)
            case Kind.TEXT:
                return self.text(depth)
            case Kind.DATE:
                return self.date(depth)
            case Kind.TAGS:
                return self.leaf((Kind.TAGS,))
            case _:
                return self.number(depth)

    def leaf(self, kinds: tuple[Kind, ...]) -> x.Expression:
        """A field, a definition or a constant."""
        fitting = [column for column in self.columns if column.kind in kinds]
        choice = self.dice.below(len(fitting) + 1)
        if choice < len(fitting):
            return fitting[choice].read
        return self.constant(self.dice.pick(kinds))

    def constant(self, kind: Kind) -> x.Constant:
        """A constant, rarely one without a value."""
        if kind is not Kind.TAGS and self.dice.chance(25):
            return x.Constant(None, kind)
        pools = {Kind.FLAG: (True, False), Kind.TEXT: TEXTS, Kind.DATE: dates(self.as_of), Kind.TAGS: ((), ("a",))}
        numbers = self.dice.wholes if kind is Kind.WHOLE else self.dice.numbers
        return x.Constant(self.dice.pick(pools.get(kind, numbers)), kind)

    def _inner(self, depth: int) -> bool:
        self.room -= 1
        return depth > 0 and self.room > 0

    def number(self, depth: int) -> x.Expression:
        """A number."""
        if not self._inner(depth):
            return self.leaf(NUMERIC)
        down = depth - 1
        match self.dice.below(13):
            case 0 | 1 | 2 if not self.dice.huge:
                return self.leaf(NUMERIC)
            case 0 | 1 | 2:
                return x.Arithmetic(self.dice.pick("*+-/"), self.leaf(NUMERIC), self.leaf(NUMERIC))  # type: ignore[arg-type]
            case 3 | 4 | 5 | 6 as sign:
                operator: Any = "+-*/"[sign - 3]
                return x.Arithmetic(operator, self.number(down), self.number(down))
            case 7:
                return x.Negative(self.number(down))
            case 8:
                return x.Absolute(self.number(down))
            case 9:
                return x.Rounded(self.number(down), self.dice.below(5))
            case 10:
                return x.DaysSince(self.date(down))
            case 11:
                return self._extreme(self.number, down)
            case _:
                return self._chosen(self.number, down)

    def text(self, depth: int) -> x.Expression:
        """A text."""
        if not self._inner(depth) or not self.dice.chance(3):
            return self.leaf((Kind.TEXT,))
        return self._chosen(self.text, depth - 1)

    def date(self, depth: int) -> x.Expression:
        """A date."""
        if not self._inner(depth):
            return self.leaf((Kind.DATE,))
        match self.dice.below(5):
            case 0 | 1:
                return self.leaf((Kind.DATE,))
            case 2:
                if self.dice.chance(3):
                    return x.AsOf()
                count = self.dice.pick((1, 3, 12, 90, 2_026, 100_000))
                return x.AsOf(Duration(count, self.dice.pick(UNITS)), self.dice.pick((-1, 1)))
            case 3:
                return self._extreme(self.date, depth - 1)
            case _:
                return self._chosen(self.date, depth - 1)

    def _parts(self, make: Callable[[int], x.Expression], depth: int) -> tuple[x.Expression, ...]:
        return tuple(make(depth) for _ in range(1 + self.dice.below(3)))

    def _extreme(self, make: Callable[[int], x.Expression], depth: int) -> x.Expression:
        which: Any = self.dice.pick(("least", "greatest"))
        return x.Extreme(which, self._parts(make, depth), self.dice.chance(2))

    def _chosen(self, make: Callable[[int], x.Expression], depth: int) -> x.Expression:
        if self.dice.chance(2):
            return x.FirstOf(self._parts(make, depth))
        branches = tuple(x.Branch(self.flag(depth), make(depth)) for _ in range(1 + self.dice.below(2)))
        return x.Choose(branches, make(depth))

    def flag(self, depth: int) -> x.Expression:
        """A condition."""
        if not self._inner(depth):
            return self.leaf((Kind.FLAG,)) if self.dice.chance(3) else self.test()
        down = depth - 1
        match self.dice.below(16):
            case 0 if self.dice.huge:
                return self._comparison(down)
            case 0 | 1 | 2:
                return self.test()
            case 3:
                return self.leaf((Kind.FLAG,))
            case 4 | 5:
                return x.AllOf(self._parts(self.flag, down))
            case 6:
                return x.AnyOf(self._parts(self.flag, down))
            case 7:
                return x.Not(self.flag(down))
            case 8:
                kind = self.dice.pick((Kind.NUMBER, Kind.TEXT, Kind.FLAG, Kind.DATE))
                return x.IsMissing(self.of(kind, down))
            case 9:
                matcher: Any = self.dice.pick(("contains", "starts with", "ends with"))
                return x.TextMatch(matcher, self.text(down), self._fragment(down))
            case 10:
                return x.HasTag(self.leaf((Kind.TAGS,)), self._fragment(down))
            case 11:
                parts = self._parts(self.flag, down)
                return x.AtLeast(1 + self.dice.below(len(parts)), parts)
            case 12 | 13:
                return self._comparison(down)
            case 14:
                return self._one_of(down)
            case _:
                return self._chosen(self.flag, down)

    def _fragment(self, depth: int) -> x.Expression:
        return self.text(depth) if self.dice.chance(4) else x.Constant(self.dice.pick(FRAGMENTS), Kind.TEXT)

    def _comparison(self, depth: int) -> x.Expression:
        kind = self.dice.pick((Kind.NUMBER, Kind.DATE, Kind.TEXT, Kind.FLAG))
        operators = ("=", "!=", "<", "<=", ">", ">=") if kind in (Kind.NUMBER, Kind.DATE) else ("=", "!=")
        operator: Any = self.dice.pick(operators)
        return x.Compare(operator, self.of(kind, depth), self.of(kind, depth))

    def _one_of(self, depth: int) -> x.Expression:
        kind = self.dice.pick((Kind.TEXT, Kind.NUMBER, Kind.DATE))
        pool: Any = {Kind.TEXT: TEXTS, Kind.NUMBER: SMALL, Kind.DATE: dates(self.as_of)}[kind]
        # Six are enough to reach an engine's other plan for long lists.
        return x.OneOf(self.of(kind, depth), tuple(dict.fromkeys(self.dice.some(pool, 1, 6))))

    def test(self) -> x.Expression:
        """A column compared with a value that accounts have, or one beside it."""
        fitting = [column for column in self.columns if column.kind is not Kind.TAGS]
        return self.test_of(self.dice.pick(fitting))

    def test_of(self, column: Column | NamedColumn) -> x.Expression:
        """The column compared with such a value."""
        value = self.dice.pick([value for value in column.pool if value is not None])
        if column.kind in (Kind.TEXT, Kind.FLAG):
            sign: Any = self.dice.pick(("=", "!="))
            return x.Compare(sign, column.read, x.Constant(value, column.kind))
        if column.kind.is_numeric and isinstance(value, int) and self.dice.chance(3):
            value = max(1 - LIMIT, min(LIMIT - 1, value + self.dice.pick((1, -1))))
        sign = self.dice.pick((">=", "<", ">", "<=", "=", "!="))
        kind = Kind.NUMBER if column.kind.is_numeric else column.kind
        test = x.Compare(sign, column.read, x.Constant(value, kind))
        if not self.dice.chance(4):
            return test
        other = self.dice.pick([value for value in column.pool if value is not None])
        return x.AllOf((test, x.Compare("<", column.read, x.Constant(other, column.kind))))

    def condition(self, word: str, depth: int = 2) -> n.Condition:
        """A condition with its words."""
        return n.Condition(self.decision(word, depth), self.dice.text(word))

    def decision(self, word: str, depth: int) -> x.Expression:
        """A condition that decides something."""
        test = self.flag(depth)
        if word != self.dice.wild:
            return test
        return x.AnyOf((test, x.Compare(">", self.steep(), self.constant(Kind.NUMBER))))

    def steep(self) -> x.Expression:
        """A number that is out of bounds for every account that has more than a little."""
        numbers: list[x.Expression] = [column.read for column in self.columns if column.kind.is_numeric]
        numbers += [x.DaysSince(column.read) for column in self.columns if column.kind is Kind.DATE]
        steep = x.Constant(LIMIT // 10 - 1, Kind.NUMBER)
        return x.Arithmetic("*", self.dice.pick(numbers or [steep]), steep)
