"""`tierlang replay`: a small past, run for run; the same with a ledger that is kept; against other rules; and what stops it."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.files import plain, tierlang

RULES = """
ruleset small "Small" {{ version "{version}"  review every quarter }}
account {{
  key id text from "id", "Account ID"
  field fit number from "fit", "Fit score" in 0..100
  field rival flag default false
}}
event call
owner dana "Dana Lee"
owner sam "Sam Ortiz"
exclude rivals "Rivals" when rival
score priority {{ range 0..100  weigh 100% fit  missing unscored }}
tiers by priority {{
  tier one "One" {{ range 80..  capacity 3 overflow down  {keep}  owner marketing dana  owner sales dana }}
  tier two "Two" {{ range 50..<80  owner marketing dana  owner sales dana }}
  tier three "Three" {{ otherwise  owner marketing dana  owner sales dana }}
}}
pin "P" to one until 2026-02-15 owner sam because "Board"
mobility {{
  breaker 20% at review 50%
  merged from "merges.csv"
  promote called "Two calls" {{ from three  to two  when count of call within 30 days >= 2  owner sam  approve by dana }}
  demote faded {{ from one, two  to three  when priority < 20 for 28 days  owner dana }}
}}
"""
# Account: its fit on each date; a dash: it is not in the file; R: a rival.
DATES = ("2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01", "2026-07-01", "2026-10-01")
FITS = {
    "A": ("90", "90", "90", "90", "90", "90"),
    "B": ("85", "85", "85", "78", "85", "78"),  # over the line and under it: keep holds it, without it it flaps
    "C": ("60", "10", "10", "10", "10", "60"),  # fades
    "D": ("10", "10", "10", "10", "10", "10"),  # is called
    "E": ("70", "R", "R", "70", "70", "70"),  # excluded and back
    "F": ("55", "-", "-", "-", "-", "55"),  # absent at two reviews, closed, back
    "G": ("60", "60", "-", "-", "-", "-"),  # part of A since March
    "P": ("30", "30", "30", "30", "30", "30"),  # pinned, then placed as new
}
CALLS = "event,account,at\ncall,D,2026-02-10\ncall,D,2026-02-20\ncall,A,2026-09-09\n"


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Dated files, half of them under other headings, and one history of events."""
    folder = tmp_path_factory.mktemp("past")
    for place, date in enumerate(DATES):
        rows = ["Fit score,Account ID,rival" if place % 2 else "id,fit,rival"]
        for key, fits in FITS.items():
            fit, rival = ("50", "yes") if fits[place] == "R" else (fits[place], "no")
            if fit != "-":
                rows.append(f"{fit},{key},{rival}" if place % 2 else f"{key},{fit},{rival}")
        (folder / f"{date}.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (folder / "calls.csv").write_text(CALLS, encoding="utf-8")
    (folder / "merges.csv").write_text("old,new\nG,A\n", encoding="utf-8")
    (folder / "rules.tier").write_text(RULES.format(version="1", keep="keep while priority >= 75"), encoding="utf-8")
    (folder / "loose.tier").write_text(RULES.format(version="2", keep=""), encoding="utf-8")
    return folder


def calls(past: Path) -> tuple[str, str]:
    """The option with the events."""
    return "--events", str(past / "calls.csv")


def replay(past: Path, *more: str) -> dict[str, Any]:
    """The replays as JSON."""
    files = (str(past / "rules.tier"), str(past), *calls(past))
    result = tierlang("replay", *files, "--format", "json", *more)
    assert result.exit_code == 0, result.stderr
    told: dict[str, Any] = json.loads(result.stdout)
    return told


@pytest.fixture(scope="module")
def replayed(past: Path) -> dict[str, Any]:
    first: dict[str, Any] = replay(past)["replays"][0]
    return first


def of_day(replayed: dict[str, Any], date: str) -> dict[str, Any]:
    found: dict[str, Any] = next(day for day in replayed["dates"] if day["as_of"] == date)
    return found


def test_reviews_come_when_they_are_due(replayed: dict[str, Any]) -> None:
    occasions = [day["occasion"] for day in replayed["dates"]]
    assert occasions == ["first", "between", "between", "review", "review", "review"]
    assert [day["accounts"] for day in replayed["dates"]] == [8, 7, 6, 6, 6, 7]


def test_every_date_counts_what_happened_to_the_accounts(replayed: dict[str, Any]) -> None:
    def figures(date: str, *names: str) -> list[int]:
        return [of_day(replayed, date)[name] for name in names]

    assert figures("2026-01-01", "new", "held", "up", "down") == [8, 0, 0, 0]
    assert figures("2026-02-01", "excluded", "absent", "up", "down") == [1, 1, 0, 0]
    # C has faded for the 28 days that the ledger has seen; D was called twice; the pin of P is over.
    # G is merged into A, which is closing and neither a move nor an absence.
    assert figures("2026-03-01", "up", "down", "approved", "absent", "closed") == [1, 2, 1, 1, 1]
    # E is back, and new; D is where its fit puts it; F is absent at its first review.
    assert figures("2026-04-01", "new", "up", "down", "absent", "closed") == [1, 0, 1, 1, 0]
    assert figures("2026-07-01", "absent", "closed") == [1, 1]
    assert figures("2026-10-01", "new", "up", "down") == [1, 1, 0]


def test_the_breaker_is_said_where_it_would_have_stopped_a_plan(replayed: dict[str, Any]) -> None:
    assert [day["over_breaker"] for day in replayed["dates"]] == [False, True, True, False, False, False]
    assert of_day(replayed, "2026-02-01")["moved_share"] == pytest.approx(2 / 8, abs=1e-6)


def test_tenure_and_capacity(replayed: dict[str, Any]) -> None:
    tiers = {each["tier"]: each for each in replayed["stability"]["tiers"]}
    one = tiers["one"]
    assert (one["stays_ended"], one["median_days"], one["stays_running"], one["median_days_so_far"]) == (1, 59, 2, 273)
    (capacity,) = replayed["capacities"]
    assert (capacity["most_used"], capacity["most_used_on"], capacity["dates_full"]) == (3, "2026-01-01", 2)
    assert replayed["flapping"]["accounts"] == 1, "D: three, two, three"
    assert replayed["flapping"]["worst"][0]["key"] == "D"


def test_a_kept_ledger_tells_the_same_and_is_a_ledger(past: Path, replayed: dict[str, Any], tmp_path: Path) -> None:
    ledger, stays = str(tmp_path / "kept.ledger"), tmp_path / "stays.csv"
    assert replay(past, "--ledger", ledger, "-o", str(stays))["replays"][0] == replayed
    assert tierlang("ledger", "verify", ledger).exit_code == 0
    told = plain(tierlang("history", ledger, "D").stdout)
    assert "promoted to two by called: Two calls; approved by Dana Lee" in told
    assert "on the word of Sam Ortiz; approved by Dana Lee" in told
    assert "Life 2" in tierlang("history", ledger, "F").stdout
    with open(stays, encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["account"] == "D"]
    assert [(row["tier"], row["start_date"], row["end_date"]) for row in rows] == [
        ("three", "2026-01-01", "2026-03-01"),
        ("two", "2026-03-01", "2026-04-01"),
        ("three", "2026-04-01", ""),
    ]
    again = tierlang("replay", str(past / "rules.tier"), str(past), "--ledger", ledger)
    assert again.exit_code == 2
    assert "is there already, and a replay begins with an empty ledger" in plain(again.stderr)


def test_other_rules_over_the_same_past_without_approvals(past: Path) -> None:
    told = replay(past, "--against", str(past / "loose.tier"), "--no-approvals", "--back-within", "2 reviews")
    here, there = told["replays"]
    assert [each["ruleset_version"] for each in (here, there)] == ["1", "2"]
    assert of_day(here, "2026-03-01")["waiting"] == {"approval": 1}
    assert of_day(here, "2026-03-01")["up"] == 0
    assert (here["flapping"]["accounts"], there["flapping"]["accounts"]) == (0, 1), "without keep B flaps"
    assert there["flapping"]["worst"][0]["key"] == "B"
    assert told["differing"] == 1
    assert [(each["key"], each["here"], each["there"]) for each in told["elsewhere"]] == [("B", "one", "two")]
    assert {"here": "one", "there": "two", "accounts": 1} in told["matrix"]


def test_people_read_tables_and_pictures(past: Path) -> None:
    files = (str(past / "rules.tier"), str(past / "2026-01-01.csv"), str(past / "2026-04-01.csv"), *calls(past))
    result = tierlang("replay", *files, "--against", str(past / "loose.tier"))
    assert (result.exit_code, result.stderr) == (0, "")
    said = plain(result.stdout)
    assert "Small - version 1 - 2 dates from 2026-01-01 to 2026-04-01" in said
    assert "2026-04-01 review 6 0" in said
    assert "Tiers over time" in said
    assert "rules.tier against" in said


def test_a_snapshot_that_cannot_be_read_stops_it_and_is_named(past: Path, tmp_path: Path) -> None:
    bad = tmp_path / "2026-02-01.csv"
    bad.write_text("id,fit,rival\nA,500,no\n", encoding="utf-8")
    result = tierlang("replay", str(past / "rules.tier"), str(past / "2026-01-01.csv"), str(bad), *calls(past))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "2026-02-01.csv" in result.stderr
    bad.write_text("name,fit\nA,50\n", encoding="utf-8")
    result = tierlang("replay", str(past / "rules.tier"), str(past / "2026-01-01.csv"), str(bad), *calls(past))
    assert result.exit_code == 2
    assert "2026-02-01.csv" in plain(result.stderr)


def test_bad_rows_are_left_aside_date_by_date_where_that_is_wanted(past: Path, tmp_path: Path) -> None:
    snapshot = (past / "2026-02-01.csv").read_text(encoding="utf-8")
    bad = tmp_path / "2026-02-01.csv"
    bad.write_text(f"{snapshot}500,X,no\n", encoding="utf-8")
    files = (str(past / "rules.tier"), str(past / "2026-01-01.csv"), str(bad), *calls(past))
    refused = tierlang("replay", *files)
    assert "2026-02-01.csv" in refused.stderr
    assert "--rejects" in refused.stderr
    result = tierlang("replay", *files, "--rejects", str(tmp_path / "bad.csv"))
    assert result.exit_code == 0, result.stderr
    assert "1 row with bad cells took no part, on 1 date: 2026-02-01" in plain(result.stdout)
    assert "500" in (tmp_path / "bad.2026-02-01.csv").read_text(encoding="utf-8")
    assert not (tmp_path / "bad.2026-01-01.csv").exists()


def test_what_stops_a_run_is_said_with_its_snapshot(past: Path, tmp_path: Path) -> None:
    rules = (past / "rules.tier").read_text(encoding="utf-8")
    (tmp_path / "merges.csv").write_text("old,new\n", encoding="utf-8")
    (tmp_path / "huge.tier").write_text(rules.replace("weigh 100% fit", "weigh 100% fit * 1B * 1B"), encoding="utf-8")
    result = tierlang("replay", str(tmp_path / "huge.tier"), str(past / "2026-01-01.csv"), *calls(past))
    assert result.exit_code == 2
    assert "2026-01-01.csv, as of 2026-01-01: " in result.stderr
    assert "too large to compute" in result.stderr


@pytest.mark.parametrize("within", ["soon", "0 days", "2 fortnights", "-1 weeks"])
def test_a_time_that_is_none(past: Path, within: str) -> None:
    result = tierlang("replay", str(past / "rules.tier"), str(past), "--back-within", within)
    assert result.exit_code == 2
    assert "is not a time like" in result.stderr


def test_results_are_not_written_over_what_is_read(past: Path) -> None:
    snapshot = str(past / "2026-01-01.csv")
    result = tierlang("replay", str(past / "rules.tier"), snapshot, "-o", snapshot)
    assert result.exit_code == 2
    assert Path(snapshot).read_text(encoding="utf-8").startswith("id,fit")
