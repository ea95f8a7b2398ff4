"""What the events and signals of one account gave, for `explain`: which counted, with their days, and which did not and why."""

from __future__ import annotations

import datetime as dt

import attrs

from tierlang.engines.interpreter.events import Seen, figure_of, look_at, points_of
from tierlang.engines.interpreter.facts import Facts
from tierlang.engines.interpreter.signals import Stretch, held_on, lasts_until, stretches, sustained, value_on
from tierlang.program.calendar import shift
from tierlang.program.nodes import Aggregate, EventPoints, Fact, Program, Signal, Sustained
from tierlang.program.values import Value


@attrs.frozen
class FactTrace:
    """One figure of events, or one sustained condition.

    `events` are all events of the type, the latest first, and what became of each (none for a sustained condition). `days` are the days of a
    sustained condition in stretches, the first first; those whose answer is not true broke it. `since` is the first day looked at: of the window
    (None: `ever`), or of the days.
    """

    fact: Fact
    value: Value
    since: dt.date | None
    events: tuple[Seen, ...] = ()
    days: tuple[Stretch, ...] = ()

    @property
    def broken(self) -> tuple[Stretch, ...]:
        """The days on which a sustained condition was not true."""
        return tuple(each for each in self.days if each.answer is not True)


@attrs.frozen
class SignalTrace:
    """A signal as of the date: its value, and the latest observation: its day and value, and the last day on which that can count (None: for ever).

    `at` is None for a signal never observed. `counts` is false where the observation has run out, and the value is then missing. `later` counts
    observations after the as-of date, `same_day` those of the day that the value was taken from.
    """

    signal: Signal
    value: Value
    at: dt.date | None
    observed: Value
    until: dt.date | None
    counts: bool
    same_day: int
    later: int


def trace_facts(program: Program, facts: Facts) -> tuple[tuple[FactTrace, ...], tuple[SignalTrace, ...]]:
    """Learn what the account's events and signals say, and how it came about."""
    signals = tuple(_signal(signal, facts) for signal in program.signals)
    for each in signals:
        facts.defined[each.signal.name] = each.value
    found: list[FactTrace] = []
    for fact in program.facts:
        found.append(_fact(fact, facts))
        facts.defined[fact.name] = found[-1].value
    return tuple(found), signals


def _fact(fact: Fact, facts: Facts) -> FactTrace:
    match fact:
        case Aggregate() | EventPoints():
            seen = look_at(fact, facts)
            value = figure_of(fact, seen, facts) if isinstance(fact, Aggregate) else points_of(fact, seen, facts)
            since = None if fact.window is None else shift(facts.as_of, fact.window, -1)
            latest_first = sorted(seen, key=lambda each: each.event.at, reverse=True)
            return FactTrace(fact, value, since, events=tuple(latest_first))
        case Sustained():
            days = stretches(fact, facts)
            return FactTrace(fact, sustained(days), days[0].first if days else None, days=days)


def _signal(signal: Signal, facts: Facts) -> SignalTrace:
    value = value_on(signal, facts, facts.as_of)
    held = held_on(signal, facts, facts.as_of)
    days = [each.at for each in facts.account.signals.get(signal.name, ())]
    later = sum(day > facts.as_of for day in days)
    if held is None:
        return SignalTrace(signal, value, None, None, None, counts=False, same_day=0, later=later)
    until, same = lasts_until(signal, held.at), days.count(held.at)
    return SignalTrace(signal, value, held.at, held.value, until, counts=held.counts, same_day=same, later=later)
