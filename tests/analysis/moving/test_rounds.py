"""The days of a round, what it needs, and what conditions say of an account that holds a tier."""

from __future__ import annotations

import datetime as dt

from tests.analysis.test_model import program_of
from tierlang.analysis.answers import Impossible, Possible
from tierlang.analysis.claims import both
from tierlang.analysis.model import Model
from tierlang.analysis.moving.cycles import of_triggers, with_reviews
from tierlang.analysis.moving.dated import idle, legs_of
from tierlang.analysis.moving.standing import days_in, with_time
from tierlang.analysis.moving.steps import Moves, Step
from tierlang.program.nodes import Program, Tier
from tierlang.program.numbers import SCALE

TODAY = dt.date(2026, 11, 1)
TIERS = "tiers by priority {\n  tier one { range 80.. }\n  tier two { range 60..<80 }\n  tier three { otherwise }\n}\n"
UP = "promote up { from two, three  to one  when fit >= 70  owner dana }"
DOWN = "demote down { from one  to two  when worth < 30  owner sam }"


def model_of(*lines: str, tiers: str = TIERS, header: str = "") -> Program:
    nl = "\n  "
    return program_of(f"{header}{tiers}mobility {{\n  {nl.join(lines)}\n}}\n")


def test_what_asks_for_the_held_tier_is_answered_for_each() -> None:
    program = model_of("promote up { from two, three  to one  when tier is two and fit >= 70  owner dana }")
    moves, model = Moves(program), Model(with_time(program), TODAY)
    (up,) = moves.triggers
    assert isinstance(model.possible(moves.wants(up, moves.tier("two"))), Possible)
    assert isinstance(model.possible(moves.wants(up, moves.tier("three"))), Impossible)


def test_days_in_a_tier_are_the_accounts_own() -> None:
    program = model_of("promote up { from two  to one  when days in tier >= 30 and days in tier < 40  owner dana }")
    moves, model = Moves(program), Model(with_time(program), TODAY)
    answer = model.possible(moves.wants(moves.triggers[0], moves.tier("two")))
    assert isinstance(answer, Possible)
    assert answer.witness.account.values[days_in("two").name] == 30 * SCALE
    never = model_of("promote up { from two  to one  when days in tier >= 30 and days in tier < 20  owner dana }")
    moves, model = Moves(never), Model(with_time(never), TODAY)
    assert isinstance(model.possible(moves.wants(moves.triggers[0], moves.tier("two"))), Impossible)


def test_what_has_to_last_may_not_have_lasted_but_does_where_nothing_changes() -> None:
    program = model_of("demote faded { from one  to two  when not (priority >= 40 for 30 days)  owner sam }")
    moves, model = Moves(program), Model(with_time(program), TODAY)
    (faded,), one = moves.triggers, moves.tier("one")
    high = moves.enters(one, moves.tier("two"))
    assert isinstance(model.possible(both(moves.wants(faded, one), high)), Possible)
    assert isinstance(model.possible(both(moves.wants(faded, one, frozen=True), high)), Impossible)


def test_a_program_that_asks_nothing_of_the_past_gets_no_inputs() -> None:
    program = model_of(UP, DOWN)
    assert with_time(program) is program


def test_the_trigger_that_stands_first_takes_its_accounts() -> None:
    program = model_of(UP, "promote more { from two  to one  when fit >= 80  owner dana }", DOWN)
    moves, model = Moves(program), Model(program, TODAY)
    more = moves.triggers[1]
    assert isinstance(model.possible(moves.wants(more, moves.tier("two"))), Possible)
    assert isinstance(model.possible(moves.fires(more, moves.tier("two"))), Impossible)


def test_a_promotion_stops_at_the_first_tier_that_lets_it_in() -> None:
    gated = TIERS.replace("range 80.. ", "range 80..  when customer ").replace(
        "range 60..<80 ", "range 60..<80  when on_hold "
    )
    program = model_of("promote up { from three  to one  when fit >= 70  owner dana }", tiers=gated)
    moves = Moves(program)
    ends = [step.to.name for step in moves.steps(moves.triggers[0], moves.tier("three")) if step.to is not None]
    assert ends == ["one", "two"]


def days(program: Program, *steps: Step) -> list[str]:
    return [leg.on.isoformat() for leg in legs_of(program, steps, TODAY)]


def step(moves: Moves, name: str | None, source: Tier, to: Tier) -> Step:
    if name is None:
        return next(moves.reviews(source, to))
    trigger = next(each for each in moves.triggers if each.name == name)
    return next(each for each in moves.steps(trigger, source) if each.to is to)


def test_each_step_waits_until_the_account_is_settled() -> None:
    program = model_of("cooldown 30 days", UP.replace("owner dana", "owner dana  cooldown 2 months"), DOWN)
    moves = Moves(program)
    one, two = moves.tier("one"), moves.tier("two")
    assert days(program, step(moves, "up", two, one), step(moves, "down", one, two)) == [
        "2026-11-01",
        "2027-01-01",
        "2027-01-31",
    ]


def test_without_a_cool_down_it_goes_round_daily() -> None:
    moves = Moves(model_of(UP, DOWN))
    one, two = moves.tier("one"), moves.tier("two")
    assert days(moves.program, step(moves, "up", two, one), step(moves, "down", one, two)) == [
        "2026-11-01",
        "2026-11-02",
        "2026-11-03",
    ]


def test_a_review_passes_over_who_is_not_settled() -> None:
    short, long = model_of("cooldown 30 days", UP, DOWN), model_of("cooldown 90 days", UP, DOWN)
    for program, wanted in (
        (short, ["2026-11-01", "2027-01-01", "2027-01-31"]),
        (long, ["2026-11-01", "2027-04-01", "2027-06-30"]),
    ):
        moves = Moves(program)
        one, two = moves.tier("one"), moves.tier("two")
        assert days(program, step(moves, "up", two, one), step(moves, None, one, two)) == wanted


def test_rounds_of_triggers_are_found_once_from_the_trigger_written_first() -> None:
    program = model_of(UP, DOWN, "demote far { from one  to three  when on_hold  owner sam }")
    cycles = list(of_triggers(Moves(program), lambda claim: True))
    assert [[each.name for each in cycle.triggers] for cycle in cycles] == [["up", "down"], ["up", "far"]]
    assert [[tier.name for tier in cycle.tiers] for cycle in cycles] == [["two", "one"], ["three", "one"]]


def test_a_review_takes_nobody_back_whom_keep_or_an_adjustment_holds() -> None:
    kept = TIERS.replace("range 80.. ", "range 80..\n    keep while fit >= 70\n  ")
    raised = TIERS.replace("tier one", 'raise 2 "Fits" when fit >= 70\n  tier one')
    for tiers, found in ((TIERS, True), (kept, False), (raised, False)):
        program = model_of(UP, tiers=tiers)
        model = Model(program, TODAY)
        cycles = with_reviews(Moves(program), lambda claim: not isinstance(model.possible(claim), Impossible), up=True)  # noqa: B023
        assert any(isinstance(model.possible(cycle.claim), Possible) for cycle in cycles) == found, tiers


def test_where_nothing_happens_windows_are_empty_but_not_those_that_are_long_enough() -> None:
    program = model_of("promote asked { from two  to one  when any demo_request within 30 days  owner dana }")
    moves, model = Moves(program), Model(program, TODAY)
    asked = moves.wants(moves.triggers[0], moves.tier("two"))
    assert isinstance(model.possible(idle(model.index, asked, 31)), Impossible)
    assert isinstance(model.possible(idle(model.index, asked, 30)), Possible)
