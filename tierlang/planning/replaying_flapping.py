"""Accounts that went back to a tier not long after they had left it, out of a ledger's moves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import attrs
import duckdb

from tierlang.planning.replaying_figures import Day, Flapping
from tierlang.program.calendar import Duration, shift

_SHOWN = 5


@attrs.frozen
class Within:
    """How soon a return counts: within a duration, or within so many `reviews`."""

    duration: Duration | None = None
    reviews: int = 0

    def __str__(self) -> str:
        if self.duration is not None:
            return str(self.duration)
        return f"{self.reviews} review{'' if self.reviews == 1 else 's'}"

    def earliest(self, day: dt.date, reviews: Sequence[dt.date]) -> dt.date:
        """The first day on which a tier may have been left for coming back on `day` to count."""
        if self.duration is not None:
            return shift(day, self.duration, -1)
        before = [each for each in reviews if each <= day]
        return before[-self.reviews - 1] if len(before) > self.reviews else dt.date.min


@attrs.frozen
class Returned:
    """How many accounts went back, how often, and the worst of them: most returns first, then by key."""

    accounts: int
    returns: int
    worst: tuple[Flapping, ...]


def flapping(connection: duckdb.DuckDBPyConnection, catalog: str, days: Sequence[Day], within: Within) -> Returned:
    """Look for returns in the moves of the ledger attached under this name. What lies between two lives of an account is no return."""
    _returns(connection, catalog, days, within)
    accounts, returns = connection.execute("SELECT count(*), coalesce(sum(times), 0) FROM returned").fetchall()[0]
    rows = (
        connection.execute(
            f"""
        SELECT w.account, w.times, list(struct_pack(day := a.start_date, tier := a.tier) ORDER BY a.run)
        FROM (FROM returned ORDER BY times DESC, account LIMIT {_SHOWN}) w
        JOIN {catalog}.assignments a ON a.account = w.account
        GROUP BY w.account, w.times ORDER BY w.times DESC, w.account
        """
        ).fetchall()
        if accounts
        else []
    )
    worst = tuple(
        Flapping(key, int(times), tuple((each["day"], each["tier"]) for each in course)) for key, times, course in rows
    )
    return Returned(int(accounts), int(returns), worst)


def _returns(connection: duckdb.DuckDBPyConnection, catalog: str, days: Sequence[Day], within: Within) -> None:
    """`returned`: accounts with the number of their moves into a tier that they had left on or after the earliest day that counts."""
    reviews = [day.as_of for day in days if day.occasion in ("review", "first")]
    dates = [day.as_of for day in days]
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE soon AS SELECT unnest($1::DATE[]) AS as_of, unnest($2::DATE[]) AS earliest",
        [dates, [within.earliest(day, reviews) for day in dates]],
    )
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE returned AS
        WITH steps AS (
          SELECT m.account, m.run, m.kind, m.from_tier, m.tier, r.as_of,
            count(*) FILTER (m.kind = 'close') OVER (PARTITION BY m.account ORDER BY m.run) AS life
          FROM {catalog}.moves m JOIN {catalog}.runs r ON r.run = m.run
          WHERE m.kind IN ('move', 'close') AND m.account IN (SELECT account FROM {catalog}.moves WHERE kind = 'move' GROUP BY account HAVING count(*) > 1)
        )
        SELECT b.account, count(DISTINCT b.run) AS times
        FROM steps b JOIN steps a ON a.account = b.account AND a.life = b.life AND a.run < b.run AND a.kind = 'move' AND a.from_tier IS NOT DISTINCT FROM b.tier
        JOIN soon s ON s.as_of = b.as_of
        WHERE b.kind = 'move' AND a.as_of >= s.earliest
        GROUP BY b.account
        """
    )
