"""Whole runs by hand: matching, pins, exclusions, clusters, coverage, reasons, the summary, and what stops a run."""

from __future__ import annotations

import datetime as dt
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.building import (
    AE,
    AS_OF,
    CUSTOMER,
    FIT,
    INDUSTRY,
    TECH,
    VALUE,
    WARMTH,
    account,
    at_least,
    between,
    const,
    from_,
    ladder,
    num,
    program,
    run,
    tiers,
    when,
)
from tests.strategies import Case, cases
from tierlang.engines.interpreter.evaluate import evaluate
from tierlang.program import expressions as x
from tierlang.program import nodes as n
from tierlang.program.numbers import LIMIT
from tierlang.program.outcome import Conflict, Fault, Stopped, TierCount
from tierlang.program.values import Kind

ONE, TWO, THREE = n.Tier("one", line=from_(80)), n.Tier("two", line=between(60, 80)), n.Tier("three", otherwise=True)


def test_boundaries_belong_to_one_tier() -> None:
    people = [account(key, fit=fit) for key, fit in (("a", 80), ("b", 79.9999), ("c", 60), ("d", 59.9999))]
    assert tiers(program(ladder=ladder(ONE, TWO, THREE)), *people) == {"a": "one", "b": "two", "c": "two", "d": "three"}


def test_over_leaves_its_lower_end_out() -> None:
    over = n.Tier("one", line=n.Line(num(80), None, True, False, "over 80"))
    assert tiers(program(ladder=ladder(over)), account("a", fit=80), account("b", fit=80.0001)) == {
        "a": None,
        "b": "one",
    }


def test_the_first_tier_that_fits_takes_the_account_and_otherwise_is_tried_last_wherever_it_stands() -> None:
    early = ladder(n.Tier("first", otherwise=True), n.Tier("one", line=from_(50)), n.Tier("two", line=from_(10)))
    people = [account("a", fit=60), account("b", fit=20), account("c", fit=5), account("d")]
    assert tiers(program(ladder=early), *people) == {"a": "one", "b": "two", "c": "first", "d": "first"}


def test_a_gate_that_is_unknown_does_not_hold_and_is_counted() -> None:
    gated = n.Tier("one", line=from_(80), gate=when(CUSTOMER, "customer"))
    outcome = run(program(ladder=ladder(gated, THREE)), account("a", fit=90), account("b", fit=90, customer=True))
    assert [each.tier for each in outcome.assignments] == ["three", "one"]
    assert [each.reason for each in outcome.assignments] == [
        "fit 90: no other tier fits",
        "fit 90 in 80.. and customer",
    ]
    doubt = "tier one: `customer` is unknown, so it does not hold"
    assert outcome.summary.doubts == ((doubt, 1),)
    out = n.Exclusion("out", when(x.Compare(">=", FIT, const(95)), "too good"))
    excluding = program(ladder=ladder(gated, THREE), exclusions=(out,))
    assert run(excluding, account("a", fit=90), account("b", fit=99)).summary.doubts == ((doubt, 1),)


def test_the_first_exclusion_that_holds_wins_over_everything() -> None:
    exclusions = (
        n.Exclusion("unknown", when(CUSTOMER, "customer")),
        n.Exclusion("first", at_least(FIT, 50), "Not ours"),
        n.Exclusion("second", at_least(FIT, 10)),
    )
    pins = (n.Pin("a", "one", None, None, None),)
    outcome = run(program(ladder=ladder(ONE), exclusions=exclusions, pins=pins), account("a", fit=90), account("b"))
    excluded, other = outcome.assignments
    assert (excluded.excluded, excluded.tier, excluded.own.rank, excluded.reason) == (
        "first",
        None,
        None,
        "excluded: Not ours",
    )
    assert other.excluded is None
    assert outcome.summary.excluded == (("unknown", 0), ("first", 1), ("second", 0))
    assert outcome.summary.pins_excluded == ("a",)


def test_pins_hold_until_their_last_day() -> None:
    sam = n.Owner("sam", "Sam Ortiz")
    pins = (
        n.Pin("a", "one", AS_OF, sam, "the board knows them"),
        n.Pin("b", "one", AS_OF - dt.timedelta(days=1), sam, None),
        n.Pin("nobody", "one", None, None, None),
    )
    outcome = run(program(ladder=ladder(ONE, THREE), pins=pins), account("a"), account("b"))
    assert [each.tier for each in outcome.assignments] == ["one", "three"]
    assert outcome.assignments[0].reason == "pinned by Sam Ortiz until 2026-03-31: the board knows them"
    assert (outcome.summary.pins_unknown, outcome.summary.pins_expired) == (("nobody",), ("b",))


def test_clusters_and_coverage_speak_of_the_tier_where_the_account_ends() -> None:
    banks = x.OneOf(INDUSTRY, ("Bank",))
    rows = (n.ClusterRow("fin", "Fintech", banks), n.ClusterRow("again", None, banks))
    one = n.Tier("one", line=from_(80), coverage=(AE, TECH), cluster=n.Cluster(INDUSTRY, rows, None))
    pins = (n.Pin("c", "one", None, None, None),)
    people = [account("a", fit=90, industry="Bank", ae="x", tech=("t",)), account("b", fit=90), account("c", ae="x")]
    outcome = run(program(ladder=ladder(one, THREE), pins=pins), *people, account("d", fit=1, industry="Bank"))
    assert [each.own.cluster for each in outcome.assignments] == ["fin", None, None, None]
    assert [each.own.uncovered for each in outcome.assignments] == [(), ("ae", "tech"), ("tech",), ()]
    assert outcome.summary.own.unclustered == (("one", 2),)
    assert outcome.summary.own.uncovered == (("one", "ae", 1), ("one", "tech", 2))
    assert outcome.summary.own.tiers == (TierCount("one", 3), TierCount("three", 1))


def test_match_unique_stops_on_an_account_that_satisfies_two_tiers() -> None:
    either = ladder(
        n.Tier("one", gate=at_least(FIT, 5)), n.Tier("two", gate=at_least(VALUE, 5)), THREE, by=None, unique=True
    )
    fine = [account("a", fit=9), account("b", value=9)]
    assert tiers(program(ladder=either), *fine) == {"a": "one", "b": "two"}
    stopped = evaluate(program(ladder=either), [*fine, account("c", fit=9, value=9)], AS_OF)
    assert stopped == Stopped((), 0, (Conflict("c", "one", "two"),), 1)


def test_faults_stop_a_run_and_blame_the_first_definition_in_program_order() -> None:
    square = x.Arithmetic("*", FIT, FIT)
    derive = n.Derive("square", Kind.NUMBER, square, "fit * fit")
    gate = when(x.Compare(">", x.Arithmetic("*", VALUE, VALUE), const(1)), "value * value > 1")
    of = program(
        derive,
        ladder=ladder(n.Tier("one", gate=gate)),
        exclusions=(n.Exclusion("out", when(CUSTOMER, "customer")),),
    )
    huge = 10**13
    people = [account("a", value=huge), account("b"), account("c", fit=huge, value=huge, customer=True)]
    stopped = evaluate(of, people, AS_OF)
    assert stopped == Stopped((Fault("a", "value * value > 1"), Fault("c", "fit * fit")), 2, (), 0)
    many = evaluate(of, [account(f"k{at}", fit=huge) for at in range(30)], AS_OF)
    assert isinstance(many, Stopped)
    assert (len(many.faults), many.fault_count, many.faults[19].key) == (20, 30, "k19")


def test_a_cluster_s_rows_can_be_the_fault_even_of_accounts_elsewhere() -> None:
    row = n.ClusterRow("c", None, x.Compare(">", x.Arithmetic("+", FIT, x.Constant(LIMIT - 1, Kind.NUMBER)), const(0)))
    of = program(ladder=ladder(n.Tier("one", line=from_(80), cluster=n.Cluster(FIT, (row,), None)), THREE))
    assert evaluate(of, [account("a", fit=1)], AS_OF) == Stopped((Fault("a", "cluster of one"),), 1, (), 0)


def test_two_accounts_with_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match="same key"):
        evaluate(program(ladder=ladder(ONE)), [account("a"), account("a")], AS_OF)


def test_an_empty_population_has_an_empty_result() -> None:
    outcome = run(program(ladder=ladder(ONE, THREE)))
    assert outcome.assignments == ()
    assert (outcome.summary.accounts, outcome.summary.own.untiered) == (0, 0)


def test_the_ladder_of_a_weighted_score_ends_to_end() -> None:
    parts = ((5_000, FIT), (3_000, VALUE), (2_000, WARMTH))
    body = n.Weighing(tuple(n.WeighLine(weight, part, part.name) for weight, part in parts), "share", 6_000)
    priority = n.Score("priority", body, 0, num(100), 2)
    of = program(priority, ladder=ladder(ONE, TWO, THREE, by=x.Defined("priority", Kind.NUMBER)))
    outcome = run(
        of, account("a", fit=90, value=70, warmth=68), account("b", fit=70, value=70.01), account("c", fit=99)
    )
    assert [each.reason for each in outcome.assignments] == [
        "priority 79.6 in 60..<80",
        "priority 70 in 60..<80",
        "priority is missing: no other tier fits",
    ]
    assert [each.scores["priority"] for each in outcome.assignments] == [num("79.6"), num(70), None]


@settings(max_examples=100, deadline=None)
@given(cases(), st.integers(0, 999))
def test_the_order_of_rows_decides_nothing(case: Case, seed: int) -> None:
    shuffled = list(case.accounts)
    Random(seed).shuffle(shuffled)
    before, after = (evaluate(case.program, people, case.as_of) for people in (case.accounts, shuffled))
    if isinstance(before, Stopped) or isinstance(after, Stopped):
        assert isinstance(before, Stopped)
        assert isinstance(after, Stopped)
        assert (before.fault_count, before.conflict_count) == (after.fault_count, after.conflict_count)
    else:
        assert before.summary == after.summary
        assert {each.key: each for each in before.assignments} == {each.key: each for each in after.assignments}
        assert [each.key for each in after.assignments] == [each.key for each in shuffled]
