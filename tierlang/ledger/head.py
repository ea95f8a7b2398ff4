"""What a ledger says of its runs: the last one, and whether a plan was applied."""

from __future__ import annotations

import datetime as dt

import attrs
import duckdb

from tierlang.ledger.create import is_empty


@attrs.frozen
class Head:
    """The last run of a ledger. `last_review` is the as-of date of its last review, None where there was none."""

    run: int
    as_of: dt.date
    fingerprint: str
    last_review: dt.date | None
    ruleset: str
    rules: str


def head(connection: duckdb.DuckDBPyConnection, catalog: str = "ledger") -> Head | None:
    """The last run; None for an empty ledger, with tables or without."""
    if is_empty(connection, catalog):
        return None
    rows = connection.execute(
        f"""
        SELECT run, as_of, fingerprint, (SELECT max(as_of) FROM {catalog}.runs WHERE review), ruleset, rules
        FROM {catalog}.runs ORDER BY run DESC LIMIT 1
        """
    ).fetchall()
    return Head(*rows[0]) if rows else None


def applied(connection: duckdb.DuckDBPyConnection, catalog: str, plan: str) -> int | None:
    """The run that applied the plan of this id, None if none did."""
    if is_empty(connection, catalog):
        return None
    rows = connection.execute(f"SELECT run FROM {catalog}.runs WHERE plan = $1", [plan]).fetchall()
    return int(rows[0][0]) if rows else None
