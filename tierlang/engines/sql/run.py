"""Runs a program over accounts in DuckDB: one pass that judges every account, then the population's part, then the wide result."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from typing import Any

import duckdb
from sqlglot import exp

from tierlang.engines.sql import names, past, trees
from tierlang.engines.sql.columns import columns_of
from tierlang.engines.sql.evaluated import Evaluated
from tierlang.engines.sql.events import accounts_read
from tierlang.engines.sql.ladder import may_clash
from tierlang.engines.sql.layers import Named
from tierlang.engines.sql.loading import load
from tierlang.engines.sql.passes import ROW, Passes
from tierlang.engines.sql.past import PastTables
from tierlang.engines.sql.placing import Placing
from tierlang.engines.sql.plan import Plan, planned
from tierlang.engines.sql.scored import SCORED
from tierlang.engines.sql.steps import Step, statements
from tierlang.program.nodes import Program
from tierlang.program.outcome import Conflict, FactFigures, Fault, Stopped

_SHOWN = 20
TAKEN = "taken"


class Run:
    """One evaluation on one connection: `score` once, `gather` for each file of facts, then `place`.

    `figures`, after `place`, are what came in of events and signals.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        program: Program,
        *,
        as_of: dt.date,
        carry: tuple[str, ...] = (),
        also: tuple[str, ...] = (),
        past: PastTables | None = None,
    ) -> None:
        """`carry` names the fields of the account that the result can show, `also` columns of the accounts that `scored` is to keep. `past` is where the run reads what the ledger says."""
        self._connection = connection
        self._program = program
        self._as_of = as_of
        self._carry = carry
        self._also = also
        self._past = past
        self._shows = columns_of(program, carry)
        self._wanted = self.columns
        self._passes = Passes(connection, program, as_of)
        self.figures: tuple[FactFigures, ...] = ()

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
        shown = [name for column in self._wanted for name in self._shows[column].made_of]
        if self._past is None:
            return planned(self._program, self._as_of, shown, "rowid", self._also)
        shown += [score.name for score in self._program.scores]
        shown += [signal.name for signal in self._program.signals]
        return planned(self._program, self._as_of, shown, "rowid", self._also, occasion=self._past.occasion)

    @property
    def _takes(self) -> bool:
        """Whether accounts are kept as they are read, to be judged when more is known of them."""
        return self._plan.reads_facts or self._past is not None

    @property
    def taken_in(self) -> str:
        """The table that `score` makes; it has the accounts' `key` and `bad`."""
        return TAKEN if self._takes else SCORED

    def score(self, accounts_select: str) -> None:
        """Read the typed relation of accounts: judge every one at once, or only keep what is read, where files of facts are still to come or a past is known."""
        accounts = Step("accounts", exp.Var(this=f"\n{accounts_select}\n"))  # type: ignore[arg-type]
        for lookup in self._plan.lookups(self._program):
            load(self._connection, lookup)
        if not self._takes:
            self._judge(accounts)
            return
        kept = trees.select(*(trees.column(name) for name in self._account_columns()))
        self._make([Step(TAKEN, kept.from_(accounts.name, copy=False), (Named(accounts.name, accounts.select),))])

    def expect(self, files: Sequence[Collection[str]]) -> None:
        """Before `gather`: the names of the events or signals that each of the files can hold that will be gathered."""
        self._passes.expect(files)

    def gather(self, number: int, select: str, can_hold: Collection[str]) -> None:
        """After `score`: one pass over a typed relation of facts, for everything that the program wants of those that it can hold."""
        self._passes.gather(number, select, can_hold, self.taken_in)

    def gathered(self, number: int) -> str:
        """The table that `gather` makes of a file; its `bad` counts refused rows, `stray` rows of undeclared names, `rounded` numbers."""
        return self._passes.table(number)

    def strangers(self, number: int) -> tuple[int, tuple[str, ...]] | None:
        """After `place`, of a file that shares an event or a signal with another one: its rows and first keys, if not one is of an account."""
        return self._passes.strangers(number, self.taken_in)

    def _account_columns(self) -> list[str]:
        fields = [names.field(field.name) for field in self._program.fields]
        asked = {each for event in self._program.events for each in accounts_read(self._program, event)}
        read = self._plan.reads | {names.field(name) for name in asked}
        return [names.KEY, names.BAD, *self._also, *(name for name in fields if name in read)]

    def _judge(self, accounts: Step, row: str | None = None) -> None:
        """Make the table of judged accounts; in the order of the column `row`, if the accounts stand in none."""
        scored = self._plan.scored
        select = scored.select
        if row is not None:
            select = select.order_by(trees.ascending(trees.column(row)))
        self._make([Step(SCORED, select, (Named(accounts.name, accounts.select), *scored.layers))])

    def place(self) -> Evaluated | Stopped:
        """The population's part: percentiles, tops, pins, capacities; stops on faults and on accounts in two tiers."""
        tables = self._passes.finish(self.taken_in) if self._plan.reads_facts or self._passes.any else []
        if self._takes:
            beside = self._plan.facts.beside(TAKEN, ROW, tables, self._plan.reads)
            if self._past is not None:
                beside = past.beside(beside, TAKEN, self._program, self._as_of, self._past, self._plan.reads)
            self._judge(Step("accounts", beside), names.ROW)
        self.figures = self._passes.figures(tables)
        for step in self._plan.related:
            self._connection.execute(step.statement())
        stopped = self._faulty()
        if stopped is not None:
            return stopped
        for placing in self._plan.placings:
            self._make(placing.beginning)
            stopped = self._conflicting(placing)
            if stopped is not None:
                return stopped
            self._make(placing.seating)
        self._make(self._plan.ended)
        return Evaluated(self._connection, self._program, self._as_of, self._plan, self._carry)

    def _make(self, steps: Iterable[Step]) -> None:
        for statement in statements(tuple(steps)):
            self._connection.execute(statement)

    def _faulty(self) -> Stopped | None:
        source = self._plan.source
        if names.FAULT not in source.columns:
            return None
        rows, count = self._first(source.name, "rowid", names.FAULT, [names.FAULT])
        faults = tuple(Fault(key, source.faults[code - 1]) for key, code in rows)
        return Stopped(faults, count, (), 0) if count else None

    def _conflicting(self, placing: Placing) -> Stopped | None:
        """Accounts in two tiers of a ladder that has just begun to be placed."""
        own, source = placing.own, self._plan.source
        if not may_clash(own.ladder):
            return None
        relation, row = (placing.start, names.ROW) if placing.late else (source.name, "rowid")
        rows, count = self._first(relation, row, own.clash, [placing.fitted, own.clash])
        tiers = own.ladder.tiers
        found = tuple(Conflict(key, tiers[a - 1].name, tiers[b - 1].name) for key, a, b in rows)
        return Stopped((), 0, found, count) if count else None

    def _first(self, source: str, row: str, code: str, shown: Sequence[str]) -> tuple[list[tuple[Any, ...]], int]:
        """The first accounts, in the order of `row`, whose code is not 0, and how many there are."""
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
        select = select.order_by(trees.ascending(trees.column(row)), copy=False).limit(_SHOWN, copy=False)
        return self._connection.execute(select.sql("duckdb")).fetchall(), total
