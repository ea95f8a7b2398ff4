"""The events behind one figure of an account: those that counted, with what the figure read of them, and those that did not and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TypeAlias

from rich.text import Text

from tierlang.engines.interpreter.events import Fate, Seen, attributes_of, period_of, times
from tierlang.program.calendar import shift
from tierlang.program.expressions import Attribute, DaysSince, Expression, parts_of
from tierlang.program.nodes import Aggregate, EventPoints, Fading
from tierlang.program.numbers import SCALE, half
from tierlang.program.values import Value
from tierlang.reports.rows import Row
from tierlang.reports.values import MISSING, amount, value_text
from tierlang.reports.words import count, date

_MOST_COUNTED = 6
_MOST_LEFT_OUT = 3
_MOST_DAYS = 8
_MOST_DAYS_LEFT_OUT = 5
_MOST_PERIODS = 8
_AGE = "age"
_IN_DOUBT = (Fate.UNKNOWN, Fate.LACKING)
"""What missing data left out."""


def event_rows(fact: Aggregate | EventPoints, seen: Sequence[Seen], as_of: dt.date) -> list[Row]:
    """The rows of one figure: whether the events count, then which they are and what there is to say; `seen` has the latest first."""
    counted = [each for each in seen if each.fate is Fate.COUNTS]
    rows: list[Row] = [
        (Text("yes", style="green") if first else "", text) for first, text in _counted(fact, counted, as_of)
    ]
    if isinstance(fact, EventPoints) and counted:
        rows += [("", text) for text in _points(fact, counted, as_of)]
    for fate in Fate:
        others = [each for each in seen if each.fate is fate]
        if fate is not Fate.COUNTS and others:
            style = "yellow" if fate in _IN_DOUBT else "dim"
            said = _left_out(fact, fate, others, as_of)
            rows += [(Text("no" if first else "", style=style), Text(text, style=style)) for first, text in said]
    return rows


Said: TypeAlias = tuple[bool, str]
"""A line, and whether it stands for events of its own: not the count of those that are not shown."""


def _counted(fact: Aggregate | EventPoints, counted: Sequence[Seen], as_of: dt.date) -> Iterator[Said]:
    names = _read(fact)
    if not names:
        if counted:
            yield True, _days(counted, _MOST_DAYS)
        return
    for each in counted[:_MOST_COUNTED]:
        yield True, f"{date(each.event.at)}  {_attributes(names, each, as_of)}"
    if len(counted) > _MOST_COUNTED:
        yield False, f"and {_earlier(len(counted) - _MOST_COUNTED)}"


def _left_out(fact: Aggregate | EventPoints, fate: Fate, others: Sequence[Seen], as_of: dt.date) -> Iterator[Said]:
    names, why = _asked(fact) if fate in (Fate.NO, Fate.UNKNOWN) else _read(fact), _why(fact, fate, as_of)
    if fate not in (*_IN_DOUBT, Fate.NO) or not names:
        yield True, f"{why}: {_days(others, _MOST_DAYS_LEFT_OUT)}"
        return
    for each in others[:_MOST_LEFT_OUT]:
        lacks = [name for name in each.missing if name not in names]
        known = [_attributes(names, each, as_of), *(f"{name} is {MISSING}" for name in lacks)]
        yield True, f"{date(each.event.at)}  {', '.join(known)}: {why}"
    if len(others) > _MOST_LEFT_OUT:
        yield False, f"and {_earlier(len(others) - _MOST_LEFT_OUT)}: {why}"


def _points(fact: EventPoints, counted: Sequence[Seen], as_of: dt.date) -> Iterator[str]:
    """How many events there are, of each period where they fade, what one of them is worth, and what that comes to."""
    if fact.fading is None:
        yield f"{len(counted):,} × {amount(fact.points)} = {_exact(len(counted) * fact.points * SCALE)}"
    else:
        yield from _fading(fact.fading, counted, as_of)
    total = half(sum(each.worth or 0 for each in counted), SCALE)
    if fact.up_to is not None and abs(total) > abs(fact.up_to):
        yield f"{amount(total)} in all, kept at {amount(fact.up_to)}"


def _fading(fading: Fading, counted: Sequence[Seen], as_of: dt.date) -> Iterator[str]:
    """A line for each period that has events, the latest first."""
    groups = groupby(counted, key=lambda each: period_of(fading, each.event.at, as_of))
    periods = [(k, list(some)) for k, some in groups if k is not None]
    for k, some in periods[:_MOST_PERIODS]:
        first = shift(as_of, times(fading, k + 1), -1) + dt.timedelta(days=1)
        worth = some[0].worth or 0
        days = f"{date(first)}..{date(shift(as_of, times(fading, k), -1))}"
        yield f"{days}  {len(some):,} × {_exact(worth)} = {_exact(worth * len(some))}"
    rest = [each for _, some in periods[_MOST_PERIODS:] for each in some]
    if rest:
        yield f"and {_earlier(len(rest))} = {_exact(sum(each.worth or 0 for each in rest))}"


def _exact(worth: int) -> str:
    """An amount in 1/10^8ths, with up to four digits after the point."""
    return amount(half(worth, SCALE))


def _read(fact: Aggregate | EventPoints) -> list[str]:
    """The names of the event's values that decide: the figure's own, then those of the condition; its day is shown anyway."""
    own = fact.attribute if isinstance(fact, Aggregate) else None
    names = dict.fromkeys([*([own.name] if own is not None else []), *_tested(fact)])
    return [name for name in names if name != "at"]


def _tested(fact: Aggregate | EventPoints) -> list[str]:
    """The names of what the condition reads, but for the day."""
    return [] if fact.where is None else sorted(attributes_of([fact.where.test]) - {"at"})


def _asked(fact: Aggregate | EventPoints) -> list[str]:
    """The same, with the age where the condition asks for that."""
    by_age = fact.where is not None and _reads_age(fact.where.test)
    return [*_tested(fact), *([_AGE] if by_age else [])]


def _reads_age(expression: Expression) -> bool:
    if isinstance(expression, DaysSince) and isinstance(expression.date, Attribute):
        return expression.date.name == "at"
    return any(_reads_age(each) for each in parts_of(expression))


def _attributes(names: Sequence[str], each: Seen, as_of: dt.date) -> str:
    def value(name: str) -> Value:
        return (
            (as_of - each.event.at).days * SCALE
            if name == _AGE and name not in each.attributes
            else each.attributes.get(name)
        )

    return ", ".join(f"{name} is {value_text(value(name))}" for name in names)


def _days(events: Sequence[Seen], most: int) -> str:
    """The days, several events of one day as `(3)`; long lists end in a count."""
    days = [(day, len(list(some))) for day, some in groupby(each.event.at for each in events)]
    shown = [date(day) + (f" ({number:,})" if number > 1 else "") for day, number in days[:most]]
    rest = sum(number for _, number in days[most:])
    return ", ".join(shown) + (f" and {_earlier(rest)}" if rest else "")


def _earlier(number: int) -> str:
    return count(number, "earlier one", "earlier ones")


def _why(fact: Aggregate | EventPoints, fate: Fate, as_of: dt.date) -> str:
    match fate:
        case Fate.AFTER:
            return f"after {date(as_of)}"
        case Fate.BEFORE:
            assert fact.window is not None
            return f"before {date(shift(as_of, fact.window, -1))}"
        case Fate.NO:
            return "the condition does not hold"
        case Fate.UNKNOWN:
            return "the condition is unknown"
        case Fate.LACKING:
            return "nothing to take"
        case Fate.FADED:
            return "faded to nothing"
        case Fate.COUNTS:
            return ""
