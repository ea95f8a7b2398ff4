"""Where the first of an order end, and which accounts are among them: what all ways to find the cut have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod

import attrs
from sqlglot import exp

from tierlang.engines.sql import lookups, names, trees
from tierlang.engines.sql.layers import Named
from tierlang.engines.sql.order import Order
from tierlang.engines.sql.steps import Step
from tierlang.engines.sql.trees import Tree

LEAD = "lead"
_BUCKETS = 1 << 10
GROUP = "grp"


def key_column(place: int) -> str:
    """A key of the order in a pool or a cut; the lead is 1."""
    return LEAD if place == 1 else f"k{place}"


@attrs.frozen
class Cut(ABC):
    """The first of the accounts in a pool, in each group if it has groups.

    A pool is a step with the columns `lead`, `k2` and so on, `key`, and `grp` if `grouped`. Accounts that are never cut have the order's `first` as their lead.
    """

    name: str
    pool: str
    order: Order
    grouped: bool

    # --- names ----------------------------------------------------------------------------------------------------------------

    @property
    def cut(self) -> str:
        """The step with one row per group: `total` (how much was there), `inside` (how much of it stays), and the order's keys of the last account inside."""
        return f"{self.name}_cut"

    @property
    def ties(self) -> str:
        """The step with one row per group whose cut parts equals."""
        return f"{self.name}_ties"

    @property
    def beside(self) -> str:
        """The step with one row that tells an account its group's cut: the cut itself, or lists of all groups' cuts."""
        return f"{self.name}_lists" if self.grouped else self.cut

    # --- steps ----------------------------------------------------------------------------------------------------------------

    @abstractmethod
    def steps(self) -> list[Step]:
        """All that the cut is made of, the ties last, and after them the lists if there are groups."""

    def _grp(self, table: str | None = None) -> list[Tree]:
        return [trees.column(GROUP, table)] if self.grouped else []

    def _same_group(self, one: str, other: str) -> list[Tree]:
        return [trees.same(trees.column(GROUP, one), trees.column(GROUP, other))] if self.grouped else []

    @property
    def _rest(self) -> list[str]:
        return [key_column(place) for place, _ in enumerate(self.order.rest, start=2)]

    def _lists(self) -> Step:
        numbered = f"{self.name}_numbered"
        place = trees.windowed(exp.RowNumber(), order=[trees.ascending(trees.column(GROUP))])
        layer = Named(numbered, trees.select(exp.Star(), trees.named(place, "place")).from_(self.cut, copy=False))
        values = ["total", "inside", LEAD, *self._rest, "last"]
        order = trees.column("place")
        lists = trees.select(*(trees.named(lookups.listed(trees.column(each), order.copy()), each) for each in values))
        none = exp.Max(this=trees.choose([(trees.is_null(trees.column(GROUP)), order)]))
        lists = lists.select(trees.named(none, "no_group"), copy=False).from_(numbered, copy=False)
        rows = trees.select(trees.named(trees.column(GROUP), "item"), trees.named(order.copy(), lookups.FOUND)).from_(
            numbered, copy=False
        )
        buckets = lookups.buckets(rows, _BUCKETS).subquery("buckets", copy=False)
        select = (
            trees.select(exp.Star())
            .from_(lists.subquery("lists", copy=False), copy=False)
            .join(buckets, join_type="cross", copy=False)
        )
        return Step(self.beside, select, (layer,))

    # --- use ------------------------------------------------------------------------------------------------------------------

    def among_pool(self, select: exp.Select) -> exp.Select:
        """The SELECT from the pool, in any order, with the cut of each account's group joined."""
        if not self.grouped:
            return select.join(self.cut, join_type="cross", copy=False)
        return select.join(
            self.cut, join_type="left", on=trees.all_of(*self._same_group(self.pool, self.cut)), copy=False
        )

    def place_of(self, group: Tree) -> Tree:
        """The place of a group in the lists."""
        found = lookups.found(self.beside, group, lookups.bucket(group.copy(), _BUCKETS))
        return trees.coalesce(found, trees.column("no_group", self.beside))

    def value(self, name: str, place: Tree | None) -> Tree:
        """A column of the cut of the account's group, which is at a place in the lists."""
        held = trees.column(name, self.beside)
        return held if place is None else lookups.at(held, place.copy())

    def is_inside_of_pool(self) -> Tree:
        """Whether an account of the pool is among the first, once the cut is joined."""
        mine = [trees.column(name, self.pool) for name in (LEAD, *self._rest, names.KEY)]
        return self._is_before(mine, [trees.column(name, self.cut) for name in (LEAD, *self._rest, "last")])

    def is_inside(self, place: Tree | None) -> Tree:
        """Whether an account is among the first, by the order's own trees.

        Missing, so not true, where it is at the border and nobody there is inside.
        """
        mine = [self.order.lead.tree.copy(), *(key.tree.copy() for key in self.order.rest), trees.column(names.KEY)]
        return self._is_before(mine, [self.value(name, place) for name in (LEAD, *self._rest, "last")])

    def _is_before(self, mine: list[Tree], last: list[Tree]) -> Tree:
        result = trees.compare("<=", mine[-1], last[-1])
        falling = [False, *(key.falling for key in self.order.rest)]
        for tree, bound, down in reversed(list(zip(mine[:-1], last[:-1], falling, strict=True))):
            better = trees.compare(">" if down else "<", tree, bound)
            result = trees.any_of(better, trees.all_of(trees.compare("=", tree.copy(), bound.copy()), result))
        return result
