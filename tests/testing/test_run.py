"""Tests of rules run: what is expected is compared with what the interpreter makes of the test's own accounts."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from tests.engines.building import (
    AS_OF,
    FIT,
    NEED,
    VISIT,
    at_least,
    between,
    const,
    from_,
    ladder,
    num,
    program,
    seats,
    when,
)
from tierlang.program import expressions as x
from tierlang.program import nodes as n
from tierlang.program.values import Kind, Value
from tierlang.testing.run import run_test, run_tests

LADDER = ladder(n.Tier("one", line=from_(80)), n.Tier("two", line=between(50, 80)))
RIVAL = n.Exclusion("rival", when(x.Compare("=", x.Input("industry", Kind.TEXT), const("Rival"))))
BIG = n.Mark("big", at_least(NEED, 1000))


def given(key: str = "account", **values: Value | float) -> n.GivenAccount:
    """An account of a test."""
    return n.GivenAccount(None, key, tuple((name, const(value).value) for name, value in values.items()))


def of(*expects: n.Expect, accounts: tuple[n.GivenAccount, ...], as_of: dt.date | None = None) -> n.Test:
    """A test."""
    return n.Test("a test", as_of, accounts, expects)


def passes(of_program: n.Program, test: n.Test) -> bool:
    """Whether the test passes."""
    return run_test(of_program, test).passed


RULES = program(ladder=LADDER, exclusions=(RIVAL,), marks=(BIG,))
GOOD = given(fit=90, need=2000, industry="Bank")
NOBODY = given(fit=10, need=5, industry="Bank")
OUT = given(fit=90, need=5, industry="Rival")


@pytest.mark.parametrize(
    ("account", "expect", "met"),
    [
        (GOOD, n.ExpectTier("account", "one"), True),
        (GOOD, n.ExpectTier("account", "two"), False),
        (GOOD, n.ExpectTier("account", None), False),
        (NOBODY, n.ExpectTier("account", None), True),
        (OUT, n.ExpectTier("account", None), False),
        (OUT, n.ExpectTier("account", "one"), False),
        (OUT, n.ExpectExcluded("account"), True),
        (OUT, n.ExpectExcluded("account", "rival"), True),
        (OUT, n.ExpectExcluded("account", "other"), False),
        (OUT, n.ExpectExcluded("account", None, True), False),
        (GOOD, n.ExpectExcluded("account"), False),
        (GOOD, n.ExpectExcluded("account", None, True), True),
        (GOOD, n.ExpectExcluded("account", "rival", True), True),
        (GOOD, n.ExpectMark("account", "big"), True),
        (GOOD, n.ExpectMark("account", "big", True), False),
        (NOBODY, n.ExpectMark("account", "big", True), True),
        (GOOD, n.ExpectHolds("account", at_least(FIT, 90)), True),
        (GOOD, n.ExpectHolds("account", at_least(FIT, 91)), False),
        (given(need=5), n.ExpectHolds("account", at_least(FIT, 0)), False),
        (GOOD, n.ExpectHolds("account", when(x.InTier(0, ("one",)))), True),
        (OUT, n.ExpectHolds("account", when(x.InTier(0, ("one",)))), False),
    ],
)
def test_each_expectation(account: n.GivenAccount, expect: n.Expect, met: bool) -> None:
    result = run_test(RULES, of(expect, accounts=(account,)))
    assert result.passed == met
    assert [miss.expect for miss in result.misses] == ([] if met else [expect])


def test_an_excluded_account_has_no_score_and_nothing_made_from_one() -> None:
    score = n.Score("total", n.Formula(FIT, "fit"), None, None, 2)
    total = x.Defined("total", Kind.NUMBER)
    twice = n.Derive("twice", Kind.NUMBER, x.Arithmetic("+", total, total), "total + total")
    rules = program(score, twice, ladder=LADDER, exclusions=(RIVAL,))
    for name in ("total", "twice"):
        defined = x.Defined(name, Kind.NUMBER)
        has, lacks = at_least(defined, 0), when(x.IsMissing(defined))
        assert passes(rules, of(n.ExpectHolds("account", has), accounts=(GOOD,)))
        assert passes(rules, of(n.ExpectHolds("account", lacks), accounts=(OUT,)))
        assert not passes(rules, of(n.ExpectHolds("account", has), accounts=(OUT,)))
    assert passes(rules, of(n.ExpectHolds("account", at_least(FIT, 90)), accounts=(OUT,)))


def test_a_miss_knows_what_came_and_what_kept_the_account_out() -> None:
    gated = ladder(n.Tier("one", line=from_(80), gate=at_least(NEED, 1000)), n.Tier("two", otherwise=True))
    (miss,) = run_test(
        program(ladder=gated), of(n.ExpectTier("account", "one"), accounts=(given(fit=60, need=5),))
    ).misses
    assert (miss.came.tier, miss.came.reason) == ("two", "fit 60: no other tier fits")
    assert miss.kept_out is not None
    assert miss.kept_out.tried.why_not == ("line", "gate")
    assert miss.kept_out.gate is not None
    assert miss.kept_out.gate.answer is False


def test_a_better_tier_stands_before_the_expected_one() -> None:
    (miss,) = run_test(
        program(ladder=ladder(n.Tier("one", line=from_(80)), n.Tier("two", line=from_(50)))),
        of(n.ExpectTier("account", "two"), accounts=(GOOD,)),
    ).misses
    assert miss.kept_out is not None
    assert miss.kept_out.first is not None
    assert miss.kept_out.first.name == "one"


def test_seats_and_tops_are_those_of_the_given_accounts() -> None:
    best = n.Tier("one", top=n.Top(5_000, None, FIT, None, "50%"), capacities=(seats(1),))
    rules = program(ladder=ladder(best, n.Tier("two", otherwise=True)))
    people = tuple(given(key, fit=fit) for key, fit in (("a", 70), ("b", 90), ("c", 80), ("d", 10)))
    expects = tuple(n.ExpectTier(key, tier) for key, tier in (("a", "two"), ("b", "one"), ("c", "two"), ("d", "two")))
    assert passes(rules, of(*expects, accounts=people))
    (miss,) = run_test(rules, of(n.ExpectTier("c", "one"), accounts=people)).misses
    assert "over capacity of one (1)" in miss.came.reason


def test_events_and_signals_are_given_and_defaults_of_events_hold() -> None:
    visit = attrs.evolve(
        VISIT, fields=tuple(attrs.evolve(f, default=num(7)) if f.name == "amount" else f for f in VISIT.fields)
    )
    total = n.Aggregate(
        "paid", FIT.kind, "visit", "sum", x.Attribute("amount", FIT.kind), None, None, "sum of visit.amount"
    )
    rules = program(ladder=LADDER, events=(visit,), facts=(total,))
    happened = (
        n.GivenEvent("visit", dt.date(2026, 3, 1), (("amount", num(5)),)),
        n.GivenEvent("visit", dt.date(2026, 3, 2)),
        n.GivenEvent("visit", dt.date(2026, 4, 1), (("amount", num(100)),)),
    )
    paid = n.ExpectHolds("account", when(x.Compare("=", x.Defined("paid", FIT.kind), const(12))))
    account = attrs.evolve(given(), events=happened)
    assert passes(rules, of(paid, accounts=(account,), as_of=AS_OF))
    assert not passes(rules, of(paid, accounts=(account,), as_of=dt.date(2026, 4, 2)))


def test_a_run_that_stops_fails_the_test() -> None:
    unique = attrs.evolve(
        ladder(n.Tier("one", line=from_(50)), n.Tier("two", line=from_(10))), unique=True, separate=False
    )
    result = run_test(program(ladder=unique), of(n.ExpectTier("account", "one"), accounts=(GOOD,)))
    assert not result.passed
    assert result.stopped is not None
    assert result.stopped.conflict_count == 1


def test_only_the_chosen_tests_run() -> None:
    tests = tuple(attrs.evolve(of(accounts=(GOOD,)), label=label) for label in ("x", "y"))
    rules = attrs.evolve(RULES, tests=tests)
    assert [result.test.label for result in run_tests(rules)] == ["x", "y"]
    assert [result.test.label for result in run_tests(rules, lambda test: test.label == "y")] == ["y"]
