"""What must be true of every run with a past, whatever the rules: of the referee alone, on generated programs, accounts and holdings."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping

import attrs
import hypothesis
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.strategies import Case, lived_cases
from tierlang.engines.interpreter.evaluate import Outcome, evaluate
from tierlang.engines.interpreter.expressions import holds
from tierlang.engines.interpreter.matching import gates_of
from tierlang.engines.interpreter.placing import Path
from tierlang.engines.interpreter.population import read, text_of
from tierlang.program.calendar import Duration
from tierlang.program.holdings import Decision, Holding, Occasion, Past
from tierlang.program.nodes import Capacity, Program, Tier
from tierlang.program.occasions import settled_until, trigger_named
from tierlang.program.outcome import Stopped

RELAXED = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)


def of_all(check: object, examples: int, seed: int) -> None:
    """Hold a property against so many cases."""

    @hypothesis.seed(seed)
    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=RELAXED)
    @given(lived_cases("ladders" if seed % 2 else None), st.integers(0, 2**32))
    def run(case: Case, dice: int) -> None:
        found = evaluate(case.program, case.accounts, case.as_of, case.past, case.occasion)
        if not isinstance(found, Stopped):
            check(case, found, random.Random(dice))  # type: ignore[operator]

    run()


def holding_of(case: Case, key: str) -> Holding | None:
    """What the account holds."""
    assert case.past is not None
    return case.past.holdings.get(key)


def place_of(program: Program, tier: str | None) -> int:
    """0 for the best, the greatest for no tier."""
    names = [each.name for each in program.ladders[0].tiers]
    return len(names) if tier is None else names.index(tier)


# --- the properties -----------------------------------------------------------------------------------------------------------------


def the_order_of_rows_decides_nothing(case: Case, found: Outcome, dice: random.Random) -> None:
    """Neither that of the accounts nor that of the holdings."""
    people = list(case.accounts)
    dice.shuffle(people)
    assert case.past is not None
    held = list(case.past.holdings.items())
    dice.shuffle(held)
    again = evaluate(case.program, people, case.as_of, attrs.evolve(case.past, holdings=dict(held)), case.occasion)
    assert isinstance(again, Outcome)
    assert {each.key: each for each in again.decisions} == {each.key: each for each in found.decisions}
    assert again.summary == found.summary


def every_account_is_decided_about_once(case: Case, found: Outcome, dice: random.Random) -> None:
    """Those present that are eligible or hold something, in their order; where they stand is where the run says they are."""
    known = {each.key: each for each in found.assignments}
    wanted = [
        each.key for each in case.accounts if known[each.key].excluded is None or holding_of(case, each.key) is not None
    ]
    assert [each.key for each in found.decisions] == wanted
    for each in found.decisions:
        assert known[each.key].tier == each.tier
        assert known[each.key].reason == each.reason
        assert each.reason
        holding = holding_of(case, each.key)
        assert (each.cause == "new") == (holding is None)
        if each.waits is not None:
            assert each.cause is None
        else:
            assert each.proposed == each.tier
        if each.cause is None:
            assert holding is not None
            assert holding.retired is None
            assert each.tier == holding.tier


def nobody_settled_or_frozen_moves(case: Case, found: Outcome, dice: random.Random) -> None:
    """But those that are excluded, retired, pinned, or whose pin has ended."""
    assert case.occasion is not None
    for each in found.decisions:
        holding = holding_of(case, each.key)
        if holding is None or each.cause in ("exclusion", "retired", "pin", "pin ended"):
            continue
        settled = holding.settled_until is not None and case.as_of < holding.settled_until
        if settled or case.occasion.freeze is not None:
            pin = any(pin.key == each.key and pin.in_force(case.as_of) for pin in case.program.pins)
            assert each.cause is None
            assert each.tier == holding.tier
            assert each.base == holding.base or pin


def between_reviews_only_named_things_move_holders(case: Case, found: Outcome, dice: random.Random) -> None:
    """Nobody is displaced: whoever leaves a tier does so by exclusion, retirement, a pin, or a trigger that goes in its own direction."""
    assert case.occasion is not None
    if case.occasion.review:
        return
    for each in found.decisions:
        holding = holding_of(case, each.key)
        if holding is None or each.cause in ("exclusion", "retired", "pin", "pin ended"):
            continue
        if each.tier != holding.tier:
            assert each.cause == "trigger"
            assert each.trigger is not None
            trigger = trigger_named(case.program, each.trigger)
            assert trigger is not None
            assert holding.tier in trigger.sources
            before, after = place_of(case.program, holding.tier), place_of(case.program, each.tier)
            assert after < before if trigger.up else after > before


def no_trigger_passes_a_gate(case: Case, found: Outcome, dice: random.Random) -> None:
    """Where a trigger brings an account, or would, the gate is true."""
    for each in found.decisions:
        if each.trigger is None or (each.cause is None and each.waits == "capacity"):
            continue
        facts = found.placed[0].paths[each.key].candidate.facts
        if each.proposed is not None:
            assert gates_of(case.program.ladders[0], facts).get(each.proposed, True) is True


def a_hold_keeps_holders_from_going_down(case: Case, found: Outcome, dice: random.Random) -> None:
    """By reviews, by triggers, and for want of a seat."""
    mobility = case.program.mobility
    assert mobility is not None
    for each in found.decisions:
        holding = holding_of(case, each.key)
        if holding is None or holding.tier is None or each.cause in ("exclusion", "pin", "pin ended"):
            continue
        facts = found.placed[0].paths[each.key].candidate.facts
        on = [hold for hold in mobility.holds if holds(hold.when, facts.aside())]
        if on:
            assert place_of(case.program, each.tier) <= place_of(case.program, holding.tier)
        if any(hold.both_ways for hold in on):
            assert each.tier == holding.tier


def any_subset_of_approvals_fits_the_seats(case: Case, found: Outcome, dice: random.Random) -> None:
    """Those who are never cut may be too many; nobody else comes on top of them."""
    paths = found.placed[0].paths
    asked = [each for each in found.decisions if each.waits == "approval" and dice.random() < 0.5]
    stands = {each.key: each.tier for each in found.decisions if each.key in paths}
    before = dict(stands)
    stands.update({each.key: each.proposed for each in asked})
    for tier in case.program.ladders[0].tiers:
        for capacity in tier.capacities:
            then, now = _used(capacity, tier, stands, paths), _used(capacity, tier, before, paths)
            for group, used in then.items():
                # Negative numbers make room, which leaves with them.
                if capacity.of is None:
                    assert used <= max(capacity.seats, now.get(group, 0))


def _used(
    capacity: Capacity, tier: Tier, stands: Mapping[str, str | None], paths: Mapping[str, Path]
) -> dict[str | None, int]:
    used: dict[str | None, int] = {}
    for key, name in stands.items():
        if name == tier.name:
            group = None if capacity.per is None else text_of(read(capacity.per, paths[key].candidate.facts))
            used[group] = used.get(group, 0) + 1
    return used


def planning_again_moves_nobody(case: Case, found: Outcome, dice: random.Random) -> None:
    """On the same day with the same data, between reviews, where every move settles for a while and seats are counted by heads."""
    calm = _calm(case)
    first = evaluate(calm.program, calm.accounts, calm.as_of, calm.past, calm.occasion)
    assert isinstance(first, Outcome)
    again = evaluate(calm.program, calm.accounts, calm.as_of, applied(calm, first), calm.occasion)
    assert isinstance(again, Outcome)
    for each in again.decisions:
        assert each.cause is None, each


def _calm(case: Case) -> Case:
    """The case between reviews, with a cool-down, without sums, whose left-over may be taken by the next in line."""
    ladder, mobility = case.program.ladders[0], case.program.mobility
    assert case.occasion is not None
    assert mobility is not None
    triggers = tuple(attrs.evolve(each, cooldown=None) for each in mobility.triggers)
    tiers = tuple(attrs.evolve(each, capacities=_heads(each.capacities)) for each in ladder.tiers)
    program = attrs.evolve(
        case.program,
        ladders=(attrs.evolve(ladder, tiers=tiers, capacities=_heads(ladder.capacities)), *case.program.ladders[1:]),
        mobility=attrs.evolve(mobility, triggers=triggers, cooldown=Duration(60, "day")),
    )
    return attrs.evolve(case, program=program, occasion=Occasion(False, case.occasion.freeze))


def _heads(capacities: tuple[Capacity, ...]) -> tuple[Capacity, ...]:
    return tuple(each for each in capacities if each.of is None)


def applied(case: Case, found: Outcome) -> Past:
    """The holdings after the run, without any approval."""
    assert case.past is not None
    holdings = dict(case.past.holdings)
    for each in found.decisions:
        if each.cause == "exclusion":
            del holdings[each.key]
        else:
            holdings[each.key] = _after(case.program, case.as_of, holdings.get(each.key), each)
    return attrs.evolve(case.past, holdings=holdings)


def _after(program: Program, as_of: dt.date, holding: Holding | None, decision: Decision) -> Holding:
    if decision.cause is None and holding is not None:
        return attrs.evolve(holding, base=decision.base, pinned=decision.pinned)
    assert decision.cause is not None
    trigger = trigger_named(program, decision.trigger) if decision.trigger is not None else None
    until = settled_until(program, as_of, decision.cause, trigger)
    return Holding(decision.key, decision.tier, decision.base, as_of, until, decision.pinned)


PROPERTIES = (
    the_order_of_rows_decides_nothing,
    every_account_is_decided_about_once,
    nobody_settled_or_frozen_moves,
    between_reviews_only_named_things_move_holders,
    no_trigger_passes_a_gate,
    a_hold_keeps_holders_from_going_down,
    any_subset_of_approvals_fits_the_seats,
    planning_again_moves_nobody,
)
NAMES = [each.__name__ for each in PROPERTIES]


@pytest.mark.parametrize("check", PROPERTIES, ids=NAMES)
def test_it_is_so(check: object) -> None:
    of_all(check, 20, NAMES.index(check.__name__))  # type: ignore[attr-defined]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("check", PROPERTIES, ids=NAMES)
def test_it_is_so_in_many_cases(check: object, seed: int) -> None:
    of_all(check, 200, 1_000 + seed)
