"""What a ladder can do with an account, as questions to the analysis: where it can stand, what lets it in, where it ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from tierlang.analysis.answers import Impossible, Witness
from tierlang.analysis.claims import FALSE, TRUE, both, holds, no_tier, satisfies, takes
from tierlang.analysis.writing import as_test
from tierlang.engines.interpreter.evaluate import Outcome, evaluate
from tierlang.lint.review import Review
from tierlang.program.expressions import (
    AllOf,
    AnyOf,
    AtLeast,
    Constant,
    Expression,
    InTier,
    IsMissing,
    Not,
    parts_of,
    reads_tiers,
)
from tierlang.program.nodes import Bound, Ladder, Program, Shift, Tier
from tierlang.program.values import Kind

MANY, FEW = 20, 4
"""Of a ladder of more tiers than so many, each is held only against a few before it."""


def gate(tier: Tier) -> Expression:
    """Whether the tier's gate lets an account in; without a gate it does."""
    return holds(tier.gate)


def either(*claims: Expression) -> Expression:
    """One of the claims at least; none of none."""
    return AnyOf(claims) if claims else FALSE


def shut(tiers: Sequence[Tier]) -> Expression:
    """Whether the gates of all these tiers keep an account out."""
    return both(*(Not(gate(tier)) for tier in tiers)) if tiers else TRUE


def with_tier(test: Expression, position: int, tier: Tier | None) -> Expression:
    """A condition of an adjustment where the tier so far is known: what it asks of its own ladder is answered."""
    match test:
        case InTier(ladder=ladder, tiers=tiers) if ladder == position:
            return Constant(tier is not None and tier.name in tiers, Kind.FLAG)
        case AllOf(parts=parts):
            return attrs.evolve(test, parts=tuple(with_tier(part, position, tier) for part in parts))
        case AnyOf(parts=parts):
            return attrs.evolve(test, parts=tuple(with_tier(part, position, tier) for part in parts))
        case AtLeast(parts=parts):
            return attrs.evolve(test, parts=tuple(with_tier(part, position, tier) for part in parts))
        case Not(part=part):
            return attrs.evolve(test, part=with_tier(part, position, tier))
        case IsMissing(part=part):
            return attrs.evolve(test, part=with_tier(part, position, tier))
        case _:
            return test


def in_any_tiers(program: Program, test: Expression) -> Iterator[Expression]:
    """A condition about tiers, for each way in which the ladders it asks can have placed an account: with what is so of all accounts of those tiers. A pin is stronger than a gate."""
    ways: list[tuple[Expression, tuple[Expression, ...]]] = [(test, ())]
    for position, ladder in enumerate(program.ladders):
        pinned = position == 0 and bool(program.pins)
        ways = [
            (known, wanted if tier is None or pinned or reads_tiers(gate(tier)) else (*wanted, gate(tier)))
            for asked, wanted in ways
            for tier, known in _placed(asked, position, ladder)
        ]
    for known, wanted in ways:
        yield both(known, *wanted)


def _placed(test: Expression, position: int, ladder: Ladder) -> Iterator[tuple[Tier | None, Expression]]:
    if _asks(test, position):
        for tier in (*ladder.tiers, None):
            yield tier, with_tier(test, position, tier)
    else:
        yield None, test


def _asks(test: Expression, position: int) -> bool:
    if isinstance(test, InTier):
        return test.ladder == position
    return any(_asks(part, position) for part in parts_of(test))


def moves(ladder: Ladder, position: int, adjustment: Shift | Bound) -> Iterator[tuple[Tier | None, Expression]]:
    """For each place that an account could have before the adjustment, the claim that it stands there, the adjustment is meant for it, and has somewhere to move it."""
    for at, tier in enumerate((*ladder.tiers, None)):
        targets = _targets(ladder, at, adjustment)
        if targets is None:
            continue
        meant = holds(attrs.evolve(adjustment.when, test=with_tier(adjustment.when.test, position, tier)))
        yield tier, both(meant, _stands(ladder, at, adjustment), *(() if targets == () else (_opens(targets),)))


def _opens(targets: Sequence[Tier]) -> Expression:
    return TRUE if any(tier.gate is None for tier in targets) else either(*(gate(tier) for tier in targets))


def _targets(ladder: Ladder, at: int, adjustment: Shift | Bound) -> tuple[Tier, ...] | None:
    """The tiers of which one must let the account in for it to move; none are needed where it goes down, as then it leaves the tiers at worst. None where it does not move."""
    names = [tier.name for tier in ladder.tiers]
    if isinstance(adjustment, Shift):
        if at == len(names):
            return None
        to = min(max(at - adjustment.steps, 0), len(names) - 1)
        return None if to == at else ladder.tiers[to:at] if to < at else ()
    to = names.index(adjustment.tier)
    if adjustment.which == "floor":
        return ladder.tiers[to:at] if to < at else None
    return () if at < to else None


def _stands(ladder: Ladder, at: int, adjustment: Shift | Bound) -> Expression:
    """Whether an account can stand in the tier (the last place is none) when the adjustment is asked: by the lines alone, or, after other adjustments, wherever a gate lets it in."""
    before: tuple[Shift | Bound, ...] = () if isinstance(adjustment, Shift) else ladder.shifts
    if isinstance(adjustment, Bound) and adjustment.which == "cap":
        before = (*before, *ladder.floors)
    if at == len(ladder.tiers):
        return no_tier(ladder) if not before else TRUE
    return gate(ladder.tiers[at]) if before else takes(ladder, at)


def others_bring(ladder: Ladder, position: int, review: Review) -> bool:
    """Whether anything but lines, tops and gates could put an account into the tier at this position."""
    tier, names = ladder.tiers[position], [each.name for each in ladder.tiers]
    if ladder is review.program.ladders[0] and tier.keep is not None and moved_to(review, tier):
        return True
    if any(position < len(names) - 1 if shift.steps > 0 else position > 0 for shift in ladder.shifts):
        return True
    if any(position >= names.index(bound.tier) for bound in (*ladder.floors, *ladder.caps)):
        return True
    for better in ladder.tiers[:position]:
        for capacity in better.capacities:
            if capacity.overflow == "down" or (capacity.overflow == "to" and capacity.to == tier.name):
                return True
    return False


def moved_to(review: Review, tier: Tier) -> bool:
    """Whether a trigger, or the end of a retired tier, takes accounts to this one; for good only if they may be kept there."""
    moves, mobility = review.moves, review.program.mobility
    ways = (way for each in moves.triggers for source in moves.sources(each) for way in moves.ways(each, source))
    return any(way is tier for way in ways) or (mobility is not None and any(each.to for each in mobility.retired))


def is_empty_by_rules(review: Review, ladder: Ladder, position: int) -> bool:
    """Whether it is proved that lines, gates and adjustments never give anybody the tier."""
    tier = ladder.tiers[position]
    if tier.top is not None or others_bring(ladder, position, review):
        return False
    if position > MANY:
        # Against the tiers right before it: what is empty behind them is empty behind all.
        others = [each for each in ladder.tiers[position - FEW : position] if not each.otherwise]
        near = both(satisfies(ladder, tier), *(Not(satisfies(ladder, each)) for each in others))
        return not tier.otherwise and isinstance(review.model.possible(near), Impossible)
    question = f"can an account get into {tier.name}"
    return isinstance(review.ask(question, takes(ladder, position), tier.span), Impossible)


def has_top(ladder: Ladder) -> bool:
    """Whether the population decides who is in one of the tiers."""
    return any(tier.top is not None for tier in ladder.tiers)


def example(review: Review, witness: Witness, label: str) -> str:
    """The witness as a test, with where it ends on the ruleset's own ladder."""
    outcome = evaluate(review.program, [witness.account], witness.as_of)
    expects: list[str] = []
    if isinstance(outcome, Outcome):
        assigned = outcome.assignments[0]
        tier = assigned.placements[0].tier
        expects = ["excluded"] if assigned.excluded else ["untiered"] if tier is None else [f"tier {tier}"]
    return as_test(review.program, witness, label, expects)
