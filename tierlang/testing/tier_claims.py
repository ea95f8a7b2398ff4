"""Conditions that read tiers, put in terms of what a single account has: its lines and gates, as if nothing moved it afterwards."""

from __future__ import annotations

import attrs

from tierlang.analysis.claims import FALSE, both, fails, holds, in_top, takes
from tierlang.program.expressions import AllOf, AnyOf, AtLeast, Defined, Expression, FirstOf, InTier, IsMissing, Not
from tierlang.program.nodes import Program, Tier

_DEEPEST = 8
"""How many ladders may read one another; the compiler lets no circle pass, so this is only a stop."""


def settled(program: Program, position: int) -> bool:
    """Whether lines and gates alone decide where accounts end on this ladder, and each account by itself."""
    ladder = program.ladders[position]
    together = any(tier.capacities or tier.top is not None for tier in ladder.tiers)
    moving = ladder.shifts or ladder.floors or ladder.caps or ladder.capacities or together
    return not moving and not (position == 0 and program.pins)


def ends_in(program: Program, position: int, at: int) -> tuple[Expression, ...]:
    """Ways in which a single account ends in the tier: where nothing moves it, where nothing moves it for good, and where something may bring it there."""
    ladder, tier = program.ladders[position], program.ladders[position].tiers[at]
    bounds = (*ladder.floors, *ladder.caps)
    moving = [*(each.when for each in ladder.shifts), *(each.when for each in bounds)]
    bringing = [*(each.when for each in ladder.shifts), *(each.when for each in bounds if each.tier == tier.name)]
    taken = takes(ladder, at)
    still = [both(taken, *(fails(when.test) for when in moving))] if moving else []
    brought = [both(holds(tier.gate), holds(when)) for when in bringing]
    return tuple(plain(program, claim) for claim in (*still, taken, *brought))


def plain(program: Program, claim: Expression, depth: int = 0) -> Expression:
    """The claim without `tier is` and tops, as a test with one account would have it: its base tier stands for its tier, and it is in every top whose number it has."""
    match claim:
        case Defined(name=name) if name in (tops := _tops(program)):
            top = tops[name].top
            return claim if top is None else Not(IsMissing(top.by))
        case InTier(ladder=ladder, tiers=names):
            of = program.ladders[ladder]
            if depth == _DEEPEST:
                return FALSE
            places = [at for at, tier in enumerate(of.tiers) if tier.name in names]
            return AnyOf(tuple(plain(program, takes(of, at), depth + 1) for at in places))
        case AllOf(parts=parts) | AnyOf(parts=parts) | AtLeast(parts=parts) | FirstOf(parts=parts):
            return attrs.evolve(claim, parts=tuple(plain(program, part, depth) for part in parts))
        case Not(part=part) | IsMissing(part=part):
            return attrs.evolve(claim, part=plain(program, part, depth))
        case _:
            return claim


def _tops(program: Program) -> dict[str, Tier]:
    """The tiers with a `top`, by the name that claims have for it."""
    return {
        in_top(ladder, tier).name: tier for ladder in program.ladders for tier in ladder.tiers if tier.top is not None
    }
