"""Events: which of an account's events count for a figure and which do not and why, and what those that count come to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, cast

import attrs

from tierlang.engines.interpreter.expressions import holds, value_of
from tierlang.engines.interpreter.facts import Event, Facts
from tierlang.engines.interpreter.reads import missing_names
from tierlang.program.calendar import Duration, shift
from tierlang.program.expressions import Attribute, Expression, parts_of
from tierlang.program.nodes import Aggregate, EventPoints, EventType, Fading
from tierlang.program.numbers import SCALE, half, in_limits
from tierlang.program.values import Kind, Value


class Fate(Enum):
    """What became of one event: it counts, or why not. The first of these that is true is said."""

    AFTER = "after the as-of date"
    BEFORE = "before the window"
    NO = "the condition does not hold"
    UNKNOWN = "the condition is unknown"
    LACKING = "the attribute is missing"
    FADED = "faded to nothing"
    COUNTS = "counts"


@attrs.frozen
class Seen:
    """One event as a figure sees it.

    `attributes` are the event's fields, and those of its derived values that the figure reads. `missing` names what made the condition unknown.
    `worth` is what the event is worth in points, in 1/10^8ths and before `up to`; None for events that do not count, and for other figures.
    """

    event: Event
    attributes: Mapping[str, Value]
    fate: Fate
    missing: tuple[str, ...] = ()
    worth: int | None = None


def look_at(fact: Aggregate | EventPoints, facts: Facts) -> tuple[Seen, ...]:
    """Every event of the fact's type, in the order given."""
    of = next(event for event in facts.program.events if event.name == fact.event)
    return tuple(_look(fact, of, event, facts) for event in facts.account.events.get(fact.event, ()))


def _look(fact: Aggregate | EventPoints, of: EventType, event: Event, facts: Facts) -> Seen:
    """One event. Its condition is asked before and after the window too: a number out of bounds there is a fault."""
    attribute = fact.attribute if isinstance(fact, Aggregate) else None
    if event.at > facts.as_of:
        return Seen(event, _fields(of, event), Fate.AFTER)
    read: list[Expression] = [attribute] if attribute is not None else []
    read += [fact.where.test] if fact.where is not None else []
    inside = _attributes(of, event, read, facts, fact.text)
    met = True if fact.where is None else holds(fact.where, inside, fact.text)
    seen = Seen(event, inside.attributes, Fate.COUNTS)
    if fact.window is not None and event.at < shift(facts.as_of, fact.window, -1):
        return attrs.evolve(seen, fate=Fate.BEFORE)
    if met is None:
        assert fact.where is not None
        return attrs.evolve(seen, fate=Fate.UNKNOWN, missing=missing_names(fact.where.test, inside))
    if not met:
        return attrs.evolve(seen, fate=Fate.NO)
    if attribute is not None and inside.attributes[attribute.name] is None:
        return attrs.evolve(seen, fate=Fate.LACKING)
    if isinstance(fact, EventPoints):
        worth = worth_of(fact, event.at, facts.as_of)
        faded = fact.fading is not None and worth == 0
        return attrs.evolve(seen, fate=Fate.FADED if faded else Fate.COUNTS, worth=worth)
    return seen


def _fields(of: EventType, event: Event) -> dict[str, Value]:
    values: dict[str, Value] = {"at": event.at}
    for field in of.fields:
        value = event.values.get(field.name)
        values[field.name] = () if value is None and field.kind is Kind.TAGS else value
    return values


def _attributes(of: EventType, event: Event, read: Sequence[Expression], facts: Facts, where: str) -> Facts:
    """The account with the event in view: its fields, and those of its derived values that are read, directly or by another."""
    wanted = attributes_of(read)
    for derive in reversed(of.derives):
        if derive.name in wanted:
            wanted |= attributes_of([derive.value])
    values = _fields(of, event)
    inside = facts.about(values)
    for derive in of.derives:
        if derive.name in wanted:
            values[derive.name] = value_of(derive.value, inside, where)
    return inside


def attributes_of(expressions: Sequence[Expression]) -> set[str]:
    """The names of the attributes that are read."""
    found: set[str] = set()
    for expression in expressions:
        if isinstance(expression, Attribute):
            found.add(expression.name)
        found |= attributes_of(parts_of(expression))
    return found


def worth_of(points: EventPoints, at: dt.date, as_of: dt.date) -> int:
    """What an event of this day is worth, in 1/10^8ths."""
    if points.fading is None:
        return points.points * SCALE
    period = period_of(points.fading, at, as_of)
    return 0 if period is None else points.fading.amounts[period]


def period_of(fading: Fading, at: dt.date, as_of: dt.date) -> int | None:
    """The whole periods between an event's day and the as-of date; None where so many have passed that nothing is left."""
    days = fading.every.days
    if days is not None:
        period = (as_of - at).days // days
        return period if period < len(fading.amounts) else None
    for period in range(len(fading.amounts)):
        if shift(as_of, times(fading, period + 1), -1) < at <= shift(as_of, times(fading, period), -1):
            return period
    return None


def times(fading: Fading, periods: int) -> Duration:
    """So many periods of a fading, as one duration: three months are not three times the days of one."""
    return Duration(fading.every.count * periods, fading.every.unit)


def points_of(fact: EventPoints, seen: Sequence[Seen], facts: Facts) -> int | None:
    """The points of the events that count: an exact sum, one rounding, then `up to`; a result out of bounds is a fault."""
    exact = sum(each.worth or 0 for each in seen)
    value = half(exact, SCALE)
    if fact.up_to is not None and abs(value) > abs(fact.up_to):
        value = fact.up_to
    if not in_limits(value):
        facts.faults.append(fact.text)
        return None
    return value


def figure_of(fact: Aggregate, seen: Sequence[Seen], facts: Facts) -> Value:
    """The figure of the events that count."""
    counted = [each for each in seen if each.fate is Fate.COUNTS]
    match fact.function:
        case "any":
            return bool(counted)
        case "count":
            return len(counted) * SCALE
        case "days since":
            latest = max((each.event.at for each in counted), default=None)
            return None if latest is None else (facts.as_of - latest).days * SCALE
        case _:
            return _figure_of_attribute(fact, counted, facts)


def _figure_of_attribute(fact: Aggregate, counted: Sequence[Seen], facts: Facts) -> Value:
    assert fact.attribute is not None
    values: list[Any] = [each.attributes[fact.attribute.name] for each in counted]
    match fact.function:
        case "distinct":
            return len(set(values)) * SCALE
        case "sum":
            total = sum(values)
            if not in_limits(total):
                facts.faults.append(fact.text)
                return None
            return int(total)
        case "largest":
            return cast(Value, max(values, default=None))
        case "smallest":
            return cast(Value, min(values, default=None))
        case "latest":
            last = max((each.event.at for each in counted), default=None)
            on_it = [value for each, value in zip(counted, values, strict=True) if each.event.at == last]
            return cast(Value, max(on_it, default=None))
        case _:
            raise AssertionError(f"{fact.function} reads no attribute")
