"""Lists: written in place, or read from a column of a small CSV file."""

from __future__ import annotations

from tierlang.compiler import constants
from tierlang.compiler.arithmetic import family
from tierlang.compiler.complaints import kinds
from tierlang.compiler.complaints import tables as complaints
from tierlang.compiler.context import Context, Listed
from tierlang.compiler.tables import ReadTable, read_rows
from tierlang.compiler.words import normal, words
from tierlang.program.values import Kind, Value
from tierlang.syntax import nodes


def define_list(context: Context, node: nodes.ListDeclaration, read_table: ReadTable) -> None:
    """Work out a list's values."""
    listed = _from_file(context, node, read_table) if node.items is None else _in_place(context, node.items)
    if listed is not None:
        context.lists[node.name.text] = listed


def _in_place(context: Context, items: nodes.ListOf) -> Listed | None:
    values: dict[Value, None] = {}
    kind: Kind | None = None
    first = ""
    fine = True
    for item in items.items:
        value = constants.constant(context, item, "a list")
        if value is None:
            fine = False
        elif kind is not None and family(value.kind) is not family(kind):
            context.complain(kinds.differing_kinds(item, (first, kind), (words(item.span), value.kind), "a list"))
            fine = False
        else:
            if kind is None:
                kind, first = value.kind, words(item.span)
            values[value.value] = None
    return Listed(tuple(values), kind) if fine else None


def _from_file(context: Context, node: nodes.ListDeclaration, read_table: ReadTable) -> Listed | None:
    assert node.path is not None
    rows = read_rows(node.path, read_table, context.complain)
    if rows is None:
        return None
    headings = rows[0][1]
    if node.column is None and len(headings) != 1:
        context.complain(complaints.which_column(node.path.span, node.path.value, headings))
        return None
    column = headings[0] if node.column is None else node.column.value
    if column not in headings:
        assert node.column is not None
        context.complain(complaints.no_such_column(node.column.span, column, node.path.value, headings))
        return None
    at = headings.index(column)
    cells = [normal(cells[at].strip()) for _, cells in rows[1:]]
    return Listed(tuple(dict.fromkeys(cell for cell in cells if cell)), Kind.TEXT)
