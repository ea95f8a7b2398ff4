"""The events and signals of a program as a file of facts sees them: whose row it is, of which day, and what it says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

import attrs

from tierlang.program.expressions import Defined
from tierlang.program.nodes import Aggregate, Attribution, EventPoints, EventType, Field, Program, Signal, Sustained
from tierlang.said import Said

Sort: TypeAlias = Literal["events", "signals"]

ONE: dict[Sort, str] = {"events": "event", "signals": "signal"}
"""What one of them is called; so is the column that names it in a file of several."""


@attrs.frozen
class FactValue:
    """One thing that a row says: how it is read, and the column of the typed relation that it gives. `usual` is the heading it has if no other is said."""

    column: str
    field: Field
    usual: str

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings it is read from in a file of its own."""
        return self.field.headings or (self.usual,)


@attrs.frozen
class FactType:
    """An event type or a signal. `read` says whether the program's rules read it at all."""

    name: str
    sort: Sort
    attribution: Attribution
    values: tuple[FactValue, ...]
    missing: tuple[str, ...]
    read: bool

    @property
    def shown(self) -> str:
        """What people call it: `event order`."""
        return f"{ONE[self.sort]} {self.name}"


def fact_types(program: Program, sort: Sort) -> tuple[FactType, ...]:
    """The program's event types, or its signals, in its order."""
    names = read_names(program)
    if sort == "events":
        return tuple(_of_event(event, read=event.name in names) for event in program.events)
    return tuple(_of_signal(signal, read=signal.name in names) for signal in program.signals)


def _of_event(event: EventType, *, read: bool) -> FactType:
    values = (FactValue(f"{event.name}.{f.name}", f, f.name) for f in event.fields)
    return FactType(event.name, "events", event.attribution, tuple(values), event.missing_cells, read)


def _of_signal(signal: Signal, *, read: bool) -> FactType:
    value = FactValue(f"{signal.name}.value", signal.value, "value")
    return FactType(signal.name, "signals", signal.attribution, (value,), signal.missing_cells, read)


def read_names(program: Program) -> frozenset[str]:
    """The events and signals that the program's rules read."""
    found = set()
    for fact in program.facts:
        match fact:
            case Aggregate(event=name) | EventPoints(event=name) | Sustained(signal=name):
                found.add(name)
    signals = {signal.name for signal in program.signals}
    rules = (program.definitions, program.exclusions, program.relative, program.ladders, program.marks)
    return frozenset(found | (signals & set(_names_in(rules))))


def _names_in(node: object) -> Iterator[str]:
    """The names of the definitions, facts and signals that are read anywhere in a node."""
    if isinstance(node, Defined):
        yield node.name
    elif isinstance(node, tuple):
        for each in node:
            yield from _names_in(each)
    elif isinstance(node, Said):
        for one in attrs.fields(type(node)):
            yield from _names_in(getattr(node, one.name))
