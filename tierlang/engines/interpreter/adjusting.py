"""Raises, lowers, floors and caps: what they make of the tier that lines and gates gave, without ever passing a gate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from tierlang.engines.interpreter.expressions import holds
from tierlang.engines.interpreter.facts import Facts
from tierlang.program import reasons
from tierlang.program.nodes import Bound, Ladder, Shift, Tier

Gates = Mapping[str, bool | None]
"""By tier, what its gate says; a tier without one is not among them and lets everyone in."""


@attrs.frozen
class Step:
    """Shifts, floors or caps of a ladder applied to one account: where it was and is, what decided, the words that the reason gets, and all that hold."""

    before: Tier | None
    after: Tier | None
    causes: tuple[Shift | Bound, ...]
    words: str
    held: Sequence[Shift | Bound] = ()


@attrs.frozen
class Adjusted:
    """One account after its adjustments; `secured` is the tier in which a floor keeps it from being cut, `holding` a floor that did nothing but hold its seat."""

    start: Tier | None
    secured: Tier | None
    steps: tuple[Step, ...]
    holding: Bound | None = None

    @property
    def said(self) -> tuple[str, ...]:
        """What each step, and last the floor that holds the seat, adds to the reason."""
        holding = reasons.held(self.holding) if self.holding is not None else ""
        return (*(step.words for step in self.steps), holding)

    @property
    def words(self) -> str:
        """All of it."""
        return "".join(self.said)


@attrs.frozen
class Way:
    """The tiers from one to another, as an account goes them: the first whose gate lets it in, and the names of those before it that do not."""

    to: Tier | None
    stopped: tuple[str, ...]


def adjust(ladder: Ladder, position: int, base: Tier | None, facts: Facts, gates: Gates) -> Adjusted:
    """Shifts, then floors, then caps; the conditions of each read this ladder's tier as the ones before left it."""
    _stands(facts, position, base)
    shifts = [each for each in ladder.shifts if holds(each.when, facts)]
    shifted = _shift(ladder, shifts, base, gates)
    _stands(facts, position, shifted.after)
    floors = [each for each in ladder.floors if holds(each.when, facts)]
    floored = _floor(ladder, floors, shifted.after, gates)
    _stands(facts, position, floored.after)
    caps = [each for each in ladder.caps if holds(each.when, facts)]
    capped = _cap(ladder, caps, floored.after, gates)
    _stands(facts, position, capped.after)
    steps = (
        attrs.evolve(shifted, held=shifts),
        attrs.evolve(floored, held=floors),
        attrs.evolve(capped, held=caps),
    )
    if not floors:
        return Adjusted(capped.after, None, steps)
    place, bound = _best(ladder, floors)
    secured = way_down(ladder, place, len(ladder.tiers), gates).to
    if capped.after is not capped.before and worse(ladder, capped.after, secured):
        secured = capped.after
    still = floored.after is floored.before and capped.after is secured
    seated = secured is not None and bool(ladder.capacities or secured.capacities)
    return Adjusted(capped.after, secured, steps, bound if still and seated else None)


def _stands(facts: Facts, position: int, tier: Tier | None) -> None:
    facts.tiers[position] = None if tier is None else tier.name


def _shift(ladder: Ladder, held: Sequence[Shift], base: Tier | None, gates: Gates) -> Step:
    if base is None:
        return Step(None, None, (), "")
    at = ladder.tiers.index(base)
    meant = min(max(at - sum(each.steps for each in held), 0), len(ladder.tiers) - 1)
    if meant == at:
        return Step(base, base, (), "")
    up = meant < at
    causes = tuple(each for each in held if (each.steps > 0) == up)
    shown = [each.shown for each in causes]
    way = way_down(ladder, meant, at if up else len(ladder.tiers), gates)
    if up and way.to is None:
        return Step(base, base, causes, reasons.not_moved("raised", stopped=way.stopped, causes=shown))
    return Step(base, way.to, causes, reasons.shifted(_name(way.to), up=up, stopped=way.stopped, causes=shown))


def _floor(ladder: Ladder, floors: Sequence[Bound], before: Tier | None, gates: Gates) -> Step:
    at = len(ladder.tiers) if before is None else ladder.tiers.index(before)
    if not floors or _best(ladder, floors)[0] >= at:
        return Step(before, before, (), "")
    place, bound = _best(ladder, floors)
    way = way_down(ladder, place, at, gates)
    if way.to is None:
        return Step(before, before, (bound,), reasons.not_moved("floored", stopped=way.stopped, causes=(bound.shown,)))
    return Step(before, way.to, (bound,), reasons.bounded(bound, way.to.name, stopped=way.stopped))


def _cap(ladder: Ladder, caps: Sequence[Bound], before: Tier | None, gates: Gates) -> Step:
    if not caps or before is None:
        return Step(before, before, (), "")
    places = [_place(ladder, each) for each in caps]
    bound = caps[places.index(max(places))]
    if ladder.tiers.index(before) >= max(places):
        return Step(before, before, (), "")
    way = way_down(ladder, max(places), len(ladder.tiers), gates)
    return Step(before, way.to, (bound,), reasons.bounded(bound, _name(way.to), stopped=way.stopped))


def way_down(ladder: Ladder, first: int, end: int, gates: Gates) -> Way:
    """From the tier at `first` down to, not including, the one at `end`."""
    stopped: list[str] = []
    for tier in ladder.tiers[first:end]:
        if gates.get(tier.name, True) is True:
            return Way(tier, tuple(stopped))
        stopped.append(tier.name)
    return Way(None, tuple(stopped))


def _best(ladder: Ladder, floors: Sequence[Bound]) -> tuple[int, Bound]:
    """The best tier of the floors, and the first written of those that say it."""
    places = [_place(ladder, each) for each in floors]
    return min(places), floors[places.index(min(places))]


def _place(ladder: Ladder, bound: Bound) -> int:
    return [tier.name for tier in ladder.tiers].index(bound.tier)


def worse(ladder: Ladder, one: Tier | None, other: Tier | None) -> bool:
    """Whether the first is below the second; no tier is below all."""
    if one is None or other is None:
        return one is None and other is not None
    return ladder.tiers.index(one) > ladder.tiers.index(other)


def _name(tier: Tier | None) -> str | None:
    return None if tier is None else tier.name
