"""The shipped rulesets: they compile without a complaint, both engines place their sample accounts alike, and the result is the reviewed one."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.golden import assert_golden
from tests.rulesets.both import Both, run_both
from tierlang.accounts.facts import Given
from tierlang.engines.interpreter.facts import Account
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
    folder = RULESETS / name
    facts = [Given("events", "activity", str(folder / "activities.csv"))] if name == "sales_driven" else []
    facts += [
        Given(sort, None, str(folder / f"{sort}.csv"))
        for sort in ("events", "signals")
        if (folder / f"{sort}.csv").exists()
    ]
    return run_both(folder / f"{name}.tier", folder / "accounts.csv", AS_OF, facts=facts)


def result_table(program: Program, assignments: tuple[Assignment, ...]) -> str:
    """The result as a CSV text, one line per account; of a tier's plays the numbers of those for the account."""
    scores = [score.name for score in program.scores]
    further = [str(ladder.name) for ladder in program.ladders[1:]]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    columns = ["key", "tier", *scores, "rank", "cluster", "marks", "plays", "excluded", "uncovered", "reason"]
    writer.writerow([*columns, *(column for name in further for column in (name, f"{name}_reason"))])
    for each in assignments:
        values = [each.scores.get(name) for name in scores]
        writer.writerow(
            [
                each.key,
                each.tier,
                *("" if value is None else number_text(value) for value in values),
                each.own.rank,
                each.own.cluster,
                " ".join(each.marks),
                " ".join(str(play + 1) for play in each.own.plays),
                each.excluded,
                " ".join(each.own.uncovered),
                each.reason,
                *(cell for view in each.placements[1:] for cell in (view.tier, view.reason)),
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
    ladder = program.ladders[0]
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
    assert all(tier.count > 0 for ladder in both.summary.ladders for tier in ladder.tiers), both.summary.ladders


@every_ruleset
def test_the_facts_have_the_dirt_of_real_exports(name: str) -> None:
    figures = evaluated(name).figures
    assert all(each.rows > 0 for each in figures), "an event or signal that the samples never have"
    assert sum(each.unknown for each in figures) > 0, "rows of an account that is not there"
    assert sum(each.later for each in figures) == 1, "one row of a day to come"


@every_ruleset
def test_every_adjustment_moves_somebody(name: str) -> None:
    both = evaluated(name)
    ladder = both.program.ladders[0]
    for shown in [*(each.shown for each in ladder.shifts), *(each.shown for each in (*ladder.floors, *ladder.caps))]:
        moved = re.compile(rf"; (raised to|lowered to|floored at|capped at) [^;]*: [^;]*{re.escape(shown)}")
        assert any(moved.search(each.reason) for each in both.assignments), shown


def test_sales_driven_shares_are_cumulative_before_those_who_refused_leave_them() -> None:
    both = evaluated("sales_driven")
    eligible = sum(each.excluded is None for each in both.assignments)
    for percent in (5, 20, 50):
        band = [each for each in both.assignments if f" in the top {percent}% " in each.reason]
        better = [each for each in both.assignments if re.search(r" in the top (\d+)% ", each.reason)]
        within = [each for each in better if _top_of(each) <= percent]
        assert len(within) == -(-eligible * percent // 100)
        staying = {each.tier for each in band if "capped" not in each.reason}
        assert staying == {{5: "key", 20: "target", 50: "qualified"}[percent]}
    refused = [each for each in both.assignments if "Refused two meetings" in each.reason]
    assert {each.tier for each in refused} == {"marketing_qualified"}


def _top_of(assignment: Assignment) -> int:
    found = re.search(r" in the top (\d+)% ", assignment.reason)
    assert found is not None
    return int(found[1])


def test_product_led_large_companies_on_small_plans_are_enterprise_while_somebody_is_there_and_seats_are_free() -> None:
    both = evaluated("product_led")
    by_key = {account.key: account for account in both.accounts}
    for each in both.assignments:
        facts = by_key[each.key].values
        employees = facts["employees"]
        large = isinstance(employees, int) and employees >= 10_000_000 and facts["plan"] in ("Free", "Starter")
        days = [event.at for event in by_key[each.key].events.get("active_day", ())]
        there = any(AS_OF - dt.timedelta(days=60) <= day <= AS_OF for day in days)
        wanted = large and facts["cancelled_on"] is None and each.excluded is None and there
        assert (each.tier == "enterprise" or "over capacity of enterprise" in each.reason) == wanted, each.key


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


def test_lifecycle_no_manager_looks_after_more_than_two_million_by_name() -> None:
    both = evaluated("customer_lifecycle")
    arr = {account.key: account.values["arr"] for account in both.accounts}
    csm = {account.key: account.values["csm"] for account in both.accounts}
    books: dict[object, int] = {}
    for each in both.assignments:
        worth = arr[each.key]
        if each.placements[1].tier == "named" and isinstance(worth, int):
            books[csm[each.key]] = books.get(csm[each.key], 0) + worth
    assert 0 < max(books.values()) <= 2_000_000 * 10_000
    assert any("moved to pooled" in each.placements[1].reason for each in both.assignments)


def test_lifecycle_nobody_with_an_open_escalation_is_healthy() -> None:
    both = evaluated("customer_lifecycle")
    for account in both.accounts:
        tickets = [each for each in account.events.get("ticket", ()) if each.at > AS_OF - dt.timedelta(days=365)]
        if any(each.values["escalated"] and each.values["closed"] is None for each in tickets):
            found = both.of(account.key)
            assert found.tier in ("at_risk", "churned", None) or found.reason.startswith("pinned"), account.key


def test_abm_fills_25_200_and_2000_seats() -> None:
    both = evaluated("saas_abm")
    assert both.counts() == {"one": 25, "two": 200, "three": 2000, None: 775}
    assert all(seats.wanted > seats.seats == seats.used for seats in both.summary.own.seats)


def test_abm_tier_two_stands_in_four_clusters_and_nobody_else_in_any() -> None:
    both = evaluated("saas_abm")
    clusters = {each.own.cluster for each in both.assignments if each.tier == "two"}
    assert clusters == {"fintech", "health", "digital", "physical"}
    assert all(each.own.cluster is None for each in both.assignments if each.tier != "two")


def test_abm_pins_hold_until_their_day() -> None:
    both = evaluated("saas_abm")
    assert both.of("A-00417").reason.startswith("pinned by Sam Ortiz until 2026-12-31")
    assert both.of("A-00023").tier == "one"
    assert both.summary.pins_expired == ("A-00099",)
    assert both.of("A-00099").tier != "one"


def test_abm_a_better_priority_never_gives_a_worse_place() -> None:
    order = {"one": 0, "two": 1, "three": 2, None: 3}
    everyone = evaluated("saas_abm").assignments
    held = {account.key for account in evaluated("saas_abm").accounts if _evaluating(account)}
    placed = [each for each in everyone if not each.reason.startswith("pinned") and each.key not in held]
    for tier in ("two", "three"):
        seated = [each.own.rank for each in placed if each.tier == tier and each.own.rank]
        passed = [each.own.rank for each in placed if f"over capacity of {tier} " in each.reason and each.own.rank]
        assert max(seated) <= min(passed)
    assert all(order[each.tier] < 3 for each in placed if "moved to" in each.reason.split("; ")[-1])


def _evaluating(account: Account) -> bool:
    """Whether the floor of the evaluations holds the account: such accounts take their seats before the others."""
    stages = [(each.at, each.values["stage"]) for each in account.events.get("evaluation", ())]
    recent = [(at, stage) for at, stage in stages if dt.date(2026, 5, 1) <= at <= AS_OF]
    return bool(recent) and max(recent, key=lambda each: (each[0], str(each[1])))[1] == "started"


def test_security_tier_one_is_the_named_list() -> None:
    both = evaluated("enterprise_security")
    with (RULESETS / "enterprise_security" / "named_500.csv").open(encoding="utf-8", newline="") as stream:
        named = {row["domain"] for row in csv.DictReader(stream)}
    assert len(named) == 500
    domains = {account.key: account.values["domain"] for account in both.accounts}
    for each in both.assignments:
        if each.excluded is None and not each.reason.startswith("pinned"):
            left = "over capacity of one" in each.reason or "lowered" in each.reason
            reached = each.tier == "one" or (left and domains[each.key] in named)
            assert reached == (domains[each.key] in named), each.key


def test_security_no_book_holds_more_than_twelve_named_accounts() -> None:
    both = evaluated("enterprise_security")
    books: dict[object, int] = {}
    reps = {account.key: account.values["ae"] for account in both.accounts}
    for each in both.assignments:
        if each.tier == "one" and not each.reason.startswith("pinned"):
            books[reps[each.key]] = books.get(reps[each.key], 0) + 1
    assert max(books.values()) == 12


def test_security_eighteen_accounts_have_an_architect_and_open_tenders_come_first() -> None:
    both = evaluated("enterprise_security")
    views = {each.key: each.placements[1] for each in both.assignments}
    assert sum(view.tier is not None for view in views.values()) == 18
    out = [view for view in views.values() if "over capacity" in view.reason]
    assert out
    assert all("in_tender" not in view.reason and "tender" not in view.reason.split(";")[0] for view in out)
