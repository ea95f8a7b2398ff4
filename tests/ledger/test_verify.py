"""Whatever is changed in a ledger behind the back of tierlang is found."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.ledger.plans import FIRST, LATER, RENAMED, assign, connected, move, recorded, run, year
from tierlang.ledger.attached import attached
from tierlang.ledger.problems import Verified
from tierlang.ledger.verify import verify


def verified(path: str) -> Verified:
    """The verdict."""
    connection = connected()
    with attached(connection, path, write=False):
        return verify(connection)


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    """A ledger with three runs."""
    return year(tmp_path / "t.ledger")


def test_a_ledger_as_it_was_written_is_fine(ledger: str) -> None:
    verdict = verified(ledger)
    assert (verdict.found, verdict.runs, verdict.moves, verdict.observations) == (0, 3, 11, 3)


def test_renamed_tiers_are_no_break(ledger: str) -> None:
    recorded(connected(), ledger, run("p4", LATER), move("B", "best", "two", LATER), by=RENAMED)
    assert verified(ledger).problems == ()


MOVED = "UPDATE moves SET {0} WHERE run = 3 AND account = 'A'"

BROKEN = {
    "UPDATE runs SET run = 4 WHERE run = 3": (4, None, "its number should be 3"),
    "UPDATE runs SET as_of = '2026-03-01' WHERE run = 3": (3, None, "lies before that of the run before"),
    "UPDATE runs SET rules = 'other' WHERE run = 3": (3, None, "its rules are not in the table"),
    "UPDATE runs SET review = false WHERE run = 3": (3, None, "its fingerprint does not follow"),
    "UPDATE runs SET arguments = 'x' WHERE run = 1": (1, None, "its fingerprint does not follow"),
    "UPDATE runs SET digest = 'x' WHERE run = 2": (2, None, "their digest is another one"),
    "UPDATE rules SET run = 2": (2, None, "is not the first under them"),
    "UPDATE rules SET texts = []": (1, None, "their digest is another one"),
    "DELETE FROM runs WHERE run = 3": (3, None, "`moves` has rows of this run"),
    "DELETE FROM moves WHERE run = 3 AND account = 'A'": (3, None, "their digest is another one"),
    "DELETE FROM moves WHERE run = 2 AND account = 'C'": (3, "C", "it is assigned, but was open already"),
    "DELETE FROM moves WHERE run = 1 AND account = 'A'": (2, "A", "nothing was open that could stay"),
    "DELETE FROM observations": (1, None, "their digest is another one"),
    "INSERT INTO moves FROM moves WHERE run = 3 AND account = 'A'": (3, "A", "the account stands there 2 times"),
    MOVED.format("kind = 'jump'"): (3, "A", "the kind jump is none of"),
    MOVED.format("kind = 'stay'"): (3, "A", "not in the tier that it had"),
    MOVED.format("kind = 'close'"): (3, "A", "it is closed, but has a tier"),
    MOVED.format("cause = 'whim'"): (3, "A", "the cause whim puts no account anywhere"),
    MOVED.format("cause = NULL"): (3, "A", "the cause nothing puts"),
    MOVED.format("cause = 'trigger'"): (3, "A", "its cause is a trigger, but which"),
    MOVED.format("\"trigger\" = 'hot'"): (3, "A", "but another cause"),
    MOVED.format("approver = 'sam'"): (3, "A", "no such approval"),
    MOVED.format("tier = 'one'"): (3, "A", "to the same tier"),
    MOVED.format("from_tier = 'three'"): (3, "A", "it begins in three, but the row before ended in one"),
    MOVED.format("from_base = 'three'"): (3, "A", "its base begins as three, but the row before ended with two"),
    MOVED.format("since = '2026-06-30'"): (3, "A", "but is said to be there since 2026-06-30"),
    MOVED.format("since = NULL"): (3, "A", "it has no day since when"),
    MOVED.format("reason = 'because'"): (3, None, "their digest is another one"),
    MOVED.format("score = 1"): (3, None, "their digest is another one"),
    "UPDATE moves SET since = '2026-02-01' WHERE run = 2 AND account = 'A'": (
        2,
        "A",
        "its day in the tier is now 2026-02-01",
    ),
    "UPDATE moves SET from_tier = 'one' WHERE run = 3 AND account = 'C'": (3, "C", "it is assigned, but from one"),
    "UPDATE observations SET \"at\" = '2026-05-05' WHERE run = 2": (2, None, "it has observations dated 2026-05-05"),
    "UPDATE observations SET kind = 'guess' WHERE run = 2": (2, "A", "of the kind guess"),
    "UPDATE observations SET value = 1 WHERE run = 2": (2, None, "their digest is another one"),
    "INSERT INTO observations FROM observations WHERE run = 2": (2, "A", "was observed 2 times"),
    "DELETE FROM overrides WHERE kind = 'approval'": (2, "B", "there is no such approval"),
    "UPDATE overrides SET account = 'Z' WHERE kind = 'approval'": (2, "B", "there is no such approval"),
    'UPDATE overrides SET "trigger" = NULL': (2, None, "does not say of which trigger"),
    "UPDATE overrides SET reason = ' ' WHERE kind = 'breaker'": (2, None, "without a reason"),
    "UPDATE overrides SET kind = 'wish'": (2, None, "of the kind wish"),
    "INSERT INTO renames VALUES (3, 'tier', 'one', 'x'), (3, 'tier', 'one', 'y')": (3, None, "is renamed 2 times"),
    "INSERT INTO about FROM about": (None, None, "the table about does not say"),
    "CREATE TABLE notes (run INTEGER)": (None, None, "the table notes does not belong there"),
    "ALTER TABLE moves ADD COLUMN more INTEGER": (None, None, "the table moves has not the columns"),
    "DROP VIEW holders": (None, None, "the view holders is missing"),
    "CREATE OR REPLACE VIEW names AS SELECT '' AS kind, '' AS name, 1 AS from_run, 1 AS to_run, '' AS present": (
        None,
        None,
        "the view names is not as documented",
    ),
}


@pytest.mark.parametrize("change", BROKEN)
def test_what_is_changed_is_found(ledger: str, change: str) -> None:
    duckdb.connect(ledger).execute(change).close()
    run_, account, words = BROKEN[change]
    found = verified(ledger)
    assert any((each.run, each.account) == (run_, account) and words in each.words for each in found.problems), found


def test_of_many_problems_some_are_told_and_all_counted(tmp_path: Path) -> None:
    path = tmp_path / "t.ledger"
    recorded(connected(), path, run("p1", FIRST), *(assign(f"A{number:03}", "one") for number in range(100)))
    duckdb.connect(str(path)).execute("UPDATE moves SET kind = 'move', from_tier = 'two'").close()
    verdict = verified(str(path))
    assert verdict.found > 100
    assert len(verdict.problems) < 100
