"""The rank order as columns: whole numbers that ascend from the best, a missing value last, and texts where a text ranks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs
from sqlglot import exp

from tierlang.engines.sql import names, numbers, trees
from tierlang.engines.sql.numbers import Number
from tierlang.engines.sql.trees import Tree
from tierlang.program.expressions import Defined, Input
from tierlang.program.nodes import RankKey
from tierlang.program.numbers import LIMIT
from tierlang.program.values import Kind

LAST = LIMIT  # after every number that an account can have


@attrs.frozen
class Lead:
    """The first key of an order: whole numbers that ascend from the best.

    `first` stands before every account's, `last` is that of a missing value, `beyond` after all; `sql_type` holds them all.
    """

    tree: Tree
    first: int
    last: int
    beyond: int
    sql_type: str


@attrs.frozen
class Key:
    """One key of an order; never missing. `falling` only for texts, which have no negative."""

    tree: Tree
    falling: bool = False

    def again(self, name: str) -> Key:
        """The key where it has become a column."""
        return attrs.evolve(self, tree=trees.column(name))

    def ordered(self) -> exp.Ordered:
        """The key in an ORDER BY."""
        return trees.descending(self.tree.copy()) if self.falling else trees.ascending(self.tree.copy())


@attrs.frozen
class Order:
    """A rank order without the account's key: the lead, then the other keys."""

    lead: Lead
    rest: tuple[Key, ...]


def keys(by: Input | Defined | None, rank_by: Sequence[RankKey], known: Mapping[str, Tree | Number]) -> list[Key]:
    """The order without the account's key."""
    wanted = [*([RankKey(by)] if by is not None else []), *rank_by]
    return [key for each in wanted for key in _keys(each, known[each.by.name])]


def order(by: Input | Defined | None, rank_by: Sequence[RankKey], known: Mapping[str, Tree | Number]) -> Order:
    """The order with a score's kept lead, or with one lead for all where no score begins it."""
    value = None if by is None else known[by.name]
    if by is None or not isinstance(value, Number):
        return Order(Lead(trees.number(0), -1, 0, 2, "SMALLINT"), tuple(keys(by, rank_by, known)))
    return Order(_lead(trees.column(names.lead(by.name)), value), tuple(keys(None, rank_by, known)))


def by_tier(ordered: Order, tier: Tree, tiers: int) -> Order:
    """The order behind the number of the tier: both as one lead where that is a number of 64 bits."""
    lead = ordered.lead
    width = lead.beyond - lead.first + 1
    beyond = (tiers + 1) * width
    if beyond >= 2**62:
        whole = Lead(tier, 0, tiers + 1, tiers + 2, "SMALLINT" if tiers < 2**14 else "INTEGER")
        return Order(whole, (Key(lead.tree), *ordered.rest))
    kept = numbers.stored_type(-1, beyond + 1)
    wide = numbers.type_for(lead.first, lead.beyond, width)
    inside = trees.subtract(trees.cast(lead.tree, wide), trees.number(lead.first))
    joined = trees.add(trees.multiply(trees.cast(tier, kept), trees.number(width)), trees.cast(inside, kept))
    return Order(Lead(joined, 0, beyond - 1, beyond, kept), ordered.rest)


def behind(ordered: Order, first: Tree) -> Order:
    """The order with all those for whom the test is not true behind the others."""
    lead = ordered.lead
    width = lead.beyond - lead.first + 1
    kept = numbers.stored_type(min(lead.first, -1), lead.beyond + width + 1)
    tree = trees.cast(lead.tree, kept)
    shifted = trees.choose([(first, tree)], trees.add(tree.copy(), trees.number(width)))
    return Order(Lead(shifted, lead.first, lead.last + width, lead.beyond + width, kept), ordered.rest)


def lead_column(value: Number) -> Tree:
    """What is kept as a score's lead."""
    lead = _lead(value.tree, value)
    turned = trees.negative(value.tree)
    return trees.cast(trees.coalesce(turned, trees.number(lead.last)) if value.missing else turned, lead.sql_type)


def _lead(tree: Tree, value: Number) -> Lead:
    first, last = -value.high - 1, -value.low + 1
    kept = numbers.stored_type(min(first, -1), last + 2)  # always signed: it is compared with numbers below zero
    return Lead(tree, first, last, last + 2, kept)


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
