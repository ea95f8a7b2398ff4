"""Making the schema of a ledger, and one transaction around whatever is written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import duckdb

from tierlang.ledger.schema import PRODUCT, SCHEMA_VERSION, TABLES
from tierlang.ledger.views import VIEWS


def create(connection: duckdb.DuckDBPyConnection, catalog: str = "ledger") -> None:
    """Make tables and views in an empty catalog, within the caller's transaction or one of its own."""
    with transaction(connection):
        before = connection.execute("SELECT current_database(), current_schema()").fetchall()[0]
        connection.execute(f"USE {catalog}.main")
        try:
            for thing in (*TABLES, *VIEWS):
                connection.execute(thing.ddl)
        finally:
            connection.execute(f"USE {before[0]}.{before[1]}")
        connection.execute(f"INSERT INTO {catalog}.about VALUES ($1, $2)", [PRODUCT, SCHEMA_VERSION])


def is_empty(connection: duckdb.DuckDBPyConnection, catalog: str = "ledger") -> bool:
    """Whether the catalog has no tables and views at all: a ledger before its first run."""
    counted = connection.execute(
        f"SELECT (SELECT count(*) FROM duckdb_tables() WHERE database_name = '{catalog}') + (SELECT count(*) FROM duckdb_views() WHERE database_name = '{catalog}' AND NOT internal)"
    ).fetchall()
    return bool(counted[0][0] == 0)


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """One transaction: the caller's, where one is open, else one that is committed at the end and rolled back by an error."""
    if _in_transaction(connection):
        yield
        return
    connection.execute("BEGIN TRANSACTION")
    try:
        yield
    except BaseException:
        with suppress(duckdb.Error):
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _in_transaction(connection: duckdb.DuckDBPyConnection) -> bool:
    """DuckDB does not say it, and a second BEGIN spoils the first; but outside of one every statement is a transaction with a number of its own."""
    first, second = (connection.execute("SELECT txid_current()").fetchall() for _ in range(2))
    return bool(first == second)
