"""Why rows are refused: the bad cells, empty keys and doubled keys of a table that can be read."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import duckdb

from tierlang.accounts import cells, door_typed
from tierlang.accounts.cells import Cell
from tierlang.accounts.door import Door, Match
from tierlang.accounts.problems import Cause, Collector, Problem, shown
from tierlang.accounts.rows import Rows
from tierlang.program.nodes import Field
from tierlang.program.values import Kind

DOUBLED = Cause("duplicate-key", "is the key of more than one row", "a key that no other row has")
_BATCH = 10_000


def is_troubled(connection: duckdb.DuckDBPyConnection, relation: str) -> bool:
    """Whether a relation with `key` and `bad` has a bad row or (perhaps) a doubled key; quick and narrow."""
    test = f"SELECT count(*) FILTER (bad IS NOT FALSE), count(*), count(DISTINCT hash(key)) FROM {relation}"
    bad, rows, keys = connection.execute(test).fetchall()[0]
    return bool(bad) or rows != keys


def find_bad_cells(
    connection: duckdb.DuckDBPyConnection, label: str, door: Door, rows: Rows, collector: Collector
) -> Iterator[tuple[int, str]]:
    """Every row with bad cells, as its index and the causes; the problems go to the collector."""
    cursor = connection.cursor()
    cursor.execute(f"SELECT * FROM ({door.inquest()}) WHERE bad ORDER BY row")
    while batch := cursor.fetchmany(_BATCH):
        for index, _, _, *found in batch:
            problems = list(_row_problems(label, door, rows.row(index), found))
            collector.extend(problems)
            yield index, "; ".join(f"{each.heading} {each.cause.words}" for each in problems)


def _row_problems(label: str, door: Door, row: int, found: list[object]) -> Iterator[Problem]:
    for position, (match, cell) in enumerate(zip(door.matches, found, strict=True)):
        text = _as_cell(cell)
        read = cells.read_key if position == 0 else cells.read_cell
        cause = read(_as_typed(match), text, door.missing)
        if isinstance(cause, Cause):
            yield Problem(label, row, match.column.heading, _value(text), cause, _detail(match.field, text, cause))


def _as_cell(cell: object) -> Cell:
    return tuple(cell) if isinstance(cell, list) else None if cell is None else str(cell)


def _as_typed(match: Match) -> Field:
    """A typed date stands in ISO form, whatever format the field's texts have."""
    if match.field.kind is Kind.DATE and match.column.type in door_typed.DATES:
        return attrs.evolve(match.field, date_format=None)
    return match.field


def _value(cell: Cell) -> str | None:
    if isinstance(cell, tuple):
        return shown(", ".join(item or "" for item in cell))
    return None if cell is None else shown(cell)


def _detail(field: Field, cell: Cell, cause: Cause) -> str:
    if cause.name == "not-one-of" and isinstance(cell, str):
        nearest = cells.nearest_allowed(field, cell)
        return f'the nearest is "{nearest}"' if nearest else ""
    return ""


def find_doubled_keys(
    connection: duckdb.DuckDBPyConnection, label: str, door: Door, rows: Rows, collector: Collector
) -> Iterator[tuple[int, str]]:
    """Every row whose key another row has too, as its index and the cause; the problems go to the collector."""
    cursor = connection.cursor()
    cursor.execute(
        f"WITH k AS MATERIALIZED (SELECT row, key FROM ({door.inquest()}) WHERE key IS NOT NULL),"
        " d AS (SELECT key FROM k GROUP BY key HAVING count(*) > 1),"
        " p AS (SELECT key, min(row, 4) AS places FROM k SEMI JOIN d USING (key) GROUP BY key)"
        " SELECT row, key, places FROM k JOIN p USING (key) ORDER BY row"
    )
    heading = door.key.column.heading
    while batch := cursor.fetchmany(_BATCH):
        for index, key, places in batch:
            others = [rows.row(place) for place in places if place != index][:3]
            detail = "also in row " + ", ".join(f"{other:,}" for other in others)
            collector.add(Problem(label, rows.row(index), heading, shown(key), DOUBLED, detail))
            yield index, f"{heading} {DOUBLED.words} ({detail})"
