"""What a run writes into a ledger, and what it refuses to write."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import attrs
import pytest

from tests.ledger.plans import (
    FIRST,
    LATER,
    NEXT,
    assign,
    close,
    connected,
    move,
    plan,
    program,
    recorded,
    rows,
    run,
    stay,
    year,
)
from tierlang.ledger.attached import attached
from tierlang.ledger.errors import LedgerError
from tierlang.ledger.head import applied, head
from tierlang.ledger.record import record


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    """A ledger with three runs."""
    return year(tmp_path / "t.ledger")


def moves(path: str, number: int) -> list[tuple[object, ...]]:
    shown = 'account, kind, cause, "trigger", from_tier, tier, from_base, base, since'
    return rows(path, f"SELECT {shown} FROM ledger.moves WHERE run = {number} ORDER BY account")


def test_a_run_writes_what_has_changed(ledger: str) -> None:
    assert moves(ledger, 2) == [
        ("A", "stay", None, None, "one", "one", "one", "two", FIRST),
        ("B", "move", "trigger", "hot", "two", "one", "two", "one", NEXT),
        ("C", "close", "exclusion", None, "three", None, "three", None, None),
    ]
    assert moves(ledger, 3) == [
        ("A", "move", "review", None, "one", "two", "two", "two", LATER),
        ("C", "assign", "new", None, None, "two", None, "two", LATER),
        ("U", "stay", "absence", None, None, None, None, None, FIRST),
    ]


def test_the_word_is_that_of_the_owner_of_trigger_or_pin(ledger: str) -> None:
    words = rows(ledger, "SELECT account, word, approver FROM ledger.moves WHERE word IS NOT NULL ORDER BY account")
    assert words == [("B", "Dana Lee", "sam"), ("P", "Sam Ito", None)]


def test_what_people_said_is_kept(ledger: str) -> None:
    said = rows(ledger, 'SELECT run, kind, "trigger", account, reason FROM ledger.overrides ORDER BY kind')
    assert said == [(2, "approval", "hot", None, None), (2, "breaker", None, None, "Agreed")]


def test_observations_are_what_was_seen_on_the_day(ledger: str) -> None:
    seen = rows(
        ledger, 'SELECT run, account, kind, name, "at", value::VARCHAR, "text" FROM ledger.observations ORDER BY ALL'
    )
    assert seen == [
        (1, "A", "score", "priority", FIRST, "90.0000", None),
        (1, "A", "signal", "surge", FIRST, None, "70"),
        (2, "A", "score", "priority", NEXT, "75.0000", None),
    ]


def test_who_waits_and_is_the_same_leaves_no_row(ledger: str) -> None:
    waits = stay("B", "one", NEXT, act="wait", waits="cool-down", proposed="three", settled_until=LATER)
    done = recorded(connected(), ledger, run("p4", LATER), waits)
    assert (done.stayed, moves(ledger, 4)) == (0, [])


def test_who_waits_and_is_held_in_another_way_stays(ledger: str) -> None:
    back = stay("U", None, FIRST, act="wait", waits="hold", proposed="three")
    recorded(connected(), ledger, run("p4", LATER), back)
    assert moves(ledger, 4) == [("U", "stay", None, None, None, None, None, None, FIRST)]
    assert rows(ledger, "SELECT absences FROM ledger.holders WHERE account = 'U'") == [(0,)]


def test_the_head_is_the_last_run_and_the_last_review(ledger: str) -> None:
    connection = connected()
    recorded(connection, ledger, run("p4", LATER, review=False))
    with attached(connection, ledger, write=False):
        last = head(connection)
        assert last is not None
        assert (last.run, last.as_of, last.last_review, last.ruleset, last.rules) == (4, LATER, LATER, "small", "r1")
        assert [applied(connection, "ledger", name) for name in ("p1", "p4", "other")] == [1, 4, None]


@pytest.mark.parametrize(
    ("new", "row", "why"),
    [
        (run("p2", LATER), assign("N", "one", LATER), "applied already: it is run 2"),
        (run("p4", NEXT), assign("N", "one", NEXT), "a run as of 2026-04-01 would lie before it"),
        (run("p4", LATER), assign("A", "one", LATER), "of the account A, it is open in this ledger"),
        (run("p4", LATER), close("N", "one"), "of the account N, it holds nothing"),
        (run("p4", LATER), move("N", "one", "two", LATER), "of the account N, it holds nothing"),
        (run("p4", LATER), move("A", "three", "one", LATER), "of the account A, it holds another tier"),
    ],
)
def test_what_does_not_follow_is_refused_and_leaves_nothing(
    ledger: str, new: object, row: dict[str, object], why: str
) -> None:
    before = Path(ledger).read_bytes()
    with pytest.raises(LedgerError) as raised:
        recorded(connected(), ledger, new, row)  # type: ignore[arg-type]
    assert why in raised.value.message
    assert Path(ledger).read_bytes() == before


def test_a_first_run_only_assigns(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="of the account A, it holds nothing"):
        recorded(connected(), tmp_path / "t.ledger", run("p1", FIRST), move("A", "one", "two", FIRST))
    assert list(tmp_path.iterdir()) == []


def test_several_runs_may_have_one_day(ledger: str) -> None:
    recorded(connected(), ledger, run("p4", LATER), move("A", "two", "three", LATER))
    recorded(connected(), ledger, run("p5", LATER), move("A", "three", "one", LATER))
    assert rows(ledger, "SELECT tier FROM ledger.holders WHERE account = 'A'") == [("one",)]


def test_the_fingerprint_knows_no_clock_machine_or_order(tmp_path: Path) -> None:
    connection, some = (
        connected(),
        [assign(f"K{number}", "one", scores={"priority": float(number % 100)}) for number in range(300)],
    )
    new = run("p1", FIRST)
    one = recorded(connection, tmp_path / "a.ledger", new, *some)
    connection.execute("SET threads = 1")
    moved = attrs.evolve(new, applied_at=dt.datetime(2030, 1, 1), applied_by="another")
    other = recorded(connection, tmp_path / "b.ledger", moved, *reversed(some))
    assert one.fingerprint == other.fingerprint
    third = recorded(connection, tmp_path / "c.ledger", new, *some[:-1], assign("K299", "two"))
    assert third.fingerprint != one.fingerprint


def test_the_fingerprint_follows_from_the_run_before(tmp_path: Path) -> None:
    connection = connected()
    for name, tier in (("a", "one"), ("b", "two")):
        recorded(connection, tmp_path / name, run("p1", FIRST), assign("A", tier))
    done = [recorded(connection, tmp_path / name, run("p2", NEXT), assign("B", "one", NEXT)) for name in ("a", "b")]
    assert done[0].fingerprint != done[1].fingerprint


def test_rules_are_kept_once(ledger: str) -> None:
    recorded(connected(), ledger, run("p4", LATER, rules="r2"), by=program(('version "1"', 'version "2"')))
    kept = rows(ledger, "SELECT fingerprint, run, version, texts[1].path FROM ledger.rules ORDER BY run")
    assert kept == [("r1", 1, "1", "small.tier"), ("r2", 4, "2", "small.tier")]


def test_a_ledger_in_memory_takes_the_same_runs() -> None:
    connection = connected()
    connection.execute("ATTACH ':memory:' AS replayed")
    relation = plan(connection, assign("A", "one"))
    done = record(connection, "replayed", program(), run("p1", FIRST), relation)
    assert (done.run, done.assigned) == (1, 1)


def test_the_transaction_of_the_caller_is_his_to_end(tmp_path: Path) -> None:
    connection = connected()
    relation = plan(connection, assign("A", "one"))
    with attached(connection, str(tmp_path / "t.ledger"), write=True):
        connection.execute("BEGIN TRANSACTION")
        record(connection, "ledger", program(), run("p1", FIRST), relation)
        connection.execute("ROLLBACK")
    assert list(tmp_path.iterdir()) == []
