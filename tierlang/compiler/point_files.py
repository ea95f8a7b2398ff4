"""`points by X from FILE`: the values of a table and their points stand in a file."""

from __future__ import annotations

import datetime as dt

import attrs

from tierlang.compiler.bands import Table
from tierlang.compiler.complaints import bands as complaints
from tierlang.compiler.complaints.tables import no_such_headings
from tierlang.compiler.context import Context
from tierlang.compiler.tables import BadCells, Unfit, read_file
from tierlang.compiler.words import words
from tierlang.diagnostics.words import quoted
from tierlang.program.expressions import Compare, Constant, kind_of
from tierlang.program.nodes import Field, TableRow
from tierlang.program.numbers import LIMIT, number_text
from tierlang.program.values import Kind, Value
from tierlang.program.written import written
from tierlang.syntax import nodes

_POINTS = Field("points", Kind.NUMBER, high=LIMIT - 1, required=True)


def rows_from_file(context: Context, table: Table, path: nodes.Text) -> tuple[TableRow, ...] | None:
    """One row for each line of the file; complains about cells that the subject cannot be, and values that stand twice."""
    kind = kind_of(table.subject)
    if kind is Kind.TAGS:
        context.complain(complaints.tags_by(table.span, words(table.span)))
        return None
    file = read_file(path, context.tables.read_table, context.complain)
    if file is None:
        return None
    places = {heading: file.column([heading]) for heading in ("value", "points")}
    for heading, place in places.items():
        if place is None:
            context.complain(no_such_headings(path.span, path.value, [heading], file.headings))
    at, worth = places["value"], places["points"]
    if at is None or worth is None:
        return None
    subject = context.field_of(table.subject) or Field(words(table.span), kind)
    subject = attrs.evolve(subject, required=True, default=None)
    bad, first, rows = BadCells(path, context.complain), dict[Value, int](), list[TableRow]()
    for line, cells in file.rows:
        value = context.tables.read_cell(subject, cells[at])
        points = context.tables.read_cell(_POINTS, cells[worth])
        if isinstance(value, Unfit):
            bad.add(line, "value", cells[at], Unfit(value.why, value.fits) if cells[at] else _NO_VALUE)
        elif first.setdefault(value, line) != line:
            bad.doubled(line, first[value], value_text(value))
        if isinstance(points, Unfit):
            bad.add(line, "points", cells[worth], points)
        elif isinstance(points, int) and not isinstance(value, Unfit):
            test = Compare("=", table.subject, Constant(value, kind))
            rows.append(written(TableRow(test, points, value_text(value)), path.span))
    return tuple(rows) if bad.close() else None


_NO_VALUE = Unfit("is empty", "a value. For accounts without one, write a row `missing -> …` behind the file")


def value_of(row: TableRow) -> Value:
    """The value that a row of a file takes."""
    assert isinstance(row.test, Compare)
    assert isinstance(row.test.right, Constant)
    return row.test.right.value


def value_text(value: Value) -> str:
    """A value as rule files write it."""
    match value:
        case bool():
            return str(value).lower()
        case int():
            return number_text(value)
        case dt.date():
            return value.isoformat()
        case _:
            return quoted(str(value))
