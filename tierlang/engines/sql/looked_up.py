"""Lookup tables: which row fits the account's values, and what it gives; nothing here joins by value, so the accounts keep their order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from math import gcd

from sqlglot import exp

from tierlang.engines.sql import lookups, numbers, trees
from tierlang.engines.sql.layers import Layers
from tierlang.engines.sql.numbers import Number
from tierlang.engines.sql.trees import Tree
from tierlang.program.nodes import Lookup
from tierlang.program.numbers import SCALE
from tierlang.program.values import Kind, Value

SQL_TYPES = {
    Kind.WHOLE: "BIGINT",
    Kind.NUMBER: "BIGINT",
    Kind.MONEY: "BIGINT",
    Kind.TEXT: "TEXT",
    Kind.FLAG: "BOOLEAN",
    Kind.DATE: "DATE",
    Kind.TAGS: "TEXT[]",
}


def looked_up(layers: Layers, lookup: Lookup, column: str, items: Sequence[Tree | Number]) -> Tree | Number:
    """The column's value in the row that fits the items (bound to columns); missing where none does or an item is missing."""
    place = next(place for place, each in enumerate(lookup.columns) if each.name == column)
    kind = lookup.columns[place].kind
    tree: Tree
    if lookup.rows:
        table = table_of(lookup.name)
        row = layers.bind_found(
            _joined([_whole(item) for item in items]), (table, "rows"), lambda: _rows(table), len(lookup.rows)
        )
        tree = layers.bind_value(row, (table, "values"), lambda: _lists(lookup), f"c_{place}")
    else:
        tree = trees.null(SQL_TYPES[kind])
    if not kind.is_numeric:
        return tree
    found = [row[1][place] for row in lookup.rows]
    present = [value for value in found if isinstance(value, int)] or [0]
    unit = _unit(present)
    low, high = min(present) // unit, max(present) // unit
    return Number(tree, unit, low, high, "BIGINT", missing=True)


def table_of(name: str) -> str:
    """The table that holds the rows of a lookup."""
    return f"lookup_{name}"


def table_columns(lookup: Lookup) -> list[tuple[str, str, list[Value]]]:
    """The columns of a lookup's table with their types and values: `item`, the number `n` of the row from 1, and what each column gives."""
    kinds = [_kind_of([row[0][place] for row in lookup.rows]) for place in range(len(lookup.match))]
    items = [_item(row[0]) for row in lookup.rows]
    columns: list[tuple[str, str, list[Value]]] = [
        ("item", "TEXT" if len(kinds) > 1 else kinds[0], items),
        ("n", "INTEGER", list(range(1, len(items) + 1))),
    ]
    for place, column in enumerate(lookup.columns):
        given = [row[1][place] for row in lookup.rows]
        if column.kind.is_numeric:
            unit = _unit([value for value in given if isinstance(value, int)])
            given = [value // unit if isinstance(value, int) else None for value in given]
        columns.append((f"c_{place}", SQL_TYPES[column.kind], given))
    return columns


def as_query(lookup: Lookup) -> exp.Select:
    """The table of a lookup as a SELECT, for a query that must stand by itself."""
    columns = table_columns(lookup)
    rows = [
        tuple(_literal(value, sql_type) for value, (_, sql_type, _) in zip(row, columns, strict=True))
        for row in zip(*(values for _, _, values in columns), strict=True)
    ]
    names = [name for name, _, _ in columns]
    return trees.select(*names).from_(exp.values(rows, alias="listed", columns=names), copy=False)


def _rows(table: str) -> exp.Select:
    return trees.select("item", trees.named(trees.column("n"), lookups.FOUND)).from_(table, copy=False)


def _lists(lookup: Lookup) -> exp.Select:
    columns = [
        trees.named(lookups.listed(trees.column(f"c_{place}"), trees.column("n")), f"c_{place}")
        for place in range(len(lookup.columns))
    ]
    return trees.select(*columns).from_(table_of(lookup.name), copy=False)


# --- items --------------------------------------------------------------------------------------------------------------------------


def _whole(item: Tree | Number) -> Tree:
    """A value as a table keeps it: numbers in 1/10,000ths."""
    if not isinstance(item, Number):
        return item
    return trees.cast(numbers.in_unit(item, 1).tree, "BIGINT")


def _joined(items: Sequence[Tree]) -> Tree:
    """One item, or several as one text from which each can be told: its length and itself. Missing where one is."""
    if len(items) == 1:
        return items[0]
    parts: list[Tree] = []
    for item in items:
        text = trees.cast(item, "TEXT")
        parts += [trees.cast(trees.call("length", text), "TEXT"), trees.text(":"), text.copy()]
    return trees.joined_text(parts)


def _item(values: tuple[Value, ...]) -> Value:
    if len(values) == 1:
        return values[0]
    texts = [_text(value) for value in values]
    return "".join(f"{len(text)}:{text}" for text in texts)


def _text(value: Value) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case dt.date():
            return value.isoformat()
        case _:
            return str(value)


def _kind_of(values: Sequence[Value]) -> str:
    match values[0]:
        case bool():
            return "BOOLEAN"
        case int():
            return "BIGINT"
        case dt.date():
            return "DATE"
        case _:
            return "TEXT"


def _unit(values: Sequence[int]) -> int:
    """The largest power of ten up to 10,000 that divides all."""
    shared = gcd(SCALE, *values)
    return next(unit for unit in (10_000, 1_000, 100, 10, 1) if shared % unit == 0)


def _literal(value: Value, sql_type: str) -> Tree:
    match value:
        case None:
            return trees.null(sql_type)
        case bool():
            return exp.true() if value else exp.false()
        case int():
            return trees.cast(trees.number(value), sql_type)
        case str():
            return trees.text(value)
        case dt.date():
            return trees.date(value)
        case tuple():
            return trees.cast(exp.Array(expressions=[trees.text(each) for each in value]), "TEXT[]")
