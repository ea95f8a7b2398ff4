"""What a run found: its figures, the SELECTs that make its columns, and the story of one account."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import attrs
import duckdb
from sqlglot import exp

from tierlang.engines.sql import names, trees
from tierlang.engines.sql.numbers import Number
from tierlang.engines.sql.output import Output
from tierlang.engines.sql.placing import Placing
from tierlang.engines.sql.plan import Plan
from tierlang.engines.sql.summary import summarized
from tierlang.program.nodes import Percentile, Program
from tierlang.program.numbers import SCALE
from tierlang.program.outcome import Assignment, Placement, Summary


@attrs.frozen
class TopPlace:
    """How an account stands to a tier's top: whether it is inside, how many the top takes, and of how many, in the account's group."""

    inside: bool
    size: int
    count: int


@attrs.frozen
class Moved:
    """A capacity that moved the account on: the tier it was over (None: one of the ladder itself), the capacity's text, and where it went (None: out of the tiers)."""

    tier: str | None
    capacity: str
    to: str | None


@attrs.frozen
class Stages:
    """What the population decided about one account on one ladder, from its base tier to where it ended.

    `tops` by tier (None without the top's value). `adjusted` is the tier after adjustments, or the pin's, before any capacity. All tiers are None for excluded accounts.
    """

    placement: Placement
    tops: Mapping[str, TopPlace | None]
    base: str | None
    adjusted: str | None
    moves: tuple[Moved, ...]


@attrs.frozen
class Inside:
    """What the population decided about one account: `percentiles` by name, `ladders` in the program's order."""

    assignment: Assignment
    percentiles: Mapping[str, int | None]
    ladders: tuple[Stages, ...]

    @property
    def own(self) -> Stages:
        """Its way on the ruleset's own ladder, the first."""
        return self.ladders[0]


class Evaluated:
    """The result: its figures, and the SELECTs that make its columns."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        program: Program,
        as_of: dt.date,
        plan: Plan,
        carry: tuple[str, ...],
    ) -> None:
        self._connection = connection
        self._program = program
        self._plan = plan
        self._placing: Placing = plan.placing
        self._output = Output(program, as_of, plan.source, plan.placing, plan.ranks, carry, aligned=True)
        self._made: set[str] = set()
        self._tiers = {tier.name: tier for tier in program.ladders[0].tiers}
        self.summary: Summary = summarized(program, as_of, plan.source, plan.placing, self._ask)

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns a result can have, in their usual order."""
        return self._output.columns

    def select(self, columns: Sequence[str]) -> str:
        """The SELECT of these columns in the order of the input."""
        return self._select(columns).sql("duckdb")

    def assignments(self) -> tuple[Assignment, ...]:
        """Every account's assignment; for small populations."""
        return self._assignments(None)

    def inside(self, key: str) -> Inside | None:
        """What the population decided about one account; None where there is none with this key."""
        mine = trees.compare("=", trees.column(names.KEY, self._placing.relation), trees.text(key))
        found = self._assignments(mine)
        if not found:
            return None
        row = dict(zip(self._raw_columns(), self._ask(self._raw(mine))[0], strict=True))
        ladder = self._program.ladders[0]
        called = [None, *(tier.name for tier in ladder.tiers)]
        tops: dict[str, TopPlace | None] = {}
        for top in self._placing.tops:
            inside, size, count = (row[f"{what}_{top.number}"] for what in ("in_top", "size", "count"))
            there = row[f"has_{top.number}"]
            tops[top.tier.name] = TopPlace(bool(inside), size, count) if there else None
        moves = []
        for seating in self._placing.seatings:
            before, after = (row[names.tier_after(step)] for step in (seating.step - 1, seating.step))
            if before == seating.number and after != before:
                moves.append(Moved(seating.tier.name, seating.capacity.text, called[after]))
        percentiles = {
            each.name: None if row[each.name] is None else row[each.name] * SCALE
            for each in self._program.relative
            if isinstance(each, Percentile)
        }
        base, start = called[row[names.BASE]], called[row[names.tier_after(0)]]
        return Inside(found[0], percentiles, (Stages(found[0].own, tops, base, start, tuple(moves)),))

    def _raw_columns(self) -> list[str]:
        return [name for name, _ in self._raw_parts()]

    def _raw_parts(self) -> list[tuple[str, trees.Tree]]:
        parts = [(names.BASE, trees.column(names.BASE))]
        parts += [
            (names.tier_after(step), trees.column(names.tier_after(step)))
            for step in range(len(self._placing.seatings) + 1)
        ]
        for top in self._placing.tops:
            parts += [
                (f"{what}_{top.number}", trees.column(f"{what}_{top.number}")) for what in ("in_top", "size", "count")
            ]
            value = self._plan.source.known[top.top.by.name]
            parts.append((f"has_{top.number}", trees.not_null(value.tree if isinstance(value, Number) else value)))
        parts += [
            (each.name, trees.column(names.defined(each.name)))
            for each in self._program.relative
            if isinstance(each, Percentile)
        ]
        return parts

    def _raw(self, only: trees.Tree) -> exp.Select:
        return (
            trees.select(*(tree.copy() for _, tree in self._raw_parts()))
            .from_(self._placing.relation, copy=False)
            .where(only.copy(), copy=False)
        )

    def _assignments(self, only: trees.Tree | None) -> tuple[Assignment, ...]:
        scores = {score.name: self._output.score_column(score.name) for score in self._program.scores}
        columns = ["key", "tier", "excluded", "rank", "cluster", "uncovered", "reason", *scores.values()]
        found = []
        for key, tier, excluded, rank, cluster, uncovered, reason, *values in self._ask(self._select(columns, only)):
            by_name = dict(zip(scores, (_scaled(value) for value in values), strict=True))
            lacking = tuple(uncovered.split(", ")) if uncovered else ()
            plays = () if tier is None else tuple(range(len(self._tiers[tier].plays)))
            placement = Placement(tier, rank, cluster, lacking, plays, reason)
            found.append(Assignment(key, excluded, by_name, (placement,)))
        return tuple(found)

    def _select(self, columns: Sequence[str], only: trees.Tree | None = None) -> exp.Select:
        for step in self._output.steps(columns):
            if step.name not in self._made:
                self._connection.execute(step.statement())
                self._made.add(step.name)
        return self._output.select(columns, None if only is None else only.copy())

    def _ask(self, query: exp.Query) -> list[tuple[Any, ...]]:
        return self._connection.execute(query.sql("duckdb")).fetchall()


def _scaled(value: Decimal | None) -> int | None:
    return None if value is None else int(value * SCALE)
