"""Fourteen years of S&P 500 snapshots: headings, units and blanks change, the tiers are held against Python's own arithmetic."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.real.figures import DATA, RULES, SNAPSHOTS, cap_of, in_billions, real, rows_of
from tests.rulesets.both import Both, run_both
from tierlang.cli.main import main
from tierlang.program.numbers import SCALE

pytestmark = real

SP500 = RULES / "sp500.tier"
YEARS = ("2012-12-27", "2018-02-08", "2025-02-01", "2026-08-22")


def snapshot(day: str) -> Path:
    return DATA / "sp500" / "snapshots" / f"{day}.csv"


def settings(path: Path) -> dict[str, str]:
    return {"unit": "1B"} if in_billions(path) else {}


def evaluated(path: Path, tmp_path: Path) -> Both:
    return run_both(SP500, path, dt.date.fromisoformat(path.stem), settings(path), rejects=tmp_path / "rejects.csv")


def tiers_by_hand(rows: list[dict[str, str]]) -> dict[str, str]:
    """The tier of every symbol: cumulative shares, rounded up, of the companies that have a market capitalization."""
    caps = [(cap_of(row), row["Symbol"]) for row in rows]
    ranked = [symbol for cap, symbol in sorted(((c, s) for c, s in caps if c is not None), key=lambda x: -x[0])]
    sizes = [(-(-len(ranked) * percent // 100), tier) for percent, tier in ((5, "large"), (20, "upper"), (50, "half"))]
    tiers = {row["Symbol"]: "rest" for row in rows}
    for size, tier in reversed(sizes):
        tiers.update(dict.fromkeys(ranked[:size], tier))
    return tiers


@pytest.mark.parametrize("day", YEARS)
def test_top_shares_by_market_cap_are_those_of_an_independent_ranking(day: str, tmp_path: Path) -> None:
    path = snapshot(day)
    both = evaluated(path, tmp_path)
    assert both.aside is None
    assert {each.key: each.tier for each in both.assignments} == tiers_by_hand(rows_of(path))


def test_2025_reproduces_the_published_borders(tmp_path: Path) -> None:
    both = evaluated(snapshot("2025-02-01"), tmp_path)
    at_rank = {each.own.rank: each for each in both.assignments if each.own.rank}
    caps = {account.key: account.values["listed"] for account in both.accounts}
    assert both.summary.accounts == 503
    assert both.summary.own.unscored == 3
    assert len(at_rank) == 500
    assert (at_rank[25].key, caps["ABBV"]) == ("ABBV", 324_977_033_216 * SCALE)
    assert (at_rank[100].key, caps["KLAC"]) == ("KLAC", 98_746_982_400 * SCALE)
    assert (at_rank[250].key, caps["KHC"]) == ("KHC", 36_081_635_328 * SCALE)
    assert [at_rank[rank].tier for rank in (25, 26, 100, 101, 250, 251)] == [
        "large",
        "upper",
        "upper",
        "half",
        "half",
        "rest",
    ]
    assert both.counts() == {"large": 25, "upper": 75, "half": 150, "rest": 253, None: 0}
    assert at_rank[25].reason == "cap 324977033216 in the top 5% (the best 25 of 500)"


def test_2012_reads_63_802b_as_dollars_and_na_as_missing(tmp_path: Path) -> None:
    both = evaluated(snapshot("2012-12-27"), tmp_path)
    caps = {account.key: account.values["listed"] for account in both.accounts}
    assert caps["MMM"] == 63_802_000_000 * SCALE
    assert sum(cap is None for cap in caps.values()) == 2
    assert both.summary.own.unscored == 2


def test_the_unit_of_the_years_in_billions_is_one_setting(tmp_path: Path) -> None:
    path = snapshot("2017-03-08")
    both = evaluated(path, tmp_path)
    best = min(both.assignments, key=lambda each: each.own.rank or 10_000)
    assert best.key == "AAPL"
    assert best.reason.startswith("cap 732000000000 in the top 5%")


@pytest.mark.parametrize("path", SNAPSHOTS, ids=lambda path: path.stem)
def test_every_snapshot_is_placed_or_its_rows_are_named(path: Path, tmp_path: Path) -> None:
    both = evaluated(path, tmp_path)
    rows = rows_of(path)
    ragged = [row["Symbol"] for row in rows if None in row or None in row.values()]
    aside = both.aside.rows if both.aside else 0
    assert aside == len(ragged)
    assert len(both.assignments) + aside == len(rows)
    assert sum(both.counts().values()) == len(both.assignments)
    kept = [row for row in rows if row["Symbol"] not in ragged]
    by_hand = tiers_by_hand(kept)
    caps = [cap_of(row) for row in kept]
    if len(set(caps)) == len(caps) - caps.count(None) + (None in caps):
        assert {each.key: each.tier for each in both.assignments} == by_hand
    counts = both.counts()
    assert counts == {tier: list(by_hand.values()).count(tier) for tier in ("large", "upper", "half", "rest")} | {
        None: 0
    }


def test_ragged_rows_stop_the_run_unless_they_may_be_left_aside(tmp_path: Path) -> None:
    path = snapshot("2014-07-28")
    output = tmp_path / "tiers.csv"
    arguments = ["eval", str(SP500), str(path), "--as-of", "2014-07-28", "--set", "unit=1B", "-o", str(output)]
    refused = CliRunner().invoke(main, arguments)
    assert refused.exit_code == 2
    assert "row 502" in refused.stderr
    assert not output.exists()
    accepted = CliRunner().invoke(main, [*arguments, "--rejects", str(tmp_path / "rejects.csv")])
    assert accepted.exit_code == 0, accepted.stderr
    assert len(rows_of(output)) == 500
    assert [row["Symbol"] for row in rows_of(tmp_path / "rejects.csv")] == ["ZTS"]


@pytest.mark.parametrize("day", YEARS)
def test_the_command_line_writes_what_was_computed_by_hand(day: str, tmp_path: Path) -> None:
    path, output = snapshot(day), tmp_path / "tiers.csv"
    done = CliRunner().invoke(main, ["eval", str(SP500), str(path), "--as-of", day, "-o", str(output)])
    assert done.exit_code == 0, done.stderr
    rows = rows_of(path)
    with output.open(encoding="utf-8", newline="") as stream:
        written = list(csv.DictReader(stream))
    assert [row["key"] for row in written] == [row["Symbol"] for row in rows]
    assert {row["key"]: row["tier"] for row in written} == tiers_by_hand(rows)
    assert all(row["reason"] for row in written)


def test_the_constituents_stand_in_tiers_by_age_and_sector() -> None:
    path = DATA / "sp500" / "constituents-2026-08.csv"
    both = run_both(RULES / "sp500_sectors.tier", path, dt.date(2026, 8, 22))
    rows = rows_of(path)
    old = {row["Symbol"] for row in rows if row["Date added"] and row["Date added"] < "1996-08-22"}
    tech = {
        row["Symbol"] for row in rows if row["GICS Sector"] in ("Information Technology", "Communication Services")
    } - old
    assert {each.key for each in both.assignments if each.tier == "veterans"} == old
    assert {each.key for each in both.assignments if each.tier == "tech"} == tech
    assert both.counts()["others"] == len(rows) - len(old) - len(tech)
