"""Plan files: what was written is read, and nothing else."""

from __future__ import annotations

import datetime as dt
import os
import threading
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.planning.decided import DAY, REVIEW, holding, planned
from tierlang.planning.header import Due, Frozen, Head, Input, LedgerHead, Rules, TriggerNote, plan_id
from tierlang.planning.planfile import PlanError, load_plan, read_head, write_plan
from tierlang.program.outcome import Seats

RULES = Rules("small.tier", "small", "Small", None, "f" * 64, (("line", "80"),))
LEDGER = LedgerHead("small.ledger", 3, DAY, "e" * 64)
INPUTS = (Input("accounts", None, "a.csv", "0" * 64), Input("events", "order", "-", "1" * 64, again=False))


def made(connection: duckdb.DuckDBPyConnection) -> tuple[Head, list[dict[str, Any]]]:
    """A plan of every sort of record, with odd texts and the largest number there is."""
    decided: list[dict[str, Any]] = [
        {
            "key": 'a\x01"\n\t, é',
            "cause": "new",
            "tier": "one",
            "base": "one",
            "score priority": Decimal("99999999999999.9999"),
            "reason": 'x\x01"\\',
        },
        {"key": "b", "cause": "trigger", "trigger": "quiet", "tier": "three", "base": "three"},
        {"key": "c", "waits": "approval", "trigger": "funded", "proposed": "one"},
        {"key": "d", "signal intent": 5},
        {"key": "e", "base": "one"},
    ]
    held = [*(holding(key, "two") for key in "bcde"), holding("f", "one"), holding("g", "two", absences=1)]
    result, records = planned(
        decided, held, [{"key": "b", "score priority": 4}], occasion=REVIEW, connection=connection
    )
    assert {record["act"] for record in records} == {"assign", "move", "wait", "observe", "stay", "close"}
    head = Head(
        plan=plan_id(RULES, LEDGER, INPUTS, DAY, ()),
        as_of=DAY,
        review=True,
        rules=RULES,
        ledger=LEDGER,
        inputs=INPUTS,
        tiers=(("one", "Tier 1"), ("two", None)),
        figures=result.figures,
        accounts=5,
        freeze=Frozen(DAY, DAY, "Year end"),
        triggers=(TriggerNote("funded", "Fresh", "promote", "Sam", "dana", "Dana Lee"),),
        seats=(Seats("one", "capacity 25", None, 30, 25, 25, None),),
        due=Due(DAY, None, ((DAY, 4),), (("k", DAY),)),
        arguments=(("encoding", "latin-1"),),
        folder="/somewhere",
    )
    return head, records


def _said(record: dict[str, Any]) -> dict[str, Any]:
    """What a plan says of a record: of one that only observes, nothing else."""
    names = ("key", "act", "scores", "signals") if record["act"] == "observe" else tuple(record)
    return {name: record[name] for name in names}


@pytest.mark.parametrize("name", ["plan.json", "plan.json.gz", "plan.json.ZST", "any *[name]?"])
def test_a_plan_is_read_as_it_was_written(tmp_path: Path, name: str) -> None:
    connection = duckdb.connect()
    head, records = made(connection)
    path = str(tmp_path / name)
    write_plan(connection, head, path)
    assert read_head(path) == head
    other = duckdb.connect()
    load_plan(other, path)
    cursor = other.execute("FROM planned")
    names = [column[0] for column in cursor.description or []]
    read = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    assert [_said(record) for record in read] == [_said(record) for record in records]
    assert [each.name for each in tmp_path.iterdir()] == [name]


def test_any_change_is_noticed(tmp_path: Path) -> None:
    connection = duckdb.connect()
    head, _ = made(connection)
    path = tmp_path / "plan.json"
    write_plan(connection, head, str(path))
    whole = path.read_bytes()
    for at in range(0, len(whole) - 1, 37):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(PlanError):
            read_head(str(path))
        path.write_bytes(whole[:at])
        with pytest.raises(PlanError):
            read_head(str(path))
    lines = whole.splitlines(keepends=True)
    path.write_bytes(b"".join([lines[0], *lines[2:]]))
    with pytest.raises(PlanError, match="changed after it was made"):
        read_head(str(path))


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_a_packed_plan_that_was_cut_short(tmp_path: Path, suffix: str) -> None:
    connection = duckdb.connect()
    head, _ = made(connection)
    path = tmp_path / f"plan.json{suffix}"
    write_plan(connection, head, str(path))
    whole = path.read_bytes()
    for at in range(5, len(whole) - 1, 50):
        path.write_bytes(whole[:at])
        with pytest.raises(PlanError):
            read_head(str(path))


def test_a_plan_that_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    connection = duckdb.connect()
    head, _ = made(connection)
    path = tmp_path / "plan.json"
    path.write_text("before")
    connection.execute("DROP TABLE planned")
    with pytest.raises(duckdb.CatalogException):
        write_plan(connection, head, str(path))
    assert [each.name for each in tmp_path.iterdir()] == ["plan.json"]
    assert path.read_text() == "before"
    with pytest.raises(PlanError, match="cannot be written"):
        write_plan(connection, head, str(tmp_path / "no" / "plan.json"))


def test_a_pipe_stays_a_pipe(tmp_path: Path) -> None:
    connection = duckdb.connect()
    head, _ = made(connection)
    pipe, copy = tmp_path / "pipe", tmp_path / "plan.json"
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: copy.write_bytes(pipe.read_bytes()))
    reader.start()
    write_plan(connection, head, str(pipe))
    reader.join()
    assert pipe.is_fifo()
    assert read_head(str(copy)) == head


def test_the_id_knows_what_the_plan_is_made_from() -> None:
    other_file = (Input("accounts", None, "a.csv", "2" * 64),)
    ids = {
        plan_id(RULES, LEDGER, INPUTS, DAY, ()),
        plan_id(RULES, LedgerHead("small.ledger"), INPUTS, DAY, ()),
        plan_id(RULES, LEDGER, other_file, DAY, ()),
        plan_id(RULES, LEDGER, INPUTS, DAY + dt.timedelta(1), ()),
        plan_id(RULES, LEDGER, INPUTS, DAY, (("rejects", "yes"),)),
        plan_id(Rules("small.tier", "small", None, None, "g" * 64), LEDGER, INPUTS, DAY, ()),
    }
    assert len(ids) == 6


def test_the_id_does_not_know_where_things_are() -> None:
    moved = tuple(Input(each.role, each.name, f"/there/{each.path}", each.sha256) for each in INPUTS)
    there = Rules("/there/small.tier", "small", "Small!", "2", RULES.fingerprint, RULES.settings)
    ledger = LedgerHead("/there/l", 3, DAY, LEDGER.fingerprint)
    assert plan_id(RULES, LEDGER, INPUTS, DAY, ()) == plan_id(there, ledger, moved, DAY, ())
