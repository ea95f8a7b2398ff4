"""The past as a run needs it: what accounts hold, in the names of the program, and what was observed of them."""

from __future__ import annotations

import datetime as dt

import attrs
import duckdb

from tierlang.ledger.create import is_empty
from tierlang.ledger.names import Rename, literal, renames, rows_named
from tierlang.program.nodes import Program
from tierlang.program.occasions import windows_of


@attrs.frozen
class Brought:
    """What `bring` found. `unknown`: tiers held in the ledger that the rules do not know (a run must not go on); `renames`: what `record` will write down as renamed."""

    unknown: tuple[str, ...] = ()
    renames: tuple[Rename, ...] = ()


def bring(connection: duckdb.DuckDBPyConnection, catalog: str, program: Program, as_of: dt.date) -> Brought:
    """Make the temporary tables `open_rows`, `held`, `observed` and `latest` of a ledger, in the names of the program; an empty one gives empty tables.

    `open_rows(key, tier, base, since, settled_until, pinned, retired, absences)`: every open account. `retired` is the name of a tier that the program retires; `tier` is then NULL.
    `held`: the same without `absences`. `observed(key, score, at, value)`: what `Enduring` definitions can read, at most one row a day. `latest(key, "score NAME" …, "signal NAME" …)`: what was
    last observed of every score (a number) and signal (a text) of the program; one row for each account that was ever observed.
    """
    connection.execute(
        'CREATE OR REPLACE TEMP TABLE observed (key VARCHAR, score VARCHAR, "at" DATE, value DECIMAL(18,4))'
    )
    brought, known = Brought(), not is_empty(connection, catalog)
    if known:
        found = renames(connection, catalog, program)
        brought = Brought(_open_rows(connection, catalog, program, found), found)
    else:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE open_rows ({_OPEN_COLUMNS})")
    merges = program.mobility is not None and program.mobility.merges
    # A million rows are not copied for nothing; merges make another table of these.
    connection.execute(
        f"CREATE OR REPLACE TEMP {'TABLE' if merges else 'VIEW'} held AS SELECT * EXCLUDE (absences) FROM open_rows"
    )
    latest = _latest(connection, catalog, program, as_of, known=known)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE latest AS {latest}")
    if known:
        _observe(connection, catalog, program, as_of)
    return brought


_OPEN_COLUMNS = "key VARCHAR, tier VARCHAR, base VARCHAR, since DATE, settled_until DATE, pinned BOOLEAN, retired VARCHAR, absences UTINYINT"


def _open_rows(
    connection: duckdb.DuckDBPyConnection, catalog: str, program: Program, found: tuple[Rename, ...]
) -> tuple[str, ...]:
    """Makes `open_rows`; the tiers that the rules do not know."""
    tiers = {tier.name: tier.name for tier in program.ladders[0].tiers}
    tiers |= {rename.old: rename.new for rename in found if rename.kind == "tier"}
    retired = {each.name for each in program.mobility.retired} if program.mobility else set()
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE tier_names AS SELECT unnest($1::VARCHAR[]) AS ledger, unnest($2::VARCHAR[]) AS tier",
        [list(tiers), list(tiers.values())],
    )
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE open_rows AS
        SELECT s.account AS key, t.tier, b.tier AS base, s.since, s.settled_until, s.pinned, CASE WHEN t.tier IS NULL THEN s.tier END AS retired, s.absences,
               CASE WHEN b.tier IS NULL THEN s.base END AS unknown_base
        FROM {catalog}.standing s LEFT JOIN tier_names t ON t.ledger = s.tier LEFT JOIN tier_names b ON b.ledger = s.base
        """
    )
    rows = connection.execute(
        "SELECT retired FROM open_rows WHERE retired IS NOT NULL UNION SELECT unknown_base FROM open_rows WHERE unknown_base IS NOT NULL"
    ).fetchall()
    connection.execute("ALTER TABLE open_rows DROP COLUMN unknown_base")
    return tuple(sorted({name for (name,) in rows} - retired))


def _observe(connection: duckdb.DuckDBPyConnection, catalog: str, program: Program, as_of: dt.date) -> None:
    """Fills `observed`: of each score the latest value before the longest window over it, which `latest` has found, and every one since."""
    for score, begin in windows_of(program, as_of).items():
        connection.execute(
            f"""
            INSERT INTO observed
            SELECT key, $1, {_quoted(f"day {score}")}, {_quoted(f"before {score}")} FROM latest WHERE {_quoted(f"day {score}")} IS NOT NULL
            UNION ALL
            SELECT account, $1, "at", arg_max_null(value, run) FROM ({_observations(connection, catalog, program, score)})
            WHERE "at" > $2 AND "at" <= $3 GROUP BY account, "at"
            """,
            [score, begin, as_of],
        )
        for column in (f"day {score}", f"before {score}"):
            connection.execute(f"ALTER TABLE latest DROP COLUMN {_quoted(column)}")


def _latest(
    connection: duckdb.DuckDBPyConnection, catalog: str, program: Program, as_of: dt.date, *, known: bool
) -> str:
    """One pass over all observations, since accounts are slow to group; a value that was missing at last is missing."""
    named = [("score", score.name, "value", "DECIMAL(18,4)") for score in program.scores]
    named += [("signal", signal.name, '"text"', "VARCHAR") for signal in program.signals]
    if not known or not named:
        columns = "".join(f", NULL::{form} AS {_quoted(f'{kind} {name}')}" for kind, name, _, form in named)
        return f"SELECT NULL::VARCHAR AS key{columns} LIMIT 0"
    meant = {(kind, name): _meant(connection, catalog, program, kind, name) for kind, name, _, _ in named}
    shown = [
        f"arg_max_null({value}, run) FILTER ({meant[kind, name]}) AS {_quoted(f'{kind} {name}')}"
        for kind, name, value, _ in named
    ]
    for score, begin in windows_of(program, as_of).items():
        before = f"FILTER ({meant['score', score]} AND \"at\" <= DATE '{begin.isoformat()}')"
        shown.append(f'max("at") {before} AS {_quoted(f"day {score}")}')
        shown.append(f"arg_max_null(value, run) {before} AS {_quoted(f'before {score}')}")
    return f"SELECT account AS key, {', '.join(shown)} FROM {catalog}.observations GROUP BY account"


def _observations(connection: duckdb.DuckDBPyConnection, catalog: str, program: Program, score: str) -> str:
    """The rows of `observations` that mean a score of the program."""
    return f"FROM {catalog}.observations WHERE {_meant(connection, catalog, program, 'score', score)}"


def _meant(connection: duckdb.DuckDBPyConnection, catalog: str, program: Program, kind: str, name: str) -> str:
    """Which rows of `observations` mean a score or signal of the program."""
    if kind == "signal":
        return f"kind = 'signal' AND name = {literal(name)}"
    was = next(score.was for score in program.scores if score.name == name)
    return f"kind = 'score' AND {rows_named(connection, catalog, 'score', (name, *was))}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
