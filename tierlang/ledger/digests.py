"""Digests of the rows of a run, and the chain of fingerprints; the same on every machine, in every order of rows, with any number of threads."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

import duckdb

from tierlang.ledger.schema import MOVES, OBSERVATIONS, OVERRIDES, RENAMES, RULES, RUNS, Table

_DIGESTED = (MOVES, OBSERVATIONS, OVERRIDES, RENAMES, RULES)
_BY_MACHINE = ("digest", "fingerprint", "applied_at", "applied_by")
FACTS = tuple(column.name for column in RUNS.columns if column.name not in _BY_MACHINE)
"""The columns of `runs` that its fingerprint is made of, besides the digest."""


def digests(connection: duckdb.DuckDBPyConnection, catalog: str, run: int | None = None) -> dict[int, str]:
    """The digest of the rows of each run (or of one), by number; a run without rows has none.

    Every row is hashed, and the hashes are added up without carrying: an order would cost a sort of everything.
    """
    where = "" if run is None else f"WHERE run = {run}"
    sums: dict[int, list[object]] = {}
    for table in _DIGESTED:
        rows = connection.execute(
            f"""
            SELECT run, count(*), bit_xor(md5_number({_line(table)})) FROM {catalog}.{table.name} {where} GROUP BY run
            """
        ).fetchall()
        for number, *summed in rows:
            sums.setdefault(number, []).append([table.name, *(int(each) for each in summed)])
    return {number: _hashed(found) for number, found in sums.items()}


NOTHING = hashlib.sha256(b"[]").hexdigest()
"""The digest of a run without rows."""


def fingerprint(before: str | None, facts: Mapping[str, object], digest: str) -> str:
    """The fingerprint of a run: made of that of the run before, its facts (`FACTS`) and the digest of its rows."""
    return _hashed([before, {name: None if facts[name] is None else str(facts[name]) for name in FACTS}, digest])


def _hashed(value: object) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _line(table: Table) -> str:
    """A row as one text; what separates and what stands for nothing are signs that no value has. Run and day are the same in all of them, and facts of the run."""
    cells = [
        f'coalesce(CAST({table.name}."{column.name}" AS VARCHAR), chr(30))'
        for column in table.columns
        if column.name not in ("run", "at")
    ]
    return f"concat_ws(chr(31), {', '.join(cells)})"
