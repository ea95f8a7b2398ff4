"""The passes of a run over its files of facts: one for each file, into a table of a row per account."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

import attrs
import duckdb
from sqlglot import exp

from tierlang.engines.sql import names, tags, trees
from tierlang.engines.sql.events import facts_of
from tierlang.engines.sql.found import ACCOUNT, FACT, STRAY, rows_column
from tierlang.engines.sql.gather import Held, gathered, held, no_rows, row_columns, typed_rows
from tierlang.engines.sql.layers import Named
from tierlang.engines.sql.steps import Step
from tierlang.program.nodes import Program
from tierlang.program.outcome import FactFigures

_ALL = "facts"
ROW = "rowid"
"""What identifies an account in a table: its place in the order of the input."""


class Passes:
    """Gathers what the files hold, file by file.

    Where several files can hold the same events or signals, a file's typed rows are kept until all are there, and gathered together.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, program: Program, as_of: dt.date) -> None:
        self._connection = connection
        self._program = program
        self._as_of = as_of
        self._files: dict[int, Held] = {}
        self._shared: frozenset[str] = frozenset()

    @property
    def any(self) -> bool:
        """Whether a file has been gathered."""
        return bool(self._files)

    def expect(self, files: Sequence[Collection[str]]) -> None:
        """What all the files that will come can hold."""
        counts = Counter(name for each in files for name in set(each))
        self._shared = frozenset(name for name, count in counts.items() if count > 1)

    def gather(self, number: int, select: str, can_hold: Collection[str], accounts: str) -> None:
        """One pass over a file, beside the table of accounts; again if the file is read once more."""
        of = held(self._program, can_hold)
        before = [name for at, each in self._files.items() if at != number for name in each.names]
        again = set(of.names) & set(before) - self._shared
        assert not again, f"{again} came from two files, which was not said before"
        self._files[number] = of
        table = self.table(number)
        rows = Named("rows", typed_rows(self._program, of, _ALL))
        source = Step(_ALL, exp.Var(this=f"\n{select}\n"))  # type: ignore[arg-type]
        if self._shared & set(of.names):
            stray = trees.named(trees.is_null(trees.column(FACT)), STRAY)
            self._make(Step(table, rows.select.select(stray), (Named(source.name, source.select),)))
        else:
            step = gathered(self._program, self._as_of, of, rows, accounts, ROW, table)
            self._make(attrs.evolve(step, layers=(Named(source.name, source.select), *step.layers)))

    @staticmethod
    def table(number: int) -> str:
        """The table that the pass over a file makes."""
        return f"gathered_{number}"

    def finish(self, accounts: str) -> list[tuple[str, Held]]:
        """After the last file: the tables with what each has; what was kept is gathered now, and nothing of what no file holds."""
        sorts = (Held(self._program.events, ()), Held((), self._program.signals))
        tables = [(self.table(at), of) for at, of in self._files.items() if not self._is_kept(of)]
        for sort in sorts:
            kept = [(at, of) for at, of in self._files.items() if self._is_kept(of) and set(of.names) & set(sort.names)]
            together = held(self._program, {name for _, of in kept for name in of.names})
            if kept:
                tables.append(self._together(len(tables), together, self._rows(together, kept), accounts))
        for sort in sorts:
            missing = held(self._program, set(sort.names) - {name for _, of in tables for name in of.names})
            if missing.names:
                tables.append(self._together(len(tables), missing, no_rows(self._program, missing), accounts))
        return tables

    def _is_kept(self, of: Held) -> bool:
        return bool(self._shared & set(of.names))

    def _rows(self, of: Held, kept: Sequence[tuple[int, Held]]) -> exp.Select:
        """The kept rows of several files under one name, NULL where a file has no such column."""
        columns = row_columns(self._program, of)
        parts: list[exp.Query] = []
        for at, each in kept:
            has = row_columns(self._program, each)
            listed = [trees.column(n) if n in has else trees.named(trees.null(t), n) for n, t in columns.items()]
            parts.append(trees.select(*listed).from_(self.table(at), copy=False))
        every = parts[0]
        for part in parts[1:]:
            every = exp.union(every, part, distinct=False, copy=False)
        return trees.select(exp.Star()).from_(every.subquery("every", copy=False), copy=False)

    def _together(self, place: int, of: Held, rows: exp.Select, accounts: str) -> tuple[str, Held]:
        table = f"gathered_together_{place}"
        self._make(gathered(self._program, self._as_of, of, Named("rows", rows), accounts, ROW, table))
        return table, of

    def _make(self, step: Step) -> None:
        self._connection.execute(step.statement())

    # --- figures --------------------------------------------------------------------------------------------------------------

    def figures(self, tables: Sequence[tuple[str, Held]]) -> tuple[FactFigures, ...]:
        """What came in of every event type and signal that a file can hold, in the order of the program."""
        given = {name for of in self._files.values() for name in of.names}
        found = {each.name: each for table, of in tables for each in self._of_table(table, of)}
        order = Held(self._program.events, self._program.signals).names
        return tuple(found[name] for name in order if name in given and name in found)

    def _of_table(self, table: str, of: Held) -> list[FactFigures]:
        code, who = trees.column(tags.CODE), trees.column(tags.STRANGER)
        size = trees.cast(exp.Sum(this=trees.column(tags.N)), "BIGINT")
        first = exp.Min(this=who, expressions=[trees.number(3)])
        select = trees.select(code, size, exp.Count(this=who.copy()), first).from_(table, copy=False)
        select = select.where(trees.compare("!=", code.copy(), trees.number(tags.COUNTING)), copy=False)
        groups = {row[0]: row[1:] for row in self._ask(select.group_by(exp.Literal.number(1), copy=False))}
        counted = self._counted(table, of)
        found = []
        for name in of.names:
            idle, later, unknown = (groups.get(each, (0, 0, None)) for each in tags.codes(self._program, name))
            rows = counted.get(name, 0) + idle[0]
            found.append(FactFigures(name, rows, later[0], unknown[0], unknown[1], tuple(unknown[2] or ())))
        return found

    def _counted(self, table: str, of: Held) -> dict[str, int]:
        """The rows that some fact could count."""
        read = [event.name for event in of.events if facts_of(self._program, event)]
        read += [signal.name for signal in of.signals]
        if not read:
            return {}
        mine = trees.compare("=", trees.column(tags.CODE), trees.number(tags.COUNTING))
        sums = [trees.cast(exp.Sum(this=trees.column(rows_column(self._program, name))), "BIGINT") for name in read]
        (cells,) = self._ask(trees.select(*sums).from_(table, copy=False).where(mine, copy=False))
        return {name: cell or 0 for name, cell in zip(read, cells, strict=True)}

    def strangers(self, number: int, accounts: str) -> tuple[int, tuple[str, ...]] | None:
        """The rows and the first keys of a file whose rows were kept, where not one is of an account; of other files the figures tell."""
        if not self._is_kept(self._files[number]):
            return None
        table = self.table(number)
        own = trees.column(ACCOUNT, table)
        test = trees.all_of(trees.not_null(trees.column(FACT, table)), trees.negate(trees.column(names.BAD, table)))
        known = (
            trees.select(trees.number(1)).from_(table, copy=False).where(test.copy(), copy=False).limit(1, copy=False)
        )
        on = trees.compare("=", trees.column(names.KEY, accounts), own.copy())
        if self._ask(known.join(accounts, on=on, copy=False)):
            return None
        count = trees.select(trees.rows()).from_(table, copy=False).where(test.copy(), copy=False)
        keys = trees.select(own).from_(table, copy=False).where(test, copy=False).distinct(copy=False)
        keys = keys.order_by(trees.ascending(own.copy()), copy=False).limit(3, copy=False)
        return int(self._ask(count)[0][0]), tuple(row[0] for row in self._ask(keys))

    def _ask(self, query: exp.Query) -> list[tuple[Any, ...]]:
        return self._connection.execute(query.sql("duckdb")).fetchall()
