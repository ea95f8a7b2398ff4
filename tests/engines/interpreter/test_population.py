"""Percentiles, tops and ranks against truths worked out by hand."""

from __future__ import annotations

import pytest

from tests.engines.building import (
    AS_OF,
    CUSTOMER,
    FIT,
    INDUSTRY,
    TOUCHED,
    VALUE,
    account,
    from_,
    ladder,
    num,
    program,
    run,
    tiers,
    when,
)
from tierlang.engines.interpreter.evaluate import Survey, survey
from tierlang.engines.interpreter.population import top_size
from tierlang.program import expressions as x
from tierlang.program import nodes as n
from tierlang.program.outcome import CutTie
from tierlang.program.values import Kind

REST = n.Tier("rest", otherwise=True)


def top(percent: int | None = None, count: int | None = None, by: x.Input = FIT, per: x.Input | None = None) -> n.Top:
    return n.Top(percent, count, by, per, f"{count}" if percent is None else f"{percent // 100}%")


@pytest.mark.parametrize(
    ("percent", "count", "size"),
    [
        (500, 0, 0),
        (500, 1, 1),
        (500, 20, 1),
        (500, 21, 2),
        (500, 1_000_000, 50_000),
        (3_333, 3, 1),
        (3_334, 3, 2),
        (10_000, 7, 7),
        (1, 10_000, 1),
        (1, 10_001, 2),
    ],
)
def test_the_size_of_a_top_is_a_ceiling_in_integers(percent: int, count: int, size: int) -> None:
    assert top_size(top(percent), count) == size


def test_a_top_counts_those_that_have_the_score_and_no_more_than_there_are() -> None:
    of = program(ladder=ladder(n.Tier("best", top=top(5_000)), REST))
    people = [account("a", fit=1), account("b", fit=2), account("c", fit=3), account("d"), account("e")]
    assert tiers(of, *people) == {"a": "rest", "b": "best", "c": "best", "d": "rest", "e": "rest"}
    reason = {each.key: each.reason for each in run(of, *people).assignments}
    assert reason["c"] == "fit 3 in the top 50% (the best 2 of 3)"
    assert reason["d"] == "fit is missing: no other tier fits"
    all_of_them = run(program(ladder=ladder(n.Tier("best", top=top(count=9)), REST)), *people)
    assert all_of_them.assignments[0].reason == "fit 1 in the top 9 (the best 3 of 3)"


def test_tops_are_cumulative_and_gates_filter_afterwards() -> None:
    of = program(
        ladder=ladder(
            n.Tier("key", top=top(2_500), gate=when(x.Not(CUSTOMER), "not customer")),
            n.Tier("target", top=top(5_000)),
            REST,
        )
    )
    people = [account(key, fit=fit, customer=key == "a") for key, fit in (("a", 4), ("b", 3), ("c", 2), ("d", 1))]
    assert tiers(of, *people) == {"a": "target", "b": "target", "c": "rest", "d": "rest"}


def test_a_tie_at_the_cut_goes_by_rank_keys_then_by_key_bytewise_and_is_reported() -> None:
    people = [account(key, fit=5, value=value) for key, value in (("é", 1), ("b", 1), ("Z", 1), ("a", None), ("z", 2))]
    by_key = run(program(ladder=ladder(n.Tier("best", top=top(count=2)), REST)), *people)
    assert {each.key for each in by_key.assignments if each.tier == "best"} == {"Z", "a"}
    assert by_key.summary.own.ties == (CutTie("best", "top 2", None, 2, 3, ("Z", "a", "b", "z", "é")),)
    ranked = ladder(n.Tier("best", top=top(count=2)), REST, rank_by=[n.RankKey(VALUE)])
    by_value = run(program(ladder=ranked), *people)
    assert {each.key for each in by_value.assignments if each.tier == "best"} == {"Z", "z"}
    assert by_value.summary.own.ties == (CutTie("best", "top 2", None, 1, 2, ("Z", "b", "é")),)
    assert {each.key: each.own.rank for each in by_value.assignments} == {"z": 1, "Z": 2, "b": 2, "é": 2, "a": 5}


def test_a_cut_before_the_last_of_equals_is_a_tie_and_one_between_others_is_none() -> None:
    of = program(ladder=ladder(n.Tier("best", top=top(count=2)), REST))
    tied = run(of, *[account(key, fit=fit) for key, fit in (("a", 2), ("b", 1), ("c", 1))])
    assert tied.summary.own.ties == (CutTie("best", "top 2", None, 1, 1, ("b", "c")),)
    assert run(of, *[account(key, fit=fit) for key, fit in (("a", 2), ("b", 2), ("c", 1))]).summary.own.ties == ()


def test_missing_rank_keys_stand_last_in_either_direction() -> None:
    people = [
        account("a", fit=5),
        account("b", fit=5, touched=AS_OF.replace(day=1)),
        account("c", fit=5, touched=AS_OF),
    ]
    for ascending, order in ((False, "cba"), (True, "bca")):
        of = program(ladder=ladder(REST, rank_by=[n.RankKey(TOUCHED, ascending)]))
        ranks = {each.own.rank: each.key for each in run(of, *people).assignments}
        assert "".join(ranks[place] for place in (1, 2, 3)) == order


def test_accounts_without_the_score_have_no_rank_and_without_any_order_nobody_has() -> None:
    people = [account("a", fit=1), account("b")]
    assert [each.own.rank for each in run(program(ladder=ladder(REST)), *people).assignments] == [1, None]
    only_keys = ladder(REST, by=None, rank_by=[n.RankKey(FIT)])
    assert [each.own.rank for each in run(program(ladder=only_keys), *people).assignments] == [1, 2]
    assert [each.own.rank for each in run(program(ladder=ladder(REST, by=None)), *people).assignments] == [None, None]


def test_a_top_per_field_makes_one_group_of_those_without_a_value() -> None:
    of = program(ladder=ladder(n.Tier("best", top=top(count=1, per=INDUSTRY)), REST))
    rows = (("a", 1, "Bank"), ("b", 2, "Bank"), ("c", 1, None), ("d", 2, None), ("e", 9, "Health"))
    outcome = run(of, *[account(key, fit=fit, industry=industry) for key, fit, industry in rows])
    assert [each.key for each in outcome.assignments if each.tier == "best"] == ["b", "d", "e"]
    assert outcome.assignments[3].reason == "fit 2 in the top 1 (the best 1 of 2 with industry no value)"
    assert outcome.summary.ungrouped == (("industry", 2),)


def test_percentiles_are_whole_and_count_only_whom_they_say() -> None:
    plain = n.Percentile("p", FIT, None, None, "percentile of fit")
    where = n.Percentile("q", FIT, when(CUSTOMER, "customer"), None, "percentile of fit where customer")
    per = n.Percentile("r", FIT, None, INDUSTRY, "percentile of fit per industry")
    excluded = n.Exclusion("out", when(x.Compare("=", x.Input("id", Kind.TEXT), x.Constant("z", Kind.TEXT)), "z"))
    of = program(ladder=ladder(REST), relative=(plain, where, per), exclusions=(excluded,))
    rows = (("a", 1, True, "B"), ("b", 1, None, None), ("c", 3, True, "B"), ("d", None, True, "B"), ("z", 0, True, "B"))
    people = [account(key, fit=fit, customer=customer, industry=industry) for key, fit, customer, industry in rows]
    surveyed = survey(of, people, AS_OF)
    assert isinstance(surveyed, Survey)
    found = {each.facts.key: [each.facts.defined[name] for name in "pqr"] for each in surveyed.everyone}
    # Two of three at most 1: 66.67 rounds to 67.
    assert found == {
        "a": [num(67), num(50), num(50)],
        "b": [num(67), None, num(100)],
        "c": [num(100), num(100), num(100)],
        "d": [None, None, None],
        "z": [None, None, None],
    }


def test_an_account_without_the_score_meets_no_line() -> None:
    of = program(ladder=ladder(n.Tier("one", line=from_(-100))))
    outcome = run(of, account("a"), account("b", fit=-100))
    assert [each.tier for each in outcome.assignments] == [None, "one"]
    assert [each.reason for each in outcome.assignments] == ["no tier: fit is missing", "fit -100 in -100.."]
    assert (outcome.summary.own.untiered, outcome.summary.own.unscored) == (1, 1)
