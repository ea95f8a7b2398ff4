"""What the small tables say of an account."""

from __future__ import annotations

from collections.abc import Sequence

from tierlang.program.expressions import LookedUp
from tierlang.program.nodes import Program
from tierlang.program.values import Value


def looked_up(program: Program, what: LookedUp, items: Sequence[Value]) -> Value:
    """The column's value in the row that fits the items; missing if one of them is missing or no row fits."""
    lookup = next(each for each in program.lookups if each.name == what.table)
    column = [each.name for each in lookup.columns].index(what.column)
    if None in items:
        return None
    return next((given[column] for match, given in lookup.rows if match == tuple(items)), None)
