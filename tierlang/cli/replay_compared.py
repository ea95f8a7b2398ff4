"""Two replayed ledgers beside each other: where each leaves every account on the last date. And all stays of a replay, as rows."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from tierlang.accounts.table import literal
from tierlang.planning.replaying_figures import NO_TIER, NOWHERE, Comparison, Elsewhere, Replay

_SHOWN = 20


def compared(
    connection: duckdb.DuckDBPyConnection, here: Replay, there: Replay, here_catalog: str, there_catalog: str
) -> Comparison:
    """Compare the holders of both ledgers."""
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE both_ends AS
        SELECT coalesce(a.account, b.account) AS key, a.tier AS here, b.tier AS there, a.account IS NOT NULL AS held_here, b.account IS NOT NULL AS held_there
        FROM {here_catalog}.standing a FULL JOIN {there_catalog}.standing b ON a.account = b.account
        """
    )

    def place(tier: str, held: str) -> str:
        return f"CASE WHEN {held} THEN coalesce({tier}, {literal(NO_TIER)}) ELSE {literal(NOWHERE)} END"

    matrix = connection.execute(
        f"SELECT {place('here', 'held_here')}, {place('there', 'held_there')}, count(*) FROM both_ends GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    differing = "here IS DISTINCT FROM there OR held_here <> held_there"
    count = connection.execute(f"SELECT count(*) FROM both_ends WHERE {differing}").fetchall()[0][0]
    rows = connection.execute(
        f"""
        WITH shown AS (FROM both_ends WHERE {differing} ORDER BY {_order(here, "here")}, {_order(there, "there")}, key LIMIT {_SHOWN})
        SELECT s.key, s.here, s.there, {_why(here_catalog)}, {_why(there_catalog)}, s.held_here, s.held_there FROM shown s
        ORDER BY {_order(here, "s.here")}, {_order(there, "s.there")}, s.key
        """
    ).fetchall()
    return Comparison(here, there, tuple(matrix), int(count), tuple(Elsewhere(*row) for row in rows))


def _order(replay: Replay, column: str) -> str:
    """The place of a tier on its ladder, to sort by; accounts in no tier last."""
    branches = " ".join(f"WHEN {literal(tier)} THEN {place}" for place, tier in enumerate(replay.tiers))
    return f"CASE {column} {branches} ELSE {len(replay.tiers)} END"


def _why(catalog: str) -> str:
    """The last word of a ledger about the account of a row `s`, with its day."""
    told = "strftime(r.as_of, '%Y-%m-%d') || ': ' || m.reason"
    return (
        f"coalesce((SELECT arg_max({told}, m.run) FROM {catalog}.moves m JOIN {catalog}.runs r ON r.run = m.run"
        " WHERE m.account = s.key AND m.reason IS NOT NULL), '')"
    )


def stays_select(catalogs: Mapping[str, str]) -> str:
    """All stays of the replays, by account and day; with several ledgers, under which rules stands first."""
    columns = 'account, life, tier, start_date, end_date, "current", cause, "trigger", reason, word, approver, score, version, end_cause, end_reason'
    several = len(catalogs) > 1
    parts = [
        f"SELECT {place} AS part, {f'{literal(path)} AS replayed, ' if several else ''}{columns}, run FROM {catalog}.assignments"
        for place, (catalog, path) in enumerate(catalogs.items())
    ]
    return f"SELECT * EXCLUDE (part, run) FROM ({' UNION ALL '.join(parts)}) ORDER BY part, account, life, run"
