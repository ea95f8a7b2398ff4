"""What a run found: its figures, the SELECTs that make its columns, and the story of one account."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import attrs
import duckdb
from sqlglot import exp

from tierlang.engines.sql import decided, names, trees
from tierlang.engines.sql.columns import Shown, Sort, columns_of, score_column
from tierlang.engines.sql.output import Output
from tierlang.engines.sql.placing import Placing
from tierlang.engines.sql.plan import Plan
from tierlang.engines.sql.seating import value_of
from tierlang.engines.sql.spread import field_figures, score_figures
from tierlang.engines.sql.summary import summarized
from tierlang.engines.sql.trees import Tree
from tierlang.program.nodes import Percentile, Program
from tierlang.program.numbers import SCALE
from tierlang.program.outcome import Assignment, FieldFigures, Placement, ScoreFigures, Summary


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
        self._shows = columns_of(program, carry)
        self._output = Output(program, as_of, plan.placed, plan.placings, plan.ranks, aligned=True)
        self._made: set[str] = set()
        self.summary: Summary = summarized(program, as_of, plan, self._ask)

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns a result can have, in their usual order."""
        return tuple(self._shows)

    def select(self, columns: Sequence[str]) -> str:
        """The SELECT of these columns in the order of the input."""
        return self._select({column: self._shows[column] for column in columns}).sql("duckdb")

    def decided(self) -> str:
        """Of a run that knows the past: the SELECT of one row for each account about which it decides, in the order of the input.

        Its columns are those of `Decision` and `held` (whether there is a holding), `held_tier`, `held_base`, `held_since`, `held_settled_until`, `held_pinned`, `held_retired`; the `rank`, every `score NAME`, and every
        `signal NAME` as of now; `row_id` is the account's place in the input.
        """
        placing = next(each for each in self._plan.placings if not each.own.position)
        columns = decided.columns(self._program, placing, self._plan.placed)
        return self._select(columns, decided.everyone(self._program)).sql("duckdb")

    def assignments(self) -> tuple[Assignment, ...]:
        """Every account's assignment; for small populations."""
        return self._assignments(None)

    def field_figures(self) -> tuple[FieldFigures, ...]:
        """How the cells of all fields spread; for a run that carries all of them."""
        return field_figures(self._program, self._plan.source, self._ask)

    def score_figures(self) -> tuple[ScoreFigures, ...]:
        """How the numbers that rank accounts spread; for a run whose columns were not cut down by `want`."""
        ranking = tuple(number.name for number in self._program.ranking_numbers)
        return score_figures(ranking, self._plan.source, self._ask)

    def inside(self, key: str) -> Inside | None:
        """What the population decided about one account; None where there is none with this key."""
        mine = trees.compare("=", trees.column(names.KEY, self._plan.placed.name), trees.text(key))
        found = self._assignments(mine)
        if not found:
            return None
        parts = dict(self._raw_parts())
        select = trees.select(*(tree.copy() for tree in parts.values())).from_(self._plan.placed.name, copy=False)
        (cells,) = self._ask(select.where(mine.copy(), copy=False))
        row = dict(zip(parts, cells, strict=True))
        placings = sorted(self._plan.placings, key=lambda placing: placing.own.position)
        stages = [_stages(placing, found[0].placements[placing.own.position], row) for placing in placings]
        percentiles = {
            each.name: None if row[each.name] is None else row[each.name] * SCALE
            for each in self._program.relative
            if isinstance(each, Percentile)
        }
        return Inside(found[0], percentiles, tuple(stages))

    def _raw_parts(self) -> Iterator[tuple[str, Tree]]:
        for placing in self._plan.placings:
            own = placing.own
            steps = [own.tier_after(step) for step in range(len(placing.seatings) + 1)]
            tops = [own.top(what, top.number) for top in placing.tops for what in ("in_top", "size", "count")]
            yield from ((name, trees.column(name)) for name in (own.base, *steps, *tops))
            for top in placing.tops:
                value = value_of(self._plan.source.known, top.top.by.name)
                yield own.top("has", top.number), trees.not_null(value)
        for each in self._program.relative:
            if isinstance(each, Percentile):
                yield each.name, trees.column(names.defined(each.name))

    def _assignments(self, only: Tree | None) -> tuple[Assignment, ...]:
        scores = [score.name for score in self._program.scores]
        sorts = (Sort.TIER, Sort.RANK, Sort.CLUSTER, Sort.UNCOVERED, Sort.PLAYS, Sort.REASON)
        columns = [Shown(sort) for sort in (Sort.KEY, Sort.EXCLUDED, Sort.MARKS)]
        columns += [self._shows[score_column(self._shows, name)] for name in scores]
        columns += [Shown(sort, position) for position in range(len(self._program.ladders)) for sort in sorts]
        found = []
        for row in self._ask(self._select({f"{place}": shown for place, shown in enumerate(columns)}, only)):
            (key, excluded, marks, *values), cells = row[: 3 + len(scores)], row[3 + len(scores) :]
            by_name = dict(zip(scores, (_scaled(value) for value in values), strict=True))
            placements = [_placement(cells[at : at + len(sorts)]) for at in range(0, len(cells), len(sorts))]
            found.append(Assignment(key, excluded, by_name, tuple(placements), _listed(marks)))
        return tuple(found)

    def _select(self, columns: Mapping[str, Shown | Tree], only: Tree | None = None) -> exp.Select:
        for step in self._output.steps(each for each in columns.values() if isinstance(each, Shown)):
            if step.name not in self._made:
                self._connection.execute(step.statement())
                self._made.add(step.name)
        return self._output.select(columns, None if only is None else only.copy())

    def _ask(self, query: exp.Query) -> list[tuple[Any, ...]]:
        return self._connection.execute(query.sql("duckdb")).fetchall()


def _stages(placing: Placing, placement: Placement, row: Mapping[str, Any]) -> Stages:
    own = placing.own
    called = [None, *(tier.name for tier in own.ladder.tiers)]
    tops: dict[str, TopPlace | None] = {}
    for top in placing.tops:
        inside, size, count, there = (row[own.top(what, top.number)] for what in ("in_top", "size", "count", "has"))
        tops[top.tier.name] = TopPlace(bool(inside), size, count) if there else None
    moves = []
    for seating in placing.seatings:
        before, after = (row[own.tier_after(step)] for step in (seating.step - 1, seating.step))
        if after != before:
            tier = seating.tier.name if seating.tier else None
            moves.append(Moved(tier, seating.capacity.text, called[after]))
    return Stages(placement, tops, called[row[own.base]], called[row[own.tier_after(0)]], tuple(moves))


def _placement(cells: Sequence[Any]) -> Placement:
    tier, rank, cluster, uncovered, plays, reason = cells
    return Placement(tier, rank, cluster, _listed(uncovered), tuple(map(int, _listed(plays))), reason)


def _listed(text: str | None) -> tuple[str, ...]:
    return tuple(text.split(", ")) if text else ()


def _scaled(value: Decimal | None) -> int | None:
    return None if value is None else int(value * SCALE)
