"""Why rows are refused: the bad cells, and the values that may not occur twice, of a table that can be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb

from tierlang.accounts import cells
from tierlang.accounts.cells import Cell
from tierlang.accounts.problems import Cause, Collector, Problem, shown
from tierlang.accounts.typed_file import TypedFile
from tierlang.program.nodes import Field

_BATCH = 10_000


def is_troubled(connection: duckdb.DuckDBPyConnection, file: TypedFile[Any], table: str) -> bool:
    """Whether what an engine made of a file may rest on rows that are to be refused."""
    return bool(connection.execute(file.door.trouble(table)).fetchall()[0][0])


def find_bad_cells(
    connection: duckdb.DuckDBPyConnection, file: TypedFile[Any], collector: Collector
) -> Iterator[tuple[int, str]]:
    """Every row with bad cells, as its index and the causes; the problems go to the collector."""
    cursor = connection.cursor()
    cursor.execute(f"SELECT * FROM ({file.door.inquest()}) ORDER BY row")
    while batch := cursor.fetchmany(_BATCH):
        for index, *found in batch:
            problems = list(_row_problems(file, index, found))
            collector.extend(problems)
            yield index, "; ".join(f"{each.heading} {each.cause.words}" for each in problems)


def _row_problems(file: TypedFile[Any], index: int, found: list[object]) -> Iterator[Problem]:
    row = file.opened.rows.row(index)
    for match, cell, cause in file.door.causes([_as_cell(cell) for cell in found]):
        yield Problem(file.label, row, match.column.heading, _value(cell), cause, _detail(match.field, cell, cause))


def _as_cell(cell: object) -> Cell:
    return tuple(cell) if isinstance(cell, list) else None if cell is None else str(cell)


def _value(cell: Cell) -> str | None:
    if isinstance(cell, tuple):
        return shown(", ".join(item or "" for item in cell))
    return None if cell is None else shown(cell)


def _detail(field: Field, cell: Cell, cause: Cause) -> str:
    if cause.name == "not-one-of" and isinstance(cell, str):
        nearest = cells.nearest_allowed(field, cell)
        return f'the nearest is "{nearest}"' if nearest else ""
    return ""


def find_doubled(
    connection: duckdb.DuckDBPyConnection, file: TypedFile[Any], collector: Collector
) -> Iterator[tuple[int, str]]:
    """Every row with a value that another row has too and may not, as its index and the cause; the problems go to the collector."""
    cursor = connection.cursor()
    for position, match, cause in file.door.unique:
        cursor.execute(
            f"WITH k AS MATERIALIZED (SELECT row, value FROM ({file.door.values(position, row=True)}) WHERE value IS NOT NULL),"
            " d AS (SELECT value FROM k GROUP BY value HAVING count(*) > 1),"
            " p AS (SELECT value, min(row, 4) AS places FROM k SEMI JOIN d USING (value) GROUP BY value)"
            " SELECT row, value, places FROM k JOIN p USING (value) ORDER BY row"
        )
        heading = match.column.heading
        rows = file.opened.rows
        while batch := cursor.fetchmany(_BATCH):
            for index, value, places in batch:
                others = [rows.row(place) for place in places if place != index][:3]
                detail = "also in row " + ", ".join(f"{other:,}" for other in others)
                collector.add(Problem(file.label, rows.row(index), heading, shown(value), cause, detail))
                yield index, f"{heading} {cause.words} ({detail})"
