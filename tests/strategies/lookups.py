"""Small tables, whose rows fit some of the accounts."""

from __future__ import annotations

from tests.strategies.dice import Column
from tests.strategies.pools import SMALL, TEXTS
from tests.strategies.writing import Writer
from tierlang.program import expressions as x
from tierlang.program import nodes as n
from tierlang.program.values import Kind, Value


def lookup_of(writer: Writer, name: str) -> tuple[n.Lookup, list[Column]]:
    """A lookup over one to three columns known so far, and the columns it gives."""
    dice = writer.dice
    fitting = [column for column in writer.named if column.kind is not Kind.TAGS]
    # The last known first: they are the definitions.
    items = list(dict.fromkeys(column.read for column in dice.some(fitting[::-1], 1, 3)))
    pools = {column.read: [value for value in column.pool if value is not None] for column in fitting}
    kinds = dice.pick(((Kind.NUMBER,), (Kind.NUMBER, Kind.TEXT), (Kind.FLAG, Kind.NUMBER)))
    given: dict[Kind, tuple[Value, ...]] = {
        Kind.NUMBER: (*SMALL[:8], None),
        Kind.TEXT: (*TEXTS[:4], None),
        Kind.FLAG: (True, False, None),
    }
    rows: dict[tuple[Value, ...], tuple[Value, ...]] = {}
    for _ in range(dice.pick((3, 6, 1, 9, 0))):
        match = tuple(dice.pick(pools[item]) for item in items)
        rows.setdefault(match, tuple(dice.pick(given[kind]) for kind in kinds))
    columns = tuple(n.LookupColumn(f"{kind.value}_{at}", kind) for at, kind in enumerate(kinds))
    lookup = n.Lookup(name, tuple(item.name for item in items), columns, tuple(rows.items()), None)
    found = [Column(x.LookedUp(name, column.name, tuple(items), column.kind), given[column.kind]) for column in columns]
    return lookup, found
