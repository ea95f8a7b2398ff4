"""Observations that can be written down: the days before the as-of date in as many stretches as conditions on a signal ask for, each with one value."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from tierlang.analysis.solving.domains import field_symbol
from tierlang.analysis.solving.expressions import Reader
from tierlang.analysis.solving.logic import conjoined, disjoined, same
from tierlang.analysis.solving.room import Room
from tierlang.analysis.solving.symbols import Flag, Symbol
from tierlang.program.calendar import shift
from tierlang.program.nodes import Signal, Sustained


@attrs.frozen(eq=False)
class Stretch:
    """Neighbouring days, counted back from the as-of date (0), and the signal's value on all of them."""

    first: int
    last: int
    value: Symbol


@attrs.frozen(eq=False)
class Observed:
    """One signal's days, the youngest stretch (the as-of date) first."""

    signal: Signal
    stretches: tuple[Stretch, ...]


def observe(room: Room, reader: Reader, signal: Signal, facts: Sequence[Sustained]) -> Observed:
    """The stretches of a signal, and what they say of the conditions that had to hold for so long."""
    as_of = reader.as_of
    days = {fact.name: (as_of - shift(as_of, fact.duration, -1)).days for fact in facts}
    found = [Stretch(0, 0, reader.name(signal.name))]
    for end in sorted(set(days.values())):
        if end - 1 > found[-1].first:
            start = found[-1].first + 1
            value = room.piece(f"{room.now.name} {signal.name} {start}", lambda: field_symbol(room, signal.value))
            found.append(Stretch(end - 1, start, value))
    for fact in facts:
        held = reader.name(fact.name)
        assert isinstance(held, Flag)
        inside = [each for each in found if each.first < days[fact.name]]
        with room.sparing():
            asked = [reader.about(lambda _, one=each: one.value).flag(fact.test) for each in inside]  # type: ignore[misc]
        room.say(same(held.true, conjoined(each.true for each in asked)))
        room.say(same(held.false, disjoined(each.false for each in asked)))
    return Observed(signal, tuple(found))


__all__ = ["Observed", "Stretch", "observe"]
