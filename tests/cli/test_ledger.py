"""`tierlang ledger`: what it shows, writes and says where it cannot."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import duckdb
import pytest
from rich.console import Console

from tests.cli.files import plain, tierlang
from tests.cli.hand_ledger import write_ledger
from tests.ledger.plans import FIRST, LATER, Freeze, assign, connected, recorded, rows, run, year
from tierlang.cli.ledger_reading import told_holders, told_runs
from tierlang.ledger.attached import attached
from tierlang.reports.ledger import print_holders, print_runs


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    """A ledger with three runs."""
    return year(tmp_path / "t.ledger")


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_runs_in_a_pipe_are_a_table(ledger: str) -> None:
    result = tierlang("ledger", "runs", ledger)
    assert result.exit_code == 0
    shown = [
        (each["run"], each["as_of"], each["review"], each["assigned"], each["moved"], each["closed"], each["holders"])
        for each in table(result.stdout)
    ]
    assert shown == [
        ("1", "2026-01-01", "true", "5", "0", "0", "5"),
        ("2", "2026-04-01", "false", "0", "1", "1", "4"),
        ("3", "2026-07-01", "true", "1", "1", "0", "5"),
    ]
    assert table(result.stdout)[1]["override"] == "Agreed"


def test_runs_on_a_terminal(ledger: str) -> None:
    freeze = Freeze(FIRST, LATER, "Year end")
    recorded(connected(), ledger, run("p4", LATER, review=False, freeze=freeze), assign("Z", "one", LATER))
    screen = Console(file=io.StringIO(), width=200)
    connection = connected()
    with attached(connection, ledger, write=False):
        print_runs(screen, ledger, told_runs(connection))
    text = screen.file.getvalue()  # type: ignore[attr-defined]
    assert "run  as of       what              version  new  moved  closed  holders  approved  applied" in text
    assert (
        "  2  2026-04-01  between           1          0      1       1        4         1  2026-11-22 10:45  tester  p2"
        in text
    )
    assert "freeze: Year end" in text
    assert "run 2 went over the breaker: Agreed" in text


def test_holders_on_a_terminal(ledger: str) -> None:
    screen = Console(file=io.StringIO(), width=100)
    connection = connected()
    with attached(connection, ledger, write=False):
        print_holders(screen, "t.ledger", told_holders(connection, "SELECT * FROM ledger.holders", LATER, 3))
    text = screen.file.getvalue()  # type: ignore[attr-defined]
    assert "t.ledger: 5 accounts as of 2026-07-01" in text
    assert "no tier         1  20.0%" in text
    assert "A        two   2026-07-01  moved to two" in text
    assert "The first 3 of 5; -o FILE writes them all." in text


@pytest.mark.parametrize(
    ("arguments", "held"),
    [
        ((), ["A:two", "B:one", "C:two", "P:one", "U:"]),
        (("--tier", "two"), ["A:two", "C:two"]),
        (("--tier", "untiered"), ["U:"]),
        (("--as-of", "2026-04-01"), ["A:one", "B:one", "P:one", "U:"]),
        (("--as-of", "2026-03-31", "--tier", "three"), ["C:three"]),
        (("--as-of", "2025-12-31"), []),
    ],
)
def test_holders_of_a_day_and_a_tier(ledger: str, arguments: tuple[str, ...], held: list[str]) -> None:
    result = tierlang("ledger", "holders", ledger, *arguments)
    assert [f"{each['account']}:{each['tier']}" for each in table(result.stdout)] == held


def test_a_tier_that_nobody_held(ledger: str) -> None:
    result = tierlang("ledger", "holders", ledger, "--tier", "tow")
    assert result.exit_code == 2
    assert "ever held a tier tow. Did you mean two?" in plain(result.stderr)


def test_a_tier_that_has_another_name_today_is_met_with_it(tmp_path: Path) -> None:
    write_ledger(tmp_path / "renamed.ledger")
    result = tierlang("ledger", "holders", str(tmp_path / "renamed.ledger"), "--as-of", "2026-01-31", "--tier", "gold")
    assert result.exit_code == 2
    assert "the tier gold is called two today" in plain(result.stderr)


def test_verify_says_so_in_one_line(ledger: str) -> None:
    result = tierlang("ledger", "verify", ledger)
    assert result.exit_code == 0
    assert result.stdout == (
        f"{ledger}: ok; 3 runs, 11 moves, 3 observations; every move follows from the one before, and every fingerprint matches\n"
    )


def test_verify_names_run_and_account_of_a_problem(ledger: str) -> None:
    duckdb.connect(ledger).execute("UPDATE moves SET from_tier = 'three' WHERE run = 3 AND account = 'A'").close()
    result = tierlang("ledger", "verify", ledger)
    assert result.exit_code == 1
    assert "run 3, account A: it begins in three, but the row before ended in one\n" in result.stdout
    assert result.stdout.endswith(": 2 problems in 3 runs, 11 moves, 3 observations\n")


@pytest.mark.parametrize("name", ["a.csv", "a.csv.gz", "a.parquet", "a.jsonl"])
def test_export_in_every_format(ledger: str, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    result = tierlang("ledger", "export", ledger, "assignments", "-o", str(path))
    assert (result.exit_code, result.stdout) == (0, "")
    read = duckdb.connect().execute(f"SELECT account, tier FROM '{path}'").fetchall()
    assert read == rows(ledger, "SELECT account, tier FROM ledger.assignments ORDER BY account, run")


def test_export_of_the_rules_is_readable_in_every_format(ledger: str, tmp_path: Path) -> None:
    texts = json.loads(table(tierlang("ledger", "export", ledger, "rules").stdout)[0]["texts"])
    assert texts[0]["path"] == "small.tier"
    for name in ("r.parquet", "r.jsonl"):
        assert tierlang("ledger", "export", ledger, "rules", "-o", str(tmp_path / name)).exit_code == 0
        read = duckdb.connect().execute(f"SELECT texts[1].path FROM '{tmp_path / name}'").fetchall()
        assert read == [("small.tier",)]


def test_an_export_appears_whole_or_not_at_all(ledger: str, tmp_path: Path) -> None:
    result = tierlang("ledger", "export", ledger, "moves", "-o", str(tmp_path / "nowhere" / "m.csv"))
    assert result.exit_code == 2
    assert "cannot be written" in plain(result.stderr)
    result = tierlang("ledger", "export", ledger, "moves", "-o", str(tmp_path / "moves.xls"))
    assert result.exit_code == 2
    assert "does not say in which form to write" in plain(result.stderr)
    assert [each.name for each in tmp_path.iterdir()] == ["t.ledger"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("{ledger}",), "Say first what to do: runs, holders, verify, export. For example: tierlang ledger runs"),
        (("runs", "{folder}/none.ledger"), "does not exist"),
        (("runs", "{folder}"), "is a directory"),
        (("export", "{ledger}", "move"), "is not one of 'holders', 'assignments'"),
        (("holders", "{ledger}", "--as-of", "yesterday"), "yesterday"),
    ],
)
def test_wrong_usage_is_2(ledger: str, tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    result = tierlang("ledger", *(each.format(ledger=ledger, folder=tmp_path) for each in arguments))
    assert result.exit_code == 2
    assert said in plain(result.stderr)


def test_a_file_that_is_no_ledger_is_2(tmp_path: Path) -> None:
    place = tmp_path / "t.ledger"
    place.write_text("account,tier\n", encoding="utf-8")
    for name in ("runs", "holders", "verify"):
        result = tierlang("ledger", name, str(place))
        assert result.exit_code == 2
        assert "is not a ledger: it is no DuckDB file" in plain(result.stderr)


def test_a_ledger_without_runs_is_told(tmp_path: Path) -> None:
    place = tmp_path / "t.ledger"
    duckdb.connect(str(place)).close()
    screen = Console(file=io.StringIO(), width=100)
    print_runs(screen, str(place), [])
    assert "has no run yet" in screen.file.getvalue()  # type: ignore[attr-defined]
    assert table(tierlang("ledger", "runs", str(place)).stdout) == []
    assert "ok; 0 runs" in tierlang("ledger", "verify", str(place)).stdout
