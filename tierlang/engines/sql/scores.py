"""Scores as SQL: one exact sum, divided at most once, clamped, rounded once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import or_

import attrs
from sqlglot import exp

from tierlang.engines.sql import numbers, trees
from tierlang.engines.sql.expressions import LONG_LIST, Lowering
from tierlang.engines.sql.numbers import Number
from tierlang.engines.sql.trees import Tree
from tierlang.engines.sql.weighing import weighing
from tierlang.program.expressions import AllOf, Compare, Constant, Expression, OneOf, kind_of
from tierlang.program.nodes import BestOf, Formula, PointLine, PointsPerEvent, PointSum, PointTable, Score, Weighing
from tierlang.program.numbers import DIGITS, SCALE, round_to
from tierlang.program.values import Value


def score(lowering: Lowering, each: Score) -> Number:
    """The score of one account, with its faults noted."""
    step = 10 ** (DIGITS - each.digits)
    match each.body:
        case Weighing():
            raw = weighing(lowering, each.body, step)
        case PointSum(lines=lines):
            total, unit = numbers.weighted(
                [(1, _points(lowering, line)) for line in lines] or [(1, numbers.constant(0))]
            )
            raw = lowering.rounded(attrs.evolve(total, unit=unit), each.digits)
        case Formula(value=value):
            raw = lowering.rounded(lowering.number(value), each.digits)
    return lowering.guarded(_clamped(lowering, raw, each))


def where(each: Score) -> str:
    """The words of the score's faults."""
    return each.body.text if isinstance(each.body, Formula) else f"score {each.name}"


def read_by(each: Score) -> list[Expression]:
    """The expressions of the score's body."""
    match each.body:
        case Weighing(lines=weighed):
            return [part for line in weighed for part in (line.part, *([line.when.test] if line.when else []))]
        case PointSum(lines=points):
            return [expression for line in points for expression in _read_by_points(line)]
        case Formula(value=value):
            return [value]


def _read_by_points(line: PointLine | PointTable | PointsPerEvent | BestOf) -> list[Expression]:
    match line:
        case PointLine(when=when):
            return [when.test]
        case PointTable(subject=subject, rows=rows):
            return [subject, *(row.test for row in rows)]
        case PointsPerEvent(points=points):
            return [points]
        case BestOf(lines=lines):
            return [expression for inner in lines for expression in _read_by_points(inner)]


def _clamped(lowering: Lowering, raw: Number, each: Score) -> Number:
    """Rounding keeps the order of numbers, so that the rounded score may be clamped to the rounded ends."""
    ends = [None if end is None else round_to(end, each.digits) for end in (each.low, each.high)]
    unit = raw.unit
    while any(end is not None and end % unit for end in ends):
        unit //= 10
    low, high = (None if end is None else end // unit for end in ends)
    return numbers.clamped(lowering.layers, numbers.in_unit(raw, unit), low, high)


# --- points -------------------------------------------------------------------------------------------------------------------------


def _points(lowering: Lowering, line: PointLine | PointTable | PointsPerEvent | BestOf) -> Number:
    match line:
        case PointLine(points=points, when=when):
            return _awarded([(lowering.tree(when.test), points)], 0)
        case PointTable():
            return _table(lowering, line)
        case PointsPerEvent(points=each):
            return lowering.number(each)
        case BestOf(lines=lines):
            return _best(lowering, lines)


def _awarded(branches: list[tuple[Tree, int]], otherwise: int) -> Number:
    """Constant points by the first branch that holds."""
    every = [*(points for _, points in branches), otherwise]
    unit = SCALE
    while reduce(or_, (points % unit for points in every), 0):
        unit //= 10
    steps = [points // unit for points in every]
    cases = [(when, trees.number(points // unit)) for when, points in branches]
    while cases and cases[-1][1] == trees.number(steps[-1]):
        cases.pop()
    tree = trees.choose(cases, trees.number(steps[-1]))
    return Number(tree, unit, min(steps), max(steps), numbers.type_for(*steps), missing=False)


def _table(lowering: Lowering, table: PointTable) -> Number:
    values = _values(table)
    if values is not None and len(values) > LONG_LIST:
        return _long_table(lowering, table, values)
    subject = lowering.value(table.subject)
    none, last = table.missing or 0, table.otherwise or 0
    branches = [(lowering.tree(test), row.points) for row in table.rows for test in _one_by_one(row.test)]
    if none != last or not all(_is_strict(row.test, table.subject) for row in table.rows):
        tree = subject.tree if isinstance(subject, Number) else subject
        test = (trees.is_null(tree), none)
        # Where no row can be true of a missing subject the rows come first: most accounts have a value.
        strict = all(_is_strict(row.test, table.subject) for row in table.rows)
        branches = [*branches, test] if strict else [test, *branches]
    return _awarded(branches, last)


def _values(table: PointTable) -> dict[Value, int] | None:
    """The points by value, where every row is for values of the subject; the first row of a value counts."""
    found: dict[Value, int] = {}
    for row in table.rows:
        match row.test:
            case Compare(operator="=", left=left, right=Constant(value=value)) if left == table.subject:
                found.setdefault(value, row.points)
            case OneOf(item=item, values=values) if item == table.subject:
                for each in values:
                    found.setdefault(each, row.points)
            case _:
                return None
    return found


def _long_table(lowering: Lowering, table: PointTable, values: dict[Value, int]) -> Number:
    """Points by value from a list that is looked up: a chain of comparisons grows with the table."""
    subject = lowering.bound(table.subject)
    none, last = table.missing or 0, table.otherwise or 0
    points = _awarded([(exp.true(), each) for each in (*values.values(), none)], last)
    steps = {value: trees.number(each // points.unit) for value, each in values.items()}
    if isinstance(subject, Number):
        # Equal numbers of different types have different hashes.
        item = trees.cast(numbers.in_unit(subject, 1).tree, "BIGINT")
        rows = [
            (trees.cast(trees.number(value), "BIGINT"), step) for value, step in steps.items() if isinstance(value, int)
        ]
    else:
        item = subject
        rows = [(lowering.constant(value, table.subject.kind), step) for value, step in steps.items()]
    found = lowering.layers.bind_lookup(item, tuple(rows))
    missing, other = (trees.number(each // points.unit) for each in (none, last))
    is_none = trees.is_null(subject.tree if isinstance(subject, Number) else subject)
    tree = trees.choose([(trees.not_null(found), found.copy()), (is_none, missing)], other)
    return attrs.evolve(points, tree=trees.cast(tree, points.sql_type))


def _one_by_one(test: Expression) -> Iterator[Expression]:
    """The values of a band as tests of their own: an engine stops at the first that holds, but computes all of an OR."""
    if isinstance(test, OneOf) and len(test.values) <= LONG_LIST:
        for value in test.values:
            yield Compare("=", test.item, Constant(value, kind_of(test.item)))
    else:
        yield test


def _is_strict(test: Expression, subject: Expression) -> bool:
    """Whether the test is missing, so not true, for a missing subject."""
    match test:
        case Compare(left=left, right=right):
            return subject in (left, right)
        case OneOf(item=item):
            return item == subject
        case AllOf(parts=parts):
            return any(_is_strict(part, subject) for part in parts)
        case _:
            return False


def _best(lowering: Lowering, lines: tuple[PointLine | PointTable | PointsPerEvent, ...]) -> Number:
    """The largest that holds; a line that does not hold is out of the contest, not 0, unless none holds."""
    held = [(lowering.tree(line.when.test), line.points) for line in lines if isinstance(line, PointLine)]
    tables = [_points(lowering, line) for line in lines if not isinstance(line, PointLine)]
    falling = sorted(held, key=lambda branch: -branch[1])
    if not tables:
        return _awarded(falling, 0)
    if not held:
        return lowering.greatest(tables)
    single = _awarded(falling, 0)
    cases = [(when, trees.number(points // single.unit)) for when, points in falling]
    return lowering.greatest([attrs.evolve(single, tree=trees.choose(cases), missing=True), *tables])
