"""`tierlang explain --ledger`: one account as the next plan sees it, and what it lacks for every other tier."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.files import plain, tierlang

RULES = """
ruleset small "Small" { version "1"  review every quarter }
account {
  key id text
  field fit number in 0..100
  field staff whole in 0..
  field quiet flag default false
  field grace flag default false
  field warm flag default false
}
owner dana "Dana Lee"
owner sam "Sam Ortiz"
score priority { range 0..100  weigh 100% fit  missing unscored }
tiers by priority {
  tier one { range 80..  when staff >= 50  keep while priority >= 75  owner marketing dana  owner sales dana }
  tier two { range 50..<80  owner marketing dana  owner sales dana }
  tier three { otherwise  owner marketing dana  owner sales dana }
}
mobility {
  cooldown 30 days
  freeze 2026-12-15..2026-12-31 "Year end"
  hold grace "Grace" when grace
  promote warm "Warm" { from two  to one  when warm and days in tier >= 90  owner sam  approve by dana }
  promote lasting { from three  up 1  when priority >= 40 for 60 days  owner sam }
  demote quiet "Quiet" { from one, two  to three  when quiet  owner dana }
}
"""
ACCOUNTS = """\
id,fit,staff,quiet,grace,warm
A,90,80,no,no,no
B,60,30,no,no,no
C,45,,no,no,no
D,55,60,no,yes,no
E,70,90,no,no,no
"""
LATER = (
    ACCOUNTS.replace("D,55,60,no,yes", "D,55,60,yes,yes")
    .replace("E,70,90,no,no,no", "E,70,90,no,no,yes")
    .replace("C,45,,", "C,48,,")
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rules, and a ledger of two runs, the review of July and one in August."""
    folder = tmp_path_factory.mktemp("moves")
    (folder / "rules.tier").write_text(RULES, encoding="utf-8")
    (folder / "accounts.csv").write_text(LATER, encoding="utf-8")
    for date in ("2026-07-01", "2026-08-25"):
        (folder / f"{date}.csv").write_text(ACCOUNTS, encoding="utf-8")
    result = tierlang("replay", str(folder / "rules.tier"), str(folder), "--ledger", str(folder / "tiers.ledger"), "-q")
    assert result.exit_code == 0, result.stderr
    return folder


def explained(folder: Path, key: str, as_of: str, accounts: str = "accounts.csv") -> str:
    files = (str(folder / "rules.tier"), str(folder / accounts), key, "--ledger", str(folder / "tiers.ledger"))
    result = tierlang("explain", *files, "--as-of", as_of)
    assert result.exit_code == 0, result.stderr
    return plain(result.stdout)


def test_what_it_holds_and_when_it_is_looked_at_again(folder: Path) -> None:
    said = explained(folder, "B", "2026-09-01")
    assert "two since 2026-07-01 (62 days); settled until 2026-07-31, which is over" in said
    assert "No review is due, the last was as of 2026-07-01; the next is from 2026-10-01." in said
    assert "It stays: nothing moves it between reviews" in said


def test_what_it_lacks_for_every_other_tier(folder: Path) -> None:
    said = explained(folder, "B", "2026-09-01")
    assert "up to one at a review priority is 60, 20 short of 80; staff is 30, 20 short of 50" in said
    lacking = (
        "by warm (Sam Ortiz) `warm` does not hold; days in tier is 62, 28 short of 90; then Dana Lee has to approve"
    )
    assert f"{lacking}; one itself asks more: staff is 30, 20 short of 50" in said
    assert "down to three at a review two takes it first, while priority 60 is in 50..<80 (10 above 50)" in said
    assert "by quiet (Dana Lee) `quiet` does not hold" in said


def test_an_unknown_value_is_named_and_days_are_counted(folder: Path) -> None:
    said = explained(folder, "C", "2026-08-26")
    assert "up to one at a review priority is 48, 32 short of 80; `staff >= 50` is unknown: staff missing" in said
    assert "by lasting (Sam Ortiz) `priority >= 40 for 60 days` has held since 2026-07-01, 57 of 60 days" in said
    assert "down to" not in said
    assert "out of the tiers" not in said, "the worst tier is `otherwise`"


def test_what_would_move_it_and_what_keeps_it(folder: Path) -> None:
    waiting = explained(folder, "E", "2026-09-30")
    assert "It would go to one, but waits: waits for approval by Dana Lee: promoted to one by warm: Warm" in waiting
    assert "by warm (Sam Ortiz) nothing: its condition holds; then Dana Lee has to approve" in waiting
    held = explained(folder, "D", "2026-09-01")
    assert "yes grace Grace: `grace` holds" in held
    assert "kept back by the hold grace" in held
    assert "by quiet (Dana Lee) nothing: its condition holds; but the hold grace keeps it" in held


def test_a_review_that_is_due_and_a_freeze(folder: Path) -> None:
    due = explained(folder, "A", "2026-10-05")
    assert "A review is due, the last was as of 2026-07-01" in due
    assert "yes one `priority >= 75` holds (priority is 90)" in due
    frozen = explained(folder, "A", "2026-12-20")
    assert "Nobody moves until 2026-12-31 (Year end); a review waits for the end of it." in frozen


def test_nothing_is_said_of_moves_without_a_ledger(folder: Path) -> None:
    said = tierlang(
        "explain", str(folder / "rules.tier"), str(folder / "accounts.csv"), "B", "--as-of", "2026-09-01"
    ).stdout
    assert "What would move it" not in said
    assert "Triggers" not in said


def test_an_empty_ledger_knows_nobody(folder: Path) -> None:
    files = (str(folder / "rules.tier"), str(folder / "accounts.csv"), "B", "--ledger", str(folder / "none.ledger"))
    said = plain(tierlang("explain", *files, "--as-of", "2026-09-01").stdout)
    assert "none.ledger is empty, so it is placed as new" in said
    assert not (folder / "none.ledger").exists()


def test_an_absent_account_is_told_from_an_unknown_one(folder: Path, tmp_path: Path) -> None:
    (folder / "fewer.csv").write_text("\n".join(ACCOUNTS.splitlines()[:2]), encoding="utf-8")
    files = (str(folder / "rules.tier"), str(folder / "fewer.csv"), "B", "--ledger", str(folder / "tiers.ledger"))
    result = tierlang("explain", *files, "--as-of", "2026-09-01")
    assert result.exit_code == 2
    assert "holds it in two since 2026-07-01: it is absent" in plain(result.stderr)


def test_a_day_before_the_last_run_is_refused(folder: Path) -> None:
    files = (str(folder / "rules.tier"), str(folder / "accounts.csv"), "B", "--ledger", str(folder / "tiers.ledger"))
    result = tierlang("explain", *files, "--as-of", "2026-08-01")
    assert result.exit_code == 2
    assert "is as of 2026-08-25" in result.stderr


def test_the_ledger_of_another_ruleset_is_refused(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.tier"
    other.write_text(RULES.replace("ruleset small", "ruleset other"), encoding="utf-8")
    files = (str(other), str(folder / "accounts.csv"), "B", "--ledger", str(folder / "tiers.ledger"))
    result = tierlang("explain", *files, "--as-of", "2026-09-01")
    assert result.exit_code == 2
    assert "is the ledger of the ruleset small, and these rules are other" in plain(result.stderr)
