"""The figures of one run."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from tierlang.engines.interpreter.definitions import Judged
from tierlang.engines.interpreter.expressions import value_of
from tierlang.engines.interpreter.population import read
from tierlang.program.doubts import doubts
from tierlang.program.expressions import Input
from tierlang.program.nodes import Ladder, Percentile, Program
from tierlang.program.outcome import Assignment, CutTie, Seats, Summary, TierCount


def summarize(
    program: Program,
    everyone: Sequence[Judged],
    assignments: Sequence[Assignment],
    seats: tuple[Seats, ...],
    ties: Iterable[CutTie],
    as_of: dt.date,
) -> Summary:
    """The whole summary; `everyone` and `assignments` stand in the same order."""
    ladder = program.ladders[0]
    eligible = [judged for judged in everyone if judged.exclusion is None]
    tiers = Counter(each.tier for each in assignments if each.excluded is None)
    excluded = Counter(each.excluded for each in assignments)
    keys = {judged.facts.key for judged in everyone}
    out = {judged.facts.key for judged in everyone if judged.exclusion is not None}
    return Summary(
        accounts=len(everyone),
        tiers=tuple(TierCount(tier.name, tiers[tier.name]) for tier in ladder.tiers),
        excluded=tuple((exclusion.name, excluded[exclusion.name]) for exclusion in program.exclusions),
        untiered=tiers[None],
        unscored=0 if ladder.by is None else sum(read(ladder.by, each.facts) is None for each in eligible),
        seats=seats,
        ties=tuple(ties),
        doubts=_doubts(program, eligible),
        ungrouped=_ungrouped(program, ladder, eligible),
        uncovered=_uncovered(ladder, assignments),
        unclustered=_unclustered(ladder, assignments),
        pins_unknown=tuple(pin.key for pin in program.pins if pin.key not in keys),
        pins_expired=tuple(pin.key for pin in program.pins if not pin.in_force(as_of)),
        pins_excluded=tuple(pin.key for pin in program.pins if pin.in_force(as_of) and pin.key in out),
    )


def _doubts(program: Program, eligible: Sequence[Judged]) -> tuple[tuple[str, int], ...]:
    counts = [
        (doubt.text, sum(value_of(doubt.test, judged.facts, doubt.text) is True for judged in eligible))
        for doubt in doubts(program)
    ]
    return tuple((text, count) for text, count in counts if count)


def _ungrouped(program: Program, ladder: Ladder, eligible: Sequence[Judged]) -> tuple[tuple[str, int], ...]:
    fields: list[Input | None] = [each.per for each in program.relative if isinstance(each, Percentile)]
    for tier in ladder.tiers:
        fields.append(tier.top.per if tier.top else None)
        fields.extend(capacity.per for capacity in tier.capacities)
    counts = {
        field.name: sum(read(field, judged.facts) is None for judged in eligible)
        for field in fields
        if field is not None
    }
    return tuple((name, count) for name, count in counts.items() if count)


def _uncovered(ladder: Ladder, assignments: Sequence[Assignment]) -> tuple[tuple[str, str, int], ...]:
    counts = Counter((each.tier, field) for each in assignments for field in each.uncovered)
    return tuple(
        (tier.name, field.name, counts[tier.name, field.name])
        for tier in ladder.tiers
        for field in tier.coverage
        if counts[tier.name, field.name]
    )


def _unclustered(ladder: Ladder, assignments: Sequence[Assignment]) -> tuple[tuple[str, int], ...]:
    counts = Counter(each.tier for each in assignments if each.cluster is None)
    return tuple(
        (tier.name, counts[tier.name]) for tier in ladder.tiers if tier.cluster is not None and counts[tier.name]
    )
