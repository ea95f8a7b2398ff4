"""Accounts that have become part of others (`merged from`): who takes whose holding, before anybody is placed."""

from __future__ import annotations

import attrs
import duckdb

from tierlang.program.nodes import Merge, Program

TAKEN_OVER = "taken_over"
"""The keys whose holding is now that of another account: `key`, `old` (whose it was), and what the ledger has for the key itself (`own` if it has something)."""

GONE = "merged_away"
"""The keys that have become part of others: `key`, `new`, and what they held."""


@attrs.frozen
class Merged:
    """What became of the merges: `waiting` are the pairs (old, new) whose old account still stands in the data; `done` holdings were merged, `opened` of them into accounts that had none."""

    waiting: tuple[tuple[str, str], ...] = ()
    done: int = 0
    opened: int = 0


def merge(connection: duckdb.DuckDBPyConnection, program: Program, present: str) -> Merged:
    """Give the holdings of merged accounts, in `held`, to those that they are part of now; the ledger's own `open_rows` stay as they are.

    `present` is a relation with the `key` of every account in the data. Of several holdings the one with the oldest `since` stays; of equals the account's own, then the one whose key stands first.
    A merge whose old account still stands in the data waits; one whose new account does not stand there yet is none, and the old one is absent.
    """
    merges = program.mobility.merges if program.mobility else ()
    if not merges:
        return Merged()
    _pairs(connection, merges)
    waiting = connection.execute(
        f"SELECT old, new FROM merge_pairs WHERE old IN (SELECT key FROM {present}) AND old IN (SELECT key FROM open_rows) ORDER BY place"
    ).fetchall()
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {GONE} AS SELECT o.*, p.new FROM open_rows o JOIN merge_pairs p ON o.key = p.old"
        f" WHERE o.key NOT IN (SELECT key FROM {present}) AND p.new IN (SELECT key FROM {present})"
    )
    connection.execute(_taken_over())
    done = connection.execute(f"SELECT count(*) FROM {GONE}").fetchall()[0][0]
    opened = connection.execute(f"SELECT count(*) FILTER (NOT had) FROM {TAKEN_OVER}").fetchall()[0][0]
    if done:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE held AS {_held()}")
    return Merged(tuple((old, new) for old, new in waiting), int(done), int(opened))


def _pairs(connection: duckdb.DuckDBPyConnection, merges: tuple[Merge, ...]) -> None:
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE merge_pairs AS"
        " SELECT unnest($1::VARCHAR[]) AS old, unnest($2::VARCHAR[]) AS new, unnest($3::INTEGER[]) AS place",
        [[each.old for each in merges], [each.new for each in merges], list(range(len(merges)))],
    )


def _taken_over() -> str:
    """Those whose new holding comes from another: the oldest of all that meet in one key, where it is not the key's own."""
    meeting = (
        f"SELECT new AS key, key AS old, tier, base, since, settled_until, pinned, retired, false AS own FROM {GONE}"
        f" UNION ALL SELECT o.key, o.key, o.tier, o.base, o.since, o.settled_until, o.pinned, o.retired, true FROM open_rows o"
        f" WHERE o.key IN (SELECT new FROM {GONE})"
    )
    first = f"SELECT * FROM ({meeting}) QUALIFY row_number() OVER (PARTITION BY key ORDER BY since, own DESC, old) = 1"
    return (
        f"CREATE OR REPLACE TEMP TABLE {TAKEN_OVER} AS"
        " SELECT m.* EXCLUDE (own), o.key IS NOT NULL AS had, coalesce(o.tier, o.retired) AS own_tier, o.base AS own_base,"
        " o.since AS own_since, o.settled_until AS own_settled_until"
        f" FROM ({first}) m LEFT JOIN open_rows o ON o.key = m.key WHERE NOT m.own"
    )


def _held() -> str:
    columns = "key, tier, base, since, settled_until, pinned, retired"
    return (
        f"SELECT {columns} FROM held WHERE key NOT IN (SELECT key FROM {GONE}) AND key NOT IN (SELECT key FROM {TAKEN_OVER})"
        f" UNION ALL SELECT {columns} FROM {TAKEN_OVER}"
    )
