"""The figures of a run, from one pass over the narrow tables and from the small tables of the cuts."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlglot import exp

from tierlang.engines.sql import adjusted_counts, names, trees
from tierlang.engines.sql import ladder as ladders
from tierlang.engines.sql.cuts import Cut
from tierlang.engines.sql.names import Own
from tierlang.engines.sql.numbers import Number
from tierlang.engines.sql.placing import Placing
from tierlang.engines.sql.plan import Plan
from tierlang.engines.sql.scored import Relation, ordered_pins
from tierlang.engines.sql.seating import ORIGIN, TARGET, Seating, value_of
from tierlang.engines.sql.texts import text_of
from tierlang.engines.sql.trees import Tree
from tierlang.program.expressions import Input
from tierlang.program.nodes import Percentile, Program
from tierlang.program.outcome import CutTie, LadderSummary, Seats, Summary, TierCount

Ask = Callable[[exp.Query], list[tuple[Any, ...]]]


def summarized(program: Program, as_of: dt.date, plan: Plan, ask: Ask) -> Summary:
    """The whole summary; `ask` runs a query."""
    counters = _counters(program, plan.source)
    by_exclusion = _counted(plan.source.name, [trees.column(names.OUT)], counters, ask)
    sums = {name: sum(row[place] for row in by_exclusion) for place, name in enumerate(counters, start=2)}
    placings = sorted(plan.placings, key=lambda placing: placing.own.position)
    found, excluded_pins = _pins(program, as_of, plan.source, ask)
    return Summary(
        accounts=sum(row[1] for row in by_exclusion),
        excluded=tuple(
            (exclusion.name, sum(row[1] for row in by_exclusion if row[0] == code))
            for code, exclusion in enumerate(program.exclusions, start=1)
        ),
        ladders=tuple(
            _of_ladder(placing, sums.get(("unscored", placing.own.name("")), 0), ask) for placing in placings
        ),
        marks=_marks(program, plan, sums, ask),
        doubts=tuple((name[1], count) for name, count in sums.items() if name[0] == "doubt" and count),
        ungrouped=tuple((name[1], count) for name, count in sums.items() if name[0] == "ungrouped" and count),
        pins_unknown=tuple(pin.key for pin in program.pins if pin.key not in found),
        pins_expired=tuple(pin.key for pin in program.pins if not pin.in_force(as_of)),
        pins_excluded=tuple(pin.key for pin in program.pins if pin.key in excluded_pins),
    )


def _of_ladder(placing: Placing, unscored: int, ask: Ask) -> LadderSummary:
    counts_adjusted = placing.moving is None
    gaps = {**_gaps(placing.own, placing.final), **(adjusted_counts.tests(placing) if counts_adjusted else {})}
    tiers = _by_tier(placing, gaps, ask)
    sums = {name: sum(row[place] for row in tiers) for place, name in enumerate(gaps, start=2)}
    return LadderSummary(
        name=placing.own.ladder.name,
        tiers=tuple(
            TierCount(tier.name, sum(row[1] for row in tiers if row[0] == number))
            for number, tier in ladders.numbered(placing.own.ladder)
        ),
        untiered=sum(row[1] for row in tiers if row[0] == 0),
        unscored=unscored,
        seats=tuple(_seats(seating, ask) for seating in placing.seatings),
        ties=tuple(_ties(placing, ask)),
        uncovered=tuple((name[1], name[2], count) for name, count in sums.items() if name[0] == "uncovered" and count),
        unclustered=tuple((name[1], count) for name, count in sums.items() if name[0] == "unclustered" and count),
        adjustments=tuple(adjusted_counts.figures(placing, sums)) if counts_adjusted else (),
    )


def _marks(program: Program, plan: Plan, sums: Mapping[tuple[str, ...], int], ask: Ask) -> tuple[tuple[str, int], ...]:
    """Marks that read no tier are counted with everything else, the others where the tiers are."""
    late = [place for place, mark in enumerate(program.marks) if not ladders.is_early(mark.when)]
    counts = {place: sums["mark", f"{place}"] for place in range(len(program.marks)) if place not in late}
    if late:
        tests = [trees.all_of(ladders.eligible(), trees.column(names.mark(place))) for place in late]
        select = trees.select(*(trees.only(trees.rows(), test) for test in tests)).from_(plan.placed.name, copy=False)
        counts.update(zip(late, ask(select)[0], strict=True))
    return tuple((mark.name, counts[place]) for place, mark in enumerate(program.marks))


Counters = dict[tuple[str, ...], Tree]


def _counted(relation: str, by: list[Tree], counters: Counters, ask: Ask) -> list[tuple[Any, ...]]:
    select = trees.select(*by, trees.rows(), *(trees.only(trees.rows(), test) for test in counters.values()))
    return ask(select.from_(relation, copy=False).group_by(exp.Literal.number(1), copy=False))


def _counters(program: Program, source: Relation) -> Counters:
    """What is counted of the eligible accounts wherever they are placed, in the order of the summary."""
    tests: Counters = {}
    for own in names.every(program):
        if own.ladder.by is not None:
            tests["unscored", own.name("")] = trees.is_null(value_of(source.known, own.ladder.by.name))
    for text in source.doubts_in_order(program):
        tests["doubt", text] = source.doubts[text].copy()
    for per in _groupings(program):
        tests["ungrouped", per.name] = trees.is_null(value_of(source.known, per.name))
    for place, mark in enumerate(program.marks):
        if ladders.is_early(mark.when):
            tests["mark", f"{place}"] = trees.column(names.mark(place))
    return {name: trees.all_of(ladders.eligible(), test) for name, test in tests.items()}


def _gaps(own: Own, final: str) -> Counters:
    """What is counted of the accounts that ended in a tier."""
    tests: Counters = {}
    for number, tier in ladders.numbered(own.ladder):
        here = trees.compare("=", trees.column(final), trees.number(number))
        for field in tier.coverage:
            tests["uncovered", tier.name, field.name] = trees.all_of(here, trees.column(names.lacks(field.name)))
        if tier.cluster is not None:
            none = trees.compare("=", trees.column(own.cluster(number)), trees.number(0))
            tests["unclustered", tier.name] = trees.all_of(here.copy(), none)
    return tests


def _by_tier(placing: Placing, gaps: Counters, ask: Ask) -> list[tuple[Any, ...]]:
    """How many eligible accounts ended in each tier (0: in none), then the gaps, and what adjustments did.

    Where there is nothing else to count (and no past), the start tiers and the moves tell it without following every account.
    """
    if gaps or placing.moving is not None:
        final = trees.column(placing.final)
        counters = {("eligible",): ladders.eligible(), **gaps}
        return [(tier, *counts) for tier, _, *counts in _counted(placing.relation, [final], counters, ask)]
    begun = trees.column(placing.own.tier_after(0))
    start = _counted(placing.start, [begun], {("eligible",): ladders.eligible()}, ask)
    counts = Counter({tier: count for tier, _, count in start})
    for seating in placing.seatings:
        origin = trees.number(seating.number) if seating.number else trees.column(ORIGIN)
        for before, target, count in ask(trees.select(origin, TARGET, "n").from_(seating.moves, copy=False)):
            counts[before] -= count
            counts[target] += count
    return list(counts.items())


def _groupings(program: Program) -> Iterable[Input]:
    """The fields that something is grouped by, in the order of use."""
    found: list[Input | None] = [each.per for each in program.relative if isinstance(each, Percentile)]
    for ladder in program.ladders:
        found.extend(capacity.per for capacity in ladder.capacities)
        for tier in ladder.tiers:
            found.append(tier.top.per if tier.top else None)
            found.extend(capacity.per for capacity in tier.capacities)
    return dict.fromkeys(each for each in found if each is not None)


def _pins(program: Program, as_of: dt.date, source: Relation, ask: Ask) -> tuple[set[str], set[str]]:
    """The pinned keys that are in the data, and of those in force the ones on excluded accounts."""
    if not program.pins:
        return set(), set()
    pin = trees.column(names.PIN)
    select = trees.select(pin, trees.column(names.OUT)).from_(source.name, copy=False)
    rows = ask(select.where(trees.compare(">", pin.copy(), trees.number(0)), copy=False))
    ordered = ordered_pins(program, as_of)
    found = [(ordered[code - 1], out) for code, out in rows]
    return {pin.key for pin, _ in found}, {pin.key for pin, out in found if out and pin.in_force(as_of)}


# --- capacities and ties ------------------------------------------------------------------------------------------------------------


def _group_text(cut: Cut, per: Input | None, source_kind: Tree | Number | None = None) -> Tree:
    if per is None:
        return trees.null("TEXT")
    value = trees.column("grp")
    if isinstance(source_kind, Number):
        return text_of(Number(value, source_kind.unit, source_kind.low, source_kind.high, "BIGINT", True), per.kind)
    return text_of(value, per.kind)


def _seats(seating: Seating, ask: Ask) -> Seats:
    """The fullest group's figures."""
    capacity = seating.capacity
    group = _group_text(seating.cut, capacity.per, seating.per)
    select = trees.select(trees.named(group, "group_text"), "total", "inside").from_(seating.cut.cut, copy=False)
    order = [trees.descending(trees.column("total")), trees.ascending(trees.column("group_text"))]
    rows = ask(select.order_by(*order, copy=False).limit(1, copy=False))
    text, wanted, used = rows[0] if rows else (None, 0, 0)
    return Seats(
        tier=seating.tier.name if seating.tier else None,
        what=f"capacity {capacity.text}",
        group=text,
        wanted=wanted * seating.unit,
        used=used * seating.unit,
        seats=capacity.seats,
        minimum=capacity.minimum,
        summed=capacity.of is not None,
    )


def _ties(placing: Placing, ask: Ask) -> Iterable[CutTie]:
    for top in placing.tops:
        yield from _ties_of(top.cut, top.tier.name, f"top {top.top.text}", top.top.per, top.per, ask)
    for each in placing.seatings:
        what = f"capacity {each.capacity.text}"
        tier = each.tier.name if each.tier else None
        yield from _ties_of(each.cut, tier, what, each.capacity.per, each.per, ask)


def _ties_of(
    cut: Cut, tier: str | None, what: str, per: Input | None, value: Tree | Number | None, ask: Ask
) -> Sequence[CutTie]:
    group = trees.named(_group_text(cut, per, value), "group_text")
    select = trees.select(group, "inside", "outside", "first_keys").from_(cut.ties, copy=False)
    rows = ask(select.order_by(trees.ascending(trees.column("group_text")), copy=False))
    return [CutTie(tier, what, text, inside, outside, tuple(keys)) for text, inside, outside, keys in rows]
