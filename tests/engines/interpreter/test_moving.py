"""Accounts with a past, rule by rule: what keeps them, what moves them, what they wait for, and the words for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import attrs
import pytest

from tests.compiler.rulesets import compiled
from tierlang.engines.interpreter.evaluate import Outcome, evaluate
from tierlang.engines.interpreter.facts import Account
from tierlang.program.holdings import Decision, Holding, Occasion, Past
from tierlang.program.nodes import Freeze, Program
from tierlang.program.numbers import SCALE
from tierlang.program.outcome import Stopped

AS_OF = dt.date(2026, 11, 15)
SINCE = dt.date(2026, 10, 1)
REVIEW, BETWEEN = Occasion(True), Occasion(False)
FREEZE = Freeze(AS_OF, AS_OF + dt.timedelta(days=3), "Year end")
FROZEN = Occasion(False, FREEZE)
OWNERS = "owner marketing dana  owner sales dana"


def rules(mobility: str = "", *, tiers: str | None = None, more: str = "", ladder: str = "") -> Program:
    """Three tiers by fit: 80 and more, 50 and more, the rest."""
    tiers = tiers or (
        f"tier one {{ range 80..  {OWNERS} }} tier two {{ range 50..<80  {OWNERS} }} tier three {{ otherwise  {OWNERS} }}"
    )
    return compiled(
        f"""ruleset r {{ review every quarter }}
        owner dana "Dana"
        account {{
          key id text
          field fit number required
          field a flag default false
          field b flag default false
          field c flag default false
          field out flag default false
          field chief flag default true
        }}
        exclude gone "No longer ours" when out
        {more}
        tiers by fit {{ {tiers}
          {ladder} }}
        mobility {{ {mobility} }}"""
    )


def account(key: str, fit: float, *flags: str, chief: bool = True) -> Account:
    """An account, with the flags that are true."""
    values: dict[str, object] = {name: name in flags for name in ("a", "b", "c", "out")}
    return Account(key, {**values, "fit": round(fit * SCALE), "chief": chief})  # type: ignore[dict-item]


def holding(tier: str | None, **more: Any) -> Holding:
    """What an account holds, its base the same unless said otherwise; the key comes later."""
    return attrs.evolve(Holding("", tier, tier, SINCE), **more)


Given = tuple[Account, Holding | None]


def outcome(of: Program, occasion: Occasion, people: Sequence[Given]) -> Outcome:
    """What a run makes of accounts and their holdings."""
    past = Past({each.key: attrs.evolve(held, key=each.key) for each, held in people if held is not None})
    found = evaluate(of, [each for each, _ in people], AS_OF, past, occasion)
    assert not isinstance(found, Stopped), found
    return found


def decided(of: Program, occasion: Occasion, *people: Given) -> dict[str, Decision]:
    """The decisions by key."""
    return {each.key: each for each in outcome(of, occasion, people).decisions}


def one(of: Program, occasion: Occasion, account: Account, held: Holding | None) -> Decision:
    """The decision about one account alone."""
    return decided(of, occasion, (account, held))[account.key]


def gist(decision: Decision) -> tuple[str | None, str | None, str | None, str | None]:
    """Why, where it stands, where it would go, what it waits for."""
    return decision.cause, decision.tier, decision.proposed, decision.waits


UP = 'promote up "Good news" { from two, three  to one  when a  owner dana }'
DOWN = "demote down { from one  to three  when b  owner dana }"


# --- who holds nothing, who has left ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("occasion", [REVIEW, BETWEEN, FROZEN])
def test_whoever_holds_nothing_is_placed_whatever_the_day(occasion: Occasion) -> None:
    assert one(rules(UP), occasion, account("k", 60, "a"), None) == Decision(
        "k", "new", None, "two", "two", False, "two", None, "fit 60 in 50..<80"
    )


def test_an_excluded_holder_is_closed_and_others_excluded_are_not_decided_about() -> None:
    found = decided(rules(), BETWEEN, (account("k", 60, "out"), holding("two")), (account("l", 60, "out"), None))
    assert found == {"k": Decision("k", "exclusion", None, None, None, False, None, None, "excluded: No longer ours")}


def test_a_retired_tier_leads_where_its_rule_says_as_far_as_gates_allow() -> None:
    tiers = (
        f"tier one {{ range 80..  {OWNERS} }} tier two {{ range 50..<80  when chief  {OWNERS} }} "
        f"tier three {{ otherwise  {OWNERS} }}"
    )
    of = rules("retired gold to two  retired silver", tiers=tiers)
    gone = holding(None, base=None, retired="gold")
    for occasion in (REVIEW, BETWEEN, FROZEN):
        found = one(of, occasion, account("k", 90), gone)
        assert gist(found) == ("retired", "two", "two", None)
        assert found.reason == "the tier gold is retired: to two"
    stopped = one(of, BETWEEN, account("k", 90, chief=False), gone)
    assert (stopped.tier, stopped.base) == ("three", "three")
    assert stopped.reason == "the tier gold is retired: to three, as the conditions of two do not hold"
    anew = one(of, BETWEEN, account("k", 90), holding(None, retired="silver"))
    assert gist(anew) == ("retired", "one", "one", None)
    assert anew.reason == "the tier silver is retired; fit 90 in 80.."


# --- pins ---------------------------------------------------------------------------------------------------------------------------


def pinned(until: str, mobility: str = UP) -> Program:
    """The rules with a pin to one."""
    return rules(mobility, more=f'pin "k" to one until {until} owner dana because "a bet"')


def test_a_pin_moves_between_reviews_too_and_is_no_move_where_the_account_is_there_already() -> None:
    of = pinned("2026-11-15")
    found = one(of, BETWEEN, account("k", 10), holding("three"))
    assert found == Decision(
        "k", "pin", None, "one", "one", True, "one", None, "pinned by Dana until 2026-11-15: a bet"
    )
    assert gist(one(of, REVIEW, account("k", 10), holding("one", pinned=True))) == (None, "one", "one", None)
    assert gist(one(of, BETWEEN, account("k", 10), None)) == ("new", "one", "one", None)
    assert gist(one(of, FROZEN, account("k", 10), holding(None, retired="gold"))) == ("pin", "one", "one", None)


def test_a_pin_that_has_ended_places_as_new_even_between_reviews() -> None:
    of = pinned("2026-11-14", "cooldown 60 days")
    found = one(of, BETWEEN, account("k", 60), holding("one", pinned=True, settled_until=AS_OF + dt.timedelta(days=9)))
    assert found == Decision(
        "k", "pin ended", None, "two", "two", False, "two", None, "its pin has ended; fit 60 in 50..<80"
    )
    assert gist(one(of, BETWEEN, account("k", 90), holding("one", pinned=True)))[0] == "pin ended"


def test_in_a_freeze_a_pin_neither_begins_nor_ends() -> None:
    began = one(pinned("2026-12-31"), FROZEN, account("k", 60, "a"), holding("two"))
    assert (*gist(began), began.pinned) == (None, "two", "two", None, False)
    ended = one(pinned("2026-11-14"), FROZEN, account("k", 60, "a"), holding("two", pinned=True))
    assert (*gist(ended), ended.pinned) == (None, "two", "two", None, True)


# --- freezes ------------------------------------------------------------------------------------------------------------------------


def test_a_freeze_keeps_everyone_and_says_what_waits() -> None:
    of = rules(f"{UP} hold h both ways when c")
    waits = one(of, FROZEN, account("k", 90, "a", "c"), holding("two", settled_until=dt.date(2027, 1, 1)))
    assert gist(waits) == (None, "two", "one", "freeze")
    assert waits.trigger == "up"
    assert waits.reason == "stays, frozen until 2026-11-18 (Year end); without that: promoted to one by up: Good news"
    still = one(of, FROZEN, account("k", 90), holding("two"))
    assert (gist(still), still.reason) == ((None, "two", "two", None), "stays, frozen until 2026-11-18 (Year end)")


# --- reviews ------------------------------------------------------------------------------------------------------------------------

KEEP = (
    f"tier one {{ range 80..  when chief  keep while fit >= 60  {OWNERS} }} tier two {{ range 50..<80  keep while c  {OWNERS} }} "
    f"tier three {{ otherwise  {OWNERS} }}"
)


def test_a_review_places_everyone_again_and_asks_no_trigger() -> None:
    of = rules(f"{UP} {DOWN}")
    assert gist(one(of, REVIEW, account("k", 60, "b"), holding("one"))) == ("review", "two", "two", None)
    assert gist(one(of, REVIEW, account("k", 60, "a"), holding("two"))) == (None, "two", "two", None)
    assert gist(one(of, REVIEW, account("k", 90), holding(None))) == ("review", "one", "one", None)


def test_a_held_base_is_kept_without_its_gate_and_only_the_base_counts() -> None:
    of = rules(tiers=KEEP)
    found = one(of, REVIEW, account("k", 65, chief=False), holding("one"))
    assert found == Decision("k", None, None, "one", "one", False, "one", None, "kept: fit >= 60")
    assert one(of, REVIEW, account("k", 90), holding("one")).reason == "fit 90 in 80.. and chief"
    assert gist(one(of, REVIEW, account("k", 65), holding("one", base="two"))) == ("review", "two", "two", None)
    assert gist(one(of, REVIEW, account("k", 59), holding("one"))) == ("review", "two", "two", None)
    assert gist(one(of, REVIEW, account("k", 90), holding("three", base="two"))) == ("review", "one", "one", None)
    # Between reviews nobody asks.
    assert gist(one(of, BETWEEN, account("k", 10), holding("one"))) == (None, "one", "one", None)


def test_adjustments_start_from_the_kept_base_and_a_review_that_moves_nobody_renews_the_base() -> None:
    of = rules(tiers=KEEP, ladder="cap at two when a")
    found = one(of, REVIEW, account("k", 65, "a"), holding("two", base="one"))
    assert (found.cause, found.tier, found.base) == (None, "two", "one")
    assert found.reason == "kept: fit >= 60; capped at two: a"
    fresh = one(of, REVIEW, account("k", 55), holding("two", base="one"))
    assert (fresh.cause, fresh.tier, fresh.base) == (None, "two", "two")


def test_whoever_was_moved_lately_stays_at_a_review_and_waits_only_if_it_would_move() -> None:
    of = rules(f"cooldown 60 days {DOWN}")
    settled = holding("one", base="two", settled_until=AS_OF + dt.timedelta(days=1))
    found = one(of, REVIEW, account("k", 60), settled)
    assert found == Decision(
        *("k", None, None, "one", "two", False, "two", "cool-down"),
        "stays, settled until 2026-11-16; without that: to two: fit 60 in 50..<80",
    )
    there = one(of, REVIEW, account("k", 85), settled)
    assert (gist(there), there.base) == ((None, "one", "one", None), "two")
    assert there.reason == "stays, settled until 2026-11-16"
    assert gist(one(of, REVIEW, account("k", 60), holding("one", settled_until=AS_OF)))[0] == "review"


def test_a_hold_stops_reviews_downward_and_both_ways_if_it_says_so() -> None:
    of = rules('hold grace "Grace" when a  hold quiet both ways when b')
    down = one(of, REVIEW, account("k", 60, "a"), holding("one"))
    assert gist(down) == (None, "one", "two", "hold")
    assert down.reason == "stays, held by grace (Grace); without that: to two: fit 60 in 50..<80"
    assert gist(one(of, REVIEW, account("k", 90, "a"), holding("two"))) == ("review", "one", "one", None)
    both = one(of, REVIEW, account("k", 90, "a", "b"), holding("two"))
    assert gist(both) == (None, "two", "one", "hold")
    assert both.reason.startswith("stays, held by quiet; without that: to one")
    assert gist(one(of, REVIEW, account("k", 90, "b"), holding(None))) == ("review", "one", "one", None)


# --- triggers -----------------------------------------------------------------------------------------------------------------------


def test_between_reviews_only_triggers_move() -> None:
    of = rules(f"{UP} {DOWN}")
    still = one(of, BETWEEN, account("k", 10), holding("one", base="two"))
    assert still == Decision(
        "k", None, None, "one", "two", False, "one", None, "stays: nothing moves it between reviews"
    )
    assert one(of, BETWEEN, account("k", 10, "a"), holding("three")) == Decision(
        "k", "trigger", "up", "one", "one", False, "one", None, "promoted to one by up: Good news"
    )
    assert one(of, BETWEEN, account("k", 90, "b"), holding("one")).reason == "demoted to three by down: b"
    assert gist(one(of, BETWEEN, account("k", 90, "b"), holding("two")))[1] == "two"
    assert gist(one(of, BETWEEN, account("k", 90, "a"), holding(None))) == (None, None, None, None)


def test_the_first_trigger_of_the_file_decides() -> None:
    of = rules("demote d { from two to three when a } promote p { from two to one when a }")
    assert one(of, BETWEEN, account("k", 10, "a"), holding("two")).trigger == "d"


GATED = (
    f"tier one {{ range 80..  when chief  {OWNERS} }} tier two {{ range 50..<80  when not c  {OWNERS} }} "
    f"tier three {{ range ..<50  when not b  {OWNERS} }}"
)


def test_triggers_pass_lines_but_no_gate() -> None:
    of = rules(
        "promote p { from three to one when a } demote d { from one to two when a }",
        tiers=GATED,
        ladder="rest untiered",
    )
    found = one(of, BETWEEN, account("k", 10, "a", chief=False), holding("three"))
    assert found.tier == "two"
    assert found.reason == "promoted to two, as the conditions of one do not hold by p: a"
    nowhere = one(of, BETWEEN, account("k", 10, "a", "c", chief=False), holding("three"))
    assert (gist(nowhere), nowhere.trigger) == ((None, "three", "three", None), None)
    assert one(of, BETWEEN, account("k", 90, "a", "c"), holding("one")).tier == "three"
    out = one(of, BETWEEN, account("k", 90, "a", "b", "c"), holding("one"))
    assert (out.cause, out.tier, out.base) == ("trigger", None, None)
    assert out.reason == "demoted out of the tiers, as the conditions of two, three do not hold by d: a"


def test_steps_end_at_the_ends_of_the_ladder() -> None:
    of = rules("promote p { up 2 when a } demote d { down 2 when b }")
    moves = {
        ("a", "three"): "one",
        ("a", "two"): "one",
        ("a", "one"): "one",
        ("b", "one"): "three",
        ("b", "two"): "three",
        ("b", "three"): "three",
    }
    assert {(flag, tier): one(of, BETWEEN, account("k", 60, flag), holding(tier)).tier for flag, tier in moves} == moves


def test_a_hold_blocks_demotions_and_the_next_trigger_may_still_move() -> None:
    of = rules(f"{DOWN} promote p {{ from two  to one  when a }} hold h when c")
    found = one(of, BETWEEN, account("k", 60, "b", "c"), holding("one"))
    assert (gist(found), found.trigger) == ((None, "one", "three", "hold"), "down")
    assert found.reason == "stays, held by h; without that: demoted to three by down: b"
    up = rules("demote d { from two to three when a } promote p { from two to one when a } hold h when c")
    assert gist(one(up, BETWEEN, account("k", 60, "a", "c"), holding("two"))) == ("trigger", "one", "one", None)


def test_a_hold_both_ways_blocks_all_and_the_first_that_leads_somewhere_is_told() -> None:
    of = rules(
        "promote p { from three to two when a } promote q { from three to one when a } hold h both ways when b",
        tiers=GATED,
        ladder="rest untiered",
    )
    found = one(of, BETWEEN, account("k", 10, "a", "b", "c"), holding("three"))
    assert (gist(found), found.trigger) == ((None, "three", "one", "hold"), "q")


def test_the_cool_down_goes_before_triggers() -> None:
    of = rules(f"{UP} hold h both ways when c")
    settled = holding("two", settled_until=AS_OF + dt.timedelta(days=1))
    found = one(of, BETWEEN, account("k", 60, "a"), settled)
    assert (gist(found), found.trigger) == ((None, "two", "one", "cool-down"), "up")
    assert found.reason == "stays, settled until 2026-11-16; without that: promoted to one by up: Good news"
    both = one(of, BETWEEN, account("k", 60, "a", "c"), settled)
    assert (gist(both), both.reason) == ((None, "two", "two", None), "stays, settled until 2026-11-16")


# --- what conditions read -----------------------------------------------------------------------------------------------------------


def test_conditions_read_the_held_tier_and_the_days_in_it() -> None:
    of = rules(
        "promote p { up 1 when tier is three and days in tier >= 45 } demote d { down 1 when tier is not three and a }"
    )
    assert one(of, BETWEEN, account("k", 60), holding("three")).tier == "two"
    assert one(of, BETWEEN, account("k", 60), holding("three", since=SINCE + dt.timedelta(days=1))).tier == "three"
    assert one(of, BETWEEN, account("k", 60, "a"), holding("two")).tier == "three"


def test_a_number_out_of_bounds_in_a_trigger_stops_a_run_with_a_past_only() -> None:
    of = rules("promote p { up 1 when fit * 1000000 * 10000000 > 1 }")
    people = [account("k", 90)]
    assert not isinstance(evaluate(of, people, AS_OF), Stopped)
    stopped = evaluate(of, people, AS_OF, Past({}), REVIEW)
    assert isinstance(stopped, Stopped)
    assert stopped.faults[0].where == "fit * 1000000 * 10000000 > 1"


def test_a_past_and_an_occasion_belong_together() -> None:
    with pytest.raises(ValueError, match="belong together"):
        evaluate(rules(), [account("k", 1)], AS_OF, Past({}))
    with pytest.raises(ValueError, match="belong together"):
        evaluate(rules(), [account("k", 1)], AS_OF, None, REVIEW)
