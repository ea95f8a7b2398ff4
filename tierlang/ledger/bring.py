"""The past as a run needs it: what accounts hold, in the names of the program, and what was observed of them."""

from __future__ import annotations

import datetime as dt

import attrs
import duckdb

from tierlang.ledger.create import is_empty
from tierlang.ledger.names import Rename, renames, rows_named
from tierlang.program.calendar import Duration, shift
from tierlang.program.nodes import Enduring, Program


@attrs.frozen
class Brought:
    """What `bring` found. `unknown`: tiers held in the ledger that the rules do not know (a run must not go on); `renames`: what `record` will write down as renamed;
    `waiting`: merges (old, new) that wait because the old account still stands in the data."""

    unknown: tuple[str, ...] = ()
    renames: tuple[Rename, ...] = ()
    waiting: tuple[tuple[str, str], ...] = ()


def bring(
    connection: duckdb.DuckDBPyConnection,
    catalog: str,
    program: Program,
    as_of: dt.date,
    *,
    present: str | None = None,
) -> Brought:
    """Make the temporary tables `open_rows`, `held` and `observed` of a ledger (an empty one gives empty tables). `present`: a relation with the `key` of every account in the data.

    `open_rows(key, tier, base, since, settled_until, pinned, retired, absences, merged_from, merged_into)`: every open account in the program's names, merges applied. `retired` is the name of a tier that
    the program retires (`tier` is then NULL). `merged_into`: the account was merged into this one and is to be closed with the cause `merged`, whatever its other columns say. `merged_from`: the
    account's columns are those of the holding of this one, which it takes; where it has another reason to be in the plan, that reason stands, else it is a `stay` with the cause `merged`.
    `held(key, tier, base, since, settled_until, pinned, retired)` are those not merged into another; `observed(key, score, at, value)` has what `Enduring` definitions can read, at most one row a day.
    """
    connection.execute(f"CREATE OR REPLACE TEMP TABLE open_rows ({_OPEN_COLUMNS})")
    connection.execute(
        'CREATE OR REPLACE TEMP TABLE observed (key VARCHAR, score VARCHAR, "at" DATE, value DECIMAL(18,4))'
    )
    brought = Brought()
    if not is_empty(connection, catalog):
        found = renames(connection, catalog, program)
        unknown = _open_rows(connection, catalog, program, found)
        waiting = _merge(connection, program, present)
        _observe(connection, catalog, program, as_of)
        brought = Brought(unknown, found, waiting)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE held AS SELECT key, tier, base, since, settled_until, pinned, retired FROM open_rows WHERE merged_into IS NULL"
    )
    return brought


_OPEN_COLUMNS = "key VARCHAR, tier VARCHAR, base VARCHAR, since DATE, settled_until DATE, pinned BOOLEAN, retired VARCHAR, absences UTINYINT, merged_from VARCHAR, merged_into VARCHAR"


def _open_rows(
    connection: duckdb.DuckDBPyConnection, catalog: str, program: Program, found: tuple[Rename, ...]
) -> tuple[str, ...]:
    """Fills `open_rows`; the tiers that the rules do not know."""
    tiers = {tier.name: tier.name for tier in program.ladders[0].tiers}
    tiers |= {rename.old: rename.new for rename in found if rename.kind == "tier"}
    retired = {each.name for each in program.mobility.retired} if program.mobility else set()
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE tier_names AS SELECT unnest($1::VARCHAR[]) AS ledger, unnest($2::VARCHAR[]) AS tier",
        [list(tiers), list(tiers.values())],
    )
    connection.execute(
        f"""
        INSERT INTO open_rows
        SELECT s.account, t.tier, b.tier, s.since, s.settled_until, s.pinned, CASE WHEN t.tier IS NULL THEN s.tier END, s.absences, NULL, NULL
        FROM {catalog}.standing s LEFT JOIN tier_names t ON t.ledger = s.tier LEFT JOIN tier_names b ON b.ledger = s.base
        """
    )
    bases = f"SELECT DISTINCT base FROM {catalog}.standing WHERE base NOT IN (SELECT ledger FROM tier_names)"
    rows = connection.execute(
        f"SELECT DISTINCT retired FROM open_rows WHERE retired IS NOT NULL UNION {bases}"
    ).fetchall()
    return tuple(sorted({name for (name,) in rows} - retired))


def _merge(connection: duckdb.DuckDBPyConnection, program: Program, present: str | None) -> tuple[tuple[str, str], ...]:
    """Merges in `open_rows`; those that wait."""
    merges = program.mobility.merges if program.mobility else ()
    if not merges:
        return ()
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE merging AS SELECT m.* FROM (SELECT unnest($1::VARCHAR[]) AS old, unnest($2::VARCHAR[]) AS new) m SEMI JOIN open_rows o ON o.key = m.old",
        [[merge.old for merge in merges], [merge.new for merge in merges]],
    )
    waiting: list[tuple[str, str]] = []
    if present is not None:
        waiting = connection.execute(
            f"SELECT old, new FROM merging SEMI JOIN {present} p ON p.key = merging.old ORDER BY ALL"
        ).fetchall()
        connection.execute(f"DELETE FROM merging WHERE old IN (SELECT key FROM {present})")
    connection.execute(
        """
        CREATE OR REPLACE TEMP TABLE taken AS
        SELECT c.new AS key, o.* EXCLUDE (key, merged_from, merged_into), o.key AS taken_from
        FROM (SELECT old, new FROM merging UNION SELECT new, new FROM merging) c JOIN open_rows o ON o.key = c.old
        QUALIFY row_number() OVER (PARTITION BY c.new ORDER BY o.since, o.key <> c.new, o.key) = 1
        """
    )
    connection.execute("DELETE FROM open_rows WHERE key IN (SELECT key FROM taken WHERE taken_from <> key)")
    connection.execute("UPDATE open_rows SET merged_into = m.new FROM merging m WHERE open_rows.key = m.old")
    connection.execute(
        """
        INSERT INTO open_rows
        SELECT key, tier, base, since, settled_until, pinned, retired, absences, taken_from, NULL FROM taken WHERE taken_from <> key
        """
    )
    return tuple((old, new) for old, new in waiting)


def _observe(connection: duckdb.DuckDBPyConnection, catalog: str, program: Program, as_of: dt.date) -> None:
    """Fills `observed`: of each score the latest value before the longest window over it, and every one since."""
    windows: dict[str, list[Duration]] = {}
    for definition in (*program.definitions, *program.relative):
        if isinstance(definition, Enduring):
            windows.setdefault(definition.score, []).append(definition.duration)
    for score, durations in windows.items():
        begin = min(shift(as_of, duration, -1) for duration in durations)
        rows = _observations(connection, catalog, program, "score", score)
        connection.execute(
            f"""
            INSERT INTO observed
            SELECT account, $1, "at", value FROM ({rows}) WHERE "at" > $2 AND "at" <= $3 QUALIFY row_number() OVER (PARTITION BY account, "at" ORDER BY run DESC) = 1
            UNION ALL
            SELECT account, $1, "at", value FROM ({rows}) WHERE "at" <= $2 QUALIFY row_number() OVER (PARTITION BY account ORDER BY run DESC) = 1
            """,
            [score, begin, as_of],
        )


def last_observed(
    connection: duckdb.DuckDBPyConnection, catalog: str, program: Program, kind: str, name: str
) -> str | None:
    """A SELECT of `key` and the last `value` observed of a score (`kind` is "score") or signal ("signal"; a text); one row for each account that was ever observed. None: nothing ever was."""
    if is_empty(connection, catalog):
        return None
    rows = _observations(connection, catalog, program, kind, name)
    value = "value" if kind == "score" else '"text" AS value'
    return f"SELECT account AS key, {value} FROM ({rows}) QUALIFY row_number() OVER (PARTITION BY account ORDER BY run DESC) = 1"


def _observations(connection: duckdb.DuckDBPyConnection, catalog: str, program: Program, kind: str, name: str) -> str:
    """The rows of `observations` that mean a score or signal of the program."""
    was = next((score.was for score in program.scores if score.name == name), ()) if kind == "score" else ()
    meant = (
        rows_named(connection, catalog, "score", (name, *was))
        if kind == "score"
        else "name = '" + name.replace("'", "''") + "'"
    )
    return f"FROM {catalog}.observations WHERE kind = '{kind}' AND {meant}"
