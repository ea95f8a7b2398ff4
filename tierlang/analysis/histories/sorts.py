"""The kinds of events: on this side or that of every window, with attributes that every condition judges alike."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, cast

import attrs

from tierlang.analysis.domains import Domain, domain_of
from tierlang.analysis.flows import Use
from tierlang.analysis.histories.attributes import attribute_uses, attributes_read
from tierlang.analysis.histories.figures import Effect, Figures, Sort
from tierlang.analysis.keys import ANY
from tierlang.engines.interpreter.events import Fate, look_at, times
from tierlang.engines.interpreter.facts import Account, Event, Facts
from tierlang.program.calendar import shift
from tierlang.program.nodes import Aggregate, EventPoints, Field
from tierlang.program.values import Kind, Value

_KINDS = 160
"""So many kinds of events are told apart at most."""
_DEAR = 3
"""One event asked for one figure counts as so many combinations."""
_PERIODS = 5
"""Of points that fade, so many periods are told apart."""
_NAMES = ("Ann", "Bob", "Cara", "Dan", "Eva", "Finn", "Gus", "Hana")


def sorts_of(asked: Figures, inputs: Mapping[str, Value], spend: Callable[[int], None]) -> tuple[list[Sort], bool]:
    """The kinds of events, one of each, and whether no other event could do anything else."""
    uses, read = attribute_uses(asked), attributes_read(asked)
    days = _days(asked, uses.get("a:at", ()))
    fields: list[tuple[str, tuple[Value, ...]]] = []
    complete = True
    for field in asked.event.fields:
        mine = uses.get(f"a:{field.name}", ())
        domain = _with_names(asked, field, domain_of(field, mine, asked.event.missing_cells, asked.as_of))
        complete = complete and ANY not in domain.spans
        fields.append((field.name, domain.values if field.name in read else domain.values[:1]))
    found: dict[tuple[Effect | None, ...], Sort] = {}
    ways = itertools.product(days, *(values for _, values in fields))
    for at, (day, *values) in enumerate(cast("Iterator[tuple[Any, ...]]", ways)):
        if at >= _KINDS * 4 or len(found) >= _KINDS:
            return list(found.values()), False
        present = {field: value for (field, _), value in zip(fields, values, strict=True) if value is not None}
        spend(_DEAR * len(asked.facts))
        sort = _sort(asked, inputs, Event(day, present))
        if sort is not None and any(effect is not None for effect in sort.effects):
            found.setdefault(sort.effects, sort)
    return list(found.values()), complete


def _sort(asked: Figures, inputs: Mapping[str, Value], event: Event) -> Sort | None:
    """The kind of an event; None for one that is a fault."""
    account = Account("", {}, {asked.event.name: (event,)})
    facts = Facts(asked.program, account, asked.as_of, inputs)
    effects: list[Effect | None] = []
    for fact in asked.facts:
        seen = look_at(fact, facts)[0]
        if facts.faults:
            return None
        if seen.fate is not Fate.COUNTS:
            effects.append(None)
            continue
        attribute = fact.attribute if isinstance(fact, Aggregate) else None
        dated = isinstance(fact, Aggregate) and fact.function in ("latest", "days since")
        value = None if attribute is None else seen.attributes[attribute.name]
        worth = seen.worth or 0 if isinstance(fact, EventPoints) else 0
        effects.append(Effect(event.at if dated else None, value, worth))
    return Sort(event, tuple(effects))


def _with_names(asked: Figures, field: Field, domain: Domain) -> Domain:
    """More values for an attribute of which different ones are counted."""
    wanted = 0
    for fact in asked.facts:
        if isinstance(fact, Aggregate) and fact.function == "distinct" and fact.attribute is not None:
            if fact.attribute.name == field.name:
                wanted = max(wanted, asked.most(fact) or len(_NAMES))
            elif any(derive.name == fact.attribute.name for derive in asked.event.derives):
                return attrs.evolve(domain, spans=(*domain.spans, ANY))
    if wanted == 0 or field.kind is Kind.FLAG or field.one_of:
        return domain if not (wanted and field.one_of) else attrs.evolve(domain, values=(*domain.values, *field.one_of))
    present = [value for value in domain.values if value is not None]
    if field.kind is not Kind.TEXT or wanted > len(_NAMES):
        return attrs.evolve(domain, spans=(*domain.spans, ANY))
    more = [name.lower() if field.fold_case else name for name in _NAMES[: max(0, wanted - len(present) + 1)]]
    return attrs.evolve(
        domain, values=tuple(dict.fromkeys([*domain.values[: len(domain.values) - len(present)], *more, *present]))
    )


def _days(asked: Figures, uses: Sequence[Use]) -> list[dt.date]:
    """Days of events that the figures tell apart, the latest first; of points that fade, only for the first periods."""
    today = asked.as_of.toordinal()
    firsts = {use.what for use in uses if use.sort == "cut"}
    orders = 1
    for fact in asked.facts:
        if fact.window is not None:
            firsts.add(shift(asked.as_of, fact.window, -1).toordinal())
        if isinstance(fact, EventPoints):
            if fact.fading is not None:
                periods = range(1, min(_PERIODS, len(fact.fading.amounts)) + 1)
                firsts.update(shift(asked.as_of, times(fact.fading, at), -1).toordinal() + 1 for at in periods)
        elif fact.function == "days since":
            firsts.update(asked.flows.passed(cut, "days") for cut in asked.cuts(fact))
        elif fact.function == "latest":
            orders += 1
    found: list[int] = []
    end = today
    for first in sorted((each for each in firsts if 1 < each <= today), reverse=True):
        found += range(end, max(first, end - orders + 1) - 1, -1)
        end = first - 1
    found += range(end, max(1, end - orders + 1) - 1, -1)
    return [dt.date.fromordinal(day) for day in found]
