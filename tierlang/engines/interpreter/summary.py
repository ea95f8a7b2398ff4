"""The figures of one run."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

from tierlang.engines.interpreter.definitions import Judged
from tierlang.engines.interpreter.expressions import value_of
from tierlang.engines.interpreter.facts import Facts
from tierlang.engines.interpreter.placing import Placed
from tierlang.engines.interpreter.population import read
from tierlang.program.doubts import doubts
from tierlang.program.expressions import Input
from tierlang.program.nodes import Bound, Ladder, Percentile, Program, Shift
from tierlang.program.outcome import AdjustmentCount, Assignment, LadderSummary, Placement, Summary, TierCount


def summarize(
    program: Program,
    everyone: Sequence[Judged],
    assignments: Sequence[Assignment],
    everywhere: Sequence[Placed],
    as_of: dt.date,
) -> Summary:
    """The whole summary; `everyone` and `assignments` stand in the same order."""
    eligible = [judged.facts for judged in everyone if judged.exclusion is None]
    excluded = Counter(each.excluded for each in assignments)
    marks = Counter(mark for each in assignments for mark in each.marks)
    keys = {judged.facts.key for judged in everyone}
    out = {judged.facts.key for judged in everyone if judged.exclusion is not None}
    inside = [each for each in assignments if each.excluded is None]
    return Summary(
        accounts=len(everyone),
        excluded=tuple((exclusion.name, excluded[exclusion.name]) for exclusion in program.exclusions),
        ladders=tuple(
            _of_ladder(placed, [each.placements[position] for each in inside], eligible)
            for position, placed in enumerate(everywhere)
        ),
        marks=tuple((mark.name, marks[mark.name]) for mark in program.marks),
        doubts=_doubts(program, eligible),
        ungrouped=_ungrouped(program, eligible),
        pins_unknown=tuple(pin.key for pin in program.pins if pin.key not in keys),
        pins_expired=tuple(pin.key for pin in program.pins if not pin.in_force(as_of)),
        pins_excluded=tuple(pin.key for pin in program.pins if pin.in_force(as_of) and pin.key in out),
    )


def _of_ladder(placed: Placed, placements: Sequence[Placement], eligible: Sequence[Facts]) -> LadderSummary:
    ladder = placed.ladder
    tiers = Counter(each.tier for each in placements)
    return LadderSummary(
        name=ladder.name,
        tiers=tuple(TierCount(tier.name, tiers[tier.name]) for tier in ladder.tiers),
        untiered=tiers[None],
        unscored=0 if ladder.by is None else sum(read(ladder.by, facts) is None for facts in eligible),
        seats=placed.seated.seats,
        ties=(*(tie for result in placed.tops.values() for tie in result.ties), *placed.seated.ties),
        uncovered=_uncovered(ladder, placements),
        unclustered=_unclustered(ladder, placements),
        adjustments=tuple(_adjustments(placed)) if placed.decisions is None else (),
    )


def _adjustments(placed: Placed) -> Iterator[AdjustmentCount]:
    sorts: tuple[Sequence[Shift | Bound], ...] = (placed.ladder.shifts, placed.ladder.floors, placed.ladder.caps)
    for sort, every in enumerate(sorts):
        yield from (_adjustment(placed, sort, each) for each in every)


def _adjustment(placed: Placed, sort: int, adjustment: Shift | Bound) -> AdjustmentCount:
    """What one adjustment did; `sort` is the place of its step."""
    held = moved = lost = 0
    for path in placed.paths.values():
        if path.adjusted is None:
            continue
        step = path.adjusted.steps[sort]
        held += any(each is adjustment for each in step.held)
        if step.after is not step.before and any(each is adjustment for each in step.causes):
            moved += 1
            lost += bool(path.candidate.moves)
    return AdjustmentCount(adjustment.what, adjustment.shown, held, moved, lost)


def _doubts(program: Program, eligible: Sequence[Facts]) -> tuple[tuple[str, int], ...]:
    counts = [
        (doubt.text, sum(value_of(doubt.test, facts, doubt.text) is True for facts in eligible))
        for doubt in doubts(program)
    ]
    return tuple((text, count) for text, count in counts if count)


def _ungrouped(program: Program, eligible: Sequence[Facts]) -> tuple[tuple[str, int], ...]:
    fields: list[Input | None] = [each.per for each in program.relative if isinstance(each, Percentile)]
    for ladder in program.ladders:
        fields.extend(capacity.per for capacity in ladder.capacities)
        for tier in ladder.tiers:
            fields.append(tier.top.per if tier.top else None)
            fields.extend(capacity.per for capacity in tier.capacities)
    counts = {
        field.name: sum(read(field, facts) is None for facts in eligible) for field in fields if field is not None
    }
    return tuple((name, count) for name, count in counts.items() if count)


def _uncovered(ladder: Ladder, placements: Sequence[Placement]) -> tuple[tuple[str, str, int], ...]:
    counts = Counter((each.tier, field) for each in placements for field in each.uncovered)
    return tuple(
        (tier.name, field.name, counts[tier.name, field.name])
        for tier in ladder.tiers
        for field in tier.coverage
        if counts[tier.name, field.name]
    )


def _unclustered(ladder: Ladder, placements: Sequence[Placement]) -> tuple[tuple[str, int], ...]:
    counts = Counter(each.tier for each in placements if each.cluster is None)
    return tuple(
        (tier.name, counts[tier.name]) for tier in ladder.tiers if tier.cluster is not None and counts[tier.name]
    )
