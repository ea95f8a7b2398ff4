"""The shipped rulesets: they compile without a complaint, both engines place their sample accounts alike, and the result is the reviewed one."""

from __future__ import annotations

import csv
import datetime as dt
import io
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.golden import assert_golden
from tests.rulesets.both import Both, run_both
from tierlang.pipeline import load
from tierlang.program.nodes import Program
from tierlang.program.numbers import number_text
from tierlang.program.outcome import Assignment

RULESETS = Path(__file__).parents[2] / "rulesets"
NAMES = ("sales_driven", "product_led", "customer_lifecycle", "saas_abm", "enterprise_security")
AS_OF = dt.date(2026, 11, 1)

every_ruleset = pytest.mark.parametrize("name", NAMES)


@cache
def evaluated(name: str) -> Both:
    """The ruleset over its sample accounts, on both engines."""
    return run_both(RULESETS / name / f"{name}.tier", RULESETS / name / "accounts.csv", AS_OF)


def result_table(program: Program, assignments: tuple[Assignment, ...]) -> str:
    """The result as a CSV text, one line per account."""
    scores = [score.name for score in program.scores]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["key", "tier", *scores, "rank", "cluster", "excluded", "uncovered", "reason"])
    for each in assignments:
        values = [each.scores.get(name) for name in scores]
        writer.writerow(
            [
                each.key,
                each.tier,
                *("" if value is None else number_text(value) for value in values),
                each.rank,
                each.cluster,
                each.excluded,
                " ".join(each.uncovered),
                each.reason,
            ]
        )
    return text.getvalue()


def test_the_sample_script_makes_the_committed_files_byte_for_byte() -> None:
    script = RULESETS / "make_samples.py"
    done = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


@every_ruleset
def test_compiles_without_a_complaint(name: str) -> None:
    loaded = load(str(RULESETS / name / f"{name}.tier"))
    assert [(d.code, d.message) for d in loaded.diagnostics] == []


@every_ruleset
def test_places_the_sample_accounts_as_reviewed(name: str) -> None:
    both = evaluated(name)
    assert_golden(RULESETS / name / "expected.csv", result_table(both.program, both.assignments))


@every_ruleset
def test_every_tier_answers_for_marketing_sales_and_success_and_says_when_an_account_leaves(name: str) -> None:
    program = evaluated(name).program
    (ladder,) = program.ladders
    functions = {"marketing", "sales", "success"}
    for tier in ladder.tiers:
        assert {owner.function for owner in tier.owners} == functions, tier.name
        assert {play.function for play in tier.plays} == functions, tier.name
        assert tier.exits, tier.name
    answers = [tuple(play.label for play in tier.plays) for tier in ladder.tiers]
    assert len(set(answers)) == len(answers)
    assert program.version
    assert program.reviewed
    assert program.review


@every_ruleset
def test_the_score_of_the_ladder_reads_fit_value_and_engagement(name: str) -> None:
    program = evaluated(name).program
    scores = {score.name for score in program.scores}
    usage = "usage" if name == "product_led" else "engagement"
    assert {"fit", "value", usage} <= scores
    assert all(score.label for score in program.scores)


@every_ruleset
def test_no_tier_holds_four_fifths_and_none_is_empty(name: str) -> None:
    both = evaluated(name)
    counts = {tier: count for tier, count in both.counts().items() if tier is not None}
    assert all(0 < count < 0.8 * len(both.assignments) for count in counts.values()), counts
    assert all(count > 0 for _, count in both.summary.excluded), both.summary.excluded


def test_sales_driven_shares_are_cumulative() -> None:
    both = evaluated("sales_driven")
    eligible = sum(each.excluded is None for each in both.assignments)
    best = [-(-eligible * percent // 100) for percent in (5, 20, 50)]
    counts = both.counts()
    assert counts["key"] == best[0]
    assert counts["target"] == best[1] - best[0]
    assert counts["qualified"] == best[2] - best[1]
    assert counts["marketing_qualified"] == eligible - best[2]


def test_product_led_large_companies_on_small_plans_are_enterprise_until_the_seats_are_taken() -> None:
    both = evaluated("product_led")
    by_key = {account.key: account.values for account in both.accounts}
    for each in both.assignments:
        facts = by_key[each.key]
        employees = facts["employees"]
        large = isinstance(employees, int) and employees >= 10_000_000 and facts["plan"] in ("Free", "Starter")
        wanted = large and facts["cancelled_on"] is None and each.excluded is None
        assert (each.tier == "enterprise" or "over capacity of enterprise" in each.reason) == wanted


def test_lifecycle_churned_customers_are_exactly_those_cancelled_or_lapsed() -> None:
    both = evaluated("customer_lifecycle")
    by_key = {account.key: account.values for account in both.accounts}
    for each in both.assignments:
        end = by_key[each.key]["contract_end"]
        gone = by_key[each.key]["cancelled"] is True or (isinstance(end, dt.date) and end < AS_OF)
        if each.excluded is None:
            assert (each.tier == "churned") == gone, each.key


def test_lifecycle_a_contract_that_ends_today_still_runs() -> None:
    both = evaluated("customer_lifecycle")
    (last_day,) = [account.key for account in both.accounts if account.values["contract_end"] == AS_OF]
    assert both.of(last_day).tier != "churned"


def test_abm_fills_25_200_and_2000_seats() -> None:
    both = evaluated("saas_abm")
    assert both.counts() == {"one": 25, "two": 200, "three": 2000, None: 775}
    assert all(seats.wanted > seats.seats == seats.used for seats in both.summary.seats)


def test_abm_tier_two_stands_in_four_clusters_and_nobody_else_in_any() -> None:
    both = evaluated("saas_abm")
    clusters = {each.cluster for each in both.assignments if each.tier == "two"}
    assert clusters == {"fintech", "health", "digital", "physical"}
    assert all(each.cluster is None for each in both.assignments if each.tier != "two")


def test_abm_pins_hold_until_their_day() -> None:
    both = evaluated("saas_abm")
    assert both.of("A-00417").reason.startswith("pinned by Sam Ortiz until 2026-12-31")
    assert both.of("A-00023").tier == "one"
    assert both.summary.pins_expired == ("A-00099",)
    assert both.of("A-00099").tier != "one"


def test_abm_a_better_priority_never_gives_a_worse_place() -> None:
    order = {"one": 0, "two": 1, "three": 2, None: 3}
    placed = [each for each in evaluated("saas_abm").assignments if each.rank and not each.reason.startswith("pinned")]
    for tier in ("two", "three"):
        seated = [each.rank for each in placed if each.tier == tier and each.rank]
        passed = [each.rank for each in placed if f"over capacity of {tier} " in each.reason and each.rank]
        assert max(seated) <= min(passed)
    assert all(order[each.tier] < 3 for each in placed if "moved to" in each.reason)


def test_security_tier_one_is_the_named_list() -> None:
    both = evaluated("enterprise_security")
    with (RULESETS / "enterprise_security" / "named_500.csv").open(encoding="utf-8", newline="") as stream:
        named = {row["domain"] for row in csv.DictReader(stream)}
    assert len(named) == 500
    domains = {account.key: account.values["domain"] for account in both.accounts}
    for each in both.assignments:
        if each.excluded is None and not each.reason.startswith("pinned"):
            reached = each.tier == "one" or "over capacity of one" in each.reason
            assert reached == (domains[each.key] in named), each.key


def test_security_no_book_holds_more_than_twelve_named_accounts() -> None:
    both = evaluated("enterprise_security")
    books: dict[object, int] = {}
    reps = {account.key: account.values["ae"] for account in both.accounts}
    for each in both.assignments:
        if each.tier == "one" and not each.reason.startswith("pinned"):
            books[reps[each.key]] = books.get(reps[each.key], 0) + 1
    assert max(books.values()) == 12
