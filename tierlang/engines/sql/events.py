"""The events of one type: what a pass over them computes for the facts of the program, and how the facts read from that."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import attrs
from sqlglot import exp

from tierlang.engines.sql import fading, names, trees
from tierlang.engines.sql.expressions import FaultTest, Lowering
from tierlang.engines.sql.found import DAY, MANY, Figures, Found
from tierlang.engines.sql.layers import Layers
from tierlang.engines.sql.numbers import Number
from tierlang.engines.sql.trees import Tree
from tierlang.program.calendar import shift
from tierlang.program.expressions import Attribute, Defined, Expression, Input, parts_of
from tierlang.program.nodes import Aggregate, Condition, EventPoints, EventType, Program
from tierlang.program.numbers import SCALE


@attrs.frozen
class EventPart:
    """One event type in a pass: whether a row is one of it, the test of the rows that some fact could count (None without facts), the aggregates by the names of their columns, and what the facts read from them."""

    event: EventType
    is_own: Tree
    relevant: Tree | None
    figures: Figures
    found: tuple[Found, ...]


def event_part(program: Program, as_of: dt.date, event: EventType, layers: Layers) -> EventPart:
    """The part of an event type in a pass whose rows the layers stand on; names of columns depend on the program alone."""
    return _Part(program, as_of, event, layers).made()


def attribute_column(program: Program, event: EventType, name: str) -> str:
    """The column of an attribute among the rows of a pass."""
    if name == "at":
        return DAY
    place = [field.name for field in event.fields].index(name)
    return f"a{program.events.index(event)}_{place}"


def attributes_read(program: Program, event: EventType) -> list[str]:
    """The fields of the event that the facts of the program read, directly or through derived ones."""
    derives = {derive.name: derive.value for derive in event.derives}
    waiting = [name for fact in facts_of(program, event) for each in _read_by(fact) for name in _attributes(each)]
    found: dict[str, None] = {}
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = None
            waiting.extend(_attributes(derives[name]) if name in derives else [])
    return [field.name for field in event.fields if field.name in found]


def accounts_read(program: Program, event: EventType) -> list[str]:
    """The fields of the account (or its key) that conditions on the event read."""
    found = [name for fact in facts_of(program, event) for each in _read_by(fact) for name in _inputs(each)]
    return list(dict.fromkeys(found))


def facts_of(program: Program, event: EventType) -> list[Aggregate | EventPoints]:
    """The facts about an event type."""
    return [fact for fact in program.facts if isinstance(fact, Aggregate | EventPoints) and fact.event == event.name]


def _read_by(fact: Aggregate | EventPoints) -> list[Expression]:
    attribute = fact.attribute if isinstance(fact, Aggregate) else None
    return [*([attribute] if attribute else []), *([fact.where.test] if fact.where else [])]


def _attributes(expression: Expression) -> Iterator[str]:
    if isinstance(expression, Attribute):
        yield expression.name
    for part in parts_of(expression):
        yield from _attributes(part)


def _inputs(expression: Expression) -> Iterator[str]:
    if isinstance(expression, Input | Defined):
        yield expression.name
    for part in parts_of(expression):
        yield from _inputs(part)


class _Part:
    """Builds the aggregates of one event type."""

    def __init__(self, program: Program, as_of: dt.date, event: EventType, layers: Layers) -> None:
        self._program = program
        self._as_of = as_of
        self._event = event
        self._layers = layers
        self._prefix = f"e{program.events.index(event)}"
        self._figures = Figures(self._prefix)
        self._is_own = layers.bind(trees.compare("=", trees.column("fact"), trees.text(event.name)))
        self._relevant: list[Tree] = []
        self._values: dict[str, Tree | Number] = {"at": trees.column(DAY)}
        self._derives = {derive.name: derive for derive in event.derives}
        self._faults: dict[str, tuple[FaultTest, ...]] = {}
        for field in event.fields:
            self._values[field.name] = names.valued(field, attribute_column(program, event, field.name))

    def made(self) -> EventPart:
        """The part with all its facts."""
        found = [self._fact(fact) for fact in facts_of(self._program, self._event)]
        return EventPart(self._event, self._is_own, self._some(), self._figures, tuple(found))

    def _some(self) -> Tree | None:
        tests = list(dict.fromkeys(self._relevant))
        if self._is_own in tests:
            return self._is_own.copy()
        return self._layers.bind(trees.any_of(*tests)) if tests else None

    def _fact(self, fact: Aggregate | EventPoints) -> Found:
        faults: list[FaultTest] = []
        for expression in _read_by(fact):
            for name in _attributes(expression):
                faults.extend(self._derived(name))
        tests = [self._is_own.copy()]
        if fact.window is not None:
            first = trees.date(shift(self._as_of, fact.window, -1))
            tests.append(trees.compare(">=", trees.column(DAY), first))
        if fact.where is not None:
            tests.append(self._condition(fact.where, faults))
        counts = self._layers.bind(trees.all_of(*tests))
        self._relevant.append(counts)
        faulty = self._faulty(faults)
        if isinstance(fact, EventPoints):
            return fading.points(fact, self._as_of, self._figures, counts, faulty)
        return Found(fact.name, self._aggregate(fact, counts), fact.text, faulty)

    def _faulty(self, faults: Sequence[FaultTest]) -> tuple[str, ...]:
        if not faults:
            return ()
        tests = list(dict.fromkeys(fault.test for fault in faults))
        test = self._layers.bind(trees.all_of(self._is_own.copy(), trees.any_of(*tests)))
        self._relevant.append(test)
        return (self._figures.named(trees.call("bool_or", test)),)

    def _lowering(self) -> Lowering:
        return Lowering(self._layers, self._as_of, names.inputs(self._program), attributes=self._values)

    def _condition(self, where: Condition, faults: list[FaultTest]) -> Tree:
        lowering = self._lowering()
        with lowering.within(where.text):
            test = lowering.tree(where.test)
        faults.extend(lowering.faults)
        return test

    def _derived(self, name: str) -> tuple[FaultTest, ...]:
        """Bind a derived field of the event, after those that it reads; what can be out of bounds in any of them."""
        derive = self._derives.get(name)
        if derive is None or name in self._faults:
            return self._faults.get(name, ())
        before = [fault for each in _attributes(derive.value) for fault in self._derived(each)]
        lowering = self._lowering()
        with lowering.within(derive.text):
            self._values[name] = lowering.bound(derive.value)
        self._faults[name] = (*before, *lowering.faults)
        return self._faults[name]

    # --- aggregates -----------------------------------------------------------------------------------------------------------

    def _named(self, aggregate: Tree, counts: Tree) -> Tree:
        return trees.column(self._figures.named(trees.only(aggregate, counts.copy())))

    def _aggregate(self, fact: Aggregate, counts: Tree) -> _Read:
        if fact.attribute is None:
            match fact.function:
                case "any":
                    some = trees.coalesce(self._named(trees.rows(), counts), trees.number(0))
                    return _Read(trees.compare(">", some, trees.number(0)))
                case "count":
                    return _Read(counted(self._named(trees.rows(), counts)))
                case _:
                    latest = self._named(exp.Max(this=trees.column(DAY)), counts)
                    return _Read(latest, days=True)
        value = self._lowering().value(fact.attribute)
        tree = value.tree if isinstance(value, Number) else value
        match fact.function:
            case "distinct":
                different = exp.Count(this=exp.Distinct(expressions=[tree]))
                return _Read(counted(self._named(different, counts)))
            case "sum":
                assert isinstance(value, Number)
                return _Read(_summed(value, self._named(exp.Sum(this=tree), counts)))
            case "largest":
                column = self._named(exp.Max(this=tree), counts)
            case "smallest":
                column = self._named(exp.Min(this=tree), counts)
            case _:
                column = self._latest(tree, counts)
        return _Read(attrs.evolve(value, tree=column, missing=True) if isinstance(value, Number) else column)

    def _latest(self, value: Tree, counts: Tree) -> Tree:
        """The greatest value of the latest day that has one."""
        there = self._layers.bind(trees.all_of(counts.copy(), trees.not_null(value)))
        last = trees.only(exp.Max(this=trees.call("row", trees.column(DAY), value.copy())), there)
        return trees.column(self._figures.named(trees.call("struct_extract_at", last, trees.number(2))))


@attrs.frozen
class _Read:
    """Reads a value from the columns of a pass; `days`: as the days since it."""

    value: Tree | Number
    days: bool = False

    def __call__(self, lowering: Lowering) -> Tree | Number:
        if self.days:
            assert not isinstance(self.value, Number)
            days = trees.subtract(trees.date(lowering.as_of), self.value.copy())
            return Number(days, SCALE, 0, 3_652_059, "BIGINT", missing=True)
        if isinstance(self.value, Number):
            return lowering.guarded(attrs.evolve(self.value, tree=self.value.tree.copy()))
        return self.value.copy()


def counted(column: Tree) -> Number:
    """A number of events; accounts without any have 0."""
    return Number(trees.coalesce(column, trees.number(0)), SCALE, 0, MANY, "BIGINT", missing=False)


def _summed(value: Number, column: Tree) -> Number:
    low, high = min(0, value.low) * MANY, max(0, value.high) * MANY
    total = trees.coalesce(column, trees.number(0))
    return Number(total, value.unit, low, high, "HUGEINT", missing=False)
