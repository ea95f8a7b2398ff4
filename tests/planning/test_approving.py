"""Approvals: what waited for somebody's word becomes a move."""

from __future__ import annotations

import datetime as dt
from typing import Any

import duckdb
import pytest

from tests.planning.decided import DAY, holding, planned, program
from tierlang.ledger.run import Approval
from tierlang.planning.approving import approval, approve, awaited, check_approvals
from tierlang.planning.planfile import PlanError

WAITS = {
    "trigger": "funded",
    "waits": "approval",
    "proposed": "one",
    "reason": "waits for approval by Dana Lee: promoted to one by funded: fit >= 70",
}


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    """A plan in which two moves wait for approval, and one for a seat."""
    found = duckdb.connect()
    decided: list[dict[str, Any]] = [
        {"key": "a", **WAITS},
        {"key": "b:c", **WAITS},
        {"key": "d", "trigger": "funded", "waits": "capacity", "proposed": "one", "reason": "waits for a seat in one"},
    ]
    planned(decided, [holding(each["key"], "three", base="two") for each in decided], connection=found)
    return found


def rows(connection: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    return connection.execute(
        "SELECT key, act, tier, base, since, settled_until, waits, reason FROM planned ORDER BY key"
    ).fetchall()


def test_what_waits_for_approval_is_known(connection: duckdb.DuckDBPyConnection) -> None:
    assert [(each.trigger.name, each.accounts) for each in awaited(connection, program())] == [("funded", 2)]


def test_a_key_may_have_a_colon() -> None:
    assert approval("funded:b:c") == Approval("funded", "b:c")
    assert approval("funded") == Approval("funded")


def test_one_account_is_approved(connection: duckdb.DuckDBPyConnection) -> None:
    approvals = (Approval("funded", "b:c"),)
    check_approvals(connection, program(), approvals)
    assert approve(connection, program(), DAY, approvals) == 1
    moved = (
        "b:c",
        "move",
        "one",
        "one",
        DAY,
        dt.date(2027, 1, 30),
        None,
        "promoted to one by funded: fit >= 70; approved by Dana Lee",
    )
    assert [row[:2] if row[0] != "b:c" else row for row in rows(connection)] == [("a", "wait"), moved, ("d", "wait")]


def test_everything_is_approved_in_a_replay(connection: duckdb.DuckDBPyConnection) -> None:
    assert approve(connection, program(), DAY, None) == 2
    assert [row[1] for row in rows(connection)] == ["move", "move", "wait"]
    assert connection.execute("SELECT cause, approver FROM planned WHERE key = 'a'").fetchall() == [
        ("trigger", "Dana Lee")
    ]


def test_nothing_is_approved_without_a_word(connection: duckdb.DuckDBPyConnection) -> None:
    before = rows(connection)
    assert approve(connection, program(), DAY, ()) == 0
    assert rows(connection) == before


def test_a_seat_cannot_be_approved(connection: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(PlanError, match="no move of the account d by funded waits"):
        check_approvals(connection, program(), (Approval("funded", "d"),))
