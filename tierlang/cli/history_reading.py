"""Reading one account's life from a ledger."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import duckdb

from tierlang.accounts.table import literal
from tierlang.cli.failure import Failure
from tierlang.diagnostics.suggest import listing
from tierlang.program.numbers import SCALE
from tierlang.reports.history_facts import History, Observed, Override, Renamed, Step

_STEPS = """
SELECT
  r.run, r.as_of, r.review, r.freeze, r.ruleset, r.version, r.rules, m.kind, m.cause, m."trigger",
  m.from_tier, m.tier, coalesce(t.present, m.tier), m.base, m.since, m.settled_until, m.pinned, m.absences, m.score, m.reason, m.word, m.approver
FROM {ledger}.moves m
JOIN {ledger}.runs r ON r.run = m.run
LEFT JOIN {ledger}.names t ON t.kind = 'tier' AND t.name = m.tier AND m.run >= t.from_run AND m.run < t.to_run
WHERE m.account = {key}
ORDER BY m.run
"""
_OBSERVED = """
SELECT coalesce(n.present, o.name), o.at, o.value, o.text
FROM {ledger}.observations o
LEFT JOIN {ledger}.names n ON n.kind = 'score' AND o.kind = 'score' AND n.name = o.name AND o.run >= n.from_run AND o.run < n.to_run
WHERE o.account = {key} AND o.kind = {kind}
ORDER BY min(o.run) OVER (PARTITION BY coalesce(n.present, o.name)), 1, o.run
"""
_RENAMED = """
SELECT e.kind, e.old, e."new", e.run, r.as_of FROM {ledger}.renames e JOIN {ledger}.runs r ON r.run = e.run
WHERE EXISTS (
  FROM {ledger}.moves m WHERE m.account = {key} AND m.run < e.run
    AND ((e.kind = 'tier' AND e.old IN (m.tier, m.from_tier)) OR (e.kind = 'trigger' AND e.old = m."trigger"))
)
ORDER BY e.run, e.kind, e.old
"""
_OVERRIDDEN = """
SELECT o.run, r.as_of, o.reason FROM {ledger}.overrides o JOIN {ledger}.runs r ON r.run = o.run
WHERE o.kind = 'breaker' AND o.run IN (SELECT run FROM {ledger}.moves WHERE account = {key} AND kind IN ('move', 'close'))
ORDER BY o.run
"""
_NEAR = """
SELECT account FROM (SELECT DISTINCT account FROM {ledger}.moves)
ORDER BY account <> trim({key}), lower(account) <> lower({key}), ltrim(account, '0') <> ltrim({key}, '0'),
  jaro_winkler_similarity(lower(account), lower({key})) DESC, account
LIMIT 3
"""


def history_of(connection: duckdb.DuckDBPyConnection, catalog: str, path: str, key: str) -> History:
    """The life of the account in the ledger attached under this name; a key that it does not know ends in a Failure that shows near ones."""

    def ask(query: str, **more: str) -> list[Any]:
        return connection.execute(query.format(ledger=catalog, key=literal(key), **more)).fetchall()

    last = ask("SELECT run, as_of FROM {ledger}.runs ORDER BY run DESC LIMIT 1")
    if not last:
        raise Failure(f"{path} has no run yet, so it knows no account; `tierlang plan` and `tierlang apply` make one")
    steps = tuple(_step(row) for row in ask(_STEPS))
    if not steps:
        near = [row[0] for row in ask(_NEAR)]
        hint = f"\nLike it are {listing(near)}." if near else ""
        raise Failure(f"{path} knows no account with the key {key}.{hint}")
    return History(
        key=key,
        ledger=path,
        steps=steps,
        scores=_observed(ask(_OBSERVED, kind="'score'"), scores=True),
        signals=_observed(ask(_OBSERVED, kind="'signal'"), scores=False),
        renamed=tuple(Renamed(*row) for row in ask(_RENAMED)),
        overrides=tuple(Override(run, at, reason or "") for run, at, reason in ask(_OVERRIDDEN)),
        last_run=last[0][0],
        last_as_of=last[0][1],
    )


def _step(row: tuple[Any, ...]) -> Step:
    *head, score, reason, word, approver = row
    head[-2] = bool(head[-2])
    head[-1] = int(head[-1] or 0)
    return Step(*[*head, scaled(score), reason, word, approver])


def scaled(number: Decimal | None) -> int | None:
    """A number of the ledger in 1/10,000ths."""
    return None if number is None else int(number * SCALE)


def _observed(rows: list[tuple[str, dt.date, Decimal | None, str | None]], *, scores: bool) -> tuple[Observed, ...]:
    """By name; of several observations of one day the last counts."""
    found: dict[str, dict[dt.date, int | str | None]] = {}
    for name, at, value, text in rows:
        found.setdefault(name, {})[at] = scaled(value) if scores else text
    return tuple(Observed(name, tuple(values.items())) for name, values in found.items())
