"""Whether the tables and views of a file are those that are documented."""

from __future__ import annotations

from typing import TypeAlias

import duckdb

from tierlang.ledger.create import create
from tierlang.ledger.problems import Problem
from tierlang.ledger.schema import PRODUCT, SCHEMA_VERSION, TABLES
from tierlang.ledger.views import VIEWS

_MODEL, _COPY = "as_documented", "as_found"

_Shapes: TypeAlias = dict[tuple[str, str], object]


def misshapen(connection: duckdb.DuckDBPyConnection, catalog: str) -> list[Problem]:
    """Tables and views that are missing, strange, or not as documented."""
    for name in (_MODEL, _COPY):
        connection.execute(f"ATTACH ':memory:' AS {name}")
    try:
        create(connection, _MODEL)
        wanted, there = _shapes(connection, _MODEL), _shapes(connection, catalog)
        problems = _differences(wanted, there)
        return problems or _views(connection, catalog) or _about(connection, catalog)
    finally:
        for name in (_MODEL, _COPY):
            connection.execute(f"DETACH {name}")


def _differences(wanted: _Shapes, there: _Shapes) -> list[Problem]:
    problems = [Problem(f"the {kind} {name} is missing") for kind, name in sorted(wanted.keys() - there.keys())]
    strange = sorted(there.keys() - wanted.keys())
    problems += [Problem(f"the {kind} {name} does not belong there") for kind, name in strange]
    common = sorted(wanted.keys() & there.keys())
    changed = [each for each in common if wanted[each] != there[each]]
    return problems + [Problem(f"the {kind} {name} has not the columns that it should have") for kind, name in changed]


def _shapes(connection: duckdb.DuckDBPyConnection, catalog: str) -> _Shapes:
    """Everything in a catalog, with its columns and their types."""
    views = {name for name, _ in _texts(connection, catalog)}
    listed = connection.execute(
        f"SELECT table_name, list((column_name, data_type) ORDER BY column_index) FROM duckdb_columns() WHERE database_name = '{catalog}' AND NOT internal GROUP BY table_name"
    ).fetchall()
    return {("view" if name in views else "table", name): columns for name, columns in listed}


def _texts(connection: duckdb.DuckDBPyConnection, catalog: str) -> list[tuple[str, str]]:
    return connection.execute(
        f"SELECT view_name, sql FROM duckdb_views() WHERE database_name = '{catalog}' AND NOT internal"
    ).fetchall()


def _views(connection: duckdb.DuckDBPyConnection, catalog: str) -> list[Problem]:
    """Views that say something else. DuckDB writes the text of a view in another way from version to version, so both are written by this one before they are compared."""
    found = dict(_texts(connection, catalog))
    before = connection.execute("SELECT current_database(), current_schema()").fetchall()[0]
    connection.execute(f"USE {_COPY}.main")
    try:
        for table in TABLES:
            connection.execute(table.ddl)
        for view in VIEWS:
            connection.execute(found[view.name])
    except duckdb.Error:
        return [Problem(f"the view {view.name} is not as documented")]
    finally:
        connection.execute(f"USE {before[0]}.{before[1]}")
    wanted, there = dict(_texts(connection, _MODEL)), dict(_texts(connection, _COPY))
    return [Problem(f"the view {name} is not as documented") for name in sorted(wanted) if wanted[name] != there[name]]


def _about(connection: duckdb.DuckDBPyConnection, catalog: str) -> list[Problem]:
    about = connection.execute(f"SELECT product, schema_version FROM {catalog}.about").fetchall()
    if about == [(PRODUCT, SCHEMA_VERSION)]:
        return []
    return [Problem(f"the table about does not say that this is a {PRODUCT} of schema {SCHEMA_VERSION}")]
