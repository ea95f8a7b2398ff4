"""What raises, lowers, floors and caps make of a base tier: every place where an account can end, and what has to be so for that. The same steps as the interpreter's, as claims."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import TypeAlias

import attrs

from tierlang.analysis.claims import holds
from tierlang.analysis.moving.mapping import mapped
from tierlang.program.expressions import AnyOf, Constant, Expression, InTier, Not, reads_tiers
from tierlang.program.nodes import Bound, Ladder, Shift, Tier
from tierlang.program.values import Kind

MOST_SHIFTS = 4
"""Of more raises and lowers than so many, only accounts are looked at for which none holds."""

Claims: TypeAlias = tuple[Expression, ...]
Way: TypeAlias = tuple[Tier | None, Claims]
"""Where an account ends, and what has to be so."""


class Adjustments:
    """The adjustments of one ladder, the program's own."""

    def __init__(self, ladder: Ladder) -> None:
        self._ladder = ladder
        self._place = {tier.name: at for at, tier in enumerate(ladder.tiers)}
        self._made: dict[tuple[int, str], Expression] = {}

    def ways(self, base: Tier | None) -> Iterator[Way]:
        """All that can become of an account with this base tier, those with the fewest adjustments first."""
        for first, shifted in self._shifted(base):
            for second, floored in self._floored(first):
                for last, capped in self._capped(second):
                    yield last, (*shifted, *floored, *capped)

    def _shifted(self, base: Tier | None) -> Iterator[Way]:
        shifts = self._ladder.shifts
        if base is None or not shifts:
            yield base, ()
            return
        few = len(shifts) <= MOST_SHIFTS
        for chosen in itertools.product((False, True), repeat=len(shifts)) if few else [(False,) * len(shifts)]:
            held = [each for each, is_so in zip(shifts, chosen, strict=True) if is_so]
            claims = tuple(self._says(each, base, is_so) for each, is_so in zip(shifts, chosen, strict=True))
            at = self._place[base.name]
            to = min(max(at - sum(each.steps for each in held), 0), len(self._ladder.tiers) - 1)
            if to == at:
                yield base, claims
            elif to < at:
                yield from _with(claims, self._down(to, at, base))
            else:
                yield from _with(claims, self._down(to, len(self._ladder.tiers), None))

    def _floored(self, before: Tier | None) -> Iterator[Way]:
        at = len(self._ladder.tiers) if before is None else self._place[before.name]
        better = [each for each in self._ladder.floors if self._place[each.tier] < at]
        yield before, tuple(self._says(each, before, False) for each in better)
        for place in sorted({self._place[each.tier] for each in better}):
            here = tuple(self._says(each, before, True) for each in better if self._place[each.tier] == place)
            not_over = tuple(self._says(each, before, False) for each in better if self._place[each.tier] < place)
            yield from _with((_any(here), *not_over), self._down(place, at, before))

    def _capped(self, before: Tier | None) -> Iterator[Way]:
        if before is None:
            yield None, ()
            return
        at = self._place[before.name]
        worse = [each for each in self._ladder.caps if self._place[each.tier] > at]
        yield before, tuple(self._says(each, before, False) for each in worse)
        for place in sorted({self._place[each.tier] for each in worse}):
            here = tuple(self._says(each, before, True) for each in worse if self._place[each.tier] == place)
            not_under = tuple(self._says(each, before, False) for each in worse if self._place[each.tier] > place)
            yield from _with((_any(here), *not_under), self._down(place, len(self._ladder.tiers), None))

    def _down(self, first: int, end: int, otherwise: Tier | None) -> Iterator[Way]:
        """The first tier from one down to, not including, another whose gate is true; else `otherwise`."""
        closed: Claims = ()
        for tier in self._ladder.tiers[first:end]:
            if tier.gate is None:
                yield tier, closed
                return
            yield tier, (*closed, holds(tier.gate))
            closed = (*closed, Not(holds(tier.gate)))
        yield otherwise, closed

    def _says(self, adjustment: Shift | Bound, tier: Tier | None, is_so: bool) -> Expression:
        """Whether an adjustment's condition holds, or does not, for an account that stands in this tier; the same node each time."""
        named = tier.name if tier is not None and reads_tiers(adjustment.when.test) else ""
        key = (id(adjustment), f"{named} {is_so}")
        if key not in self._made:
            test = holds(attrs.evolve(adjustment.when, test=_standing_in(adjustment.when.test, tier)))
            self._made[key] = test if is_so else Not(test)
        return self._made[key]


def _any(claims: Claims) -> Expression:
    return claims[0] if len(claims) == 1 else AnyOf(claims)


def _with(claims: Claims, ways: Iterator[Way]) -> Iterator[Way]:
    for tier, more in ways:
        yield tier, (*claims, *more)


def _standing_in(test: Expression, tier: Tier | None) -> Expression:
    """An adjustment's condition for an account that stands in this tier of the ladder."""
    if isinstance(test, InTier) and test.ladder == 0:
        return Constant(tier is not None and tier.name in test.tiers, Kind.FLAG)
    return mapped(test, lambda part: _standing_in(part, tier))
