"""Expressions as SQL: three-valued logic as the engine's own, numbers by `numbers`, and a note of every number out of bounds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from math import gcd
from typing import assert_never

import attrs
from sqlglot import exp

from tierlang.engines.sql import numbers, trees
from tierlang.engines.sql.layers import Layers
from tierlang.engines.sql.numbers import Number
from tierlang.engines.sql.trees import Tree
from tierlang.program.calendar import shift
from tierlang.program.expressions import (
    Absolute,
    AllOf,
    AnyOf,
    Arithmetic,
    AsOf,
    AtLeast,
    Choose,
    Compare,
    Constant,
    DaysSince,
    Defined,
    Expression,
    Extreme,
    FirstOf,
    HasTag,
    Input,
    InTier,
    IsMissing,
    Negative,
    Not,
    OneOf,
    Rounded,
    TextMatch,
    kind_of,
)
from tierlang.program.numbers import DIGITS, SCALE, product
from tierlang.program.values import Kind, Value

_SQL_TYPES = {Kind.TEXT: "TEXT", Kind.FLAG: "BOOLEAN", Kind.DATE: "DATE", Kind.TAGS: "TEXT[]"}
_MATCHES = {"contains": "contains", "starts with": "starts_with", "ends with": "suffix"}
_DAYS = 3_652_059

# More constants than this are looked up in a table: a chain of comparisons grows with the list.
LONG_LIST = 64


@attrs.frozen
class FaultTest:
    """`test` is true for the accounts for which a number in `where` is out of bounds."""

    test: Tree
    where: str


class Lowering:
    """Turns expressions into trees over one source relation.

    `known` has the tree of every input and definition, `in_tier` makes the test of being in one of some tiers of the ladder at a position.
    """

    def __init__(self, layers: Layers, as_of: dt.date, known: Mapping[str, Tree | Number]) -> None:
        self.layers = layers
        self.as_of = as_of
        self.known = dict(known)
        self.in_tier: dict[int, Callable[[Sequence[str]], Tree]] = {}
        self.faults: list[FaultTest] = []
        self._where: str | None = None

    @contextmanager
    def within(self, where: str) -> Iterator[None]:
        """Faults found inside are faults of `where`; outside none are noted."""
        before, self._where = self._where, where
        yield
        self._where = before

    # --- any kind -------------------------------------------------------------------------------------------------------------

    def value(self, expression: Expression) -> Tree | Number:
        """The expression as a number or, for other kinds, as a tree."""
        return self.number(expression) if kind_of(expression).is_numeric else self.tree(expression)

    def bound(self, expression: Expression) -> Tree | Number:
        """The value bound to a column, to be used more than once."""
        value = self.value(expression)
        return self.bind(value) if isinstance(value, Number) else self.layers.bind(value)

    def bind(self, value: Number) -> Number:
        """The number bound to a column."""
        return attrs.evolve(value, tree=self.layers.bind(value.tree))

    def tree(self, expression: Expression) -> Tree:
        """An expression that is not a number."""
        match expression:
            case Constant(value=known_value, kind=kind):
                return self.constant(known_value, kind)
            case Input(name=name) | Defined(name=name):
                known = self.known[name]
                assert not isinstance(known, Number)
                return known.copy()
            case AsOf(offset=offset, direction=direction):
                return trees.date(shift(self.as_of, offset, direction) if offset else self.as_of)
            case InTier(ladder=position, tiers=tiers):
                return self.in_tier[position](tiers)
            case AllOf(parts=parts):
                return trees.all_of(*map(self.tree, parts))
            case AnyOf(parts=parts):
                return trees.any_of(*map(self.tree, parts))
            case Not(part=part):
                return trees.negate(self.tree(part))
            case Compare():
                return self._compare(expression)
            case OneOf(item=item, values=values):
                return self._one_of(item, values)
            case IsMissing(part=part):
                return trees.any_of(*dict.fromkeys(self._missing(part)))
            case TextMatch(operator=operator, text=whole, fragment=fragment):
                return trees.call(_MATCHES[operator], self.tree(whole), self.tree(fragment))
            case HasTag(tags=tags, tag=tag):
                return trees.call("list_contains", self.tree(tags), self.tree(tag))
            case AtLeast(count=count, parts=parts):
                return self._at_least(count, parts)
            case Extreme(which=which, parts=parts, skip_missing=skip):
                return self._fold(which, [self.tree(part) for part in parts], skip)
            case FirstOf(parts=parts):
                return trees.coalesce(*map(self.tree, parts))
            case Choose(branches=branches, otherwise=otherwise):
                cases = [(self.tree(branch.when), self.tree(branch.value)) for branch in branches]
                return trees.choose(cases, self.tree(otherwise))
            case Arithmetic() | Negative() | Absolute() | Rounded() | DaysSince():
                raise AssertionError(f"{type(expression).__name__} is a number")
            case _:
                assert_never(expression)

    @staticmethod
    def constant(value: Value, kind: Kind) -> Tree:
        """A constant of a kind that is not a number."""
        match value:
            case None:
                return trees.null(_SQL_TYPES[kind])
            case bool():
                return exp.true() if value else exp.false()
            case str():
                return trees.text(value)
            case dt.date():
                return trees.date(value)
            case tuple():
                return trees.cast(exp.Array(expressions=[trees.text(item) for item in value]), "TEXT[]")
            case int():
                raise AssertionError("numbers have a unit")

    def _missing(self, part: Expression) -> list[Tree]:
        """Tests of which one is true if the part is missing: of what it reads, where that is enough."""
        match part:
            case Compare(left=left, right=right) | TextMatch(text=left, fragment=right):
                return [*self._missing(left), *self._missing(right)]
            case OneOf(item=inner) | Not(part=inner) | HasTag(tag=inner):
                return self._missing(inner)
            case IsMissing() | InTier():
                return []
            case Constant(value=value) if value is not None:
                return []
        found = self.value(part)
        if isinstance(found, Number):
            return [trees.is_null(found.tree)] if found.missing else []
        return [trees.is_null(found)]

    # --- conditions -----------------------------------------------------------------------------------------------------------

    def _compare(self, expression: Compare) -> Tree:
        operator: str = expression.operator
        if not kind_of(expression.left).is_numeric:
            return trees.compare(operator, self.tree(expression.left), self.tree(expression.right))
        left, right = self.number(expression.left), self.number(expression.right)
        if left.constant is not None and right.constant is None:
            left, right = right, left
            operator = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}.get(operator, operator)
        if right.constant is not None and right.unit < left.unit and operator not in ("=", "!="):
            # A bound between two steps of the left side: compare with the nearest step, do not multiply every account.
            upward = operator in ("<", ">=")
            steps = -(-right.constant * right.unit // left.unit) if upward else right.constant * right.unit // left.unit
            right = numbers.counted(steps, left.unit)
        left, right = numbers.aligned([left, right])
        return trees.compare(operator, left.tree, right.tree)

    def _one_of(self, item: Expression, values: Sequence[Value]) -> Tree:
        found = self.bound(item)
        if not isinstance(found, Number):
            constants = [self.constant(value, kind_of(item)) for value in values]
            return self._among(found, constants)
        known = [numbers.constant(value) for value in values if isinstance(value, int)]
        *steps, found = numbers.aligned([*known, found])
        return self._among(self.layers.bind(found.tree), [step.tree for step in steps])

    def _among(self, item: Tree, constants: Sequence[Tree]) -> Tree:
        if len(constants) <= LONG_LIST:
            return trees.any_of(*(trees.compare("=", item.copy(), each) for each in constants))
        found = self.layers.bind_lookup(item, tuple((each, exp.true()) for each in constants))
        return trees.choose([(trees.not_null(item.copy()), trees.is_true(found))])

    def _at_least(self, count: int, parts: Sequence[Expression]) -> Tree:
        flags = [self.layers.bind(self.tree(part)) for part in parts]
        one, zero = trees.number(1), trees.number(0)
        trues = self.layers.bind(trees.total([trees.choose([(flag, one)], zero) for flag in flags]))
        open_ones = [trees.choose([(flag.copy(), one), (trees.is_null(flag.copy()), one)], zero) for flag in flags]
        possible = trees.total(open_ones)
        enough = trees.number(count)
        return trees.choose(
            [
                (trees.compare(">=", trues, enough), exp.true()),
                (trees.compare("<", possible, enough.copy()), exp.false()),
            ]
        )

    def _fold(self, which: str, parts: list[Tree], skip: bool) -> Tree:
        while len(parts) > 1:
            pairs = [parts[at : at + 2] for at in range(0, len(parts), 2)]
            parts = [self._better(which, pair[0], pair[1], skip) if len(pair) == 2 else pair[0] for pair in pairs]
        return parts[0]

    def _better(self, which: str, left: Tree, right: Tree, skip: bool) -> Tree:
        left, right = self.layers.bind(left), self.layers.bind(right)
        stays = trees.compare("<=" if which == "least" else ">=", left, right)
        if skip:
            return trees.choose([(stays, left.copy()), (trees.is_null(right.copy()), left.copy())], right.copy())
        goes = trees.compare(">" if which == "least" else "<", left.copy(), right.copy())
        return trees.choose([(stays, left.copy()), (goes, right.copy())])

    # --- numbers --------------------------------------------------------------------------------------------------------------

    def number(self, expression: Expression) -> Number:
        """An expression that is a number."""
        match expression:
            case Constant(value=value):
                if value is None:
                    return Number(trees.null("INTEGER"), SCALE, 0, 0, "INTEGER", missing=True)
                assert isinstance(value, int)
                return numbers.constant(value)
            case Input(name=name) | Defined(name=name):
                known = self.known[name]
                assert isinstance(known, Number)
                return attrs.evolve(known, tree=known.tree.copy())
            case Arithmetic():
                return self.guarded(self._arithmetic(expression))
            case Negative(part=part):
                return self._negative(self.number(part))
            case Absolute(part=part):
                return self._absolute(self.number(part))
            case Rounded(part=part, digits=digits):
                return self.guarded(self.rounded(self.number(part), digits))
            case Extreme(which=which, parts=parts, skip_missing=skip):
                return self._extreme(which, [self.number(part) for part in parts], skip)
            case FirstOf(parts=parts):
                values = numbers.aligned([self.number(part) for part in parts])
                tree = trees.coalesce(*(value.tree for value in values))
                return _spanning(tree, values, missing=all(value.missing for value in values))
            case DaysSince(date=date):
                days = trees.subtract(trees.date(self.as_of), self.tree(date))
                return Number(days, SCALE, -_DAYS, _DAYS, "BIGINT", missing=True)
            case Choose(branches=branches, otherwise=otherwise):
                pairs = [(self.tree(branch.when), self.number(branch.value)) for branch in branches]
                *values, last = numbers.aligned([*(value for _, value in pairs), self.number(otherwise)])
                cases = [(when, value.tree) for (when, _), value in zip(pairs, values, strict=True)]
                every = [*values, last]
                return _spanning(trees.choose(cases, last.tree), every, missing=any(value.missing for value in every))
            case _:
                raise AssertionError(f"{type(expression).__name__} is not a number")

    def guarded(self, value: Number) -> Number:
        """The number, missing and a fault where it is out of bounds."""
        limit = value.limit
        if -limit < value.low and value.high < limit:
            return value
        bound = self.layers.bind(value.tree)
        inside = trees.all_of(
            trees.compare(">", bound, trees.number(-limit)), trees.compare("<", bound.copy(), trees.number(limit))
        )
        if self._where is not None:
            test = trees.any_of(
                trees.compare("<=", bound.copy(), trees.number(-limit)),
                trees.compare(">=", bound.copy(), trees.number(limit)),
            )
            if test not in [fault.test for fault in self.faults]:
                self.faults.append(FaultTest(test, self._where))
        low, high = (min(max(end, 1 - limit), limit - 1) for end in (value.low, value.high))
        sql_type = numbers.type_for(low, high)
        tree = trees.choose([(inside, bound.copy())])
        if sql_type != value.sql_type:
            tree = trees.cast(tree, sql_type)
        return Number(tree, value.unit, low, high, sql_type, missing=True)

    def rounded(self, value: Number, digits: int) -> Number:
        """The number rounded to so many digits; not guarded."""
        step = 10 ** (DIGITS - digits)
        if value.unit >= step:
            return value
        return numbers.quotient(self.layers, value, step // value.unit, step)

    def _arithmetic(self, expression: Arithmetic) -> Number:
        left, right = self.number(expression.left), self.number(expression.right)
        match expression.operator:
            case "+" | "-":
                result, unit = numbers.weighted([(1, left), (1 if expression.operator == "+" else -1, right)])
                return attrs.evolve(result, unit=unit)
            case "*":
                return self._product(left, right)
            case "/":
                return self._quotient(left, right)

    def _product(self, left: Number, right: Number) -> Number:
        if left.constant is not None and right.constant is not None:
            return numbers.constant(product(left.constant * left.unit, right.constant * right.unit))
        ends = [x * y for x in (left.low, left.high) for y in (right.low, right.high)]
        low, high = min(ends), max(ends)
        sql_type = numbers.wider(numbers.type_for(low, high), left.sql_type, right.sql_type)
        if right.constant is None:
            left, right = right, left
        left = numbers.widened(left, sql_type)
        tree = trees.multiply(left.tree, right.tree)
        missing = left.missing or right.missing
        raw = Number(tree, 1, low, high, sql_type, missing=missing)
        units = left.unit * right.unit
        if units >= SCALE:
            return attrs.evolve(raw, unit=units // SCALE)
        return numbers.quotient(self.layers, raw, SCALE // units, 1)

    def _quotient(self, left: Number, right: Number) -> Number:
        factor = left.unit * SCALE // right.unit
        if right.constant:
            shared = gcd(factor, right.constant)
            sign = 1 if right.constant > 0 else -1
            top = numbers.times(left, sign * factor // shared)
            return numbers.quotient(self.layers, top, abs(right.constant) // shared, 1)
        top = numbers.times(left, factor)
        if right.low < 0:
            top, right = self.bind(top), self.bind(right)
            below = trees.compare("<", right.tree, trees.number(0))
            reach = max(abs(top.low), abs(top.high))
            turned = trees.choose([(below, trees.negative(top.tree))], top.tree.copy())
            top = attrs.evolve(top, tree=turned, low=-reach, high=reach)
            right = self._absolute(right)
        return numbers.quotient_by(self.layers, top, self.bind(right), 1)

    def _negative(self, value: Number) -> Number:
        tree = trees.number(-value.low) if value.constant is not None else trees.negative(value.tree)
        return attrs.evolve(value, tree=tree, low=-value.high, high=-value.low)

    def _absolute(self, value: Number) -> Number:
        if value.low >= 0:
            return value
        low, high = sorted((abs(value.low), abs(value.high)))
        low = 0 if value.high >= 0 else low
        tree = trees.number(high) if value.constant is not None else trees.call("abs", value.tree)
        return attrs.evolve(value, tree=tree, low=low, high=high)

    def greatest(self, parts: list[Number]) -> Number:
        """The greatest of the numbers that are there."""
        return self._extreme("greatest", parts, skip=True)

    def _extreme(self, which: str, parts: list[Number], skip: bool) -> Number:
        values = numbers.aligned(parts)
        tree = self._fold(which, [value.tree for value in values], skip)
        missing = (all if skip else any)(value.missing for value in values)
        return _spanning(tree, values, missing=missing)


def _spanning(tree: Tree, values: Sequence[Number], *, missing: bool) -> Number:
    low, high = min(value.low for value in values), max(value.high for value in values)
    sql_type = numbers.wider(*(value.sql_type for value in values))
    return Number(tree, values[0].unit, low, high, sql_type, missing=missing)
