"""Seats: from the best tier down, those over a tier's capacity move on.

Where an account may move to does not depend on lines, only on gates. Pinned accounts take seats first and are never moved.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import attrs

from tierlang.engines.interpreter.definitions import Judged
from tierlang.engines.interpreter.population import Standing, groups, standing, tie_at_cut
from tierlang.program.nodes import Capacity, Ladder, Tier
from tierlang.program.outcome import CutTie, Seats


@attrs.frozen
class Move:
    """A capacity that an account did not fit in, and where it went (None: out of the tiers)."""

    tier: Tier
    capacity: Capacity
    to: Tier | None


@attrs.define
class Candidate:
    """An eligible account with the tier it is in now, and its way there."""

    judged: Judged
    tier: Tier | None
    pinned: bool
    moves: list[Move] = attrs.field(factory=list)


@attrs.frozen
class Seated:
    """How every capacity was used, and the ties that they cut through, tier by tier, `per` before the total."""

    seats: tuple[Seats, ...]
    ties: tuple[CutTie, ...]


def seat(ladder: Ladder, candidates: Sequence[Candidate]) -> Seated:
    """Move the candidates until every capacity is kept; the candidates themselves are changed."""
    seats: list[Seats] = []
    ties: list[CutTie] = []
    for tier in ladder.tiers:
        for capacity in tier.capacities:
            used, cut = _keep(ladder, tier, capacity, [each for each in candidates if each.tier is tier])
            seats.append(used)
            ties.extend(cut)
    return Seated(tuple(seats), tuple(ties))


def _keep(ladder: Ladder, tier: Tier, capacity: Capacity, here: Sequence[Candidate]) -> tuple[Seats, list[CutTie]]:
    """One capacity: in each group the first so many stay, the others move on."""
    what = f"capacity {capacity.text}"
    by_key = {each.judged.facts.key: each for each in here}
    used: list[Seats] = []
    ties: list[CutTie] = []
    for group, members in groups(capacity.per, [each.judged.facts for each in here]) or [(None, [])]:
        order = sorted(_place(ladder, by_key[facts.key]) for facts in members)
        pinned = sum(number == 0 for number, _, _ in order)
        stay = max(pinned, min(capacity.seats, len(order)))
        for _, _, key in order[stay:]:
            _move_on(ladder, by_key[key], tier, capacity)
        used.append(Seats(tier.name, what, group, len(order), stay, capacity.seats, capacity.minimum))
        free = [(place, key) for number, place, key in order if number != 0]
        ties.extend(tie_at_cut(tier.name, what, group, free, stay - pinned))
    fullest = max(used, key=lambda each: each.wanted)
    return fullest, ties


def _place(ladder: Ladder, candidate: Candidate) -> tuple[Literal[0, 2], Standing, str]:
    facts = candidate.judged.facts
    return (0 if candidate.pinned else 2, standing(ladder.by, ladder.rank_by, facts), facts.key)


def _move_on(ladder: Ladder, candidate: Candidate, tier: Tier, capacity: Capacity) -> None:
    to = _next(ladder, candidate.judged, tier, capacity)
    candidate.tier = to
    candidate.moves.append(Move(tier, capacity, to))


def _next(ladder: Ladder, judged: Judged, tier: Tier, capacity: Capacity) -> Tier | None:
    """Where the overflow leads: gates are asked, lines are not."""
    lower = ladder.tiers[ladder.tiers.index(tier) + 1 :]
    match capacity.overflow:
        case "out":
            wanted: Sequence[Tier] = ()
        case "down":
            wanted = lower
        case "to":
            wanted = [each for each in lower if each.name == capacity.to]
    return next((each for each in wanted if judged.gates.get(each.name, True) is True), None)
