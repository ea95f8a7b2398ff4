"""What the events of one type can be together: every set of figures that some history gives, and such a history.

An event is of a kind: on this side or that of every window, with attributes that every condition judges alike. Figures grow by one event at a time, and most of them stop changing
soon (there is one, there are three, the points are used up), so the sets of figures that can be reached are few and can be listed. Where they cannot (sums, points that fade), some histories are
tried, and for the rest the figure is said to be anything.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias, cast

import attrs

from tierlang.analysis.abstract import widest
from tierlang.analysis.domains import Domain, domain_of
from tierlang.analysis.flows import Flows, Use, defined_name
from tierlang.analysis.keys import ANY, Cells, Key, Pick, Span, add
from tierlang.engines.interpreter.events import Fate, attributes_of, look_at, times
from tierlang.engines.interpreter.facts import Account, Event, Facts
from tierlang.program.calendar import shift
from tierlang.program.expressions import Expression
from tierlang.program.nodes import Aggregate, EventPoints, EventType, Field, Program
from tierlang.program.numbers import LIMIT, SCALE, half
from tierlang.program.values import Kind, Value

Figure: TypeAlias = Aggregate | EventPoints

_KINDS = 160
"""So many kinds of events are told apart at most."""
_STATES = 240
"""So many sets of figures are listed at most, and so many tried where they cannot be listed."""
_TRIED = 40
_LOOSE_STATES = 1_000
_DEAR, _CHEAP = 3, 3
"""One event asked for one figure counts as so many combinations; so many steps of figures count as one."""
_PERIODS = 5
_MOST = 400
"""A history of more events than this is nobody's."""
_NAMES = ("Ann", "Bob", "Cara", "Dan", "Eva", "Finn", "Gus", "Hana")


class Effect(NamedTuple):
    """What one event of a kind does to one figure: its day, the attribute's value and what it is worth, as far as the figure asks."""

    day: dt.date | None
    value: Value
    worth: int


@attrs.frozen
class Sort:
    """One kind of event: an event of it, and what it does to each figure; None where it does not count there."""

    event: Event
    effects: tuple[Effect | None, ...]


@attrs.frozen
class Figures:
    """The figures of one event type that are asked for, and the uses of each."""

    program: Program
    as_of: dt.date
    flows: Flows
    event: EventType
    facts: tuple[Figure, ...]
    uses: Mapping[str, tuple[Use, ...]]

    def uses_of(self, fact: Figure) -> tuple[Use, ...]:
        """What is done with the figure."""
        return self.uses.get(defined_name(fact.name), ())

    def cuts(self, fact: Figure) -> list[int]:
        """Where the figure is cut."""
        return sorted({use.what for use in self.uses_of(fact) if use.sort == "cut"})

    def is_free(self, fact: Figure) -> bool:
        """Whether its value is used for more than comparing it."""
        return any(use.sort == "free" for use in self.uses_of(fact))

    def most(self, fact: Figure) -> int | None:
        """Up to how many a count matters; None for no end."""
        return None if self.is_free(fact) else max([1, *(-(-cut // SCALE) for cut in self.cuts(fact))])


def histories(asked: Figures, inputs: Mapping[str, Value], name: str, spend: Callable[[int], None]) -> Cells:
    """Every tuple of figures, in their order, with a history as the pick of `name`. `spend` is told how many events and steps were tried, so many at a time."""
    sorts, all_sorts = _sorts(asked, inputs, spend)
    listable = [_is_listable(asked, fact) for fact in asked.facts]
    found, complete = _listed(asked, sorts, name, _STATES if all(listable) else _TRIED)
    spend(len(found) * len(sorts) * len(asked.facts) // _CHEAP)
    if complete and all_sorts and all(listable):
        return found
    loosely = list(_loosely(asked, sorts, listable, all_sorts))
    spend(len(loosely) * len(sorts) * len(asked.facts) // _CHEAP)
    for key in loosely:
        add(found, key, None)
    return found


def _sorts(asked: Figures, inputs: Mapping[str, Value], spend: Callable[[int], None]) -> tuple[list[Sort], bool]:
    """The kinds of events, one of each, and whether no other event could do anything else."""
    uses, read = _attribute_uses(asked), _attributes_read(asked)
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


def _attribute_uses(asked: Figures) -> dict[str, tuple[Use, ...]]:
    """What is done with each attribute, through the event's derived values too."""
    uses = [use for fact in asked.facts for use in (*_in_where(asked, fact), *_on_attribute(asked, fact))]
    return _through_derives(asked, asked.facts, uses)


def _attributes_read(asked: Figures) -> set[str]:
    """The attributes that the figures read in the end."""
    read = {name for fact in asked.facts for name in attributes_of(_read(fact))}
    for derive in reversed(asked.event.derives):
        if derive.name in read:
            read |= attributes_of([derive.value])
    return read


def _read(fact: Figure) -> list[Expression]:
    """The expressions about one event that a figure reads."""
    attribute = [fact.attribute] if isinstance(fact, Aggregate) and fact.attribute is not None else []
    return [*attribute, *([] if fact.where is None else [fact.where.test])]


def _in_where(asked: Figures, fact: Figure) -> tuple[Use, ...]:
    return () if fact.where is None else asked.flows.of(fact.where.test).uses


def _on_attribute(asked: Figures, fact: Figure) -> list[Use]:
    if not isinstance(fact, Aggregate) or fact.attribute is None:
        return []
    target = f"a:{fact.attribute.name}"
    more = [Use(target, "free")] if fact.function == "sum" else []
    counted = fact.function == "distinct"
    return [*([] if counted else [use._replace(name=target) for use in asked.uses_of(fact)]), *more]


def _through_derives(asked: Figures, facts: Sequence[Figure], uses: Sequence[Use]) -> dict[str, tuple[Use, ...]]:
    """The uses of all attributes, those included that come from derived values which the figures read."""
    read = {name for fact in facts for name in attributes_of(_read(fact))}
    found: dict[str, dict[Use, None]] = {}
    for use in uses:
        found.setdefault(use.name, {})[use] = None
    for derive in reversed(asked.event.derives):
        if derive.name not in read:
            continue
        read |= attributes_of([derive.value])
        mine = tuple(found.get(f"a:{derive.name}", ()))
        flow = asked.flows.of(derive.value)
        for use in flow.uses:
            found.setdefault(use.name, {})[use] = None
        for name, how in flow.through:
            for use in mine:
                what = asked.flows.passed(use.what, how) if use.sort == "cut" else use.what
                found.setdefault(name, {})[use._replace(name=name, what=what)] = None
    return {name: tuple(each) for name, each in found.items()}


def _is_sure(asked: Figures, fact: Figure) -> bool:
    """Whether events of one kind are alike to the figure: its condition only compares with constants, and so does what is done with the attribute's value."""
    read = list(_in_where(asked, fact))
    if isinstance(fact, Aggregate) and fact.attribute is not None:
        derived = any(derive.name == fact.attribute.name for derive in asked.event.derives)
        if derived or fact.function not in ("sum", "distinct"):
            read += _on_attribute(asked, fact)
    return not any(use.sort == "free" for uses in _through_derives(asked, [fact], read).values() for use in uses)


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


# ---- Figures that grow by events ------------------------------------------------------------------------------------


def _grown(asked: Figures, fact: Figure, state: Any, effect: Effect, count: int) -> Any:
    """A figure after so many more events of this effect."""
    if isinstance(fact, EventPoints):
        total = state + effect.worth * count
        over = fact.up_to is not None and abs(half(total, SCALE)) >= abs(fact.up_to)
        return (fact.up_to or 0) * SCALE if over else total
    match fact.function:
        case "any":
            return True
        case "count":
            most = asked.most(fact)
            return state + count if most is None else min(most, state + count)
        case "sum":
            assert isinstance(effect.value, int)
            return state + effect.value * count
        case "distinct":
            most = asked.most(fact)
            return state if most is not None and len(state) >= most else state | {effect.value}
        case "latest":
            return effect[:2] if state is None or effect[:2] > state else state
        case "largest":
            return effect.value if state is None else max(state, effect.value)
        case "smallest":
            return effect.value if state is None else min(state, effect.value)
        case "days since":
            return effect.day if state is None or effect.day > state else state


def _at_first(fact: Figure) -> Any:
    if isinstance(fact, EventPoints):
        return 0
    return {"any": False, "count": 0, "sum": 0, "distinct": frozenset()}.get(fact.function)


def _value(asked: Figures, fact: Figure, state: Any) -> Value:
    """What the figure says; a fault is no number."""
    if isinstance(fact, EventPoints):
        return half(state, SCALE)
    match fact.function:
        case "count":
            return int(state) * SCALE
        case "distinct":
            return len(state) * SCALE
        case "days since":
            return None if state is None else (asked.as_of - state).days * SCALE
        case "latest":
            return None if state is None else state[1]
        case _:
            return cast(Value, state)


State: TypeAlias = tuple[Any, ...]


def _step(asked: Figures, state: State, sort: Sort, count: int) -> State:
    return tuple(
        old if effect is None else _grown(asked, fact, old, effect, count)
        for fact, old, effect in zip(asked.facts, state, sort.effects, strict=True)
    )


def _listed(asked: Figures, sorts: Sequence[Sort], name: str, most: int) -> tuple[Cells, bool]:
    """The figures that histories give, fewest events first; and whether these are all that the kinds of events can give."""
    start: State = tuple(_at_first(fact) for fact in asked.facts)
    reached: dict[State, tuple[tuple[Sort, int], ...]] = {start: ()}
    waiting = [start]
    complete = True
    for state in waiting:
        if len(reached) >= most:
            complete = False
            break
        for sort in sorts:
            after = _step(asked, state, sort, 1)
            if after not in reached:
                reached[after] = (*reached[state], (sort, 1))
                waiting.append(after)
    if not complete:
        for rich in ([sort for sort in sorts if sort.event.at == asked.as_of], sorts):
            steps = tuple((sort, max(_many(asked, sort), default=1)) for sort in rich[:12])
            state = start
            for sort, count in steps:
                state = _step(asked, state, sort, count)
            reached.setdefault(state, steps)
        for first, second in itertools.product(sorts[:12], [None, *sorts[:12]]):
            for count in _many(asked, first):
                state = _step(asked, start, first, count)
                reached.setdefault(state, ((first, count),))
                for more in () if second is None else _many(asked, second):
                    reached.setdefault(_step(asked, state, second, more), ((first, count), (second, more)))  # type: ignore[arg-type]
    cells: Cells = {}
    for state, steps in reached.items():
        values = tuple(_value(asked, fact, each) for fact, each in zip(asked.facts, state, strict=True))
        if any(type(value) is int and abs(value) >= LIMIT for value in values):
            continue
        add(cells, values, Pick(name, tuple(sort.event for sort, count in steps for _ in range(count))))
    return cells, complete


def _many(asked: Figures, sort: Sort) -> Iterator[int]:
    """How many events of a kind bring a figure to its end, or over one of its cuts."""
    found: set[int] = set()
    for fact, effect in zip(asked.facts, sort.effects, strict=True):
        if effect is None:
            continue
        if isinstance(fact, EventPoints) and effect.worth and fact.up_to is not None:
            found.add(-(-abs(fact.up_to) * SCALE // abs(effect.worth)))
        elif isinstance(fact, Aggregate) and fact.function == "count":
            found.update(-(-cut // SCALE) for cut in asked.cuts(fact))
        elif (
            isinstance(fact, Aggregate)
            and fact.function == "sum"
            and isinstance(effect.value, int)
            and effect.value > 0
        ):
            found.update(-(-cut // effect.value) for cut in asked.cuts(fact))
    return iter(sorted(count for count in found if 0 < count <= _MOST))


# ---- What cannot be listed ------------------------------------------------------------------------------------------


def _is_listable(asked: Figures, fact: Figure) -> bool:
    """Whether the figure takes few values whatever happens, and the kinds of events tell which."""
    if not _is_sure(asked, fact):
        return False
    if isinstance(fact, EventPoints):
        if fact.fading is not None or fact.up_to is None:
            return False
        return fact.points == 0 or abs(fact.up_to) <= 20 * abs(fact.points)
    return fact.function == "any" or (fact.function != "sum" and not asked.is_free(fact))


def _loosely(asked: Figures, sorts: Sequence[Sort], listable: Sequence[bool], all_sorts: bool) -> Iterator[Key]:
    """Sets of figures that hold every history: figures that are few as they are, the others as nothing or anything."""
    if not all_sorts:
        yield tuple(anything(fact) for fact in asked.facts)
        return
    # Of a figure that is not sure it is not even known which events count.
    start: State = tuple(
        _at_first(fact) if few else not _is_sure(asked, fact) for fact, few in zip(asked.facts, listable, strict=True)
    )
    reached = {start: None}
    waiting = [start]
    for state in waiting:
        for sort in sorts:
            after = tuple(
                old if effect is None else _grown(asked, fact, old, effect, 1) if few else True
                for fact, old, effect, few in zip(asked.facts, state, sort.effects, listable, strict=True)
            )
            if after not in reached:
                reached[after] = None
                waiting.append(after)
        if len(reached) > _LOOSE_STATES:
            yield tuple(anything(fact) for fact in asked.facts)
            return
    for state in reached:
        yield tuple(
            _value(asked, fact, each) if few else anything(fact) if each else _value(asked, fact, _at_first(fact))
            for fact, each, few in zip(asked.facts, state, listable, strict=True)
        )


def anything(fact: Figure) -> Key:
    """All that a figure can be, missing or not: flags stay open, whoever reads the key tells them apart."""
    if isinstance(fact, EventPoints):
        end = fact.up_to if fact.up_to is not None else LIMIT - 1 if fact.points > 0 else 1 - LIMIT
        return Span(min(0, end), max(0, end))
    if fact.function in ("count", "distinct"):
        return Span(0, LIMIT - 1)
    return Span(1 - LIMIT, LIMIT - 1) if fact.function == "sum" else ALL


class Everything:
    """Any value of the figure's kind, or none; `unfold` says which keys that is."""

    def __repr__(self) -> str:
        return "ALL"


ALL = Everything()


def unfold(key: Key, kind: Kind) -> Sequence[Key]:
    """The keys that one figure's key stands for."""
    return widest(kind) if key is ALL else (key,)
