"""Holders that the run does not decide about: absent from the data, or merged into others."""

from __future__ import annotations

import duckdb

from tierlang.planning.columns import COLUMNS, PLANNED
from tierlang.planning.merging import GONE, Merged
from tierlang.planning.sql import identifier, literal
from tierlang.program.holdings import Occasion
from tierlang.program.move_reasons import ABSENT, ABSENT_AT_REVIEW, ABSENT_TWICE, MERGED_INTO

CLOSED_AFTER = 2
"""At so many reviews in a row an account is absent before it is closed."""


def closings(
    connection: duckdb.DuckDBPyConnection, decided: str, merged: Merged, occasion: Occasion, held: int
) -> None:
    """Add them to `planned`, by key; `held` are the holders that the run decides about."""
    if merged.done:
        connection.execute(f"INSERT INTO {PLANNED} {_merged(connection)}")
    opened = connection.execute("SELECT count(*) FROM open_rows").fetchall()[0][0]
    if opened - merged.done + merged.opened > held:
        connection.execute(f"INSERT INTO {PLANNED} {_absent(connection, decided, occasion, merged)}")


def _absent(connection: duckdb.DuckDBPyConnection, decided: str, occasion: Occasion, merged: Merged) -> str:
    """Holders without a row in the data: what the ledger has stays, and at a review they are counted once more, or closed.

    Between reviews nothing of them is to be recorded; they are shown (as those that wait are), and count for the breaker.
    """
    gone = f" AND o.key NOT IN (SELECT key FROM {GONE})" if merged.done else ""
    closes = f"(o.absences + 1 >= {CLOSED_AFTER})" if occasion.review else "false"
    counted = "(o.absences + 1)" if occasion.review else "o.absences"
    staying = literal(ABSENT_AT_REVIEW if occasion.review else ABSENT)
    values = {
        "act": f"CASE WHEN {closes} THEN 'close' ELSE '{'stay' if occasion.review else 'wait'}' END",
        "cause": "'absence'",
        "tier": f"CASE WHEN {closes} THEN NULL ELSE coalesce(o.tier, o.retired) END",
        "base": f"CASE WHEN {closes} THEN NULL ELSE o.base END",
        "absences": f"{counted}::UTINYINT",
        "reason": f"CASE WHEN {closes} THEN {literal(ABSENT_TWICE)} ELSE {staying} END",
        "scores": f"CASE WHEN {closes} THEN {_ending(connection, 'score')} ELSE MAP {{}} END",
        "signals": f"CASE WHEN {closes} THEN {_ending(connection, 'signal')} ELSE MAP {{}} END",
    }
    return (
        f"{_rows(values)} FROM open_rows o LEFT JOIN latest l ON l.key = o.key"
        f" WHERE o.key NOT IN (SELECT key FROM ({decided}) WHERE held){gone} ORDER BY o.key"
    )


def _merged(connection: duckdb.DuckDBPyConnection) -> str:
    """Holders that are part of another account now."""
    values = {
        "act": "'close'",
        "cause": "'merged'",
        "tier": "NULL",
        "base": "NULL",
        "absences": "o.absences",
        "reason": f"{literal(MERGED_INTO)} || o.new",
        "scores": _ending(connection, "score"),
        "signals": _ending(connection, "signal"),
    }
    return f"{_rows(values)} FROM {GONE} o LEFT JOIN latest l ON l.key = o.key ORDER BY o.key"


def _rows(values: dict[str, str]) -> str:
    """The columns of `planned`, from `o`: what the ledger has, and the values that are others."""
    kept = {
        "key": "o.key",
        "from_tier": "coalesce(o.tier, o.retired)",
        "from_base": "o.base",
        "since": "o.since",
        "settled_until": "o.settled_until",
        "pinned": "o.pinned",
    }
    shown = {**kept, **values}
    return "SELECT " + ", ".join(f"({shown.get(name, 'NULL')})::{kind} AS {name}" for name, kind in COLUMNS.items())


def _ending(connection: duckdb.DuckDBPyConnection, sort: str) -> str:
    """A map that says of everything last observed that it is missing now."""
    described = connection.execute("DESCRIBE latest").fetchall()
    names = [row[0] for row in described if row[0].startswith(f"{sort} ")]
    kind = "DECIMAL(18,4)" if sort == "score" else "VARCHAR"
    entries = ", ".join(
        f"CASE WHEN l.{identifier(name)} IS NOT NULL THEN"
        f" {{'key': {literal(name.removeprefix(f'{sort} '))}, 'value': NULL::{kind}}} END"
        for name in names
    )
    return f"map_from_entries(list_filter([{entries}], lambda each: each IS NOT NULL))" if names else "MAP {}"
