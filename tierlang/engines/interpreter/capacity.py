"""Seats: those of the whole ladder, then from the best tier down; those over a capacity move on.

Where an account may move to does not depend on lines, only on gates. Pinned accounts, those in the tier that a floor secures them, and those anchored in a tier that they hold, take seats
first and are never moved.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import attrs

from tierlang.engines.interpreter.adjusting import Gates, worse
from tierlang.engines.interpreter.facts import Facts
from tierlang.engines.interpreter.population import groups_of, read, standing, tie_at_cut
from tierlang.program.nodes import Capacity, Ladder, Tier
from tierlang.program.outcome import CutTie, Seats


@attrs.frozen
class Move:
    """A capacity that an account did not fit in (of the whole ladder: `tier` None), and where it went (None: out of the tiers)."""

    tier: Tier | None
    capacity: Capacity
    to: Tier | None


@attrs.define
class Candidate:
    """An eligible account with the tier it is in now, and its way there.

    The rest is of a run that knows the past (see `tierlang.program.holdings`): `anchor` is the tier it holds, where it is never cut; `kept` the one in which it goes before those that do not meet its `keep`;
    `over` says what becomes of it over a capacity: it flows on (never past its anchor), goes back to its anchor, or vanishes.
    """

    facts: Facts
    gates: Gates
    tier: Tier | None
    pinned: bool
    secured: Tier | None = None
    moves: list[Move] = attrs.field(factory=list)
    anchor: Tier | None = None
    kept: Tier | None = None
    over: Literal["flows", "goes home", "vanishes"] = "flows"

    def stays(self, tier: Tier | None) -> bool:
        """Whether a capacity of this tier (None: of the whole ladder) may not move it from where it is."""
        if self.pinned or (self.tier is not None and self.tier in (self.secured, self.anchor)):
            return True
        return tier is None and self.anchor is not None and self.over == "flows"


@attrs.frozen
class Seated:
    """How every capacity was used, and the ties that they cut through: the ladder's own, then tier by tier, each in the order written."""

    seats: tuple[Seats, ...]
    ties: tuple[CutTie, ...]


def seat(ladder: Ladder, candidates: Sequence[Candidate]) -> Seated:
    """Move the candidates until every capacity is kept; the candidates themselves are changed."""
    seats: list[Seats] = []
    ties: list[CutTie] = []
    every: list[tuple[Tier | None, Capacity]] = [(None, capacity) for capacity in ladder.capacities]
    every += [(tier, capacity) for tier in ladder.tiers for capacity in tier.capacities]
    for tier, capacity in every:
        here = [each for each in candidates if each.tier is not None and tier in (None, each.tier)]
        used, cut = _keep(ladder, tier, capacity, here)
        seats.append(used)
        ties.extend(cut)
    return Seated(tuple(seats), tuple(ties))


def _keep(
    ladder: Ladder, tier: Tier | None, capacity: Capacity, here: Sequence[Candidate]
) -> tuple[Seats, list[CutTie]]:
    """One capacity: in each group the first so many, or so much, stay; the others move on."""
    what, name = f"capacity {capacity.text}", tier.name if tier else None
    used: list[Seats] = []
    ties: list[CutTie] = []
    for group, mine in groups_of(capacity.per, here, lambda each: each.facts) or [(None, [])]:
        fixed = [each for each in mine if each.stays(tier)]
        free = sorted(
            (each for each in mine if not each.stays(tier)), key=lambda each: (_place(ladder, each), each.facts.key)
        )
        stay = _that_fit(capacity, fixed, free)
        order = [(_place(ladder, each), each.facts.key) for each in free]
        ties.extend(tie_at_cut(name, what, group, order, stay))
        wanted, left = (sum(_takes(capacity, each) for each in each_of) for each_of in (mine, [*fixed, *free[:stay]]))
        summed = capacity.of is not None
        used.append(Seats(name, what, group, wanted, left, capacity.seats, capacity.minimum, summed))
        for each in free[stay:]:
            _move_on(ladder, each, tier, capacity)
    return max(used, key=lambda each: each.wanted), ties


def _place(ladder: Ladder, candidate: Candidate) -> tuple[Any, ...]:
    """What the seats go by, key aside: the tier, which is the same for all where a tier has the capacity, then who is kept there, then the rank order."""
    assert candidate.tier is not None
    kept = candidate.tier is candidate.kept
    return (ladder.tiers.index(candidate.tier), not kept, *standing(ladder.by, ladder.rank_by, candidate.facts))


def _that_fit(capacity: Capacity, fixed: Sequence[Candidate], free: Sequence[Candidate]) -> int:
    """How many of the free accounts, in their order, stay; those that are never cut come before them."""
    total = sum(_takes(capacity, each) for each in fixed)
    for place, each in enumerate(free):
        total += _takes(capacity, each)
        if total > capacity.seats:
            return place
    return len(free)


def _takes(capacity: Capacity, candidate: Candidate) -> int:
    """What an account takes of a capacity: a seat, or its number."""
    if capacity.of is None:
        return 1
    value = read(capacity.of, candidate.facts)
    return value if isinstance(value, int) else 0


def _move_on(ladder: Ladder, candidate: Candidate, tier: Tier | None, capacity: Capacity) -> None:
    match candidate.over:
        case "goes home":
            to = candidate.anchor
        case "vanishes":
            to = None
        case "flows":
            to = None if tier is None else _next(ladder, candidate, tier, capacity)
            if candidate.anchor is not None and worse(ladder, to, candidate.anchor):
                to = candidate.anchor
    candidate.tier = to
    candidate.moves.append(Move(tier, capacity, to))


def _next(ladder: Ladder, candidate: Candidate, tier: Tier, capacity: Capacity) -> Tier | None:
    """Where the overflow leads: gates are asked, lines are not."""
    lower = ladder.tiers[ladder.tiers.index(tier) + 1 :]
    match capacity.overflow:
        case "out":
            wanted: Sequence[Tier] = ()
        case "down":
            wanted = lower
        case "to":
            wanted = [each for each in lower if each.name == capacity.to]
    return next((each for each in wanted if candidate.gates.get(each.name, True) is True), None)
