"""`lookup` blocks: small tables found by the account's values, and the columns that they give."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from tierlang.compiler.complaints import inputs as complaints
from tierlang.compiler.complaints import names as naming
from tierlang.compiler.complaints import tables as wordings
from tierlang.compiler.complaints.facts import column_of_event
from tierlang.compiler.complaints.voice import did_you_mean
from tierlang.compiler.context import Context
from tierlang.compiler.fields import read_field
from tierlang.compiler.lines import only, parts_of_sort
from tierlang.compiler.scope import Sort
from tierlang.compiler.tables import BadCells, Table, Unfit, read_file
from tierlang.compiler.uses import inside
from tierlang.compiler.words import label_of, text_of
from tierlang.diagnostics.words import quoted
from tierlang.program.expressions import Defined, Expression, Input, LookedUp
from tierlang.program.nodes import Field, Lookup, LookupColumn
from tierlang.program.values import Kind, Value
from tierlang.syntax import nodes

_SORTS = (Sort.FIELD, Sort.KEY, Sort.DERIVE)


@attrs.frozen
class _Read:
    """A column of the file: how its cells are read, and which one it is."""

    field: Field
    heading: str
    place: int


def define_lookup(context: Context, node: nodes.Lookup) -> None:
    """Read a lookup and its file; nothing is known of one in which something is wrong."""
    before = len(context.complaints)
    matching = only(context, parts_of_sort(node.parts, nodes.LookupMatch), "`match`")
    giving = parts_of_sort(node.parts, nodes.Give)
    if matching is None:
        context.complain(complaints.no_match(node.span, node.name.text))
    if not giving:
        context.complain(complaints.no_give(node.span, node.name.text))
    matched = [] if matching is None else _matched(context, matching)
    given = _given(context, giving)
    table = read_file(node.path, context.tables.read_table, context.complain)
    if table is None or matching is None or len(matched) < len(matching.columns):
        return
    heads = [column.heading for column in matching.columns]
    keys = [_column(context, table, field, head) for field, head in zip(matched, heads, strict=True)]
    values = [_column(context, table, field, None) for field in given]
    keyed = [column for column in keys if column is not None]
    valued = [column for column in values if column is not None]
    if len(context.complaints) > before:
        return
    rows = _rows(context, table, keyed, valued)
    if rows is None:
        return
    columns = tuple(LookupColumn(column.field.name, column.field.kind, span=column.field.span) for column in valued)
    by = tuple(each.field.name for each in keyed)
    lookup = Lookup(node.name.text, by, columns, rows, label_of(node.label), span=node.span)
    context.lookups[lookup.name] = lookup
    context.given.update({(lookup.name, column.field.name): column.field for column in valued})
    context.reaches.add_lookup(lookup)


def _matched(context: Context, node: nodes.LookupMatch) -> list[Field]:
    """The account's values by which rows are found, each as its cells are read."""
    found: dict[str, nodes.Name] = {}
    fields: list[Field] = []
    for column in node.columns:
        name = column.name
        first = found.setdefault(name.text, name)
        if first is not name:
            context.complain(complaints.matched_twice(name, first.span))
            continue
        declared = context.scope.get(name.text)
        if declared is None:
            context.complain(naming.unknown_name(name, context.scope.of(*_SORTS), "field"))
        elif declared.sort not in _SORTS:
            known = context.scope.of(*_SORTS)
            wanted = "a field, by which a lookup finds its rows"
            context.complain(naming.wrong_sort(name, declared.sort.value, wanted, known))
        else:
            context.uses.note(name.text, name.span)
            item = _item(context, name.text)
            field = None if item is None else context.field_of(item) or Field(item.name, item.kind)
            if field is not None and field.kind is Kind.TAGS:
                context.complain(complaints.tags_matched(name))
            elif field is not None:
                fields.append(attrs.evolve(field, required=True, default=None, headings=()))
    return fields


def _item(context: Context, name: str) -> Input | Defined | None:
    """What the account has by this name, if it is known."""
    if context.key is not None and context.key.name == name:
        return Input(name, context.key.kind)
    field, definition = context.fields.get(name), context.definitions.get(name)
    if field is not None:
        return Input(name, field.kind)
    return None if definition is None else Defined(name, definition.kind)


def _given(context: Context, written: Sequence[nodes.Give]) -> list[Field]:
    found: dict[str, nodes.Give] = {}
    fields: list[Field] = []
    for node in written:
        first = found.setdefault(node.name.text, node)
        if first is not node:
            context.complain(naming.doubled_name(node.name, first.name, "a column of this lookup"))
            continue
        field = read_field(context, nodes.Field(name=node.name, type=node.type, parts=node.parts, span=node.span))
        if field is not None and field.kind is Kind.TAGS:
            context.complain(complaints.tags_misplaced(node.type, "what a lookup gives", "it is one value"))
        elif field is not None:
            fields.append(field)
    return fields


def _column(context: Context, table: Table, field: Field, heading: nodes.Text | None) -> _Read | None:
    """Where a field's cells stand in the file; complains if nowhere."""
    wanted = field.headings or (field.name,) if heading is None else (text_of(heading),)
    place = table.column(wanted)
    if place is None:
        span = table.path.span if heading is None else heading.span
        context.complain(wordings.no_such_headings(span, table.name, wanted, table.headings))
        return None
    return _Read(field, table.headings[place], place)


def _rows(
    context: Context, table: Table, keys: Sequence[_Read], values: Sequence[_Read]
) -> tuple[tuple[tuple[Value, ...], tuple[Value, ...]], ...] | None:
    """The file's rows as values; None where a cell is bad or two rows are found by the same values."""
    bad = BadCells(table.path, context.complain)
    rows: list[tuple[tuple[Value, ...], tuple[Value, ...]]] = []
    first: dict[tuple[Value, ...], int] = {}
    for line, cells in table.rows:
        before = bad.count
        read = [_cell(context, bad, line, column, cells[column.place]) for column in (*keys, *values)]
        if bad.count > before:
            continue
        match, given = tuple(read[: len(keys)]), tuple(read[len(keys) :])
        earlier = first.setdefault(match, line)
        if earlier != line:
            shown = " and ".join(f"{column.heading} {quoted(cells[column.place])}" for column in keys)
            bad.doubled(line, earlier, shown)
        rows.append((match, given))
    return tuple(rows) if bad.close() else None


def _cell(context: Context, bad: BadCells, line: int, column: _Read, cell: str) -> Value:
    if not cell and column.field.required:
        bad.add(line, column.heading, cell, Unfit("is empty", "a value in every row"))
        return None
    value = context.tables.read_cell(column.field, cell)
    if isinstance(value, Unfit):
        bad.add(line, column.heading, cell, value)
        return None
    return value


def column(context: Context, node: nodes.Column) -> Expression | None:
    """`defaults.base`."""
    name = node.table
    declared = context.scope.get(name.text)
    if declared is None:
        context.complain(complaints.unknown_lookup(name, context.scope.of(Sort.LOOKUP)))
        return None
    if declared.sort is Sort.EVENT:
        context.complain(column_of_event(node))
        return None
    if declared.sort is not Sort.LOOKUP:
        known = context.scope.of(Sort.LOOKUP)
        context.complain(naming.wrong_sort(name, declared.sort.value, "a lookup, and has no columns", known))
        return None
    lookup = context.lookups.get(name.text)
    if lookup is None:
        return None
    kind = next((each.kind for each in lookup.columns if each.name == node.column.text), None)
    if kind is None:
        known = [each.name for each in lookup.columns]
        hints, fixes = did_you_mean(node.column.text, known, node.column.span)
        context.complain(complaints.no_such_given(node.column, name.text, known, hints, fixes))
        return None
    context.uses.note(name.text, name.span)
    context.uses.note(node.column.text, node.column.span, inside(name.text))
    items = [_item(context, match) for match in lookup.match]
    found = tuple(item for item in items if item is not None)
    return LookedUp(lookup.name, node.column.text, found, kind) if len(found) == len(items) else None
