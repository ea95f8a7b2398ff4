"""Event types, signals, the figures of them, and where the events and observations of accounts lie."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise
from typing import get_args

from tests.engines.reaching.words import everything, there
from tests.strategies import Case
from tierlang.engines.interpreter.events import Fate, look_at
from tierlang.engines.interpreter.facts import Facts
from tierlang.engines.interpreter.signals import held_on, stretches, sustained
from tierlang.program import expressions as x
from tierlang.program import nodes as n
from tierlang.program.calendar import shift
from tierlang.program.values import Kind

UNITS = ("day", "week", "month", "quarter", "year")
_COMPARABLE = [kind for kind in Kind if kind is not Kind.TAGS]
FACTS = {
    *(f"figure {function}" for function in get_args(n.AggregateFunction)),
    *(f"attribute of {kind.value}" for kind in Kind),
    *(f"sum of {kind.value}" for kind in (Kind.WHOLE, Kind.NUMBER, Kind.MONEY)),
    *(f"{which} of {kind.value}" for which in ("latest", "distinct") for kind in _COMPARABLE),
    *(f"{which} {kind}" for which in ("largest", "smallest") for kind in ("number", "date")),
    *("figure of a derived attribute", "where on a derived attribute", "derive reads a derive", "where on the account"),
    *(f"window in {unit}s" for unit in UNITS),
    *("figure ever", "figure without where", "points ever", "points without fading", "points within a window"),
    *("halving", "keeping", "losing", "fading below 0", "up to", "up to below 0", "one period"),
    *(f"fading by {unit}s" for unit in UNITS),
    *(f"signal of {kind.value}" for kind in _COMPARABLE),
    *(f"lasting {unit}s" for unit in UNITS),
    *(
        "lasting for ever",
        "sustained for days",
        "sustained for weeks",
        "sustained for months",
        "sustained for quarters",
    ),
    *("events in one file", "a file for each event", "signals in one file", "a file for each signal", "strangers"),
    *("no events and no signals", "several event types", "several signals", "signal unread"),
}
HAPPENED = {
    *(f"event: {fate.value}" for fate in Fate),
    *("account without events", "on the first day of a window", "the day before a window", "on the as-of date"),
    *("two on the latest day", "on a leap day", "on the border of a period", "the day before a border"),
    *("capped by up to", "rounded points", "excluded account with events"),
    *("sustained true", "sustained false", "sustained missing", "false on a day and uncovered on another"),
    *("uncovered days", "broken on the first day alone", "broken on the last day alone", "missing holds it"),
    *("never observed", "counts on its last day", "ran out the day before", "two observations on a day"),
    *("ended by a missing one", "missing beside a present one", "observed later", "observed on the as-of date"),
}


def in_facts(case: Case) -> Iterator[str]:
    """What the program reads of events and signals, and how they come."""
    program = case.program
    yield from there(
        {
            "events in one file": len(program.events) > 1 and case.events_together,
            "a file for each event": len(program.events) > 1 and not case.events_together,
            "signals in one file": len(program.signals) > 1 and case.signals_together,
            "a file for each signal": len(program.signals) > 1 and not case.signals_together,
            "strangers": any(each.events or each.signals for each in case.strangers),
            "no events and no signals": not program.events and not program.signals,
            "several event types": len(program.events) > 1,
            "several signals": len(program.signals) > 1,
            "signal unread": program.signals and not any(isinstance(each, n.Sustained) for each in program.facts),
        }
    )
    for event in program.events:
        yield from (f"attribute of {field.kind.value}" for field in event.fields)
        derives = {derive.name for derive in event.derives}
        yield from there({"derive reads a derive": any(derives & _attributes(each.value) for each in event.derives)})
    for signal in program.signals:
        yield f"signal of {signal.kind.value}"
        yield "lasting for ever" if signal.lasts is None else f"lasting {signal.lasts.unit}s"
    for fact in program.facts:
        match fact:
            case n.Aggregate():
                yield from _in_aggregate(program, fact)
            case n.EventPoints():
                yield from _in_points(fact)
            case n.Sustained(duration=duration):
                yield f"sustained for {duration.unit}s"


def _attributes(node: object) -> set[str]:
    return {each.name for each in everything(node) if isinstance(each, x.Attribute)}


def _in_aggregate(program: n.Program, fact: n.Aggregate) -> Iterator[str]:
    yield f"figure {fact.function}"
    yield "figure ever" if fact.window is None else f"window in {fact.window.unit}s"
    derives = {derive.name for event in program.events for derive in event.derives if event.name == fact.event}
    if fact.attribute is not None:
        kind = fact.attribute.kind
        yield f"{fact.function} of {kind.value}"
        yield f"{fact.function} {'date' if kind is Kind.DATE else 'number'}"
    yield from there(
        {
            "figure without where": fact.where is None,
            "figure of a derived attribute": fact.attribute is not None and fact.attribute.name in derives,
            "where on a derived attribute": derives & _attributes(fact.where),
            "where on the account": any(isinstance(each, x.Input) for each in everything(fact.where)),
        }
    )


def _in_points(fact: n.EventPoints) -> Iterator[str]:
    yield "points ever" if fact.window is None else "points within a window"
    yield from there({"up to": fact.up_to, "up to below 0": fact.up_to is not None and fact.up_to < 0})
    if fact.fading is None:
        yield "points without fading"
        return
    amounts = fact.fading.amounts
    yield f"fading by {fact.fading.every.unit}s"
    yield from there({"fading below 0": amounts[0] < 0, "one period": len(amounts) == 1})
    if len(amounts) > 2:
        lost = {one - other for one, other in pairwise(amounts)}
        yield "losing" if len(lost) == 1 else "halving" if 2 * amounts[1] == amounts[0] else "keeping"


def in_happened(case: Case, everyone: list[tuple[Facts, bool]]) -> Iterator[str]:
    """Where the events and observations lie that the program reads; of every account its facts, and whether it is excluded."""
    for facts, excluded in everyone:
        yield from there(
            {
                "excluded account with events": excluded and facts.account.events,
                "account without events": not facts.account.events,
            }
        )
        for fact in case.program.facts:
            if isinstance(fact, n.Sustained):
                yield from _in_sustained(fact, facts)
            else:
                yield from _in_events(fact, facts)
        for signal in case.program.signals:
            yield from _in_signal(signal, facts)


def _in_events(fact: n.Aggregate | n.EventPoints, facts: Facts) -> Iterator[str]:
    day = dt.timedelta(days=1)
    seen = look_at(fact, facts.aside())
    counted = [each.event.at for each in seen if each.fate is Fate.COUNTS]
    yield from (f"event: {each.fate.value}" for each in seen)
    edge = None if fact.window is None else shift(facts.as_of, fact.window, -1)
    days = {each.event.at for each in seen}
    yield from there(
        {
            "on the first day of a window": edge in counted,
            "the day before a window": edge is not None and edge > dt.date.min and edge - day in days,
            "on the as-of date": facts.as_of in counted,
            "two on the latest day": counted and counted.count(max(counted)) > 1,
            "on a leap day": any((at.month, at.day) == (2, 29) for at in counted),
        }
    )
    if isinstance(fact, n.EventPoints):
        worth = sum(each.worth or 0 for each in seen)
        value = facts.defined[fact.name]
        border = None if fact.fading is None else shift(facts.as_of, fact.fading.every, -1)
        yield from there(
            {
                "capped by up to": fact.up_to is not None
                and value == fact.up_to
                and abs(worth) > abs(fact.up_to) * 10**4,
                "rounded points": worth % 10**4,
                "on the border of a period": border in counted,
                "the day before a border": border is not None and border - day in counted,
            }
        )


def _in_sustained(fact: n.Sustained, facts: Facts) -> Iterator[str]:
    days = stretches(fact, facts.aside())
    answers = [each.answer for each in days]
    value = sustained(days)
    yield f"sustained {'missing' if value is None else str(value).lower()}"
    broken = [each for each in days if each.answer is False]
    yield from there(
        {
            "uncovered days": any(each.observed is None for each in days),
            "missing holds it": value and any(each.value is None for each in days),
            "false on a day and uncovered on another": False in answers and None in answers,
            "broken on the first day alone": broken == [days[0]] and days[0].first == days[0].last and len(days) > 1,
            "broken on the last day alone": broken == [days[-1]] and days[-1].first == days[-1].last and len(days) > 1,
        }
    )


def _in_signal(signal: n.Signal, facts: Facts) -> Iterator[str]:
    days = [each.at for each in facts.account.signals.get(signal.name, ())]
    held = held_on(signal, facts, facts.as_of)
    yield from there({"never observed": not days, "observed later": any(at > facts.as_of for at in days)})
    if held is None:
        return
    values = [each.value for each in facts.account.signals[signal.name] if each.at == held.at]
    edge = None if signal.lasts is None else shift(facts.as_of, signal.lasts, -1)
    yield from there(
        {
            "counts on its last day": held.at == edge,
            "ran out the day before": edge is not None and held.at == edge - dt.timedelta(days=1),
            "two observations on a day": len(set(values)) > 1,
            "ended by a missing one": held.counts and held.value is None and len(days) > 1,
            "missing beside a present one": None in values and held.value is not None,
            "observed on the as-of date": held.at == facts.as_of,
        }
    )
