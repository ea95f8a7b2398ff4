"""One capacity and the cut that tells who stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from tierlang.engines.sql import ladder as ladders
from tierlang.engines.sql import trees
from tierlang.engines.sql.cuts import GROUP, Cut, key_column
from tierlang.engines.sql.moving import second
from tierlang.engines.sql.names import Own
from tierlang.engines.sql.numbers import Number
from tierlang.engines.sql.order import Order
from tierlang.engines.sql.trees import Tree
from tierlang.program.nodes import Capacity, Ladder, Tier

TARGET = "target"
ORIGIN = "origin"


@attrs.frozen
class Seating:
    """A capacity, the cut that tells who stays, and its place among the ladder's capacities, from 1; `per` is the value it is grouped by.

    `number` and `tier` are 0 and None for a capacity of the whole ladder. `unit` is that of what a sum counts, in 1/10,000ths.
    """

    own: Own
    step: int
    number: int
    tier: Tier | None
    capacity: Capacity
    cut: Cut
    per: Tree | Number | None
    unit: int = 1

    @property
    def moves(self) -> str:
        """The step that counts whom it moved on, by the tier they went to (and, for the whole ladder, the one they came from)."""
        return f"{self.cut.name}_moves"

    @property
    def before(self) -> Tree:
        """The tier before."""
        return trees.column(self.own.tier_after(self.step - 1))

    @property
    def here(self) -> Tree:
        """Whether the account was in the tier before."""
        return trees.compare("=" if self.number else ">", self.before, trees.number(self.number))

    @property
    def second_here(self) -> Tree:
        """Whether the account's second candidate was in the tier before."""
        return trees.compare(
            "=" if self.number else ">", trees.column(second(self.step - 1)), trees.number(self.number)
        )

    @property
    def moved(self) -> Tree:
        """Whether it moved the account on."""
        return self._moved(self.here, self.own.tier_after(self.step))

    @property
    def second_moved(self) -> Tree:
        """Whether it moved the account's second candidate on."""
        return self._moved(self.second_here, second(self.step))

    def _moved(self, here: Tree, after: str) -> Tree:
        if self.number:
            return trees.all_of(here, trees.compare("!=", trees.column(after), trees.number(self.number)))
        return trees.all_of(here, trees.compare("=", trees.column(after), trees.number(0)))


def plain(value: Tree | Number) -> Tree:
    """The value as a tree."""
    return (value.tree if isinstance(value, Number) else value).copy()


def value_of(known: Mapping[str, Tree | Number], name: str) -> Tree:
    """A field or definition as a column of the relation."""
    return plain(known[name])


def pool_columns(ordered: Order, group: Tree | None, lead: Tree | None = None) -> list[Tree]:
    """What a cut reads of an account, its key aside."""
    columns = [trees.named(ordered.lead.tree.copy() if lead is None else lead, key_column(1))]
    columns += [trees.named(key.tree.copy(), key_column(place)) for place, key in enumerate(ordered.rest, start=2)]
    return columns if group is None else [trees.named(group, GROUP), *columns]


def every_capacity(ladder: Ladder) -> Iterator[tuple[int, Tier | None, Capacity]]:
    """The capacities in the order in which they are kept; 0 and None for those of the whole ladder."""
    yield from ((0, None, capacity) for capacity in ladder.capacities)
    for number, tier in ladders.numbered(ladder):
        yield from ((number, tier, capacity) for capacity in tier.capacities)


def reachable(found: Seating) -> list[tuple[int, Tier]]:
    """The tiers that the overflow may reach, gates aside."""
    match found.capacity.overflow:
        case "out":
            return []
        case "to":
            lower = ladders.numbered(found.own.ladder)[found.number :]
            return [(number, tier) for number, tier in lower if tier.name == found.capacity.to]
        case "down":
            return ladders.numbered(found.own.ladder)[found.number :] if found.number else []


def first_open_target(found: Seating) -> Tree:
    """The first tier of those the overflow may reach whose gate is true, else none."""
    branches: list[tuple[Tree, Tree]] = []
    for number, tier in reachable(found):
        if tier.gate is None:
            return trees.choose(branches, trees.number(number))
        branches.append((trees.column(found.own.gate(number)), trees.number(number)))
    return trees.choose(branches, trees.number(0))
