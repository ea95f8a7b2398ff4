"""From what a run decides about each account to what is to be recorded: the relation `planned`, and the figures of the plan.

A run with a past is put together so, on one connection, by whoever has the files:

1. The ledger's `head` tells the occasion (`tierlang.program.occasions`), and its `bring` puts open assignments and what was observed into temporary tables (`held`, `open_rows`, `observed`, `latest`), in
   the program's names. From here on the ledger is not needed.
2. The accounts are taken in; `merge` then gives the holdings of merged accounts to those that they are part of.
3. The engine places everybody. `decide` makes `planned` of what it decided, of the holders that the data does not have, of merges, and of what was observed.
4. The ledger's `record` writes `planned` down: at once (a replay), or after a person has looked at it (`plan` and `apply`).

Nothing here writes to the ledger or to a file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Protocol

import attrs
import duckdb

from tierlang.planning import counting
from tierlang.planning.closing import closings
from tierlang.planning.columns import COLUMNS, PLANNED
from tierlang.planning.figures import Figures
from tierlang.planning.merging import TAKEN_OVER, Merged
from tierlang.planning.observing import Observed, any_change, changes, score_column, signal_column
from tierlang.planning.settling import settled_by
from tierlang.planning.sql import cases, day, identifier, literal, maybe
from tierlang.program.holdings import Occasion
from tierlang.program.move_reasons import MERGED_FROM
from tierlang.program.nodes import Program


class Decided(Protocol):
    """What an engine placed, in a run that knows the past: `tierlang.engines.sql.evaluated.Evaluated` is such."""

    def decided(self) -> str:
        """A SELECT of one row for each account that the run decides about (see `tierlang.program.holdings`)."""
        ...


@attrs.frozen
class Planned:
    """What a run would do: the name of the relation with a row for each account of which something is to be recorded, and the figures of the whole."""

    figures: Figures
    relation: str = PLANNED


def decide(
    connection: duckdb.DuckDBPyConnection,
    program: Program,
    evaluated: Decided,
    merged: Merged,
    occasion: Occasion,
    as_of: dt.date,
    *,
    observing: Collection[str] | None = None,
) -> Planned:
    """Make `planned` (see `tierlang.planning.columns`), in the order of the input, those closed or absent last by key, and count it.

    The temporary tables of the ledger stand in the connection, and `merged` is what `merge` said. `observing`: only these scores, and no signals, are observed (a replay keeps no others).
    """
    decided = evaluated.decided()
    select = _records(connection, program, decided, merged, as_of, observing)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {PLANNED} AS {select}")
    present = counting.present(connection, decided)
    closings(connection, decided, merged, occasion, present.held)
    return Planned(counting.figures(connection, program, occasion, present, merged, as_of))


def _records(
    connection: duckdb.DuckDBPyConnection,
    program: Program,
    decided: str,
    merged: Merged,
    as_of: dt.date,
    observing: Collection[str] | None,
) -> str:
    """Everybody in the data of whom something is to be recorded."""
    scores = [score.name for score in program.scores if observing is None or score.name in observing]
    heard = [signal.name for signal in program.signals if observing is None]
    seen = [_observed(name, score_column(name), "score") for name in scores]
    signals = [_observed(name, signal_column(program, name), "signal") for name in heard]
    by = program.ladders[0].by
    is_score = by is not None and any(score.name == by.name for score in program.scores)
    values = {
        "since": f"CASE WHEN fresh THEN {day(as_of)} WHEN back THEN own_since ELSE held_since END",
        "settled_until": f"CASE WHEN fresh THEN {settled_by(program, as_of)} WHEN back THEN own_settled_until ELSE held_settled_until END",
        "cause": "CASE WHEN took AND (cause IS NULL OR back) THEN 'merged' ELSE cause END",
        "trigger": "CASE WHEN NOT back THEN trigger END",
        "absences": "0::UTINYINT",
        "proposed": "CASE WHEN waits IS NOT NULL THEN proposed END",
        "approver": _approver(program),
        "score": f"{score_column(by.name)}::DECIMAL(18,4)" if is_score and by is not None else "NULL::DECIMAL(18,4)",
        "reason": f"CASE WHEN took THEN {literal(MERGED_FROM)} || old || '; ' || reason WHEN act <> 'observe' THEN reason END",
        "scores": changes(seen, "DECIMAL(18,4)"),
        "signals": changes(signals, "VARCHAR"),
    }
    shown = ", ".join(f"{values.get(name, name)} AS {name}" for name in COLUMNS)
    beside = _beside(connection, decided, merged)
    acting = f"SELECT *, {_act(any_change([*seen, *signals]))} AS act FROM ({beside})"
    fresh = "act IN ('assign', 'move') AND NOT (took AND cause IS NULL)"
    # What was taken over is moved at once to where the account has been all along: it has not moved, and has what it had.
    back = "coalesce(took AND cause IS NOT NULL AND act = 'stay', false)"
    # Joins lose the order of the input; without any the accounts still stand in it, and a million need no sort.
    order = " ORDER BY row_id" if _has_rows(connection, "open_rows") or _has_rows(connection, "latest") else ""
    return (
        f"SELECT {shown} FROM (SELECT *, {fresh} AS fresh, {back} AS back FROM ({acting}) WHERE act IS NOT NULL){order}"
    )


def _observed(name: str, now: str, sort: str) -> Observed:
    return Observed(name, now, identifier(f"last {sort} {name}"))


def _act(seen: str) -> str:
    """What becomes of an account; NULL where nothing has to be recorded. What changes how a tier is held goes before the waiting: `waits` says that too."""
    changed = "base IS DISTINCT FROM from_base OR pinned <> held_pinned OR was_absent OR took OR cause IS NOT NULL"
    return cases(
        [
            ("cause = 'exclusion' AND NOT had", "NULL"),
            ("cause = 'exclusion'", "'close'"),
            ("NOT had", "'assign'"),
            ("tier IS DISTINCT FROM from_tier", "'move'"),
            (changed, "'stay'"),
            ("waits IS NOT NULL", "'wait'"),
            (seen, "'observe'"),
        ],
        "NULL",
    )


def _beside(connection: duckdb.DuckDBPyConnection, decided: str, merged: Merged) -> str:
    """The decided accounts with what the ledger itself has of each: `had`, `from_tier`, `from_base`, what was last observed, and whose holding they `took`."""
    absent = "SELECT key AS absent_key FROM open_rows WHERE absences > 0"
    some = connection.execute(f"SELECT EXISTS ({absent})").fetchall()[0][0]
    columns = ["d.*", "absent_key IS NOT NULL AS was_absent" if some else "false AS was_absent"]
    joins = [f"LEFT JOIN ({absent}) ON absent_key = d.key"] if some else []
    if merged.done:
        columns += [
            "t.key IS NOT NULL AS took",
            "t.old",
            "CASE WHEN t.key IS NOT NULL THEN t.had ELSE d.held END AS had",
            "CASE WHEN t.key IS NOT NULL THEN t.own_tier ELSE coalesce(d.held_tier, d.held_retired) END AS from_tier",
            "CASE WHEN t.key IS NOT NULL THEN t.own_base ELSE d.held_base END AS from_base",
            "t.own_since",
            "t.own_settled_until",
        ]
        joins.append(f"LEFT JOIN {TAKEN_OVER} t ON t.key = d.key")
    else:
        columns += ["false AS took", "NULL::VARCHAR AS old", "d.held AS had"]
        columns += ["NULL::DATE AS own_since", "NULL::DATE AS own_settled_until"]
        columns += ["coalesce(d.held_tier, d.held_retired) AS from_tier", "d.held_base AS from_base"]
    kinds = _latest_columns(connection)
    if _has_rows(connection, "latest"):
        columns += [f"l.{identifier(name)} AS {identifier(f'last {name}')}" for name in kinds]
        joins.append("LEFT JOIN latest l ON l.key = d.key")
    else:
        columns += [f"NULL::{kind} AS {identifier(f'last {name}')}" for name, kind in kinds.items()]
    return f"SELECT {', '.join(columns)} FROM ({decided}) d {' '.join(joins)}"


def _latest_columns(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """`score NAME`, `signal NAME`, each with its type: what was last observed."""
    described = connection.execute("DESCRIBE latest").fetchall()
    return {row[0]: row[1] for row in described if row[0] != "key"}


def _has_rows(connection: duckdb.DuckDBPyConnection, relation: str) -> bool:
    return bool(connection.execute(f"SELECT EXISTS (FROM {relation})").fetchall()[0][0])


def _approver(program: Program) -> str:
    """The person who has to approve, as people are shown them, of those who wait for it."""
    triggers = program.mobility.triggers if program.mobility else ()
    named = [(f"trigger = {literal(each.name)}", maybe(each.approver.shown)) for each in triggers if each.approver]
    return f"CASE WHEN waits = 'approval' THEN {cases(named, maybe(None))} END"
