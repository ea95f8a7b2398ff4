"""What the commands on a ledger read, and where it goes."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import contextmanager

import click
import duckdb

from tierlang.accounts.table import literal
from tierlang.accounts.writing import Form, form_of, write
from tierlang.cli.database import Limits, database
from tierlang.cli.evaluation import plain_failures
from tierlang.cli.failure import Failure
from tierlang.diagnostics.suggest import listing, nearest
from tierlang.ledger.attached import attached
from tierlang.ledger.holders import holders_at
from tierlang.ledger.showing import RUN_COLUMNS, runs
from tierlang.reports.ledger import Held

_FORMS: dict[str, Form] = {"csv": "csv", "parquet": "parquet", "jsonl": "json"}
_UNTIERED = "untiered"


@contextmanager
def opened(path: str, limits: Limits | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with the ledger, for reading."""
    with plain_failures(), database(limits or Limits()) as connection, attached(connection, path, write=False):
        yield connection


def written(connection: duckdb.DuckDBPyConnection, select: str, output: str | None, form: str | None) -> None:
    """Write what the select gives to the file or to standard output."""
    if output in (None, "-") and form == "parquet" and os.isatty(1):
        raise click.UsageError("a Parquet file cannot be shown in a terminal: name a file with --output")
    write(connection, select, output, _FORMS[form] if form else None)


def is_flat(output: str | None, form: str | None) -> bool:
    """Whether the cells of the format hold nothing but texts."""
    said = _FORMS[form] if form else None
    return (said or "csv" if output in (None, "-") else form_of(str(output), said)[0]) == "csv"


def told_runs(connection: duckdb.DuckDBPyConnection) -> list[dict[str, object]]:
    """The runs, for people."""
    rows = connection.execute(runs("ledger")).fetchall()
    return [dict(zip(RUN_COLUMNS, row, strict=True)) for row in rows]


def chosen_holders(connection: duckdb.DuckDBPyConnection, path: str, as_of: dt.date | None, tier: str | None) -> str:
    """A SELECT of the holders asked for; a tier that nobody ever held ends in a Failure that shows near ones."""
    select = "SELECT * FROM ledger.holders" if as_of is None else holders_at("ledger", as_of)
    if tier is None:
        return select
    known = [
        name
        for (name,) in connection.execute(
            "SELECT DISTINCT tier FROM ledger.assignments WHERE tier IS NOT NULL ORDER BY tier"
        ).fetchall()
    ]
    if tier in known:
        return f"SELECT * FROM ({select}) WHERE tier = {literal(tier)}"
    if tier == _UNTIERED:
        return f"SELECT * FROM ({select}) WHERE tier IS NULL"
    today = connection.execute(
        "SELECT present FROM ledger.names WHERE kind = 'tier' AND name = ? ORDER BY to_run DESC", [tier]
    ).fetchone()
    if today is not None:
        raise Failure(f"the tier {tier} is called {today[0]} today\nTiers have today's names here: --tier {today[0]}")
    close = nearest(tier, known)
    meant = f"Did you mean {close}?" if close else f"There are {listing(known)}." if known else "It has no run yet."
    raise Failure(f"nobody in {path} ever held a tier {tier}. {meant}")


def told_holders(connection: duckdb.DuckDBPyConnection, select: str, as_of: dt.date | None, most: int) -> Held:
    """The holders, for people: counts, the largest first, and the first accounts."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE told AS {select}")
    counts = connection.execute(
        "SELECT tier, count(*) FROM told GROUP BY tier ORDER BY tier IS NULL, count(*) DESC, tier"
    ).fetchall()
    first = connection.execute(
        f"SELECT account, tier, since, reason FROM told ORDER BY account LIMIT {most}"
    ).fetchall()
    return Held(tuple(counts), tuple(first), as_of)
