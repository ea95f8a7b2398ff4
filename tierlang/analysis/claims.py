"""What is asked about ladders, as expressions: who meets a tier's line and gate, whom a tier takes, whom none does."""

from __future__ import annotations

from tierlang.program.expressions import AllOf, Constant, Expression, FirstOf, Not
from tierlang.program.nodes import Condition, Ladder, Tier
from tierlang.program.values import Kind

TRUE = Constant(True, Kind.FLAG)
FALSE = Constant(False, Kind.FLAG)


def holds(condition: Condition | None) -> Expression:
    """Whether a condition holds, which an unknown one does not: never missing itself. Without a condition, true."""
    return TRUE if condition is None else FirstOf((condition.test, FALSE))


def fails(claim: Expression) -> Expression:
    """Whether a claim that may be missing is not true."""
    return Not(FirstOf((claim, FALSE)))


def both(*claims: Expression) -> Expression:
    """All of the claims together."""
    return AllOf(claims)


def satisfies(ladder: Ladder, tier: Tier) -> Expression:
    """Whether an account meets the tier's line and gate, never missing. Whether it is in a `top` only the population knows: see `in_top`."""
    raise NotImplementedError


def takes(ladder: Ladder, position: int) -> Expression:
    """Whether the tier at this position is an account's base tier: the first that it satisfies, or `otherwise` where it satisfies none."""
    raise NotImplementedError


def no_tier(ladder: Ladder) -> Expression:
    """Whether no tier takes an account."""
    raise NotImplementedError
