"""What a run is told of the past: who holds what in the names of the program, and what was observed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.ledger.plans import (
    FIRST,
    LATER,
    NEXT,
    PROGRAM,
    RENAMED,
    assign,
    connected,
    move,
    program,
    recorded,
    rows,
    run,
    stay,
    year,
)
from tierlang.ledger.attached import attached
from tierlang.ledger.bring import Brought, bring
from tierlang.ledger.names import Rename
from tierlang.program.nodes import Program


def brought(
    path: str | Path, by: Program, as_of: dt.date, table: str, columns: str = "*"
) -> tuple[Brought, list[tuple[object, ...]]]:
    """What `bring` says, and a table that it makes."""
    connection = connected()
    with attached(connection, str(path), write=False):
        said = bring(connection, "ledger", by, as_of)
    return said, connection.execute(f"SELECT {columns} FROM {table} ORDER BY ALL").fetchall()


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    """A ledger with three runs."""
    return year(tmp_path / "t.ledger")


def test_open_accounts_are_brought_as_they_stand(ledger: str) -> None:
    said, open_rows = brought(ledger, PROGRAM, LATER, "open_rows")
    assert said == Brought()
    assert open_rows == [
        ("A", "two", "two", LATER, None, False, None, 0),
        ("B", "one", "one", NEXT, LATER, False, None, 0),
        ("C", "two", "two", LATER, None, False, None, 0),
        ("P", "one", "one", FIRST, None, True, None, 0),
        ("U", None, None, FIRST, None, False, None, 1),
    ]
    assert brought(ledger, PROGRAM, LATER, "held")[1] == [row[:-1] for row in open_rows]


def test_a_renamed_tier_has_its_new_name(ledger: str) -> None:
    said, tiers = brought(ledger, RENAMED, LATER, "held", "key, tier, base")
    assert said == Brought((), (Rename("tier", "one", "best"),))
    assert tiers[1] == ("B", "best", "best")


def test_a_retired_tier_is_said_by_its_name(ledger: str) -> None:
    by = program(
        ("  tier two { range 40..<80", "  tier middle { range 40..<80"),
        ("from two", "from middle"),
        ("mobility {", "mobility {\n  retired two to three"),
    )
    said, tiers = brought(ledger, by, LATER, "held", "key, tier, base, retired")
    assert said.unknown == ()
    assert tiers[0] == ("A", None, None, "two")


def test_tiers_that_the_rules_do_not_know_are_told(ledger: str) -> None:
    by = program(("  tier two { range 40..<80", "  tier middle { range 40..<80"), ("from two", "from middle"))
    assert brought(ledger, by, LATER, "held")[0].unknown == ("two",)


def test_what_only_closed_accounts_held_needs_no_words(ledger: str) -> None:
    by = program(("  tier three {", "  tier rest {"))
    assert brought(ledger, by, LATER, "held")[0].unknown == ()


def test_the_latest_of_every_score_and_signal(ledger: str) -> None:
    assert brought(ledger, PROGRAM, LATER, "latest", 'key, "score priority"::VARCHAR, "signal surge"')[1] == [
        ("A", "75.0000", "70")
    ]


def test_a_value_that_went_missing_is_missing(ledger: str) -> None:
    recorded(connected(), ledger, run("p4", LATER), stay("A", "two", LATER, act="observe", scores={"priority": None}))
    assert brought(ledger, PROGRAM, LATER, "latest", '"score priority"')[1] == [(None,)]


def test_a_renamed_score_keeps_its_past(ledger: str) -> None:
    by = program(("score priority { range", "score rank { was priority  range"), ("tiers by priority", "tiers by rank"))
    said, latest = brought(ledger, by, LATER, "latest", 'key, "score rank"::VARCHAR')
    assert said.renames == (Rename("score", "priority", "rank"),)
    assert latest == [("A", "75.0000")]
    recorded(
        connected(), ledger, run("p4", LATER), stay("A", "two", LATER, act="observe", scores={"rank": 10.0}), by=by
    )
    said, latest = brought(ledger, by, LATER, "latest", 'key, "score rank"::VARCHAR')
    assert (said.renames, latest) == ((), [("A", "10.0000")])


ENDURING = ("mobility {", "mobility {\n  demote quiet { from one  to two  when priority < 80 for 30 days  owner dana }")


def observed(ledger: str, as_of: dt.date) -> list[tuple[object, ...]]:
    return brought(ledger, program(ENDURING), as_of, "observed", 'key, score, "at", value::VARCHAR')[1]


def test_a_window_reads_its_days_and_the_value_before_them(tmp_path: Path) -> None:
    ledger, connection = tmp_path / "t.ledger", connected()
    days = [dt.date(2026, 1, 1), dt.date(2026, 1, 10), dt.date(2026, 2, 1), dt.date(2026, 2, 20)]
    for number, day in enumerate(days):
        row = assign("A", "one") if number == 0 else stay("A", "one", FIRST, act="observe")
        recorded(connection, ledger, run(f"p{number}", day), {**row, "scores": {"priority": 90.0 - number}})
    assert observed(str(ledger), dt.date(2026, 3, 1)) == [
        ("A", "priority", days[1], "89.0000"),
        ("A", "priority", days[2], "88.0000"),
        ("A", "priority", days[3], "87.0000"),
    ]


def test_of_two_runs_of_one_day_the_last_is_read(ledger: str) -> None:
    for number in (1, 2):
        seen = stay("B", "one", NEXT, act="observe", scores={"priority": float(number)})
        recorded(connected(), ledger, run(f"q{number}", LATER), seen)
    assert ("B", "priority", LATER, "2.0000") in observed(ledger, LATER)
    assert len([row for row in observed(ledger, LATER) if row[0] == "B"]) == 1


def test_renames_are_written_once_and_views_speak_of_today(ledger: str) -> None:
    recorded(connected(), ledger, run("p4", LATER), move("A", "two", "best", LATER), by=RENAMED)
    recorded(connected(), ledger, run("p5", LATER), move("C", "two", "best", LATER), by=RENAMED)
    assert rows(ledger, "SELECT * FROM ledger.renames") == [(4, "tier", "one", "best")]
    held = rows(ledger, "SELECT DISTINCT tier FROM ledger.assignments WHERE tier IS NOT NULL ORDER BY tier")
    assert held == [("best",), ("three",), ("two",)]
    assert rows(ledger, "SELECT tier FROM ledger.moves WHERE run = 1 AND account = 'A'") == [("one",)]
