"""Generated programs with a past: what triggers and reviews do with an account is never what was proved to be impossible."""

from __future__ import annotations

import attrs
import hypothesis
import pytest
from hypothesis import given, settings

from tests.analysis.claims_of import is_readable
from tests.analysis.test_never_wrong import RELAXED, CellsOnly
from tests.strategies import Case, lived_cases
from tierlang.analysis.answers import Impossible
from tierlang.analysis.moving.standing import with_time
from tierlang.analysis.moving.steps import Moves
from tierlang.engines.interpreter.evaluate import Outcome, evaluate
from tierlang.program.holdings import Decision, Occasion


def check(case: Case) -> None:
    """Every account that is moved, by itself: the step that it took can be taken."""
    assert case.past is not None
    program = attrs.evolve(
        case.program, pins=(), mobility=case.program.mobility and attrs.evolve(case.program.mobility, freezes=())
    )
    moves, model = Moves(program), CellsOnly(with_time(program), case.as_of)
    for account in filter(is_readable, case.accounts):
        for review in (False, True):
            outcome = evaluate(program, [account], case.as_of, case.past, Occasion(review))
            if isinstance(outcome, Outcome):
                for decision in outcome.decisions:
                    _check(decision, case, moves, model)


def _check(decision: Decision, case: Case, moves: Moves, model: CellsOnly) -> None:
    assert case.past is not None
    holding = case.past.holdings.get(decision.key)
    if holding is None or holding.tier is None or decision.tier is None or decision.waits is not None:
        return
    source, to = moves.tier(holding.tier), moves.tier(decision.tier)
    if decision.cause == "trigger" and not any(tier.capacities for tier in moves.ladder.tiers):
        trigger = next(each for each in moves.triggers if each.name == decision.trigger)
        claims = [step.claim for step in moves.steps(trigger, source) if step.to is to]
    elif (
        decision.cause == "review" and holding.base == holding.tier and not moves.ladder.capacities and source is not to
    ):
        if any(tier.capacities for tier in moves.ladder.tiers):
            return
        claims = [step.claim for step in moves.reviews(source, to)]
    else:
        return
    assert claims
    assert not all(isinstance(model.possible(claim), Impossible) for claim in claims), (decision, claims)


@settings(max_examples=40, deadline=None, suppress_health_check=RELAXED)
@given(lived_cases())
def test_what_was_done_can_be_done(case: Case) -> None:
    check(case)


@pytest.mark.slow
@settings(max_examples=1_000, deadline=None, suppress_health_check=RELAXED, phases=[hypothesis.Phase.generate])
@given(lived_cases())
def test_what_was_done_can_be_done_in_a_thousand_programs(case: Case) -> None:
    check(case)
