"""What a replay remembers from date to date: who holds what, the moves, and the scores that its rules ask about over time. The same as a ledger would, without what only a ledger needs: digests, rules, words of owners.

Names cannot change within a replay, so nothing has to be translated. The rows go into the tables of an (empty, temporary) ledger, so that its views tell the past of a replay too.
"""

from __future__ import annotations

import datetime as dt

import attrs
import duckdb

from tierlang.planning.columns import PLANNED
from tierlang.planning.sql import day, identifier, literal
from tierlang.program.holdings import Occasion
from tierlang.program.nodes import Program
from tierlang.program.occasions import windows_of

_OPEN = "key, tier, base, since, settled_until, pinned, NULL::VARCHAR AS retired"
_MOVED = "act IN ('assign', 'move', 'close', 'stay')"


@attrs.define
class Memory:
    """The past of one replay in the tables of a catalog: `now_open` has the open assignments."""

    connection: duckdb.DuckDBPyConnection
    catalog: str
    program: Program
    run: int = 0
    last_review: dt.date | None = None

    @property
    def observing(self) -> frozenset[str]:
        """The scores that are asked about over time."""
        return frozenset(each.score for each in self.program.enduring)

    def bring(self, as_of: dt.date) -> None:
        """Make `open_rows`, `held`, `observed` and `latest`, as `tierlang.ledger.bring` does."""
        if not self.run:
            self._begin()
        merges = self.program.mobility is not None and self.program.mobility.merges
        opened = f"{self.catalog}.now_open"
        self._make("VIEW", "open_rows", f"SELECT {_OPEN}, absences FROM {opened}")
        self._make("TABLE" if merges else "VIEW", "held", f"SELECT {_OPEN} FROM {opened}")
        self._make("TABLE", "observed", " UNION ALL ".join(self._observed(as_of)) or f"SELECT {_NOTHING} LIMIT 0")
        self._make("TABLE", "latest", self._latest())

    def note(self, as_of: dt.date, occasion: Occasion) -> None:
        """Write down what `planned` says, as `tierlang.ledger.record` does."""
        self.run += 1
        if occasion.review:
            self.last_review = as_of
        program = self.program
        self.connection.execute(
            f'INSERT INTO {self.catalog}.runs (run, plan, as_of, review, ruleset, "version") VALUES ($1, $2, $3, $4, $5, $6)',
            [self.run, str(self.run), as_of, occasion.review, program.name, program.version],
        )
        self._move()
        if self.observing:
            self._observe(as_of)

    def _begin(self) -> None:
        self.connection.execute(
            f"CREATE TABLE {self.catalog}.now_open (key VARCHAR, tier VARCHAR, base VARCHAR, since DATE, settled_until DATE, pinned BOOLEAN, absences UTINYINT)"
        )

    def _move(self) -> None:
        closing = "act = 'close'"
        gone = ", ".join(f"CASE WHEN {closing} THEN NULL ELSE {name} END" for name in ("tier", "base", "since"))
        self.connection.execute(
            f"""
            INSERT INTO {self.catalog}.moves (run, account, kind, cause, "trigger", from_tier, tier, base, since, from_base, settled_until, pinned, absences, score, reason)
            SELECT {self.run}, key, act, cause, "trigger", from_tier, {gone}, from_base, settled_until, pinned, absences, score, reason
            FROM {PLANNED} WHERE {_MOVED}
            """
        )
        if self.run > 1:
            self.connection.execute(
                f"DELETE FROM {self.catalog}.now_open WHERE key IN (SELECT key FROM {PLANNED} WHERE {_MOVED})"
            )
        self.connection.execute(
            f"INSERT INTO {self.catalog}.now_open SELECT key, tier, base, since, settled_until, pinned, absences FROM {PLANNED} WHERE {_MOVED} AND NOT ({closing})"
        )

    def _observe(self, as_of: dt.date) -> None:
        self.connection.execute(
            f"""
            INSERT INTO {self.catalog}.observations
            SELECT {self.run}, key, 'score', e.key, {day(as_of)}, e.value, NULL FROM (SELECT key, unnest(map_entries(scores)) AS e FROM {PLANNED})
            """
        )

    def _observed(self, as_of: dt.date) -> list[str]:
        """Of each score the latest value before the longest window over it, and every one since; of several of one day the last."""
        found = []
        for score, begin in sorted(windows_of(self.program, as_of).items()):
            rows = f"FROM {self.catalog}.observations WHERE name = {literal(score)}"
            value = "arg_max_null(value, run) AS value"
            since = f'SELECT account AS key, {literal(score)} AS score, "at", {value} {rows} AND "at" > {day(begin)}'
            before = f'SELECT account AS key, {literal(score)} AS score, max("at") AS "at", {value} {rows} AND "at" <= {day(begin)}'
            found += [f'{since} GROUP BY account, "at"', f"{before} GROUP BY account"]
        return found

    def _latest(self) -> str:
        scores = sorted(self.observing)
        if not scores:
            return "SELECT NULL::VARCHAR AS key LIMIT 0"
        last = ", ".join(
            f"arg_max_null(value, run) FILTER (name = {literal(score)}) AS {identifier(f'score {score}')}"
            for score in scores
        )
        return f"SELECT account AS key, {last} FROM {self.catalog}.observations GROUP BY account"

    def _make(self, kind: str, name: str, select: str) -> None:
        self.connection.execute(f"CREATE OR REPLACE TEMP {kind} {name} AS {select}")


_NOTHING = 'NULL::VARCHAR AS key, NULL::VARCHAR AS score, NULL::DATE AS "at", NULL::DECIMAL(18,4) AS value'
