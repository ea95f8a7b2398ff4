"""Lookup tables of any length brought into DuckDB: as values beside the statement, since the text of a long VALUES is slow to read."""

from __future__ import annotations

import duckdb

from tierlang.engines.sql.looked_up import table_columns, table_of
from tierlang.program.nodes import Lookup


def load(connection: duckdb.DuckDBPyConnection, lookup: Lookup) -> None:
    """Make the table of a lookup."""
    columns = table_columns(lookup)
    listed = ", ".join(
        f"unnest(CAST(${place} AS {kind}[])) AS {name}" for place, (name, kind, _) in enumerate(columns, 1)
    )
    values = [list(given) for _, _, given in columns]
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table_of(lookup.name)} AS SELECT {listed}", values)
