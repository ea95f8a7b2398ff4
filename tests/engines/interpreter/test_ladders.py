"""Several ladders: each after those that it reads; plays and marks after all of them."""

from __future__ import annotations

import attrs

from tests.engines.building import (
    AS_OF,
    CUSTOMER,
    FIT,
    VALUE,
    account,
    at_least,
    const,
    from_,
    ladder,
    program,
    run,
    seats,
    when,
)
from tierlang.engines.interpreter.evaluate import evaluate
from tierlang.program import expressions as x
from tierlang.program import nodes as n
from tierlang.program.numbers import LIMIT
from tierlang.program.outcome import Conflict, Fault, Stopped
from tierlang.program.values import Kind

ONE, REST = n.Tier("one", line=from_(80)), n.Tier("rest", otherwise=True)
STEEP = x.Compare(">", x.Arithmetic("*", FIT, x.Constant(LIMIT - 1, Kind.NUMBER)), const(0))


def in_tier(position: int, *tiers: str) -> n.Condition:
    return when(x.InTier(position, tiers), f"{tiers} of {position}")


def several(*ladders: n.Ladder, order: tuple[int, ...] = (0, 1), **rest: object) -> n.Program:
    return program(ladder=ladders[0], **{"ladders": ladders, "placing_order": order, **rest})


def test_a_view_reads_the_final_tier_with_pins_and_capacities() -> None:
    own = ladder(attrs.evolve(ONE, capacities=(seats(1),)), REST)
    view = ladder(n.Tier("named", gate=in_tier(0, "one")), by=None, name="coverage")
    people = [account(key, fit=fit) for key, fit in (("a", 99), ("b", 90), ("c", 1))]
    pins = (n.Pin("c", "one", None, None, None),)
    outcome = run(several(own, view, pins=pins), *people)
    assert [[place.tier for place in each.placements] for each in outcome.assignments] == [
        ["rest", None],
        ["rest", None],
        ["one", "named"],
    ]
    assert outcome.assignments[2].placements[1].reason == "('one',) of 0"
    assert [each.name for each in outcome.summary.ladders] == [None, "coverage"]
    assert (outcome.summary.ladders[1].untiered, outcome.summary.own.untiered) == (2, 0)


def test_the_own_ladder_may_read_a_view_that_is_placed_before_it() -> None:
    own = attrs.evolve(
        ladder(ONE, n.Tier("two", gate=in_tier(1, "strategic")), REST),
        caps=(n.Bound("cap", "rest", in_tier(1, "late"), "late"),),
    )
    view = ladder(n.Tier("strategic", line=from_(5)), n.Tier("late", line=from_(1)), by=VALUE, name="segment")
    people = (account("a", fit=1, value=9), account("b", fit=90, value=1), account("c", fit=90))
    outcome = run(several(own, view, order=(1, 0)), *people)
    assert [each.tier for each in outcome.assignments] == ["two", "rest", "one"]
    assert outcome.assignments[1].reason == "fit 90 in 80..; capped at rest: late"
    assert [each.placements[1].rank for each in outcome.assignments] == [1, 2, None]


def test_pins_and_their_figures_are_of_the_own_ladder_alone() -> None:
    view = ladder(n.Tier("one", line=from_(80)), REST, name="view")
    outcome = run(several(ladder(ONE, REST), view, pins=(n.Pin("a", "one", None, None, None),)), account("a", fit=1))
    assert [place.tier for place in outcome.assignments[0].placements] == ["one", "rest"]


def test_an_excluded_account_is_on_no_ladder() -> None:
    out = n.Exclusion("out", when(CUSTOMER), "Ours")
    marks = (n.Mark("m", when(const(True))),)
    outcome = run(
        several(ladder(REST), ladder(REST, name="view"), exclusions=(out,), marks=marks),
        account("a", customer=True),
        account("b"),
    )
    excluded, other = outcome.assignments
    assert [(place.tier, place.rank, place.reason) for place in excluded.placements] == [
        (None, None, "excluded: Ours")
    ] * 2
    assert (excluded.marks, other.marks) == ((), ("m",))
    assert outcome.summary.marks == (("m", 1),)


def test_plays_and_marks_read_the_final_tiers_of_all_ladders() -> None:
    plays = (
        n.Play("marketing", "for all"),
        n.Play("sales", "not these", when=in_tier(1, "open")),
        n.Play("sales", "these", when=when(CUSTOMER)),
    )
    own = ladder(attrs.evolve(ONE, plays=plays), REST)
    view = ladder(n.Tier("open", line=from_(5)), by=VALUE, name="segment")
    marks = (
        n.Mark("both", when(x.AllOf((x.InTier(0, ("one",)), x.InTier(1, ("open",)))))),
        n.Mark("no", when(const(None, Kind.FLAG))),
    )
    people = (account("a", fit=90, value=9), account("b", fit=90, customer=True), account("c", value=9))
    outcome = run(several(own, view, marks=marks), *people)
    assert [each.own.plays for each in outcome.assignments] == [(0, 1), (0, 2), ()]
    assert [each.marks for each in outcome.assignments] == [("both",), (), ()]
    assert outcome.summary.marks == (("both", 1), ("no", 0))


def test_conflicts_stop_before_a_later_ladder_is_placed() -> None:
    double = (n.Tier("one", gate=at_least(FIT, 1)), n.Tier("two", gate=at_least(FIT, 5)))
    own, view = (ladder(*double, unique=True, name=name, by=None) for name in (None, "view"))
    view = attrs.evolve(view, tiers=(n.Tier("x", gate=at_least(FIT, 1)), n.Tier("y", gate=at_least(FIT, 3))))
    people = (account("a", fit=3), account("b", fit=9))
    assert evaluate(several(own, view), people, AS_OF) == Stopped((), 0, (Conflict("b", "one", "two"),), 1)
    before = evaluate(several(own, view, order=(1, 0)), people, AS_OF)
    assert before == Stopped((), 0, (Conflict("a", "x", "y"), Conflict("b", "x", "y")), 2)


def test_faults_are_blamed_in_the_order_of_the_program() -> None:
    """Each of these is out of bounds; the first that is left is blamed."""
    steep = {word: n.Condition(STEEP, word) for word in ("gate", "shift", "floor", "cap", "play", "view", "mark")}
    row = n.ClusterRow("c", None, STEEP)
    tier = n.Tier(
        "one",
        gate=steep["gate"],
        cluster=n.Cluster(FIT, (row,), None),
        plays=(n.Play("sales", "p", when=steep["play"]),),
    )
    own = attrs.evolve(
        ladder(tier, REST),
        shifts=(n.Shift(1, steep["shift"], "s"),),
        floors=(n.Bound("floor", "one", steep["floor"], "f"),),
        caps=(n.Bound("cap", "one", steep["cap"], "c"),),
    )
    view = ladder(n.Tier("v", gate=steep["view"]), name="view")
    marks = (n.Mark("m", steep["mark"]),)
    people = (account("a", fit=5, customer=True),)

    def blamed(of: n.Program) -> str:
        stopped = evaluate(of, people, AS_OF)
        assert isinstance(stopped, Stopped)
        assert stopped.fault_count == 1
        assert stopped.faults[0] == Fault("a", stopped.faults[0].where)
        return stopped.faults[0].where

    out = (n.Exclusion("out", when(CUSTOMER)),)
    assert blamed(several(own, view, marks=marks, exclusions=out)) == "gate"
    own = attrs.evolve(own, tiers=(attrs.evolve(tier, gate=None), REST))
    assert blamed(several(own, view, marks=marks)) == "cluster of one"
    own = attrs.evolve(own, tiers=(attrs.evolve(tier, gate=None, cluster=None), REST))
    assert blamed(several(own, view, marks=marks)) == "shift"
    assert blamed(several(attrs.evolve(own, shifts=()), view, marks=marks)) == "floor"
    assert blamed(several(attrs.evolve(own, shifts=(), floors=()), view, marks=marks)) == "cap"
    own = attrs.evolve(own, shifts=(), floors=(), caps=())
    assert blamed(several(own, view, marks=marks, order=(1, 0))) == "play"
    assert blamed(several(ladder(REST), view, marks=marks, order=(1, 0))) == "view"
    assert blamed(several(ladder(REST), marks=marks, order=(0,))) == "mark"


def test_what_missing_data_decides_in_adjustments_plays_and_marks_is_counted() -> None:
    unknown = when(CUSTOMER, "customer")
    own = attrs.evolve(
        ladder(attrs.evolve(REST, plays=(n.Play("sales", "Call", when=unknown),))),
        shifts=(n.Shift(-1, unknown, "s"),),
        floors=(n.Bound("floor", "rest", unknown, "f"),),
    )
    outcome = run(several(own, order=(0,), marks=(n.Mark("m", unknown),)), account("a"), account("b", customer=True))
    assert outcome.summary.doubts == (
        ("lower: `customer` is unknown, so it does not apply", 1),
        ("floor at rest: `customer` is unknown, so it does not apply", 1),
        ("play Call: `customer` is unknown, so it is left out", 1),
        ("mark m: `customer` is unknown, so not marked", 1),
    )
