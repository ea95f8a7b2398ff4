"""Counting a plan: by what happens, from where, to where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import attrs
import duckdb

from tierlang.planning.columns import PLANNED
from tierlang.planning.figures import Counted, Figures
from tierlang.planning.merging import TAKEN_OVER, Merged
from tierlang.program.holdings import Occasion
from tierlang.program.nodes import Program

BY = ("act", "cause", "trigger", "from_tier", "tier", "proposed", "waits")


@attrs.frozen
class Present:
    """Whom the run decides about: how many accounts, and the holders among them by the tier that they hold (merges are done)."""

    accounts: int
    holders: Mapping[str | None, int]

    @property
    def held(self) -> int:
        """All holders among them."""
        return sum(self.holders.values())


def present(connection: duckdb.DuckDBPyConnection, decided: str) -> Present:
    """Whom the run decides about."""
    tier = "coalesce(held_tier, held_retired)"
    rows = connection.execute(f"SELECT held, {tier}, count(*) FROM ({decided}) GROUP BY ALL").fetchall()
    return Present(sum(row[2] for row in rows), {tier: int(number) for held, tier, number in rows if held})


def figures(
    connection: duckdb.DuckDBPyConnection,
    program: Program,
    occasion: Occasion,
    present: Present,
    merged: Merged,
    as_of: dt.date,
) -> Figures:
    """The figures of the plan that stands in `planned`; `present` are those whom the run decided about."""
    counts = counted(connection)
    stays = dict(present.holders)
    for tier, number in _recorded(connection, merged):
        stays[tier] = stays.get(tier, 0) - number
    return Figures(
        tiers=tuple(tier.name for tier in program.ladders[0].tiers),
        counts=(
            *counts,
            *(
                Counted(number, None, from_tier=tier, tier=tier)
                for tier, number in sorted(stays.items(), key=_by_name)
                if number
            ),
        ),
        open_rows=int(connection.execute("SELECT count(*) FROM open_rows").fetchall()[0][0]),
        present=present.accounts,
        limit=limit(program, occasion),
        merging=merged.waiting,
        settled=settled(connection, as_of),
    )


def _by_name(item: tuple[str | None, int]) -> tuple[bool, str]:
    """Tiers by their names, no tier last: groups come in the order of a hash, which threads decide."""
    return (item[0] is None, item[0] or "")


def _recorded(connection: duckdb.DuckDBPyConnection, merged: Merged) -> list[tuple[str | None, int]]:
    """The holders that the run decided about and of whom something is recorded, by the tier that they hold (of which others' before a merge)."""
    others = f" AND key NOT IN (SELECT key FROM {TAKEN_OVER})" if merged.done else ""
    recorded = (
        f"SELECT from_tier AS tier FROM {PLANNED} WHERE act NOT IN ('assign', 'observe') AND coalesce(cause, '') <> 'absence'"
        f" AND NOT (act = 'close' AND cause = 'merged'){others}"
    )
    if merged.done:
        recorded += f" UNION ALL SELECT coalesce(tier, retired) FROM {TAKEN_OVER}"
    return connection.execute(f"SELECT tier, count(*) FROM ({recorded}) GROUP BY ALL").fetchall()


def counted(connection: duckdb.DuckDBPyConnection, relation: str = PLANNED) -> tuple[Counted, ...]:
    """The records of a plan by what they do; those that only observe are counted among the holders that stay."""
    columns = ", ".join(BY)
    rows = connection.execute(
        f"SELECT count(*), {columns} FROM {relation} WHERE act <> 'observe' GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    return tuple(Counted(int(number), *rest) for number, *rest in rows)


def limit(program: Program, occasion: Occasion) -> int | None:
    """The share that the breaker allows on this occasion."""
    breaker = program.mobility.breaker if program.mobility else None
    if breaker is None:
        return None
    return breaker.at_review if occasion.review else breaker.share


def settled(connection: duckdb.DuckDBPyConnection, as_of: dt.date) -> tuple[tuple[dt.date, int], ...]:
    """The days on which cool-downs end, and for how many holders as they are after the plan."""
    rows = connection.execute(
        f"""
        SELECT settled_until, count(*) FROM (
          SELECT settled_until FROM {PLANNED} WHERE act IN ('assign', 'move')
          UNION ALL
          SELECT settled_until FROM open_rows ANTI JOIN (SELECT key FROM {PLANNED} WHERE act IN ('move', 'close')) USING (key)
        ) WHERE settled_until > $1 GROUP BY 1 ORDER BY 1
        """,
        [as_of],
    ).fetchall()
    return tuple((day, int(number)) for day, number in rows)
