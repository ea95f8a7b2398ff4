"""The accounts of a plan, in groups that a person looks at one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal, TypeAlias

import attrs
import duckdb

from tierlang.planning.columns import PLANNED
from tierlang.planning.figures import Figures
from tierlang.planning.sql import cases, literal

Sort: TypeAlias = Literal[
    "trigger", "up", "down", "in", "out", "pin", "pin ended", "retired", "merged", "exclusion", "closed", "absent", "merged away",
    "approval", "capacity", "cool-down", "freeze", "hold", "new",
]  # fmt: skip
"""What a group has in common: moved by a trigger; by a review (up, down, into the tiers, out of them), and so on; then those that wait, by what for."""

_WAITS: tuple[Sort, ...] = ("capacity", "cool-down", "freeze", "hold")


@attrs.frozen
class Mover:
    """One account: from where, to where (of those that wait: where they would go), the ladder's score, and why."""

    key: str
    old: str | None
    new: str | None
    score: Decimal | None
    reason: str


@attrs.frozen
class Group:
    """How many accounts of a sort there are, and the first of them; `trigger` is the one that moves them, or would."""

    sort: Sort
    accounts: int
    movers: tuple[Mover, ...]
    trigger: str | None = None


def groups(connection: duckdb.DuckDBPyConnection, figures: Figures, most: int | None) -> tuple[Group, ...]:
    """The groups of the plan in `planned`, each with its first `most` accounts (None: all): those with the best score first, then by key."""
    found = (_group(connection, *each, most) for each in _sorts(figures))
    return tuple(group for group in found if group is not None)


def _sorts(figures: Figures) -> Iterator[tuple[Sort, str | None, str]]:
    """Every sort that the figures may have, with the condition for its rows."""
    moved = "act = 'move'"
    triggers = list(dict.fromkeys(each.trigger for each in figures.counts if each.trigger is not None))
    for name in triggers:
        yield "trigger", name, f"{moved} AND cause = 'trigger' AND trigger = {literal(name)}"
    place, old = _place(figures, "tier"), _place(figures, "from_tier")
    review = f"{moved} AND cause = 'review'"
    yield "up", None, f"{review} AND {place} < {old}"
    yield "down", None, f"{review} AND {place} > {old}"
    yield "in", None, f"{review} AND from_tier IS NULL"
    yield "out", None, f"{review} AND tier IS NULL"
    yield "pin", None, f"{moved} AND cause = 'pin'"
    yield "pin ended", None, f"{moved} AND cause = 'pin ended'"
    yield "retired", None, f"{moved} AND cause = 'retired'"
    yield "merged", None, "act IN ('assign', 'move', 'stay') AND cause = 'merged'"
    yield "exclusion", None, "cause = 'exclusion'"
    yield "merged away", None, "act = 'close' AND cause = 'merged'"
    yield "closed", None, "act = 'close' AND cause = 'absence'"
    yield "absent", None, "act <> 'close' AND cause = 'absence'"
    for name in triggers:
        yield "approval", name, f"waits = 'approval' AND trigger = {literal(name)}"
    for block in _WAITS:
        yield block, None, f"waits = {literal(block)}"
    yield "new", None, "act = 'assign' AND cause IS DISTINCT FROM 'merged'"


def _place(figures: Figures, column: str) -> str:
    """Where a tier stands, from the best; NULL for no tier."""
    return cases(
        ((f"{column} = {literal(tier)}", f"{place}") for place, tier in enumerate(figures.tiers)), "NULL::INTEGER"
    )


def _group(
    connection: duckdb.DuckDBPyConnection, sort: Sort, trigger: str | None, test: str, most: int | None
) -> Group | None:
    number = int(connection.execute(f"SELECT count(*) FROM {PLANNED} WHERE {test}").fetchall()[0][0])
    if not number:
        return None
    new = "CASE WHEN waits IS NULL THEN tier ELSE proposed END"
    limit = "" if most is None else f"LIMIT {most}"
    rows = connection.execute(
        f"SELECT key, from_tier, {new}, score, coalesce(reason, '') FROM {PLANNED} WHERE {test} ORDER BY score DESC NULLS LAST, key {limit}"
    ).fetchall()
    return Group(sort, number, tuple(Mover(*row) for row in rows), trigger)
