"""Small programs, plans and runs for the tests of the ledger."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb

from tierlang.ledger.attached import attached
from tierlang.ledger.record import record
from tierlang.ledger.run import Approval, NewRun, Recorded
from tierlang.pipeline import compile_sources
from tierlang.planning.columns import COLUMNS
from tierlang.program.holdings import Occasion
from tierlang.program.nodes import Freeze, Program
from tierlang.source import Source

RULES = """\
ruleset small "Small" { version "1"  review every quarter }
account { key id text  field fit number in 0..100 }
signal surge number in 0..100 lasts 14 days
owner dana "Dana Lee"
owner sam "Sam Ito"
score priority { range 0..100  weigh 100% fit  missing unscored }
tiers by priority {
  tier one { range 80..  owner marketing dana  owner sales dana }
  tier two { range 40..<80  owner marketing dana  owner sales dana }
  tier three { otherwise  owner marketing dana  owner sales dana }
}
mobility {
  promote hot "Hot" { from two  to one  when fit >= 90  owner dana  approve by sam }
}
pin "P" to one until 2026-12-31 owner sam because "Board"
"""

FIRST, NEXT, LATER = dt.date(2026, 1, 1), dt.date(2026, 4, 1), dt.date(2026, 7, 1)


def program(*changes: tuple[str, str]) -> Program:
    """Three tiers by one score, a trigger and a pin; each change replaces a text of the rules by another."""
    text = RULES
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    loaded = compile_sources(Source("small.tier", text))
    assert loaded.program is not None, [each.message for each in loaded.diagnostics]
    return loaded.program


PROGRAM = program()
RENAMED = program(("tier one {", "tier best { was one "), ("to one ", "to best "))
"""The same, with another name for the best tier."""


def connected() -> duckdb.DuckDBPyConnection:
    """An empty database."""
    made = duckdb.connect(":memory:")
    made.execute("SET threads = 2")
    return made


def plan(connection: duckdb.DuckDBPyConnection, *rows: dict[str, object], name: str = "planned") -> str:
    """A relation as `plan` makes it, of rows that say what matters in them."""
    columns = ", ".join(f'"{column}" {kind}' for column, kind in COLUMNS.items())
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} ({columns})")
    for row in rows:
        names = ", ".join(f'"{column}"' for column in row)
        marks = ", ".join(f"${place + 1}" for place in range(len(row)))
        connection.execute(f"INSERT INTO {name} ({names}) VALUES ({marks})", list(row.values()))
    connection.execute(f"UPDATE {name} SET scores = coalesce(scores, MAP {{}}), signals = coalesce(signals, MAP {{}})")
    return name


def assign(key: str, tier: str | None, day: dt.date = FIRST, **more: object) -> dict[str, object]:
    """A first place."""
    row: dict[str, object] = {"key": key, "act": "assign", "cause": "new", "tier": tier, "base": tier, "since": day}
    return {**row, "pinned": False, "absences": 0, "reason": f"placed in {tier}", **more}


def move(key: str, start: str | None, end: str | None, day: dt.date, **more: object) -> dict[str, object]:
    """A move, by a review."""
    row: dict[str, object] = {"key": key, "act": "move", "cause": "review", "from_tier": start, "tier": end}
    row |= {"from_base": start, "base": end, "since": day, "pinned": False, "absences": 0}
    return {**row, "reason": f"moved to {end}", **more}


def close(key: str, start: str | None, cause: str = "absence") -> dict[str, object]:
    """The end of a life."""
    row: dict[str, object] = {"key": key, "act": "close", "cause": cause, "from_tier": start, "from_base": start}
    return {**row, "pinned": False, "absences": 0, "reason": "gone"}


def stay(key: str, tier: str | None, since: dt.date, **more: object) -> dict[str, object]:
    """Something that changes without a move."""
    row: dict[str, object] = {"key": key, "act": "stay", "from_tier": tier, "tier": tier, "from_base": tier}
    return {**row, "base": tier, "since": since, "pinned": False, "absences": 0, "reason": "stays", **more}


def run(
    name: str,
    day: dt.date,
    *,
    review: bool = True,
    freeze: Freeze | None = None,
    rules: str = "r1",
    approvals: tuple[Approval, ...] = (),
    override: str | None = None,
) -> NewRun:
    """A run of this plan id."""
    return NewRun(
        plan=name,
        as_of=day,
        occasion=Occasion(review, freeze),
        rules=rules,
        data="d1",
        applied_at=dt.datetime(2026, 11, 22, 10, 45),
        applied_by="tester",
        texts=(("small.tier", RULES),),
        approvals=approvals,
        override=override,
    )


def recorded(
    connection: duckdb.DuckDBPyConnection,
    path: str | Path,
    new: NewRun,
    *rows: dict[str, object],
    by: Program = PROGRAM,
) -> Recorded:
    """One run in the ledger at the path."""
    relation = plan(connection, *rows)
    with attached(connection, str(path), write=True, wait=1):
        return record(connection, "ledger", by, new, relation)


def year(path: str | Path) -> str:
    """A ledger with three runs and a bit of everything; its path."""
    connection = connected()
    seen = {"scores": {"priority": 90.0}, "signals": {"surge": "70"}}
    recorded(
        connection,
        path,
        run("p1", FIRST),
        assign("A", "one", **seen),
        assign("B", "two"),
        assign("C", "three"),
        assign("P", "one", pinned=True),
        assign("U", None),
    )
    recorded(
        connection,
        path,
        run("p2", NEXT, review=False, approvals=(Approval("hot"),), override="Agreed"),
        move("B", "two", "one", NEXT, cause="trigger", trigger="hot", approver="sam", settled_until=LATER),
        close("C", "three", "exclusion"),
        stay("A", "one", FIRST, base="two", scores={"priority": 75.0}),
    )
    recorded(
        connection,
        path,
        run("p3", LATER),
        assign("C", "two", LATER),
        move("A", "one", "two", LATER, from_base="two"),
        stay("U", None, FIRST, cause="absence", absences=1),
    )
    connection.close()
    return str(path)


def rows(path: str | Path, query: str) -> list[tuple[object, ...]]:
    """What a query on the ledger says."""
    connection = connected()
    try:
        with attached(connection, str(path), write=False):
            return connection.execute(query).fetchall()
    finally:
        connection.close()
