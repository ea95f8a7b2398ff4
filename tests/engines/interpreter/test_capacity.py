"""Capacities: by hand, and against one greedy pass over all accounts."""

from __future__ import annotations

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.building import (
    AE,
    CUSTOMER,
    FIT,
    VALUE,
    account,
    from_,
    ladder,
    num,
    program,
    run,
    seats,
    tiers,
    when,
)
from tierlang.program import expressions as x
from tierlang.program import nodes as n
from tierlang.program.outcome import CutTie, Seats

REST = n.Tier("rest", otherwise=True)


def test_the_best_stay_and_the_others_move_down_across_lines() -> None:
    of = program(
        ladder=ladder(
            n.Tier("one", line=from_(80), capacities=(seats(1),)),
            n.Tier("two", line=n.Line(num(60), num(80), False, True, "60..<80"), capacities=(seats(1),)),
            REST,
        )
    )
    people = [account("a", fit=90), account("b", fit=95), account("c", fit=70)]
    assert tiers(of, *people) == {"a": "two", "b": "one", "c": "rest"}
    reasons = {each.key: each.reason for each in run(of, *people).assignments}
    assert reasons == {
        "a": "fit 90 in 80..; over capacity of one (1), moved to two",
        "b": "fit 95 in 80..",
        "c": "fit 70 in 60..<80; over capacity of two (1), moved to rest",
    }


def test_overflow_asks_gates_but_never_crosses_them() -> None:
    gated = n.Tier("two", gate=when(x.Not(CUSTOMER), "not customer"), line=from_(0))
    people = [
        account("a", fit=9),
        account("b", fit=8, customer=True),
        account("c", fit=7),
        account("d", fit=6, customer=False),
    ]
    for overflow, to, expected in (
        ("down", None, {"a": "one", "b": "rest", "c": "rest", "d": "two"}),
        ("out", None, {"a": "one", "b": None, "c": None, "d": None}),
        ("to", "two", {"a": "one", "b": None, "c": None, "d": "two"}),
        ("to", "rest", {"a": "one", "b": "rest", "c": "rest", "d": "rest"}),
    ):
        of = program(
            ladder=ladder(n.Tier("one", line=from_(1), capacities=(seats(1, overflow, None, to),)), gated, REST)
        )
        assert tiers(of, *people) == expected


def test_a_field_counts_first_and_then_the_total() -> None:
    both = (seats(1, "down", AE), seats(2, "out"))
    of = program(ladder=ladder(n.Tier("one", line=from_(1), capacities=both), REST))
    rows = (("a", 9, "x"), ("b", 8, "x"), ("c", 7, "y"), ("d", 6, None), ("e", 5, None))
    outcome = run(of, *[account(key, fit=fit, ae=ae) for key, fit, ae in rows])
    assert {each.key: each.tier for each in outcome.assignments} == {
        "a": "one",
        "b": "rest",
        "c": "one",
        "d": None,
        "e": "rest",
    }
    assert outcome.summary.own.seats == (
        Seats("one", "capacity 1 per ae", "x", 2, 1, 1, None),
        Seats("one", "capacity 2", None, 3, 2, 2, None),
    )
    assert outcome.summary.ungrouped == (("ae", 2),)


def test_pinned_accounts_are_seated_first_and_never_moved() -> None:
    pins = tuple(n.Pin(key, "one", None, None, None) for key in "ab")
    of = program(ladder=ladder(n.Tier("one", line=from_(50), capacities=(seats(1),)), REST), pins=pins)
    outcome = run(of, account("a", fit=1), account("b"), account("c", fit=99))
    assert {each.key: each.tier for each in outcome.assignments} == {"a": "one", "b": "one", "c": "rest"}
    assert outcome.summary.own.seats == (Seats("one", "capacity 1", None, 3, 2, 1, None),)
    assert outcome.summary.own.seats[0].overbooked


def test_a_minimum_not_reached_is_said_and_a_tier_nobody_wants_still_has_seats() -> None:
    wanted = attrs.evolve(seats(3), minimum=2)
    of = program(ladder=ladder(n.Tier("one", line=from_(50), capacities=(seats(2, "down", AE), wanted)), REST))
    empty, short = run(of).summary.own.seats
    assert empty == Seats("one", "capacity 2 per ae", None, 0, 0, 2, None)
    assert (short.short, empty.short) == (True, False)


def test_the_figures_of_a_field_are_those_of_its_fullest_group() -> None:
    of = program(ladder=ladder(n.Tier("one", line=from_(1), capacities=(seats(1, "out", AE),))))
    rows = (
        ("a", "x"),
        ("b", "y"),
        ("c", "y"),
        ("d", None),
        ("e", None),
        ("f", None),
        ("g", "z"),
        ("h", "z"),
        ("i", "z"),
    )
    outcome = run(of, *[account(key, fit=5, ae=ae) for key, ae in rows])
    assert outcome.summary.own.seats == (Seats("one", "capacity 1 per ae", "z", 3, 1, 1, None),)
    assert [tie.group for tie in outcome.summary.own.ties] == ["y", "z", None]


def test_a_cut_between_equals_is_reported_but_not_one_beside_the_pinned() -> None:
    pins = (n.Pin("a", "one", None, None, None),)
    of = program(ladder=ladder(n.Tier("one", line=from_(1), capacities=(seats(2),)), REST), pins=pins)
    equals = [account(key, fit=5) for key in "dcba"]
    assert run(of, *equals).summary.own.ties == (CutTie("one", "capacity 2", None, 1, 2, ("b", "c", "d")),)
    only_pinned = program(ladder=ladder(n.Tier("one", line=from_(1), capacities=(seats(1),)), REST), pins=pins)
    assert run(only_pinned, *equals).summary.own.ties == ()


# --- sums, and whole ladders --------------------------------------------------------------------------------------------------------


def summed(limit: int, overflow: str = "down", per: x.Input | None = None, minimum: int | None = None) -> n.Capacity:
    text = f"{limit} of value" + (f" per {per.name}" if per else "")
    return n.Capacity(num(limit), minimum, per, overflow, None, text, VALUE)  # type: ignore[arg-type]


def test_the_first_over_a_sum_leaves_and_all_after_it() -> None:
    of = program(ladder=ladder(n.Tier("one", line=from_(1), capacities=(summed(10),)), REST))
    people = [account(key, fit=fit, value=value) for key, fit, value in (("a", 9, 6), ("b", 8, 5), ("c", 7, 1))]
    outcome = run(of, *people)
    assert {each.key: each.tier for each in outcome.assignments} == {"a": "one", "b": "rest", "c": "rest"}
    assert outcome.summary.own.seats == (
        Seats("one", "capacity 10 of value", None, num(12), num(6), num(10), None, True),
    )
    assert outcome.assignments[1].reason == "fit 8 in 1..; over capacity of one (10 of value), moved to rest"
    full = run(of, account("a", fit=9, value=10), account("b", fit=8, value=0), account("c", fit=7, value=0.0001))
    assert [each.tier for each in full.assignments] == ["one", "one", "rest"]


def test_a_number_below_0_makes_room() -> None:
    of = program(ladder=ladder(n.Tier("one", line=from_(1), capacities=(summed(10),)), REST))
    people = [account(key, fit=fit, value=value) for key, fit, value in (("a", 9, 10), ("b", 8, -3), ("c", 7, 3))]
    assert tiers(of, *people) == {"a": "one", "b": "one", "c": "one"}


def test_accounts_that_are_never_cut_begin_the_sum() -> None:
    pins = (n.Pin("z", "one", None, None, None),)
    of = program(ladder=ladder(n.Tier("one", line=from_(5), capacities=(summed(10),)), REST), pins=pins)
    people = [account("z", fit=1, value=8), account("a", fit=9, value=3), account("b", fit=8, value=1)]
    assert tiers(of, *people) == {"z": "one", "a": "rest", "b": "rest"}
    over = run(of, account("z", value=11), account("a", fit=9, value=0), account("b", fit=8, value=-1))
    assert [each.tier for each in over.assignments] == ["one", "rest", "rest"]
    assert over.summary.own.seats[0].overbooked
    back = run(of, account("z", value=11), account("a", fit=9, value=-1), account("b", fit=8, value=0))
    assert [each.tier for each in back.assignments] == ["one", "one", "one"]


def test_heads_and_sums_of_a_group_and_of_all_stand_in_that_order() -> None:
    every = (seats(2, "out", AE), summed(10, "out", AE), seats(2, "out"), summed(12, "out"))
    of = program(ladder=ladder(n.Tier("one", line=from_(1), capacities=every)))
    rows = (("a", 9, "x", 4), ("b", 8, "x", 7), ("c", 7, "x", 1), ("d", 6, "y", 9), ("e", 5, None, 1))
    outcome = run(of, *[account(key, fit=fit, ae=ae, value=value) for key, fit, ae, value in rows])
    left = {each.key: each.reason.partition("; over ")[2] for each in outcome.assignments}
    out = "moved out of the tiers"
    assert left == {
        "a": "",
        "b": f"capacity of one (10 of value per ae), {out}",
        "c": f"capacity of one (2 per ae), {out}",
        "d": f"capacity of one (12 of value), {out}",
        "e": f"capacity of one (2), {out}",
    }
    assert [(each.group, each.wanted, each.used) for each in outcome.summary.own.seats] == [
        ("x", 3, 2),
        ("x", num(11), num(4)),
        (None, 3, 2),
        (None, num(13), num(4)),
    ]


def test_the_minimum_of_a_sum_is_a_sum() -> None:
    capacity = summed(10, minimum=num(5))
    of = program(ladder=ladder(n.Tier("one", line=from_(1), capacities=(capacity,)), REST))
    assert run(of, account("a", fit=1, value=4)).summary.own.seats[0].short
    assert not run(of, account("a", fit=1, value=5)).summary.own.seats[0].short


def test_seats_of_the_whole_ladder_go_tier_by_tier_before_the_tiers_own() -> None:
    gated = n.Tier("one", gate=when(CUSTOMER, "customer"), capacities=(seats(1),))
    whole = attrs.evolve(ladder(gated, n.Tier("two", line=from_(1)), REST), capacities=(seats(3, "out"),))
    rows = (("a", 1, True), ("b", 2, True), ("c", 9, False), ("d", 8, False), ("e", None, False))
    outcome = run(program(ladder=whole), *[account(key, fit=fit, customer=customer) for key, fit, customer in rows])
    assert {each.key: each.tier for each in outcome.assignments} == {
        "a": "two",
        "b": "one",
        "c": "two",
        "d": None,
        "e": None,
    }
    assert outcome.assignments[0].reason == "customer; over capacity of one (1), moved to two"
    assert outcome.assignments[3].reason == "fit 8 in 1..; over capacity of all tiers (3), moved out of the tiers"
    assert [(each.tier, each.wanted, each.used) for each in outcome.summary.own.seats] == [(None, 5, 3), ("one", 2, 1)]


def test_pinned_and_secured_accounts_come_before_all_tiers_of_the_ladder() -> None:
    floor = n.Bound("floor", "rest", when(CUSTOMER, "customer"), "customer")
    of = attrs.evolve(ladder(n.Tier("one", line=from_(1)), REST), capacities=(seats(2, "out", AE),), floors=(floor,))
    pins = (n.Pin("z", "rest", None, None, None),)
    people = (account("z"), account("y", customer=True), account("a", fit=9), account("b", fit=8, customer=True))
    assert tiers(program(ladder=of, pins=pins), *people) == {"z": "rest", "y": "rest", "a": None, "b": None}


def test_a_tie_over_the_whole_ladder_is_only_one_within_a_tier() -> None:
    tiers_of = (n.Tier("one", gate=when(CUSTOMER, "customer")), REST)
    of = attrs.evolve(ladder(*tiers_of), capacities=(seats(2, "out"),))
    same = [account(key, fit=5, customer=key == "c") for key in "abc"]
    assert run(program(ladder=of), *same).summary.own.ties == (CutTie(None, "capacity 2", None, 1, 1, ("a", "b")),)
    apart = [account(key, fit=5, customer=key in "bc") for key in "abc"]
    assert run(program(ladder=of), *apart).summary.own.ties == ()


# --- against one greedy pass --------------------------------------------------------------------------------------------------------

people = st.lists(st.tuples(st.integers(0, 4), st.sampled_from(["x", "y", None]), st.booleans()), max_size=14).map(
    lambda rows: [(f"k{at:02d}", *row) for at, row in enumerate(rows)]
)


def greedy(rows: list[tuple[str, int, str | None, bool]], per: int, total: int) -> set[str]:
    """Who stays in one tier: pinned always; the others in rank order as long as their group and the tier have seats."""
    staying = {key for key, _, _, pinned in rows if pinned}
    used = {ae: sum(pinned for _, _, of, pinned in rows if of == ae) for ae in ("x", "y", None)}
    for key, _, ae, pinned in sorted(rows, key=lambda row: (-row[1], row[0])):
        if not pinned and used[ae] < per and len(staying) < total:
            used[ae] += 1
            staying.add(key)
    return staying


@settings(max_examples=200, deadline=None)
@given(people, st.integers(0, 4), st.integers(0, 8))
def test_a_field_then_the_total_is_one_greedy_pass(
    rows: list[tuple[str, int, str | None, bool]], per: int, total: int
) -> None:
    pins = tuple(n.Pin(key, "one", None, None, None) for key, _, _, pinned in rows if pinned)
    capacities = (seats(per, "out", AE), seats(total, "out"))
    of = program(ladder=ladder(n.Tier("one", line=from_(0), capacities=capacities)), pins=pins)
    placed = tiers(of, *[account(key, fit=fit, ae=ae) for key, fit, ae, _ in rows])
    assert {key for key, tier in placed.items() if tier == "one"} == greedy(rows, per, total)


@settings(max_examples=200, deadline=None)
@given(people, st.integers(0, 3), st.integers(0, 5), st.integers(0, 3), st.data())
def test_a_better_rank_never_gives_a_worse_tier(
    rows: list[tuple[str, int, str | None, bool]], per: int, total: int, second: int, data: st.DataObject
) -> None:
    of = program(
        ladder=ladder(
            n.Tier("one", line=from_(2), capacities=(seats(per, "down", AE), seats(total, "down"))),
            n.Tier("two", line=from_(1), capacities=(seats(second, "down"),)),
            REST,
            by=FIT,
        )
    )
    order: list[str | None] = ["one", "two", "rest", None]
    before = tiers(of, *[account(key, fit=fit, ae=ae) for key, fit, ae, _ in rows])
    for better, fit, ae, _ in rows:
        for worse, other, other_ae, _ in rows:
            if ae == other_ae and (-fit, better) < (-other, worse):
                assert order.index(before[better]) <= order.index(before[worse])
    if rows:
        at = data.draw(st.integers(0, len(rows) - 1))
        raised = [
            account(key, fit=fit + (1 if place == at else 0), ae=ae) for place, (key, fit, ae, _) in enumerate(rows)
        ]
        assert order.index(tiers(of, *raised)[rows[at][0]]) <= order.index(before[rows[at][0]])
