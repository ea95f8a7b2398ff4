"""Keys of events over several files: what a key names stands in one file only."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from tierlang.accounts.errors import DataError
from tierlang.accounts.facts import FactFile
from tierlang.accounts.problems import shown

_SHOWN = 5


def must_be_apart(connection: duckdb.DuckDBPyConnection, files: Sequence[FactFile]) -> None:
    """After the files were taken in: a key of an event stands in one of them only (that it stands there once, its own door has seen to)."""
    keyed: dict[str, list[tuple[FactFile, int]]] = {}
    for file in files:
        for position, match, _ in file.door.unique:
            for name in match.names or file.names:
                keyed.setdefault(name, []).append((file, position))
    for name, places in keyed.items():
        if len(places) > 1:
            _no_key_twice(connection, name, places)


def _no_key_twice(connection: duckdb.DuckDBPyConnection, name: str, places: list[tuple[FactFile, int]]) -> None:
    values = " UNION ALL ".join(
        f"SELECT value, {number} AS file FROM ({file.door.values(position)}) WHERE value IS NOT NULL"
        for number, (file, position) in enumerate(places)
    )
    twice = (
        f"SELECT value, list_sort(list(DISTINCT file)) AS files FROM ({values}) GROUP BY value HAVING len(files) > 1"
    )
    found = connection.execute(
        f"SELECT value, files, count(*) OVER () FROM ({twice}) ORDER BY value LIMIT {_SHOWN}"
    ).fetchall()
    if not found:
        return
    several = found[0][2] != 1
    where = (f"{shown(value)} in {' and '.join(places[i][0].label for i in numbers)}" for value, numbers, _ in found)
    raise DataError(
        f"{found[0][2]:,} key{'s' if several else ''} of the event {name} stand{'' if several else 's'} in more than one file",
        *where,
        "A key names one event: leave the doubled rows out of one of the files.",
    )
