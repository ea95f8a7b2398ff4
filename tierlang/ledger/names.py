"""What things were called: the names of the program that the ledger has under others, and where to find them in its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, TypeAlias

import attrs
import duckdb

from tierlang.program.nodes import Program

NameKind: TypeAlias = Literal["tier", "score", "trigger", "ladder"]


@attrs.frozen
class Rename:
    """A name of the ledger that the rules have given up for another."""

    kind: NameKind
    old: str
    new: str


def renames(connection: duckdb.DuckDBPyConnection, catalog: str, program: Program) -> tuple[Rename, ...]:
    """The renames (`was`) of the program that the ledger does not know yet and that rename something in it."""
    found: list[Rename] = []
    for kind, named in _was(program).items():
        if any(named.values()):
            known = _present(connection, catalog, kind)
            found += [Rename(kind, old, new) for new, olds in named.items() for old in olds if old in known]
    return tuple(found)


def _was(program: Program) -> dict[NameKind, Mapping[str, tuple[str, ...]]]:
    ladder = program.ladders[0]
    return {
        "tier": {tier.name: tier.was for tier in ladder.tiers},
        "score": {score.name: score.was for score in program.scores},
        "trigger": {trigger.name: trigger.was for trigger in program.mobility.triggers} if program.mobility else {},
        "ladder": {ladder.name: ladder.was} if ladder.name is not None else {},
    }


_SEEN: dict[NameKind, str] = {
    "tier": "SELECT DISTINCT run, unnest([tier, base, from_tier]) AS name FROM {catalog}.moves",
    "score": "SELECT DISTINCT run, name FROM {catalog}.observations WHERE kind = 'score'",
    "trigger": 'SELECT DISTINCT run, "trigger" AS name FROM {catalog}.moves WHERE "trigger" IS NOT NULL',
    "ladder": "SELECT run, ladder AS name FROM {catalog}.runs",
}


def _present(connection: duckdb.DuckDBPyConnection, catalog: str, kind: NameKind) -> set[str]:
    """All names of the kind in the ledger, as they are today."""
    rows = connection.execute(
        f"""
        SELECT DISTINCT coalesce(n.present, s.name) FROM ({_SEEN[kind].format(catalog=catalog)}) s
        LEFT JOIN {catalog}.names n ON n.kind = $1 AND n.name = s.name AND s.run >= n.from_run AND s.run < n.to_run
        WHERE s.name IS NOT NULL
        """,
        [kind],
    ).fetchall()
    return {name for (name,) in rows}


def rows_named(connection: duckdb.DuckDBPyConnection, catalog: str, kind: NameKind, present: Iterable[str]) -> str:
    """A condition on `run` and `name` for the rows that mean one of these names of today."""
    wanted = set(present)
    spans = connection.execute(
        f"SELECT name, from_run, to_run, present FROM {catalog}.names WHERE kind = $1 ORDER BY ALL", [kind]
    ).fetchall()
    parts: list[str] = []
    for name in sorted(wanted):
        gone = [f"run BETWEEN {start} AND {end - 1}" for old, start, end, _ in spans if old == name]
        parts.append(f"(name = {literal(name)}" + (f" AND NOT ({' OR '.join(gone)}))" if gone else ")"))
    parts += [
        f"(name = {literal(old)} AND run BETWEEN {start} AND {end - 1})"
        for old, start, end, now in spans
        if now in wanted
    ]
    return f"({' OR '.join(parts)})" if parts else "false"


def literal(text: str) -> str:
    """A text in SQL."""
    quoted = text.replace("'", "''")
    return f"'{quoted}'"
