"""Verifying a whole ledger: that its tables are as documented, that every move follows from the one before, and that nothing was changed since it was written."""

from __future__ import annotations

from collections.abc import Iterable

import attrs
import duckdb

from tierlang.ledger import checks
from tierlang.ledger.create import is_empty
from tierlang.ledger.digests import FACTS, NOTHING, digests, fingerprint
from tierlang.ledger.problems import Problem, Verified
from tierlang.ledger.schema import ABOUT, RUNS, TABLES
from tierlang.ledger.shape import misshapen

_SHOWN = 20
"""So many problems of one kind are told; the others are counted."""


def verify(connection: duckdb.DuckDBPyConnection, catalog: str = "ledger") -> Verified:
    """Look at everything in the ledger; an empty one has nothing wrong."""
    if is_empty(connection, catalog):
        return Verified(0, 0, 0, (), 0)
    wrong = misshapen(connection, catalog)
    if wrong:
        return Verified(0, 0, 0, tuple(wrong), len(wrong))
    found = _Found(connection, catalog)
    found.ask(checks.RUNS)
    found.ask([checks.STRAYS.replace("{table}", table.name) for table in TABLES if table not in (ABOUT, RUNS)])
    found.make(checks.STEPS)
    found.ask(checks.MOVES)
    found.make(checks.CHAIN)
    found.ask(checks.CHAINED)
    found.make(checks.SHOWN)
    found.ask(checks.HOLDERS)
    found.ask(checks.OBSERVATIONS)
    found.ask(checks.OVERRIDES)
    found.tell(_changed(connection, catalog))
    for table in ("chain", "steps", "shown"):
        connection.execute(f"DROP TABLE {table}")
    runs, moves, observations = (
        connection.execute(f"SELECT count(*) FROM {catalog}.{table}").fetchall()[0][0]
        for table in ("runs", "moves", "observations")
    )
    return Verified(runs, moves, observations, tuple(found.problems), found.count)


@attrs.define
class _Found:
    """The problems so far."""

    connection: duckdb.DuckDBPyConnection
    catalog: str
    problems: list[Problem] = attrs.field(factory=list)
    count: int = 0

    def make(self, statement: str) -> None:
        """A table that checks read."""
        self.connection.execute(statement.replace("{ledger}", self.catalog))

    def ask(self, selects: Iterable[str]) -> None:
        """What the selects find."""
        for select in selects:
            rows = self.connection.execute(
                f"SELECT *, count(*) OVER () FROM ({select.replace('{ledger}', self.catalog)}) AS broken(run, account, words) ORDER BY run, account, words LIMIT {_SHOWN}"
            ).fetchall()
            self.problems += [Problem(words, run, account) for run, account, words, _ in rows]
            self.count += rows[0][3] if rows else 0

    def tell(self, problems: list[Problem]) -> None:
        """What was found elsewhere."""
        self.problems += problems[:_SHOWN]
        self.count += len(problems)


def _changed(connection: duckdb.DuckDBPyConnection, catalog: str) -> list[Problem]:
    """Runs whose rows, or whose own facts, are not those that were recorded."""
    now = digests(connection, catalog)
    names = [*FACTS, "digest", "fingerprint"]
    listed = ", ".join(f'"{name}"' for name in names)
    before: str | None = None
    problems: list[Problem] = []
    for row in connection.execute(f"SELECT {listed} FROM {catalog}.runs ORDER BY run").fetchall():
        facts = dict(zip(names, row, strict=True))
        if now.get(facts["run"], NOTHING) != facts["digest"]:
            problems.append(
                Problem("its rows are not those that were recorded: their digest is another one", facts["run"])
            )
        if fingerprint(before, facts, facts["digest"]) != facts["fingerprint"]:
            problems.append(
                Problem("its fingerprint does not follow from the run before and what it says of itself", facts["run"])
            )
        before = facts["fingerprint"]
    return problems
