"""Conditions that read tiers, put in terms of what a single account has: its lines and gates, as if nothing moved it afterwards."""

from __future__ import annotations

import attrs

from tierlang.analysis.claims import FALSE, takes
from tierlang.program.expressions import AllOf, AnyOf, AtLeast, Expression, FirstOf, InTier, IsMissing, Not
from tierlang.program.nodes import Program

_DEEPEST = 8
"""How many ladders may read one another; the compiler lets no circle pass, so this is only a stop."""


def settled(program: Program, position: int) -> bool:
    """Whether lines and gates alone decide where accounts end on this ladder."""
    ladder = program.ladders[position]
    moving = (
        ladder.shifts or ladder.floors or ladder.caps or ladder.capacities or any(t.capacities for t in ladder.tiers)
    )
    return not moving and not (position == 0 and program.pins)


def plain(program: Program, claim: Expression, depth: int = 0) -> Expression:
    """The claim without `tier is`: the account's base tier stands for its tier."""
    match claim:
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
