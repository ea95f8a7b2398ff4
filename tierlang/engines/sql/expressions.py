"""Expressions as SQL: three-valued logic as the engine's own, numbers by `numbers`, and a note of every number out of bounds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import assert_never

import attrs
from sqlglot import exp

from tierlang.engines.sql import arithmetic, numbers, trees
from tierlang.engines.sql.layers import Layers
from tierlang.engines.sql.looked_up import looked_up
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
    Attribute,
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
    LookedUp,
    Negative,
    Not,
    OneOf,
    Rounded,
    TextMatch,
    kind_of,
)
from tierlang.program.nodes import Lookup
from tierlang.program.numbers import DIGITS, SCALE
from tierlang.program.values import Kind, Value

_SQL_TYPES = {Kind.TEXT: "TEXT", Kind.FLAG: "BOOLEAN", Kind.DATE: "DATE", Kind.TAGS: "TEXT[]"}
_MATCHES = {"contains": "contains", "starts with": "starts_with", "ends with": "suffix"}
DAYS = 3_652_059

# More constants than this are looked up in a table: a chain of comparisons grows with the list.
LONG_LIST = 64


@attrs.frozen
class FaultTest:
    """`test` is true for the accounts for which a number in `where` is out of bounds."""

    test: Tree
    where: str


class Lowering:
    """Turns expressions into trees over one source relation.

    `known` has the tree of every input and definition, `attributes` those of one event, `in_tier` makes the test of being in one of some tiers of the ladder at a position.
    """

    def __init__(
        self,
        layers: Layers,
        as_of: dt.date,
        known: Mapping[str, Tree | Number],
        *,
        attributes: Mapping[str, Tree | Number] | None = None,
        lookups: Sequence[Lookup] = (),
    ) -> None:
        self.layers = layers
        self.as_of = as_of
        self.known = dict(known)
        self.attributes = dict(attributes or {})
        self._lookups = {lookup.name: lookup for lookup in lookups}
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
            case Attribute(name=name):
                own = self.attributes[name]
                assert not isinstance(own, Number)
                return own.copy()
            case LookedUp():
                said = self._looked_up(expression)
                assert not isinstance(said, Number)
                return said
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
                return arithmetic.fold(self.layers, which, [self.tree(part) for part in parts], skip=skip)
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
        if len(known) <= LONG_LIST:
            return self._among(self.layers.bind(found.tree), [step.tree for step in steps])
        # Equal numbers of different types have different hashes.
        return self._among(trees.cast(found.tree, "BIGINT"), [trees.cast(step.tree, "BIGINT") for step in steps])

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

    def _looked_up(self, expression: LookedUp) -> Tree | Number:
        items = [self.bound(item) for item in expression.items]
        return looked_up(self.layers, self._lookups[expression.table], expression.column, items)

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
            case Attribute(name=name):
                own = self.attributes[name]
                assert isinstance(own, Number)
                return attrs.evolve(own, tree=own.tree.copy())
            case LookedUp():
                said = self._looked_up(expression)
                assert isinstance(said, Number)
                return said
            case Arithmetic(operator=operator, left=left, right=right):
                return self.guarded(arithmetic.operation(self.layers, operator, self.number(left), self.number(right)))
            case Negative(part=part):
                return arithmetic.negative(self.number(part))
            case Absolute(part=part):
                return arithmetic.absolute(self.number(part))
            case Rounded(part=part, digits=digits):
                return self.guarded(self.rounded(self.number(part), digits))
            case Extreme(which=which, parts=parts, skip_missing=skip):
                return arithmetic.extreme(self.layers, which, [self.number(part) for part in parts], skip=skip)
            case FirstOf(parts=parts):
                values = numbers.aligned([self.number(part) for part in parts])
                tree = trees.coalesce(*(value.tree for value in values))
                return arithmetic.spanning(tree, values, missing=all(value.missing for value in values))
            case DaysSince(date=date):
                days = trees.subtract(trees.date(self.as_of), self.tree(date))
                return Number(days, SCALE, -DAYS, DAYS, "BIGINT", missing=True)
            case Choose(branches=branches, otherwise=otherwise):
                pairs = [(self.tree(branch.when), self.number(branch.value)) for branch in branches]
                *values, last = numbers.aligned([*(value for _, value in pairs), self.number(otherwise)])
                cases = [(when, value.tree) for (when, _), value in zip(pairs, values, strict=True)]
                every = [*values, last]
                return arithmetic.spanning(
                    trees.choose(cases, last.tree), every, missing=any(value.missing for value in every)
                )
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

    def greatest(self, parts: list[Number]) -> Number:
        """The greatest of the numbers that are there."""
        return arithmetic.extreme(self.layers, "greatest", parts, skip=True)
