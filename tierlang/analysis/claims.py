"""What is asked about ladders, as expressions: who meets a tier's line and gate, whom a tier takes, whom none does."""

from __future__ import annotations

from tierlang.program.expressions import AllOf, Compare, Constant, Defined, Expression, FirstOf, IsMissing, Not
from tierlang.program.nodes import Condition, Ladder, Line, Tier
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


def in_top(ladder: Ladder, tier: Tier) -> Defined:
    """Whether an account is in a tier's `top`: true, false, or unknown without the value it goes by.

    Only the whole population knows it, and no definition of the program has the name, so the model takes it for free: what is impossible whoever is in a top stays proved, but no single account
    is a witness of it. A name with a space is nobody's.
    """
    return Defined(f"top {ladder.name or ''} {tier.name}", Kind.FLAG)


def on_line(ladder: Ladder, line: Line) -> Expression:
    """Whether the ladder's number lies on the line; missing where the number is."""
    if ladder.by is None:
        return FALSE
    ends: list[Expression] = []
    if line.low is not None:
        ends.append(Compare(">" if line.low_open else ">=", ladder.by, Constant(line.low, Kind.NUMBER)))
    if line.high is not None:
        ends.append(Compare("<" if line.high_open else "<=", ladder.by, Constant(line.high, Kind.NUMBER)))
    return AllOf(tuple(ends)) if ends else Not(IsMissing(ladder.by))


def satisfies(ladder: Ladder, tier: Tier) -> Expression:
    """Whether an account meets the tier's line, top and gate, never missing; `otherwise` has none of them. Whether it is in a `top` only the population knows: see `in_top`."""
    parts: list[Expression] = []
    if tier.line is not None and ladder.by is not None:
        parts.append(FirstOf((on_line(ladder, tier.line), FALSE)))
    if tier.top is not None:
        parts.append(FirstOf((in_top(ladder, tier), FALSE)))
    if tier.gate is not None:
        parts.append(holds(tier.gate))
    return AllOf(tuple(parts)) if len(parts) > 1 else parts[0] if parts else TRUE


def takes(ladder: Ladder, position: int) -> Expression:
    """Whether the tier at this position is an account's base tier: the first that it satisfies, or `otherwise` where it satisfies none."""
    tier = ladder.tiers[position]
    before = [
        other
        for at, other in enumerate(ladder.tiers)
        if not other.otherwise and at != position and (tier.otherwise or at < position)
    ]
    own = () if tier.otherwise else (satisfies(ladder, tier),)
    parts = (*own, *(Not(satisfies(ladder, other)) for other in before))
    return AllOf(parts) if parts else TRUE


def no_tier(ladder: Ladder) -> Expression:
    """Whether no tier takes an account."""
    if any(tier.otherwise for tier in ladder.tiers):
        return FALSE
    parts = tuple(Not(satisfies(ladder, tier)) for tier in ladder.tiers)
    return AllOf(parts) if parts else TRUE
