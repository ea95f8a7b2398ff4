"""Ladders, and all that stands in them."""

from __future__ import annotations

from collections.abc import Iterator

from tests.engines.reaching.words import everything, there
from tierlang.program import expressions as x
from tierlang.program import nodes as n

SORTS = ("heads per", "sum per", "heads", "sum")
LADDERS = {
    *("one ladder", "two ladders", "three ladders", "placed as written", "placed in another order", "own ladder named"),
    *("by a score", "by a field", "by nothing", "rank ascending", "rank descending"),
    *("match unique checked", "match unique proved", "overlapping lines", "rest untiered"),
    *("otherwise last", "otherwise earlier", "line with gate", "top with gate", "gate alone", "line open below"),
    *("top percent", "top count", "top by another", "top per", "line over"),
    *(f"{sort} of a tier" for sort in SORTS),
    *(f"{sort} of a ladder" for sort in SORTS),
    *("both capacities", "several capacities of a ladder", "capacity minimum", "no seats", "capacity of otherwise"),
    *("overflow down", "overflow out", "overflow to", "coverage", "cluster otherwise", "owner from a field", "plays"),
    *("raise", "lower", "floor", "cap", "several of raise", "several of lower", "several of floor", "several of cap"),
    *(
        f"{word} reads {which} ladder"
        for word in ("raise", "lower", "floor", "cap")
        for which in ("its own", "another")
    ),
    *("adjustment with a label", "play with a condition", "gate reads another ladder", "play reads a tier"),
    *("mark reads a tier", "mark reads none", "adjustments beside pins"),
}


def in_ladders(program: n.Program) -> Iterator[str]:
    """The features of all ladders, and of the marks that read them."""
    yield {1: "one ladder", 2: "two ladders", 3: "three ladders"}[len(program.ladders)]
    in_order = program.placing_order == tuple(range(len(program.ladders)))
    yield "placed as written" if in_order else "placed in another order"
    for mark in program.marks:
        yield "mark reads a tier" if _reading(mark.when) else "mark reads none"
    own = program.ladders[0]
    yield from there(
        {"own ladder named": own.name, "adjustments beside pins": program.pins and (own.shifts or own.floors)}
    )
    for position, ladder in enumerate(program.ladders):
        yield from _in_ladder(ladder)
        yield from _in_conditions(position, ladder)
        for tier in ladder.tiers:
            yield from _in_tier(ladder, tier)


def _in_ladder(ladder: n.Ladder) -> Iterator[str]:
    yield from (f"{_sort(capacity)} of a ladder" for capacity in ladder.capacities)
    yield from there(
        {
            "several capacities of a ladder": len(ladder.capacities) > 1,
            "by a score": isinstance(ladder.by, x.Defined),
            "by a field": isinstance(ladder.by, x.Input),
            "by nothing": ladder.by is None,
            "rank ascending": any(key.ascending for key in ladder.rank_by),
            "rank descending": any(not key.ascending for key in ladder.rank_by),
            "match unique checked": ladder.unique and not ladder.separate,
            "match unique proved": ladder.unique and ladder.separate,
            "overlapping lines": not ladder.unique
            and sum(each.line is not None and each.line.high is None for each in ladder.tiers) > 1,
            "rest untiered": ladder.rest_untiered,
            "otherwise last": ladder.tiers[-1].otherwise,
            "otherwise earlier": any(each.otherwise for each in ladder.tiers[:-1]),
        }
    )


def _in_tier(ladder: n.Ladder, tier: n.Tier) -> Iterator[str]:
    yield from there(
        {
            "line with gate": tier.line and tier.gate,
            "top with gate": tier.top and tier.gate,
            "gate alone": tier.gate and not tier.line and not tier.top,
            "line open below": tier.line and tier.line.low is None,
            "line over": tier.line and tier.line.low_open,
            "top percent": tier.top and tier.top.percent is not None,
            "top count": tier.top and tier.top.count is not None,
            "top by another": tier.top and tier.top.by != ladder.by,
            "top per": tier.top and tier.top.per,
            "both capacities": len(tier.capacities) == 2,
            "capacity of otherwise": tier.otherwise and tier.capacities,
            "coverage": tier.coverage,
            "cluster otherwise": tier.cluster and tier.cluster.otherwise,
            "owner from a field": any(each.field for each in tier.owners),
            "plays": tier.plays,
            "play with a condition": any(play.when for play in tier.plays),
        }
    )
    for capacity in tier.capacities:
        yield f"{_sort(capacity)} of a tier"
        yield f"overflow {capacity.overflow}"
        yield from there({"capacity minimum": capacity.minimum is not None, "no seats": capacity.seats == 0})


def _sort(capacity: n.Capacity) -> str:
    return ("sum" if capacity.of else "heads") + (" per" if capacity.per else "")


def _reading(condition: n.Condition | None) -> set[int]:
    """The positions of the ladders whose tiers a condition reads."""
    return {each.ladder for each in everything(condition) if isinstance(each, x.InTier)}


def _in_conditions(position: int, ladder: n.Ladder) -> Iterator[str]:
    for tier in ladder.tiers:
        yield from there({"gate reads another ladder": _reading(tier.gate)})
        for play in tier.plays:
            yield from there({"play reads a tier": _reading(play.when)})
    every: tuple[tuple[str, tuple[n.Shift | n.Bound, ...]], ...] = (
        ("raise", tuple(each for each in ladder.shifts if each.steps > 0)),
        ("lower", tuple(each for each in ladder.shifts if each.steps < 0)),
        ("floor", ladder.floors),
        ("cap", ladder.caps),
    )
    for word, adjustments in every:
        yield from there({word: adjustments, f"several of {word}": len(adjustments) > 1})
        for each in adjustments:
            read = _reading(each.when)
            yield from there(
                {
                    f"{word} reads its own ladder": position in read,
                    f"{word} reads another ladder": read - {position},
                    "adjustment with a label": each.shown != each.when.text,
                }
            )
