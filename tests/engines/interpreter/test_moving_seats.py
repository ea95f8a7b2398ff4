"""Seats where accounts have a past: who is never cut, who goes first, who goes home, and what moves that wait for an approval take."""

from __future__ import annotations

import datetime as dt

from tests.engines.interpreter.test_moving import (
    AS_OF,
    BETWEEN,
    OWNERS,
    REVIEW,
    account,
    decided,
    gist,
    holding,
    outcome,
    rules,
)
from tierlang.program.nodes import Program

UP = "promote up { from two, three  to one  when a }"
ASK = "promote ask { from two, three  to one  when a  approve by dana }"
DOWN = "demote down { from one  to two  when b  approve by dana }"


def seated(mobility: str, one: str = "", two: str = "", ladder: str = "") -> Program:
    """Three tiers by fit with these capacities."""
    return rules(
        mobility,
        tiers=f"tier one {{ range 80..  keep while fit >= 60  {one} {OWNERS} }} tier two {{ range 50..<80  {two} {OWNERS} }} "
        f"tier three {{ otherwise  {OWNERS} }}",
        ladder=ladder,
    )


def test_between_reviews_nobody_is_displaced_and_who_comes_takes_what_is_left() -> None:
    of = seated("", one="capacity 2 overflow down", two="capacity 1 overflow down")
    people = [
        (account("low", 10), holding("one")),
        (account("held", 20), holding("one")),
        (account("new", 99), None),
        (account("second", 98), None),
    ]
    found = outcome(of, BETWEEN, people)
    assert [(each.key, each.tier) for each in found.decisions] == [
        ("low", "one"),
        ("held", "one"),
        ("new", "two"),
        ("second", "three"),
    ]
    assert found.decisions[2].reason == "fit 99 in 80..; over capacity of one (2), moved to two"
    assert [(each.wanted, each.used, each.overbooked) for each in found.summary.own.seats] == [
        (4, 2, False),
        (2, 1, False),
    ]


def test_holders_that_stay_may_overbook_a_tier() -> None:
    of = seated("", one="capacity 1 overflow down")
    found = outcome(of, BETWEEN, [(account(key, 1), holding("one")) for key in "abc"])
    assert [each.tier for each in found.decisions] == ["one"] * 3
    assert found.summary.own.seats[0].overbooked


def test_a_promotion_without_a_seat_goes_home_keeps_its_base_and_waits() -> None:
    of = seated(UP, one="capacity 1 overflow out", two="capacity 1 overflow down")
    found = decided(
        of,
        BETWEEN,
        (account("first", 1), holding("one")),
        (account("up", 75, "a"), holding("two", base="three")),
        (account("new", 79), None),
    )
    assert gist(found["up"]) == (None, "two", "one", "capacity")
    assert (found["up"].base, found["up"].trigger) == ("three", "up")
    assert found["up"].reason == "waits for a seat in one: promoted to one by up: a"
    # Home is its own: the one who comes finds the seat taken.
    assert gist(found["new"]) == ("new", "three", "three", None)


def test_promotions_take_free_seats_by_rank_and_leave_theirs() -> None:
    of = seated(UP, one="capacity 1 overflow down", two="capacity 1 overflow down")
    found = decided(
        of,
        BETWEEN,
        (account("low", 20, "a"), holding("two")),
        (account("high", 30, "a"), holding("three")),
        (account("new", 60), None),
    )
    assert gist(found["high"]) == ("trigger", "one", "one", None)
    assert gist(found["low"]) == (None, "two", "one", "capacity")
    assert found["new"].tier == "three"


def test_at_a_review_those_who_keep_their_base_go_before_better_ones() -> None:
    of = seated("", one="capacity 2 overflow down", ladder="")
    found = decided(
        of,
        REVIEW,
        (account("keeps", 60), holding("one")),
        (account("leaves", 59), holding("one")),
        (account("new", 90), None),
        (account("newer", 95), None),
        (account("rises", 99), holding("two")),
    )
    assert {key: each.tier for key, each in found.items()} == {
        "keeps": "one",
        "leaves": "two",
        "new": "two",
        "newer": "two",
        "rises": "one",
    }
    assert found["keeps"].reason == "kept: fit >= 60"


def test_who_is_placed_as_new_has_no_right_to_its_base() -> None:
    of = seated("", one="capacity 1 overflow down")
    found = decided(of, REVIEW, (account("pinned", 85), holding("one", pinned=True)), (account("new", 90), None))
    assert {key: each.tier for key, each in found.items()} == {"pinned": "two", "new": "one"}


def test_settled_and_held_accounts_keep_their_seats_at_a_review() -> None:
    of = seated("hold h when c", one="capacity 1 overflow down")
    settled = holding("one", settled_until=AS_OF + dt.timedelta(days=1))
    found = outcome(
        of,
        REVIEW,
        [(account("settled", 90), settled), (account("held", 80, "c"), holding("one")), (account("best", 99), None)],
    )
    assert [each.tier for each in found.decisions] == ["one", "one", "two"]
    assert found.decisions[1].reason == "fit 80 in 80.."


def test_a_hold_stops_the_flow_at_the_held_tier_whatever_overflow_says() -> None:
    for overflow in ("down", "out", "to three"):
        of = seated("hold h when c", one=f"capacity 1 overflow {overflow}", two="capacity 0 overflow out")
        found = decided(of, REVIEW, (account("held", 80, "c"), holding("two")), (account("best", 99), None))
        assert gist(found["held"]) == (None, "two", "two", None)
        assert found["held"].base == "one"
        assert found["held"].reason == "fit 80 in 80..; over capacity of one (1), moved to two"


def test_the_ladders_own_capacity_cuts_no_holder_that_stays() -> None:
    of = seated(f"{UP} hold h when c", ladder="capacity 1 overflow out")
    between = decided(of, BETWEEN, (account("stays", 10), holding("three")), (account("new", 99), None))
    assert {key: each.tier for key, each in between.items()} == {"stays": "three", "new": None}
    crowded = decided(
        of,
        BETWEEN,
        (account("stays", 10), holding("three")),
        (account("two", 10), holding("three")),
        (account("up", 10, "a"), holding("three")),
    )
    assert gist(crowded["up"]) == (None, "three", "one", "capacity")
    assert crowded["up"].reason == "waits for a seat: promoted to one by up: a"
    review = decided(of, REVIEW, (account("held", 10, "c"), holding("three")), (account("best", 99), holding("two")))
    assert {key: each.tier for key, each in review.items()} == {"held": "three", "best": None}


def test_a_move_to_approve_keeps_the_account_where_it_is_and_reserves_a_seat() -> None:
    of = seated(f"{ASK} {DOWN}", one="capacity 1 overflow down", two="capacity 1 overflow down")
    found = outcome(
        of,
        BETWEEN,
        [(account("ask", 70, "a"), holding("three")), (account("new", 60), None), (account("best", 65), None)],
    )
    ask = found.decisions[0]
    assert gist(ask) == (None, "three", "one", "approval")
    assert (ask.base, ask.trigger, ask.reason) == (
        "three",
        "ask",
        "waits for approval by Dana: promoted to one by ask: a",
    )
    assert found.assignments[0].tier == "three"
    assert found.summary.own.seats[0].used == 1
    assert found.summary.own.tiers[0].count == 0
    fuller = decided(of, BETWEEN, (account("ask", 70, "a"), holding("three")), (account("new", 90), None))
    assert gist(fuller["ask"]) == (None, "three", "one", "capacity")
    assert fuller["ask"].reason == "waits for a seat in one: promoted to one by ask: a"


def test_a_demotion_to_approve_flows_on_and_frees_no_seat_yet() -> None:
    of = seated(f"{UP} {DOWN}", one="capacity 1 overflow down", two="capacity 1 overflow down")
    found = decided(
        of,
        BETWEEN,
        (account("down", 90, "b"), holding("one")),
        (account("there", 60), holding("two")),
        (account("up", 60, "a"), holding("three")),
    )
    assert gist(found["down"]) == (None, "one", "three", "approval")
    assert found["down"].reason == (
        "waits for approval by Dana: demoted to two by down: b; over capacity of two (1), moved to three"
    )
    assert gist(found["up"]) == (None, "three", "one", "capacity")
