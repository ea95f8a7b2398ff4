"""What the observations of one signal can be together: its value now, and whether conditions on it held for so long.

The days are parted where a condition begins to look; in each part the signal takes one value or several, of those that the rules tell apart, or is missing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

import attrs

from tierlang.analysis.domains import domain_of
from tierlang.analysis.flows import Flows, Use, defined_name
from tierlang.analysis.histories.anything import ALL
from tierlang.analysis.keys import ANY, Cells, Pick, Span, add
from tierlang.engines.interpreter.expressions import value_of
from tierlang.engines.interpreter.facts import Account, Facts, Observation
from tierlang.engines.interpreter.signals import lasts_until
from tierlang.program.calendar import Duration, shift
from tierlang.program.nodes import Program, Signal, Sustained
from tierlang.program.values import Value

_DAY = dt.timedelta(days=1)
_CONDITIONS = 3
_LONGEST = 200
"""A course of more observations is nobody's."""

Answers: TypeAlias = tuple[bool | None, ...]
Steps: TypeAlias = tuple[tuple[Value, ...], ...]
"""Of each part, the nearest first, the values that the signal takes one after the other."""


@attrs.frozen
class Asked:
    """A signal, the conditions on it that are asked for, and what is done with its present value (`now`: whether that is asked for)."""

    program: Program
    as_of: dt.date
    flows: Flows
    signal: Signal
    facts: tuple[Sustained, ...]
    now: bool
    uses: Mapping[str, tuple[Use, ...]]


def courses(asked: Asked, name: str) -> Cells:
    """Every tuple of the value now (None where that is not asked for) and the conditions' answers, with observations as the pick of `name`."""
    mine = asked.uses.get(defined_name(asked.signal.name), ())
    inside = tuple(use for fact in asked.facts for use in asked.flows.of(fact.test).uses)
    field = attrs.evolve(asked.signal.value, required=False, default=None)
    domain = domain_of(field, (*mine, *inside), asked.signal.missing_cells, asked.as_of)
    unsure = any(use.sort == "free" for use in inside) or len(asked.facts) > _CONDITIONS
    cells: Cells = {}
    for key, observations in _made(asked, domain.values):
        add(cells, key, None if observations is None else Pick(name, observations))
    if (ANY in domain.spans) or unsure:
        add(cells, (ALL, *(ALL for _ in asked.facts)), None)
        return cells
    for span in domain.spans if asked.now else ():
        # Within a span between two cuts all answers are alike: those of its ends.
        assert type(span) is Span
        for key in list(cells):
            if key[0] is not None and type(key[0]) is not Span and span.low <= key[0] <= span.high:
                add(cells, (span, *key[1:]), None)
    return cells


def _made(asked: Asked, values: Sequence[Value]) -> Iterator[tuple[tuple[Value, ...], tuple[Observation, ...] | None]]:
    """Courses, part by part: what the signal is today, then what it was before."""
    blank = Facts(asked.program, Account("", {}), asked.as_of, {})
    answers: dict[Answers, Value] = {}
    each: dict[Value, Answers] = {}
    for value in values:
        about = blank.about({asked.signal.name: value})
        mine = tuple(value_of(fact.test, about, fact.text) for fact in asked.facts)
        if about.faults:
            about.faults.clear()
            if value is not None:  # a day without an observation is missing too, and asks nothing
                continue
        each[value] = mine  # type: ignore[assignment]
        answers.setdefault(mine, value)  # type: ignore[arg-type]
    starts = [shift(asked.as_of, fact.duration, -1) for fact in asked.facts]
    parts = sorted(set(starts), reverse=True)
    several = _joins(answers)
    for value, now in each.items():
        reached: dict[Answers, Steps] = {now: ()}
        for at, part in enumerate(parts):
            if part >= (parts[at - 1] if at else _yesterday(asked)):
                reached = {so_far: (*steps, ()) for so_far, steps in reached.items()}
                continue
            grown: dict[Answers, Steps] = {}
            for so_far, steps in reached.items():
                for answer, taken in several.items():
                    after = tuple(
                        _both(old, more) if start <= part else old
                        for old, more, start in zip(so_far, answer, starts, strict=True)
                    )
                    grown.setdefault(after, (*steps, (value,) if each[value] == answer else taken))
            reached = grown
        for so_far, steps in reached.items():
            yield (value if asked.now else None, *so_far), _observed(asked, value, parts, steps)


def _yesterday(asked: Asked) -> dt.date:
    """The day before the as-of date; on the first day there is, that day itself."""
    return shift(asked.as_of, Duration(1, "day"), -1)


def _both(one: bool | None, other: bool | None) -> bool | None:
    return False if one is False or other is False else None if one is None or other is None else True


def _joins(answers: Mapping[Answers, Value]) -> dict[Answers, tuple[Value, ...]]:
    """What several values, one after the other, say together; each value alone first."""
    found: dict[Answers, tuple[Value, ...]] = {answer: (value,) for answer, value in answers.items()}
    waiting = list(found)
    for current in waiting:
        for answer, value in answers.items():
            after = tuple(_both(one, other) for one, other in zip(current, answer, strict=True))
            if after not in found:
                found[after] = (*found[current], value)
                waiting.append(after)
    return found


def _observed(asked: Asked, now: Value, parts: Sequence[dt.date], steps: Steps) -> tuple[Observation, ...] | None:
    """The observations of such a course in their order; None if a part has fewer days than values, or it takes too many."""
    stretches: list[tuple[dt.date, dt.date, Value]] = []
    for at in range(len(parts) - 1, -1, -1):
        first, last = parts[at] + _DAY, parts[at - 1] if at else _yesterday(asked)
        for value in steps[at][:-1]:
            stretches.append((first, first, value))
            first += _DAY
        if steps[at]:
            if first > last:
                return None
            stretches.append((first, last, steps[at][-1]))
    stretches.append((asked.as_of, asked.as_of, now))
    found: list[Observation] = []
    for first, last, value in stretches:
        going_on = found[-1] if found else None
        if going_on is None and value is None:
            continue
        until = None if going_on is None else lasts_until(asked.signal, going_on.at)
        if going_on is None or going_on.value != value:
            found.append(Observation(first, value))
        elif value is not None and until is not None and until < first:
            found.append(Observation(until + _DAY, value))
        while value is not None and (until := lasts_until(asked.signal, found[-1].at)) is not None and until < last:
            found.append(Observation(until + _DAY, value))
            if len(found) > _LONGEST:
                return None
    return tuple(found)
