"""Who held what: lives, days, names that changed, on any day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import pytest

from tests.ledger.plans import FIRST, LATER, NEXT, assign, close, connected, move, recorded, rows, run, year
from tierlang.ledger.create import create
from tierlang.ledger.holders import holders_at
from tierlang.ledger.schema import TABLES
from tierlang.ledger.showing import EXPORTED, everything_of
from tierlang.ledger.views import VIEWS


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    """A ledger with three runs."""
    return year(tmp_path / "t.ledger")


def test_assignments_are_stays_with_a_start_and_an_end(ledger: str) -> None:
    shown = 'account, life, tier, start_date, end_date, "current", cause, end_cause, end_reason'
    assert rows(
        ledger,
        f"SELECT {shown} FROM ledger.assignments WHERE account IN ('A', 'B', 'C') ORDER BY account, start_date, life",
    ) == [
        ("A", 1, "one", FIRST, LATER, False, "new", "review", "moved to two"),
        ("A", 1, "two", LATER, None, True, "review", None, None),
        ("B", 1, "two", FIRST, NEXT, False, "new", "trigger", "moved to one"),
        ("B", 1, "one", NEXT, None, True, "trigger", None, None),
        ("C", 1, "three", FIRST, NEXT, False, "new", "exclusion", "gone"),
        ("C", 2, "two", LATER, None, True, "new", None, None),
    ]


def test_on_every_day_an_account_has_one_tier_at_most(ledger: str) -> None:
    recorded(connected(), ledger, run("p4", LATER), move("A", "two", "three", LATER))
    recorded(connected(), ledger, run("p5", LATER), close("A", "three"), assign("D", "one", LATER))
    recorded(connected(), ledger, run("p6", LATER), assign("A", "one", LATER))
    days = "SELECT unnest(range(DATE '2025-12-30', DATE '2026-07-05', INTERVAL 1 DAY))::DATE AS day"
    twice = f"""
        SELECT account, day FROM ledger.assignments JOIN ({days}) ON day >= start_date AND day < coalesce(end_date, DATE '9999-12-31')
        GROUP BY account, day HAVING count(*) > 1
    """
    assert rows(ledger, twice) == []
    assert rows(ledger, "SELECT life, tier FROM ledger.holders WHERE account = 'A'") == [(2, "one")]


def test_holders_say_how_it_stands_and_why(ledger: str) -> None:
    shown = "account, tier, base, since, absences, cause, reason, word, approver, run"
    assert rows(ledger, f"SELECT {shown} FROM ledger.holders ORDER BY account")[:2] == [
        ("A", "two", "two", LATER, 0, "review", "moved to two", None, None, 3),
        ("B", "one", "one", NEXT, 0, "trigger", "moved to one", "Dana Lee", "sam", 2),
    ]
    assert rows(ledger, "SELECT absences, cause, run FROM ledger.holders WHERE account = 'U'") == [(1, "new", 1)]


@pytest.mark.parametrize(
    ("day", "held"),
    [
        (dt.date(2025, 12, 31), []),
        (FIRST, [("A", "one"), ("B", "two"), ("C", "three"), ("P", "one"), ("U", None)]),
        (dt.date(2026, 3, 31), [("A", "one"), ("B", "two"), ("C", "three"), ("P", "one"), ("U", None)]),
        (NEXT, [("A", "one"), ("B", "one"), ("P", "one"), ("U", None)]),
        (LATER, [("A", "two"), ("B", "one"), ("C", "two"), ("P", "one"), ("U", None)]),
        (dt.date(2030, 1, 1), [("A", "two"), ("B", "one"), ("C", "two"), ("P", "one"), ("U", None)]),
    ],
)
def test_holders_of_any_day(ledger: str, day: dt.date, held: list[tuple[str, str | None]]) -> None:
    assert rows(ledger, f"SELECT account, tier FROM ({holders_at('ledger', day)}) ORDER BY account") == held


def test_holders_of_a_day_say_nothing_of_later(ledger: str) -> None:
    shown = f"SELECT base, absences FROM ({holders_at('ledger', dt.date(2026, 3, 31))}) WHERE account IN ('A', 'U') ORDER BY account"
    assert rows(ledger, shown) == [("one", 0), (None, 0)]


def renamed(*renames: tuple[int, str, str]) -> duckdb.DuckDBPyConnection:
    """An empty ledger with these renames (run, old, new) of tiers."""
    connection = connected()
    connection.execute("ATTACH ':memory:' AS ledger")
    create(connection)
    for number, old, new in renames:
        connection.execute("INSERT INTO ledger.renames VALUES ($1, 'tier', $2, $3)", [number, old, new])
    return connection


@pytest.mark.parametrize(
    ("renames", "name", "at", "today"),
    [
        ([], "a", 1, "a"),
        ([(3, "a", "b")], "a", 2, "b"),
        ([(3, "a", "b")], "a", 3, "a"),  # a new tier with an old name
        ([(3, "a", "b"), (5, "b", "c")], "a", 1, "c"),
        ([(3, "a", "b"), (5, "b", "c")], "b", 4, "c"),
        ([(3, "a", "b"), (3, "b", "a")], "a", 1, "b"),  # two tiers that swap their names
        ([(3, "a", "b"), (3, "b", "a")], "b", 1, "a"),
        ([(3, "a", "b"), (6, "a", "c")], "a", 1, "b"),  # the name was used again, and given up again
        ([(3, "a", "b"), (6, "a", "c")], "a", 4, "c"),
        ([(2, "a", "b"), (4, "b", "a"), (6, "a", "c")], "a", 1, "c"),  # there and back
    ],
)
def test_names_are_followed_to_today(renames: list[tuple[int, str, str]], name: str, at: int, today: str) -> None:
    found = (
        renamed(*renames)
        .execute("SELECT present FROM ledger.names WHERE name = $1 AND $2 >= from_run AND $2 < to_run", [name, at])
        .fetchall()
    )
    assert [row[0] for row in found] or [name] == [today]
    assert len(found) <= 1
    if found:
        assert found == [(today,)]


def test_the_columns_are_those_that_are_documented() -> None:
    connection = renamed()
    for thing in (*TABLES, *VIEWS):
        described = connection.execute(f"DESCRIBE ledger.{thing.name}").fetchall()
        assert [(row[0], row[1].replace('"', "")) for row in described] == [
            (column.name, column.type) for column in thing.columns
        ], thing.name


def test_everything_can_be_written_out(ledger: str) -> None:
    assert sorted(EXPORTED) == sorted(thing.name for thing in (*TABLES, *VIEWS))
    for name in EXPORTED:
        assert rows(ledger, everything_of("ledger", name, flat=False)) or name in ("renames", "names")
        assert rows(ledger, everything_of("ledger", name, flat=True)) or name in ("renames", "names")


def test_a_ledger_is_read_by_duckdb_alone(ledger: str) -> None:
    alone = duckdb.connect(ledger, read_only=True)
    assert alone.execute("SELECT count(*) FROM holders").fetchall() == [(5,)]
    assert alone.execute("SELECT tier FROM assignments WHERE account = 'A' AND current").fetchall() == [("two",)]
