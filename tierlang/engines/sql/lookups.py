"""Small tables as lists of one row: joins with them keep the order of the input, which joins by value do not.

A dense list is read by position. Values that are no positions are found through buckets: lists of the items of equal hash.
"""

from __future__ import annotations

from sqlglot import exp

from tierlang.engines.sql import trees
from tierlang.engines.sql.trees import Tree

ITEMS = "items"
FOUND = "found"
_EVERY = "every"


def listed(value: Tree, order: Tree) -> Tree:
    """The values of all rows as a list, missing ones too."""
    return exp.ArrayAgg(this=exp.Order(this=value, expressions=[trees.ascending(order)]))


def at(values: Tree, place: Tree) -> Tree:
    """The value at a place, from 1; missing where the place is."""
    return trees.call("list_extract", values, place)


def dense(rows: exp.Query, width: int) -> exp.Select:
    """One row with the list `found`: of each code from 0 below `width` the value of `rows`, which has the columns `code` and `found`."""
    code = trees.column("code", "rows")
    select = trees.select(trees.named(listed(trees.column(FOUND, "rows"), trees.column("place", _EVERY)), FOUND))
    select = select.from_(_numbers(0, width), copy=False)
    return select.join(
        rows.subquery("rows", copy=False),
        join_type="left",
        on=trees.compare("=", code, trees.column("place", _EVERY)),
        copy=False,
    )


def size_for(count: int) -> int:
    """A good number of buckets for so many items."""
    return min(1 << 16, max(1 << 4, 1 << count.bit_length()))


def bucket(item: Tree, size: int) -> Tree:
    """The number of the item's bucket, from 1."""
    rest = trees.remainder(trees.call("hash", item), trees.number(size))
    return trees.add(trees.cast(rest, "INTEGER"), trees.number(1))


def buckets(rows: exp.Query, size: int) -> exp.Select:
    """One row with `items` and `found`, lists by bucket: of `rows`, which has the columns `item` (distinct) and `found`."""
    item = trees.column("item")
    filled = trees.select(
        trees.named(bucket(item, size), "place"),
        trees.named(listed(item.copy(), item.copy()), ITEMS),
        trees.named(listed(trees.column(FOUND), item.copy()), FOUND),
    )
    filled = (
        filled.from_(rows.subquery("rows", copy=False), copy=False)
        .where(trees.not_null(item.copy()), copy=False)
        .group_by(exp.Literal.number(1), copy=False)
    )
    place = trees.column("place", _EVERY)
    columns = [trees.named(listed(trees.column(name, "filled"), place.copy()), name) for name in (ITEMS, FOUND)]
    select = trees.select(*columns).from_(_numbers(1, size + 1), copy=False)
    on = trees.compare("=", trees.column("place", "filled"), place)
    return select.join(filled.subquery("filled", copy=False), join_type="left", on=on, copy=False)


def found(table: str, item: Tree, place: Tree) -> Tree:
    """What the buckets of `table` have for an item in bucket `place`; missing where nothing."""
    mine = trees.call("list_position", at(trees.column(ITEMS, table), place), item)
    return at(at(trees.column(FOUND, table), place.copy()), mine)


def _numbers(first: int, beyond: int) -> exp.Table:
    series = exp.GenerateSeries(start=trees.number(first), end=trees.number(beyond), is_end_exclusive=True)
    alias = exp.TableAlias(this=exp.to_identifier(_EVERY), columns=[exp.to_identifier("place")])
    return exp.Table(this=series, alias=alias)
