"""A small program, a ledger's temporary tables, and what an engine decided, by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import duckdb

from tierlang.pipeline import compile_sources
from tierlang.planning.decide import Planned, decide
from tierlang.planning.merging import Merged, merge
from tierlang.program.holdings import Occasion
from tierlang.program.nodes import Program
from tierlang.source import Source

RULES = """\
ruleset small "Small" {{ version "1"  review every quarter }}
account {{
  key   id  text
  field fit number in 0..100
}}
signal intent number in 0..100 lasts 14 days
owner dana "Dana Lee"
owner sam "Sam Ortiz"
score priority {{ range 0..100  weigh 100% fit  missing unscored }}
tiers by priority {{
  tier one   {{ range 80..     owner marketing dana  owner sales dana }}
  tier two   {{ range 60..<80  owner marketing dana  owner sales dana }}
  tier three {{ otherwise      owner marketing dana  owner sales dana }}
}}
mobility {{
{mobility}
}}
"""
MOBILITY = """
  breaker 10% at review 30%
  cooldown 60 days
  promote funded { from two, three  to one  when fit >= 70  owner sam  approve by dana  cooldown 90 days }
  demote quiet { from one, two  to three  when fit < 10  owner sam }
"""
DAY = dt.date(2026, 11, 1)
REVIEW = Occasion(True)
BETWEEN = Occasion(False)

_OPEN = {
    "key": "VARCHAR",
    "tier": "VARCHAR",
    "base": "VARCHAR",
    "since": "DATE",
    "settled_until": "DATE",
    "pinned": "BOOLEAN",
    "retired": "VARCHAR",
    "absences": "UTINYINT",
}
_LATEST = {"key": "VARCHAR", "score priority": "DECIMAL(18,4)", "signal intent": "VARCHAR"}
_DECIDED = {
    "row_id": "BIGINT", "key": "VARCHAR", "cause": "VARCHAR", "trigger": "VARCHAR", "tier": "VARCHAR", "base": "VARCHAR", "pinned": "BOOLEAN",
    "proposed": "VARCHAR", "waits": "VARCHAR", "reason": "VARCHAR", "held": "BOOLEAN", "held_tier": "VARCHAR", "held_base": "VARCHAR",
    "held_since": "DATE", "held_settled_until": "DATE", "held_pinned": "BOOLEAN", "held_retired": "VARCHAR",
    "score priority": "DECIMAL(18,4)", "signal intent": "DECIMAL(18,4)", "rank": "BIGINT",
}  # fmt: skip


def program(mobility: str = MOBILITY) -> Program:
    loaded = compile_sources(Source("small.tier", RULES.format(mobility=mobility)))
    assert loaded.program is not None, loaded.diagnostics
    return loaded.program


class Decided:
    """Stands in for an engine's result: the accounts in their order, each with what was decided. What they hold is looked up when it is asked for, as merges change it."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, rows: list[dict[str, Any]]) -> None:
        self._connection = connection
        self._rows = rows

    def decided(self) -> str:
        rows = []
        for place, row in enumerate(self._rows):
            found = self._connection.execute(
                "SELECT tier, base, since, settled_until, pinned, retired FROM held WHERE key = $1", [row["key"]]
            ).fetchall()
            names = ("held_tier", "held_base", "held_since", "held_settled_until", "held_pinned", "held_retired")
            held = dict(zip(names, found[0], strict=True)) if found else {}
            stays = {
                "tier": held.get("held_tier"),
                "base": held.get("held_base"),
                "pinned": held.get("held_pinned") or False,
                "reason": "because",
            }
            full = {**stays, **held, "held": bool(found), "row_id": place, **row}
            rows.append({"proposed": full["tier"], **full})
        table(self._connection, "decided_rows", _DECIDED, rows)
        return "SELECT * FROM decided_rows"


def table(
    connection: duckdb.DuckDBPyConnection, name: str, columns: dict[str, str], rows: list[dict[str, Any]]
) -> None:
    described = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} ({described})")
    for row in rows:
        assert row.keys() <= columns.keys(), row
        connection.execute(
            f"INSERT INTO {name} VALUES ({', '.join('?' * len(columns))})", [row.get(column) for column in columns]
        )


def holding(key: str, tier: str | None, **more: Any) -> dict[str, Any]:
    return {
        "key": key,
        "tier": tier,
        "base": tier,
        "since": dt.date(2026, 8, 1),
        "pinned": False,
        "absences": 0,
        **more,
    }


def planned(
    decided: list[dict[str, Any]],
    holdings: list[dict[str, Any]] | None = None,
    latest: list[dict[str, Any]] | None = None,
    occasion: Occasion = BETWEEN,
    rules: Program | None = None,
    connection: duckdb.DuckDBPyConnection | None = None,
) -> tuple[Planned, list[dict[str, Any]]]:
    """The plan, and its records as dictionaries."""
    rules = rules or program()
    connection = connection or duckdb.connect()
    table(connection, "open_rows", _OPEN, holdings or [])
    connection.execute("CREATE OR REPLACE TEMP TABLE held AS SELECT * EXCLUDE (absences) FROM open_rows")
    table(connection, "latest", _LATEST, latest or [])
    table(connection, "taken", {"key": "VARCHAR"}, [{"key": row["key"]} for row in decided])
    merged: Merged = merge(connection, rules, "taken")
    result = decide(connection, rules, Decided(connection, decided), merged, occasion, DAY)
    cursor = connection.execute(f"SELECT * FROM {result.relation}")
    names = [column[0] for column in cursor.description or []]
    return result, [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
