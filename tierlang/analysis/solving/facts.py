"""What events and signals can say of an account, without listing them: figures as unknowns, tied together by what is true of any list of events."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import attrs
import z3  # type: ignore[import-untyped]

from tierlang.analysis.solving.domains import field_symbol, value_symbol
from tierlang.analysis.solving.expressions import Reader
from tierlang.analysis.solving.logic import conj, implies, neg, same
from tierlang.analysis.solving.room import Room
from tierlang.analysis.solving.symbols import Flag, Num, Symbol, Tags, Text, either
from tierlang.program.calendar import Duration, shift
from tierlang.program.nodes import Aggregate, Condition, EventPoints, EventType, Program, Signal, Sustained
from tierlang.program.numbers import LIMIT, SCALE, half

EVER = 3_652_059
"""More days than the calendar has."""

MOST = 10**12


@attrs.frozen
class Sort:
    """The events that one figure counts, whatever its window: those of a type for which `where` is true, and that have the attribute."""

    event: str
    where: Condition | None
    attribute: str | None

    @property
    def name(self) -> str:
        """A name that no other sort has."""
        return f"events {self.event} where {None if self.where is None else self.where.test!r} with {self.attribute}"


def sort_of(fact: Aggregate | EventPoints) -> Sort:
    """The events that a figure counts."""
    attribute = fact.attribute.name if isinstance(fact, Aggregate) and fact.attribute is not None else None
    return Sort(fact.event, fact.where, attribute)


def window_days(window: Duration | None, as_of: dt.date) -> int:
    """How many days before the as-of date still count."""
    return EVER if window is None else (as_of - shift(as_of, window, -1)).days


class Facts:
    """The facts of one program, for any account at all."""

    def __init__(self, room: Room, program: Program, as_of: dt.date, reader: Reader) -> None:
        self.room = room
        self.program = program
        self.as_of = as_of
        self.reader = reader
        self.windows: dict[tuple[str, str | None], list[tuple[Sort, int]]] = {}

    def signal(self, signal: Signal) -> Symbol:
        """The value that counts on the as-of date."""
        return field_symbol(self.room, signal.value)

    def fact(self, fact: Aggregate | EventPoints | Sustained) -> Symbol:
        """One figure, or one condition that had to hold for some time."""
        match fact:
            case Aggregate():
                return self._figure(fact)
            case EventPoints():
                return self._points(fact)
            case Sustained():
                return self._sustained(fact)

    def _sustained(self, fact: Sustained) -> Flag:
        """What held for so long holds now; what does not hold now did not for so long."""
        room, reader = self.room, self.reader
        true, false = room.truth("held"), room.truth("not held")
        room.say(neg(conj(true, false)))
        value = reader.name(fact.signal)
        with room.sparing():
            now = reader.about(lambda _: value).flag(fact.test)
        room.say(implies(true, now.true))
        room.say(implies(now.false, false))
        if (self.as_of - shift(self.as_of, fact.duration, -1)).days == 1:
            room.say(conj(same(true, now.true), same(false, now.false)))
        return Flag(true, false)

    # --- counts -----------------------------------------------------------------------------------------------------------------------

    def _latest(self, sort: Sort) -> Num:
        """How many days ago the latest of these events was; more than the calendar has where there is none."""

        def make() -> Num:
            age = self.room.number("age")
            self.room.say(age >= 0)
            if sort.where is not None or sort.attribute is not None:
                wider = self._latest(Sort(sort.event, None, None))
                self.room.say(age >= wider.value)
            if sort.where is not None:
                example = self._example(sort, f"{sort.name} latest")
                self.room.say(implies(age <= EVER, self._meets(sort, example)))
            return Num(age, True, 0, LIMIT)

        found = self.room.piece(f"{sort.name} age", make)
        assert isinstance(found, Num)
        return found

    def _count(self, sort: Sort, days: int) -> Num:
        """How many of these events there are in the window."""

        def make() -> Num:
            count = self.room.number("count")
            self.room.say(z3.And(count >= 0, count <= MOST))
            self.room.say((count >= 1) == (self._latest(sort).value <= days))
            siblings = self.windows.setdefault((sort.event, None), [])
            for other, window in siblings:
                if _within(sort, days, other, window):
                    self.room.say(count <= self._count(other, window).value)
                if _within(other, window, sort, days):
                    self.room.say(self._count(other, window).value <= count)
            siblings.append((sort, days))
            return Num(count, True, 0, MOST)

        found = self.room.piece(f"{sort.name} in {days}", make)
        assert isinstance(found, Num)
        return found

    def _figure(self, fact: Aggregate) -> Symbol:
        sort = sort_of(fact)
        days = window_days(fact.window, self.as_of)
        count = self._count(sort, days).value
        some = count >= 1
        match fact.function:
            case "any":
                return Flag(some, neg(some))
            case "count":
                return Num(SCALE * count, True, 0, MOST * SCALE)
            case "distinct":
                different = self.room.number("different")
                self.room.say(z3.And(different >= 0, different <= count, (different >= 1) == some))
                return Num(SCALE * different, True, 0, MOST * SCALE)
            case "days since":
                most = min(days, (self.as_of - dt.date.min).days)
                age = self._latest(sort).value
                self.room.say(implies(some, age <= most))
                return Num(age * SCALE, some, 0, most * SCALE)
            case "sum":
                return self._sum(fact, sort, count)
            case "largest" | "smallest" | "latest":
                return self._extreme(fact, sort, days, fact.function)

    def _sum(self, fact: Aggregate, sort: Sort, count: z3.ArithRef) -> Num:
        assert fact.attribute is not None
        each = self._example(sort, f"{fact.name} example")(fact.attribute.name)
        assert isinstance(each, Num)
        value = self.room.number("sum")
        low, high = (0 if each.low >= 0 else 1 - LIMIT), (0 if each.high <= 0 else LIMIT - 1)
        self.room.say(z3.And(value >= low, value <= high))
        self.room.say(z3.And(value >= each.low * count, value <= each.high * count))
        return Num(value, True, low, high)

    def _extreme(
        self, fact: Aggregate, sort: Sort, days: int, which: Literal["largest", "smallest", "latest"]
    ) -> Symbol:
        """The attribute of one of the events, and of one for which `where` is true."""
        assert fact.attribute is not None
        some = self._count(sort, days).value >= 1
        # Of the latest event every window that reaches it says the same.
        owner = f"{sort.name} latest" if which == "latest" else f"{sort.name} {which} in {days}"
        example = self._example(sort, owner)
        value = example(fact.attribute.name)
        if sort.where is not None:
            self.room.say(implies(some, self._meets(sort, example)))
        there = value.known if not isinstance(value, Tags) else True
        self.room.say(implies(some, there))
        nothing: Symbol = _missing(value)
        return either(some, value, nothing)

    # --- one event of them ------------------------------------------------------------------------------------------------------------

    def _meets(self, sort: Sort, example: Example) -> object:
        assert sort.where is not None
        with self.room.sparing():
            return self.reader.about(example).flag(sort.where.test).true

    def _example(self, sort: Sort, owner: str) -> Example:
        """One of the events that count."""
        event = next(each for each in self.program.events if each.name == sort.event)
        return Example(self.room, self.reader, event, owner)

    def _points(self, fact: EventPoints) -> Num:
        """The points of events: nothing without events, no further than `up to`, no more than each event gives at most."""
        count = self._count(sort_of(fact), window_days(fact.window, self.as_of)).value
        worth = fact.points * SCALE if fact.fading is None else max(fact.fading.amounts, key=abs, default=0)
        value = self.room.number("points")
        end = fact.up_to if fact.up_to is not None else (LIMIT - 1 if fact.points > 0 else 1 - LIMIT)
        low, high = min(0, end), max(0, end)
        self.room.say(z3.And(value >= low, value <= high))
        most = half(worth, SCALE) + (1 if worth > 0 else -1)
        self.room.say(value <= most * count if worth >= 0 else value >= most * count)
        if fact.fading is None:
            self._steady(fact, value, count)
        return Num(value, True, low, high)

    def _steady(self, fact: EventPoints, value: z3.ArithRef, count: z3.ArithRef) -> None:
        """Points that do not fade are so many times the count, as far as `up to`."""
        exact = fact.points * count
        if fact.up_to is None:
            self.room.say(value == exact)
        elif fact.up_to > 0:
            self.room.say(value == z3.If(exact > fact.up_to, fact.up_to, exact))
        else:
            self.room.say(value == z3.If(exact < fact.up_to, fact.up_to, exact))


class Example:
    """The attributes of one unknown event, each when it is first read."""

    def __init__(self, room: Room, reader: Reader, event: EventType, owner: str) -> None:
        self.room = room
        self.reader = reader
        self.event = event
        self.owner = owner

    def __call__(self, name: str) -> Symbol:
        return self.room.piece(f"{self.owner}: {name}", lambda: self._make(name))

    def _make(self, name: str) -> Symbol:
        if name == "at":
            today = self.reader.as_of.toordinal()
            day = self.room.number("day")
            self.room.say(z3.And(day >= 1, day <= today))
            return Num(day, True, 1, today, is_date=True)
        for field in self.event.fields:
            if field.name == name:
                known = self.room.truth("known") if field.may_be_missing else True
                return value_symbol(self.room, field, known)
        derive = next(each for each in self.event.derives if each.name == name)
        with self.room.sparing():
            return self.reader.about(self).of(derive.value)


def _missing(like: Symbol) -> Symbol:
    match like:
        case Num(is_date=is_date):
            return Num(0, False, 0, 0, is_date)
        case Text():
            return Text(0, False)
        case Flag():
            return Flag(False, False)
        case Tags():
            return like


def _within(one: Sort, days: int, other: Sort, more: int) -> bool:
    """Whether every event that counts here counts there, too."""
    return (
        days <= more
        and other.where in (None, one.where)
        and other.attribute in (None, one.attribute)
        and (one, days) != (other, more)
    )
