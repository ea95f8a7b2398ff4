"""Events that can be written down: a few kinds of event per type, each so many times, from which the figures follow exactly.

Facts as unknowns (`facts`) can be too kind: what z3 finds there need not come from any events. Here it is asked again with events.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Literal, TypeAlias

import attrs
import z3  # type: ignore[import-untyped]

from tierlang.analysis.solving.expressions import Reader
from tierlang.analysis.solving.facts import EVER, Example, sort_of, window_days
from tierlang.analysis.solving.logic import (
    Amount,
    Truth,
    conj,
    conjoined,
    disj,
    disjoined,
    implies,
    neg,
    pick,
    same,
    total,
)
from tierlang.analysis.solving.room import Room
from tierlang.analysis.solving.rounding import halved
from tierlang.analysis.solving.symbols import Flag, Num, Symbol, Text, known
from tierlang.engines.interpreter.events import attributes_of, period_of
from tierlang.program.nodes import Aggregate, EventPoints, EventType, Fading
from tierlang.program.numbers import LIMIT, SCALE

MOST_SLOTS = 6
MOST_TIMES = 60

Happened: TypeAlias = Literal["nothing", "today", "whenever"]
"""What examples may have: no events, only those of the as-of date, any. Each is much easier to search than the next."""


@attrs.define(eq=False)
class Slot:
    """One kind of event: `times` alike, `age` days ago. Alike but for `spread`, an attribute that differs from one to the next."""

    event: EventType
    times: z3.ArithRef
    age: Amount
    example: Example
    spread: str | None


@attrs.frozen(eq=False)
class Listed:
    """The slots of one type of event."""

    event: EventType
    slots: tuple[Slot, ...]


def list_events(
    room: Room, reader: Reader, figures: Sequence[Aggregate | EventPoints], happened: Happened
) -> list[Listed]:
    """The slots for these figures; what they come to is said of the piece being built."""
    by_event: dict[str, list[Aggregate | EventPoints]] = {}
    for figure in figures:
        by_event.setdefault(figure.event, []).append(figure)
    found = []
    for event in reader.program.events:
        wanted = by_event.get(event.name, [])
        if wanted:
            slots = _slots(room, reader, event, wanted, happened)
            for figure in wanted:
                _Figure(room, reader, figure, slots).say()
            found.append(Listed(event, slots))
    return found


def _slots(
    room: Room, reader: Reader, event: EventType, wanted: list[Aggregate | EventPoints], happened: Happened
) -> tuple[Slot, ...]:
    spread = _spread(event, wanted)
    sums = any(isinstance(each, Aggregate) and each.function == "sum" for each in wanted)
    some_distinct = any(isinstance(each, Aggregate) and each.function == "distinct" for each in wanted)
    single = sums or (some_distinct and spread is None)
    oldest = reader.as_of.toordinal() - 1
    slots: list[Slot] = []
    number = 0 if happened == "nothing" else min(MOST_SLOTS, len(wanted) + 1)
    for at in range(number):
        times = room.number("times")
        age: Amount = 0 if happened == "today" else room.number("age")
        room.say(z3.And(times >= 0, times <= (1 if single else MOST_TIMES)))
        room.say(conj(age >= 0, age <= oldest))
        if slots:
            # Of slots that differ in nothing else, the first is the youngest.
            room.say(slots[-1].age <= age)
        example = _Aged(room, reader, event, f"{room.now.name} slot {event.name} {at}", age)
        slots.append(Slot(event, times, age, example, spread))
    return tuple(slots)


class _Aged(Example):
    """An event whose day is its age."""

    def __init__(self, room: Room, reader: Reader, event: EventType, owner: str, age: Amount) -> None:
        super().__init__(room, reader, event, owner)
        self.age = age

    def _make(self, name: str) -> Symbol:
        if name == "at":
            today = self.reader.as_of.toordinal()
            return Num(today - self.age, True, 1, today, is_date=True)
        return super()._make(name)


def _spread(event: EventType, wanted: list[Aggregate | EventPoints]) -> str | None:
    """The one open text that is counted by its different values and read by nothing else."""
    counted = {
        each.attribute.name
        for each in wanted
        if isinstance(each, Aggregate) and each.function == "distinct" and each.attribute is not None
    }
    if len(counted) != 1:
        return None
    (name,) = counted
    field = next((each for each in event.fields if each.name == name), None)
    read: set[str] = set()
    for figure in wanted:
        if figure.where is not None:
            read |= attributes_of([figure.where.test])
        if isinstance(figure, Aggregate) and figure.attribute is not None and figure.function != "distinct":
            read.add(figure.attribute.name)
    for derive in event.derives:
        read |= attributes_of([derive.value])
    if field is None or name in read or field.kind.value != "text" or field.one_of:
        return None
    return name


class _Figure:
    """What the slots say of one figure."""

    def __init__(self, room: Room, reader: Reader, fact: Aggregate | EventPoints, slots: tuple[Slot, ...]) -> None:
        self.room = room
        self.reader = reader
        self.as_of = reader.as_of
        self.fact = fact
        self.slots = slots
        days = window_days(fact.window, reader.as_of)
        self.counts = [self._counts(slot, days) for slot in slots]

    def _counts(self, slot: Slot, days: int) -> Truth:
        parts: list[Truth] = [slot.times >= 1]
        if days < EVER:
            parts.append(slot.age <= days)
        if self.fact.where is not None:
            with self.room.sparing():
                parts.append(self.reader.about(slot.example).flag(self.fact.where.test).true)
        attribute = sort_of(self.fact).attribute
        if attribute is not None:
            parts.append(known(slot.example(attribute)))
        counts = self.room.truth("counts")
        self.room.say(counts == conjoined(parts))
        return counts

    def say(self) -> None:
        """Tie the figure to the events."""
        symbol = self.reader.name(self.fact.name)
        if isinstance(self.fact, EventPoints):
            assert isinstance(symbol, Num)
            self.room.say(symbol.value == self._points(self.fact))
            return
        some = disjoined(self.counts)
        match self.fact.function:
            case "any":
                assert isinstance(symbol, Flag)
                self.room.say(same(symbol.true, some))
            case "count":
                assert isinstance(symbol, Num)
                self.room.say(symbol.value == SCALE * self._times())
            case "distinct":
                assert isinstance(symbol, Num)
                self.room.say(symbol.value == SCALE * self._different())
            case "sum":
                assert isinstance(symbol, Num)
                self.room.say(symbol.value == total(pick(on, value.value, 0) for on, value in self._values()))
            case "days since":
                assert isinstance(symbol, Num)
                self.room.say(same(symbol.known, some))
                self._youngest(symbol)
            case which:
                self.room.say(same(known(symbol), some))
                self._one_of_them(which, symbol)

    def _times(self) -> Amount:
        return total(pick(on, slot.times, 0) for on, slot in zip(self.counts, self.slots, strict=True))

    def _values(self) -> list[tuple[Truth, Num]]:
        found = []
        for on, slot in zip(self.counts, self.slots, strict=True):
            value = slot.example(sort_of(self.fact).attribute or "")
            assert isinstance(value, Num)
            found.append((on, value))
        return found

    def _different(self) -> Amount:
        """Different values: of slots whose attribute differs from one event to the next, all; else those not seen before."""
        attribute = sort_of(self.fact).attribute or ""
        if self.slots and self.slots[0].spread == attribute:
            return self._times()
        found: list[Amount] = []
        for at, (on, slot) in enumerate(zip(self.counts, self.slots, strict=True)):
            mine = slot.example(attribute)
            before = disjoined(
                conj(self.counts[each], _equal(self.slots[each].example(attribute), mine)) for each in range(at)
            )
            found.append(pick(conj(on, neg(before)), 1, 0))
        return total(found)

    def _youngest(self, symbol: Num) -> None:
        for on, slot in zip(self.counts, self.slots, strict=True):
            self.room.say(implies(on, symbol.value <= SCALE * slot.age))
        self.room.say(
            implies(
                symbol.known,
                disjoined(
                    conj(on, symbol.value == SCALE * slot.age) for on, slot in zip(self.counts, self.slots, strict=True)
                ),
            )
        )

    def _one_of_them(self, which: str, symbol: Symbol) -> None:
        attribute = sort_of(self.fact).attribute or ""
        values = [slot.example(attribute) for slot in self.slots]
        chosen: list[Truth] = []
        for at, (on, value) in enumerate(zip(self.counts, values, strict=True)):
            best: list[Truth] = [on, _equal(symbol, value)]
            for other, (also, rival) in enumerate(zip(self.counts, values, strict=True)):
                if other == at:
                    continue
                best.append(implies(also, self._before(which, at, other, value, rival)))
            chosen.append(conjoined(best))
        self.room.say(implies(known(symbol), disjoined(chosen)))

    def _before(self, which: str, at: int, other: int, value: Symbol, rival: Symbol) -> Truth:
        """Whether the one event gives the figure rather than the other. Of one day only equal ones, but for numbers."""
        if which == "latest":
            younger, level = self.slots[at].age < self.slots[other].age, self.slots[at].age == self.slots[other].age
            return disj(younger, conj(level, _equal(value, rival)))
        assert isinstance(value, Num)
        assert isinstance(rival, Num)
        return value.value >= rival.value if which == "largest" else value.value <= rival.value

    def _points(self, fact: EventPoints) -> Amount:
        parts: list[Amount] = []
        for on, slot in zip(self.counts, self.slots, strict=True):
            if fact.fading is None:
                parts.append(pick(on, fact.points * SCALE * slot.times, 0))
                continue
            for amount, ages in _ages(fact.fading, self.as_of):
                inside = conj(on, slot.age >= ages[0], slot.age <= ages[1])
                parts.append(pick(inside, amount * slot.times, 0))
        exact = total(parts)
        value = halved(self.room, exact, SCALE, 0 if fact.points > 0 else -LIMIT, LIMIT if fact.points > 0 else 0)
        if fact.up_to is None:
            return value
        if fact.up_to > 0:
            return pick(value > fact.up_to, fact.up_to, value) if not isinstance(value, int) else min(value, fact.up_to)
        return pick(value < fact.up_to, fact.up_to, value) if not isinstance(value, int) else max(value, fact.up_to)


def _ages(fading: Fading, as_of: dt.date) -> list[tuple[int, tuple[int, int]]]:
    """What an event is worth by its age, period by period, for the first periods; older events are left out of examples."""
    found: list[tuple[int, tuple[int, int]]] = []
    age = 0
    for period, amount in enumerate(fading.amounts[:12]):
        first = age
        while age <= 400 and period_of(fading, as_of - dt.timedelta(days=age), as_of) == period:
            age += 1
        if age > first:
            found.append((amount, (first, age - 1)))
        if age > 400:
            break
    return found


def _equal(one: Symbol, other: Symbol) -> Truth:
    match one, other:
        case Flag(), Flag():
            return conj(same(one.true, other.true), same(one.false, other.false))
        case Num(), Num():
            return one.value == other.value
        case Text(), Text():
            return one.value == other.value
        case _:
            raise AssertionError("two families of values")


__all__ = ["Listed", "Slot", "list_events"]
