"""Signals: the observation that counts on a day, and whether a condition held on every day of a stretch."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

import attrs

from tierlang.engines.interpreter.expressions import value_of
from tierlang.engines.interpreter.facts import Facts
from tierlang.program.calendar import shift
from tierlang.program.nodes import Signal, Sustained
from tierlang.program.values import Value

_DAY = dt.timedelta(days=1)


@attrs.frozen
class Held:
    """What an account's observations of one day say on a later one: the greatest of them, and whether it still counts then."""

    at: dt.date
    value: Value
    counts: bool


def held_on(signal: Signal, facts: Facts, day: dt.date) -> Held | None:
    """The latest observation on or before a day; of several on one day the greatest, a missing one only if all are."""
    earlier = [each for each in facts.account.signals.get(signal.name, ()) if each.at <= day]
    if not earlier:
        return None
    at = max(each.at for each in earlier)
    values: list[Any] = [each.value for each in earlier if each.at == at and each.value is not None]
    counts = signal.lasts is None or at >= shift(day, signal.lasts, -1)
    return Held(at, cast(Value, max(values, default=None)), counts)


def value_on(signal: Signal, facts: Facts, day: dt.date) -> Value:
    """The signal's value on a day; missing where no observation counts."""
    held = held_on(signal, facts, day)
    return held.value if held is not None and held.counts else None


def lasts_until(signal: Signal, at: dt.date) -> dt.date | None:
    """The last day on which an observation of the day `at` can count; None: for ever.

    Months end on different days, so some days after `lasts` from `at` may count too: what was seen on 28 February counts for a month on 31 March.
    """
    if signal.lasts is None:
        return None
    day = shift(at, signal.lasts, 1)
    while day < dt.date.max and shift(day + _DAY, signal.lasts, -1) <= at:
        day += _DAY
    return day


@attrs.frozen
class Stretch:
    """Neighbouring days on which one observation, or none, counts: its day, its value, and what the condition says of it."""

    first: dt.date
    last: dt.date
    observed: dt.date | None
    value: Value
    answer: bool | None


def stretches(fact: Sustained, facts: Facts) -> tuple[Stretch, ...]:
    """The days of (as-of - duration, as-of], in order; every day is asked, and neighbours that say the same are joined.

    Faults are those of the observations themselves, whether they count on one of the days or not.
    """
    signal = next(each for each in facts.program.signals if each.name == fact.signal)
    for each in facts.account.signals.get(fact.signal, ()):
        if each.at <= facts.as_of:
            value_of(fact.test, facts.about({fact.signal: each.value}), fact.text)
    found: list[Stretch] = []
    day = shift(facts.as_of, fact.duration, -1)
    while day < facts.as_of:
        day += _DAY
        held = held_on(signal, facts, day)
        observed, value = (held.at, held.value) if held is not None and held.counts else (None, None)
        if found and found[-1].observed == observed:
            found[-1] = attrs.evolve(found[-1], last=day)
            continue
        answer = value_of(fact.test, facts.aside().about({fact.signal: value}), fact.text)
        found.append(Stretch(day, day, observed, value, cast("bool | None", answer)))
    return tuple(found)


def sustained(days: tuple[Stretch, ...]) -> bool | None:
    """The days joined as by `and`."""
    answers = [each.answer for each in days]
    return False if False in answers else None if None in answers else True
