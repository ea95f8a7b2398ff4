"""Runs a program over accounts in DuckDB: one pass that judges every account, then the population's part, then the wide result."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

import attrs
import duckdb
from sqlglot import exp

from tierlang.engines.sql import names, trees
from tierlang.engines.sql.numbers import Number
from tierlang.engines.sql.output import Output, columns_of
from tierlang.engines.sql.placing import Placing
from tierlang.engines.sql.plan import Plan, planned
from tierlang.engines.sql.scored import SCORED
from tierlang.engines.sql.steps import Step, statements, with_query
from tierlang.engines.sql.summary import summarized
from tierlang.program.nodes import Percentile, Program
from tierlang.program.numbers import SCALE
from tierlang.program.outcome import Assignment, Conflict, Fault, Stopped, Summary

_SHOWN = 20


class Run:
    """One evaluation on one connection: `score` once, then `place`."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        program: Program,
        *,
        as_of: dt.date,
        carry: tuple[str, ...] = (),
        also: tuple[str, ...] = (),
    ) -> None:
        """`carry` names the fields of the account that the result can show, `also` columns of the accounts that `scored` is to keep."""
        self._connection = connection
        self._program = program
        self._as_of = as_of
        self._carry = carry
        self._also = also
        self._shows = columns_of(program, carry)
        self._wanted = self.columns

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns that the result can have, in their usual order."""
        return tuple(self._shows)

    def want(self, columns: Sequence[str]) -> None:
        """Before `score`: only these columns will be asked for, so the others' values need not be kept."""
        self._wanted = tuple(columns)

    @cached_property
    def _plan(self) -> Plan:
        """Made once, when it is first needed, for the columns wanted by then."""
        shown = [name for column in self._wanted for name in self._shows[column]]
        return planned(self._program, self._as_of, shown, "rowid", self._also)

    def score(self, accounts_select: str) -> None:
        """Judge every account of the typed relation: makes the table `scored`, in the order of the input."""
        accounts = Step("accounts", exp.Var(this=f"\n{accounts_select}\n"))  # type: ignore[arg-type]
        query = with_query(
            [accounts, *(Step(each.name, each.select) for each in self._plan.scored.layers)], self._plan.scored.select
        )
        self._connection.execute(f"CREATE OR REPLACE TEMP TABLE {SCORED} AS {query.sql('duckdb')}")

    def place(self) -> Evaluated | Stopped:
        """The population's part: percentiles, tops, pins, capacities; stops on faults and on accounts in two tiers."""
        for step in self._plan.related:
            self._connection.execute(step.statement())
        stopped = self._stopped()
        if stopped is not None:
            return stopped
        for statement in statements(self._plan.placing.steps):
            self._connection.execute(statement)
        return Evaluated(self._connection, self._program, self._as_of, self._plan, self._carry)

    def _stopped(self) -> Stopped | None:
        source, ladder = self._plan.source, self._program.ladders[0]
        if names.FAULT in source.columns:
            rows, count = self._first(names.FAULT, [names.FAULT])
            if count:
                return Stopped(tuple(Fault(key, source.faults[code - 1]) for key, code in rows), count, (), 0)
        if names.CLASH in source.columns:
            rows, count = self._first(names.CLASH, [names.BASE, names.CLASH])
            if count:
                found = [Conflict(key, ladder.tiers[a - 1].name, ladder.tiers[b - 1].name) for key, a, b in rows]
                return Stopped((), 0, tuple(found), count)
        return None

    def _first(self, code: str, shown: Sequence[str]) -> tuple[list[tuple[Any, ...]], int]:
        """The first accounts, in the order of the input, whose code is not 0, and how many there are."""
        source = self._plan.source.name
        where = trees.compare(">", trees.column(code), trees.number(0))
        count = trees.select(trees.rows()).from_(source, copy=False).where(where.copy(), copy=False)
        total = int(self._connection.execute(count.sql("duckdb")).fetchall()[0][0])
        if not total:
            return [], 0
        select = (
            trees.select(trees.column(names.KEY), *(trees.column(each) for each in shown))
            .from_(source, copy=False)
            .where(where, copy=False)
        )
        select = select.order_by(trees.ascending(trees.column("rowid")), copy=False).limit(_SHOWN, copy=False)
        return self._connection.execute(select.sql("duckdb")).fetchall(), total


@attrs.frozen
class TopPlace:
    """How an account stands to a tier's top: whether it is inside, how many the top takes, and of how many, in the account's group."""

    inside: bool
    size: int
    count: int


@attrs.frozen
class Moved:
    """A capacity that moved the account on: the tier it was over, the capacity's text, and where it went (None: out of the tiers)."""

    tier: str
    capacity: str
    to: str | None


@attrs.frozen
class Inside:
    """What the population decided about one account: `tops` by tier (None without the top's value), `percentiles` by name."""

    assignment: Assignment
    percentiles: Mapping[str, int | None]
    tops: Mapping[str, TopPlace | None]
    base: str | None
    moves: tuple[Moved, ...]


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
        return Inside(found[0], percentiles, tops, called[row[names.BASE]], tuple(moves))

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
            found.append(Assignment(key, tier, excluded, by_name, rank, cluster, lacking, reason))
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
