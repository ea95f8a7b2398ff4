"""Conditions on a score that must have held for some time: what was observed of it in earlier runs, and this run's value."""

from __future__ import annotations

import datetime as dt
from typing import cast

from tierlang.engines.interpreter.expressions import value_of
from tierlang.engines.interpreter.facts import Facts
from tierlang.engines.interpreter.signals import Stretch, sustained
from tierlang.program.calendar import shift
from tierlang.program.nodes import Enduring
from tierlang.program.values import Value

_DAY = dt.timedelta(days=1)


def course_of(enduring: Enduring, facts: Facts) -> tuple[Stretch, ...]:
    """The days of (as-of - duration, as-of], in order, in stretches over which one observation counts; the last is the as-of date, with this run's value."""
    seen = [] if facts.memory is None else list(facts.memory.scores.get(enduring.score, ()))
    changes = [(at, value) for at, value in seen if at < facts.as_of]
    found: list[Stretch] = []
    first = shift(facts.as_of, enduring.duration, -1) + _DAY
    while first < facts.as_of:
        observed, value = max((each for each in changes if each[0] <= first), key=_day, default=(None, None))
        last = min((at for at, _ in changes if at > first), default=facts.as_of) - _DAY
        answer = None if observed is None else _answer(enduring, value, facts)
        found.append(Stretch(first, last, observed, value, answer))
        first = last + _DAY
    now = facts.defined[enduring.score]
    return (*found, Stretch(facts.as_of, facts.as_of, facts.as_of, now, _answer(enduring, now, facts)))


def endured(course: tuple[Stretch, ...]) -> bool | None:
    """The days joined as by `and`."""
    return sustained(course)


def _day(observation: tuple[dt.date, int | None]) -> dt.date:
    return observation[0]


def _answer(enduring: Enduring, value: Value, facts: Facts) -> bool | None:
    """What the condition says of one value; a missing one leaves it open, whatever is asked, but numbers out of bounds are found all the same."""
    answer = value_of(enduring.test, facts.about({enduring.score: value}), enduring.text)
    return None if value is None else cast("bool | None", answer)
