"""What a ledger remembers of one account: what it holds, its scores day by day, and what the run decided about it."""

from __future__ import annotations

import datetime as dt

from tierlang.accounts.table import literal
from tierlang.cli.history_reading import scaled
from tierlang.cli.knowing_past import Known
from tierlang.engines.interpreter.facts import Memory
from tierlang.engines.interpreter.trace_mobility import Remembered
from tierlang.engines.sql.evaluated import Evaluated
from tierlang.program.holdings import Decision, Holding
from tierlang.program.occasions import next_review
from tierlang.reports.explained_moves import LedgerFacts


def remembered(known: Known, result: Evaluated, key: str) -> Remembered:
    """The account's past in a run that is placed."""
    return Remembered(_memory(known, key), known.occasion, _decision(known, result, key))


def ledger_facts(known: Known, path: str, as_of: dt.date) -> LedgerFacts:
    """What is said of the ledger as a whole."""
    last = known.head
    last_review = None if last is None else last.last_review
    return LedgerFacts(
        path,
        None if last is None else last.run,
        None if last is None else last.as_of,
        last_review,
        next_review(known.program, as_of, last_review),
    )


def _memory(known: Known, key: str) -> Memory:
    columns = "key, tier, base, since, settled_until, pinned, retired"
    rows = known.connection.execute(f"SELECT {columns} FROM held WHERE key = {literal(key)}").fetchall()
    observed: dict[str, list[tuple[dt.date, int | None]]] = {}
    seen = f'SELECT score, "at", value FROM observed WHERE key = {literal(key)} ORDER BY score, "at"'
    for score, at, value in known.connection.execute(seen).fetchall():
        observed.setdefault(score, []).append((at, scaled(value)))
    scores = {score.name: tuple(observed.get(score.name, ())) for score in known.program.scores}
    return Memory(Holding(*rows[0]) if rows else None, scores)


def _decision(known: Known, result: Evaluated, key: str) -> Decision | None:
    columns = 'key, cause, "trigger", tier, base, pinned, proposed, waits, reason'
    rows = known.connection.execute(f"SELECT {columns} FROM ({result.decided()}) WHERE key = {literal(key)}").fetchall()
    return Decision(*rows[0]) if rows else None
