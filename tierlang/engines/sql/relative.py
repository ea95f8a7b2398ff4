"""Percentiles and what reads them: values are counted, summed up from the least, and looked up again by value."""

from __future__ import annotations

import datetime as dt

from sqlglot import exp

from tierlang.engines.sql import ladder as ladders
from tierlang.engines.sql import names, trees
from tierlang.engines.sql.expressions import Lowering
from tierlang.engines.sql.layers import Layers
from tierlang.engines.sql.numbers import Number
from tierlang.engines.sql.scored import Relation, define, doubted, fault_code, keep, read_by, reads
from tierlang.engines.sql.steps import Step
from tierlang.engines.sql.trees import Tree
from tierlang.program.doubts import doubts
from tierlang.program.expressions import Input
from tierlang.program.holdings import Occasion
from tierlang.program.nodes import Definition, Percentile, Program
from tierlang.program.numbers import SCALE

RELATED = "related"
_PLACE = "place"


def related(
    program: Program, as_of: dt.date, source: Relation, row: str, occasion: Occasion | None
) -> tuple[list[Step], Relation]:
    """The steps that end in the table `related`: the source with the relative definitions and the ladder's own columns.

    Looking percentiles up loses the order of the accounts, so it is restored by `row`, the column that identifies an account in the source.
    """
    blocks = _Blocks(program, as_of, source, row)
    for definition in program.relative:
        blocks.take(definition)
    return blocks.steps, blocks.finished(program, occasion)


class _Blocks:
    """Definitions in their order, in blocks of what can be computed row by row; a block ends where one reads a percentile of the same block."""

    def __init__(self, program: Program, as_of: dt.date, source: Relation, row: str) -> None:
        self.steps: list[Step] = []
        self._lookups = program.lookups
        self._as_of = as_of
        self._source = source
        self._faults = list(source.faults)
        self._columns = list(source.columns)
        self._known = dict(source.known)
        self._pending: list[Percentile] = []
        numbered = trees.select(exp.Star(), trees.named(trees.column(row, source.name), _PLACE)).from_(
            source.name, copy=False
        )
        self.steps.append(Step("numbered", numbered, kept="view"))
        self._begin("numbered")

    def _begin(self, relation: str) -> None:
        layers = Layers(relation, f"level_{len(self.steps)}")
        self._lowering = Lowering(layers, self._as_of, self._known, lookups=self._lookups)
        self._new: list[str] = []
        self._within: dict[str, Tree] = {}

    def take(self, definition: Definition) -> None:
        """One more definition."""
        if any(reads(expression, self._pending) for expression in read_by(definition)):
            self._count()
        if not isinstance(definition, Percentile):
            define(self._lowering, definition)
            self._new.append(definition.name)
            return
        if definition.where is not None:
            with self._lowering.within(definition.text):
                self._within[_within(definition)] = trees.is_true(self._lowering.tree(definition.where.test))
        self._pending.append(definition)

    def finished(self, program: Program, occasion: Occasion | None) -> Relation:
        """The last block: the ladder's columns, in a table."""
        if self._pending:
            self._count()
        lowering = self._lowering
        outputs = {name: trees.column(name) for name in self._columns}
        self._known.update(keep(outputs, lowering, self._new))
        asked = [each for each in doubts(program) if reads(each.test, program.relative)]
        tests = doubted(outputs, lowering, asked, names.doubt(1))
        outputs.update(ladders.columns(lowering, program, occasion))
        self._end(RELATED, outputs, "table")
        last = self.steps.pop()
        select = last.select.order_by(trees.ascending(trees.column(_PLACE)), copy=False)
        self.steps.append(Step(last.name, select, last.layers))
        return Relation(RELATED, tuple(outputs), self._known, tuple(self._faults), {**self._source.doubts, **tests})

    def _end(self, name: str, outputs: dict[str, Tree], kept: str) -> None:
        found = self._lowering.faults
        if found:
            first = fault_code(found, len(self._faults))
            if self._faults:
                before = trees.column(names.FAULT)
                first = trees.choose([(trees.compare(">", before, trees.number(0)), before.copy())], first)
            self._faults.extend(fault.where for fault in found)
            outputs[names.FAULT] = first
        layers, select = self._lowering.layers.finished(outputs)
        self.steps.append(Step(name, select, tuple(layers), "table" if kept == "table" else "view"))

    def _count(self) -> None:
        """End the block in a view, count the values of its percentiles, and begin the next block with the percentiles known."""
        block = f"level_{len(self.steps)}_done"
        outputs = {name: trees.column(name) for name in self._columns}
        self._known.update(keep(outputs, self._lowering, self._new))
        outputs.update(self._within)
        outputs[_PLACE] = trees.column(_PLACE)
        self._end(block, outputs, "view")
        self._columns = [name for name in outputs if name not in self._within and name != _PLACE]
        select = trees.select(*(trees.column(name, block) for name in [*self._columns, _PLACE])).from_(
            block, copy=False
        )
        for percentile in self._pending:
            of = self._known[percentile.of.name]
            value = of.tree if isinstance(of, Number) else of
            per = None if percentile.per is None else self._value(percentile.per)
            tests = [ladders.eligible(), trees.not_null(value), *_conditions(percentile)]
            counts, found = _positions(len(self.steps), block, value, per, tests)
            self.steps.extend([counts, found])
            on = [trees.compare("=", value.copy(), trees.column("value", found.name))]
            if per is not None:
                on.append(trees.same(per.copy(), trees.column("grp", found.name)))
            held = trees.all_of(*(test.copy() for test in tests))
            select = select.join(found.name, join_type="left", on=trees.all_of(*on), copy=False)
            name = names.defined(percentile.name)
            select = select.select(
                trees.named(trees.choose([(held, trees.column("percentile", found.name))]), name), copy=False
            )
            self._columns.append(name)
            self._known[percentile.name] = names.stored(
                name, Number(trees.column(name), SCALE, 0, 100, "INTEGER", True)
            )
        self._pending = []
        self.steps.append(Step(f"level_{len(self.steps)}_known", select, (), "view"))
        self._begin(self.steps[-1].name)

    def _value(self, each: Input) -> Tree:
        value = self._known[each.name]
        return value.tree if isinstance(value, Number) else value


def _within(percentile: Percentile) -> str:
    return f"within{names.safe(percentile.name)}"


def _conditions(percentile: Percentile) -> list[Tree]:
    return [] if percentile.where is None else [trees.column(_within(percentile))]


def _positions(index: int, block: str, value: Tree, per: Tree | None, tests: list[Tree]) -> tuple[Step, Step]:
    """Two small tables: how often each value occurs in each group, and the percentile of each value.

    They go by a number, since a percentile inside an expression is called by its words.
    """
    group = exp.Null() if per is None else per.copy()
    counts = f"counts_{index}"
    counted = (
        trees.select(trees.named(group, "grp"), trees.named(value.copy(), "value"), trees.named(trees.rows(), "n"))
        .from_(block, copy=False)
        .where(trees.all_of(*(test.copy() for test in tests)), copy=False)
        .group_by(exp.Literal.number(1), exp.Literal.number(2), copy=False)
    )
    grp, n = trees.column("grp"), trees.column("n")
    upto = trees.running(n, by=[grp], order=trees.ascending(trees.column("value")))
    every = trees.cast(trees.windowed(exp.Sum(this=n.copy()), by=[grp.copy()]), "BIGINT")
    summed = trees.select(
        grp.copy(), trees.column("value"), trees.named(upto, "upto"), trees.named(every, "total")
    ).from_(counts, copy=False)
    shifted = trees.add(trees.multiply(trees.column("upto"), trees.number(200)), trees.column("total"))
    position = trees.divide(shifted, trees.null_if_zero(trees.multiply(trees.column("total"), trees.number(2))))
    name = f"percentiles_{index}"
    found = trees.select("grp", "value", trees.named(trees.cast(position, "UTINYINT"), "percentile")).from_(
        summed.subquery("summed", copy=False), copy=False
    )
    return Step(counts, counted), Step(name, found)
