"""What becomes of a plan when the ledger is another one, of the breaker at its very share, and of approvals that come too late."""

from __future__ import annotations

import shutil

from tests.cli.files import plain
from tests.mobility.desk import LEDGER, TRIGGERS, Desk

APPROVED = """\
  promote rising "On the rise" { from two, three  up 1  when rise  owner sam  approve by dana }
  demote falling "On the way"  { from one, two  to three  when fall  owner dana }
"""


def test_a_plan_for_another_copy_of_the_ledger_is_stale(desk: Desk) -> None:
    """A ledger put back from a backup has another head than the plan was made for."""
    desk.rules()
    desk.run("2026-10-01", A="70", B="70")
    shutil.copy(LEDGER, "backup")
    desk.run("2026-11-01", A="70 rise", B="70")
    assert desk.plan("2026-11-02").exit_code == 0
    shutil.copy("backup", LEDGER)
    refused = desk.apply()
    assert refused.exit_code == 2
    assert "tiers.ledger is not the ledger any more that it was made for" in refused.stderr
    assert desk.holders() == {"A": "two", "B": "two"}


def test_the_breaker_lets_its_very_share_through_and_no_account_more(desk: Desk) -> None:
    """A move, an exclusion and an absence are each one of ten; new accounts are none."""
    ten = {f"A{number}": "70" for number in range(10)}
    desk.rules(TRIGGERS + "  breaker 30%\n")
    desk.run("2026-10-01", **ten)
    three = ten | {"A0": "70 rise", "A1": "70 out", "N": "20"}
    del three["A2"]
    desk.accounts(**three)
    assert "3 of 10 holders (30.0%) move, leave or are absent; 30% may" in plain(desk.plan("2026-11-01").stdout)
    desk.accounts(**three | {"A3": "70 fall"})
    desk.plan("2026-11-01", output="more.json")
    refused = desk.apply(plan="more.json")
    assert refused.exit_code == 2
    assert "4 of 10 holders (40.0%) move, leave or are absent: over the 30% that may" in plain(refused.stderr)
    assert desk.rows("SELECT count(*) FROM runs") == [(1,)]
    desk.run("2026-11-01", **three)
    assert desk.rows("SELECT count(*) FROM runs") == [(2,)]


def test_a_review_has_its_own_share(desk: Desk) -> None:
    desk.rules("breaker 10% at review 50%")
    desk.run("2026-10-01", A="90", B="90", C="90", D="90")
    desk.run("2027-01-01", A="70", B="20", C="90", D="90")
    assert desk.holders() == {"A": "two", "B": "three", "C": "one", "D": "one"}
    desk.accounts(A="90", B="90", C="20", D="90")
    desk.plan("2027-04-01")
    assert "over the 50% that may" in plain(desk.apply().stderr)
    assert desk.apply("--override-breaker", "New data source").exit_code == 0
    assert desk.rows("SELECT kind, reason FROM overrides") == [("breaker", "New data source")]


def test_an_account_that_waits_for_approval_is_placed_by_the_review(desk: Desk) -> None:
    """Nobody approved it before the quarter ended; at a review no trigger is asked, and the line decides."""
    desk.rules(APPROVED)
    desk.run("2026-10-01", A="70", B="70")
    desk.run("2026-11-01", A="70 rise", B="70 rise")
    desk.run("2027-01-01", A="85 rise", B="70 rise")
    assert desk.life("A") == ["1: - -> two new", "3: two -> one review"]
    assert desk.life("B") == ["1: - -> two new"]


def test_an_approval_does_not_outlive_what_it_was_for(desk: Desk) -> None:
    """The reason is gone by the next plan: nothing waits, and approving it is refused."""
    desk.rules(APPROVED)
    desk.run("2026-10-01", A="70", B="70")
    desk.run("2026-11-01", A="70 rise", B="70")
    desk.accounts(A="70", B="70")
    desk.plan("2026-11-02")
    refused = desk.apply("--approve", "rising:A")
    assert refused.exit_code == 2
    assert "waits for approval" in plain(refused.stderr)
    assert desk.rows("SELECT count(*) FROM runs") == [(2,)]
