"""The rank order as columns: whole numbers that ascend from the best, a missing value last, and texts where a text ranks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs
from sqlglot import exp

from tierlang.engines.sql import trees
from tierlang.engines.sql.numbers import Number
from tierlang.engines.sql.trees import Tree
from tierlang.program.expressions import Defined, Input
from tierlang.program.nodes import RankKey
from tierlang.program.numbers import LIMIT
from tierlang.program.values import Kind

LAST = LIMIT  # after every number that an account can have
FIRST = -2 * LIMIT  # before every one, and before whoever is never cut


@attrs.frozen
class Key:
    """One key of an order; never missing. `falling` only for texts, which have no negative."""

    tree: Tree
    falling: bool = False

    def ordered(self) -> exp.Ordered:
        """The key in an ORDER BY."""
        return trees.descending(self.tree.copy()) if self.falling else trees.ascending(self.tree.copy())


def keys(by: Input | Defined | None, rank_by: Sequence[RankKey], known: Mapping[str, Tree | Number]) -> list[Key]:
    """The order without the account's key; the first is always a whole number."""
    wanted = [*([RankKey(by)] if by is not None else []), *rank_by]
    found = [key for each in wanted for key in _keys(each, known[each.by.name])]
    if not found or wanted[0].by.kind in (Kind.TEXT, Kind.TAGS):
        return [Key(trees.number(0)), *found]
    return found


def _keys(wanted: RankKey, value: Tree | Number) -> list[Key]:
    if isinstance(value, Number):
        number = value.tree
    else:
        match wanted.by.kind:
            case Kind.DATE:
                number = trees.subtract(value, trees.cast(trees.text("1970-01-01"), "DATE"))
            case Kind.FLAG:
                number = trees.cast(value, "INTEGER")
            case _:
                gone = trees.choose([(trees.is_null(value), trees.number(1))], trees.number(0))
                empty = trees.null_text(value)
                return [Key(gone), Key(empty, falling=not wanted.ascending)]
    turned = number if wanted.ascending else trees.negative(number)
    return [Key(trees.coalesce(turned, trees.number(LAST)))]
