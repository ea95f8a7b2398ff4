"""Capacities from the best tier down: who is in the tier is pooled, the pool is cut, and whoever is over flows into lower pools."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs
from sqlglot import exp

from tierlang.engines.sql import ladder as ladders
from tierlang.engines.sql import names, trees
from tierlang.engines.sql.cuts import GROUP, Cut, key_column
from tierlang.engines.sql.numbers import Number
from tierlang.engines.sql.order import Order, order
from tierlang.engines.sql.scored import Relation
from tierlang.engines.sql.steps import Step, everything_of
from tierlang.engines.sql.trees import Tree
from tierlang.program.nodes import Capacity, Ladder, Tier

TARGET = "target"


@attrs.frozen
class Seating:
    """A capacity, the cut that tells who stays, and its place among the capacities, from 1; `per` is the value it is grouped by."""

    step: int
    number: int
    tier: Tier
    capacity: Capacity
    cut: Cut
    per: Tree | Number | None

    @property
    def moves(self) -> str:
        """The step that counts whom it moved on, by the tier they went to."""
        return f"{self.cut.name}_moves"

    @property
    def here(self) -> Tree:
        """Whether the account was in the tier before."""
        return trees.compare("=", trees.column(names.tier_after(self.step - 1)), trees.number(self.number))

    @property
    def moved(self) -> Tree:
        """Whether it moved the account on."""
        after = trees.compare("!=", trees.column(names.tier_after(self.step)), trees.number(self.number))
        return trees.all_of(self.here, after)


def plain(value: Tree | Number) -> Tree:
    """The value as a tree."""
    return (value.tree if isinstance(value, Number) else value).copy()


def value_of(known: Mapping[str, Tree | Number], name: str) -> Tree:
    """A field or definition as a column of the relation."""
    return plain(known[name])


def pinned(in_force: int) -> Tree:
    """Whether a pin in force places the account."""
    pin = trees.column(names.PIN)
    return trees.all_of(
        trees.compare(">", pin, trees.number(0)), trees.compare("<=", pin.copy(), trees.number(in_force))
    )


def pool_columns(ordered: Order, group: Tree | None, lead: Tree | None = None) -> list[Tree]:
    """What a cut reads of an account, its key aside."""
    columns = [trees.named(ordered.lead.tree.copy() if lead is None else lead, key_column(1))]
    columns += [trees.named(key.tree.copy(), key_column(place)) for place, key in enumerate(ordered.rest, start=2)]
    return columns if group is None else [trees.named(group, GROUP), *columns]


def seating(ladder: Ladder, source: Relation, in_force: int) -> tuple[list[Step], list[Seating]]:
    """All capacities and their steps; `in_force` pins are in force."""
    plan = _Plan(ladder, source, in_force)
    for number, tier in ladders.numbered(ladder):
        for capacity in tier.capacities:
            plan.take(number, tier, capacity)
    return plan.steps, plan.seatings


class _Plan:
    """The capacities so far, and the accounts that each moved on."""

    def __init__(self, ladder: Ladder, source: Relation, in_force: int) -> None:
        self.steps: list[Step] = []
        self.seatings: list[Seating] = []
        self._ladder = ladder
        self._known = source.known
        self._in_force = in_force
        self._order = order(ladder.by, ladder.rank_by, source.known)
        self._movers: list[str] = []
        self._carried = self._all_carried()

    def _all_carried(self) -> dict[str, Tree]:
        """What a pool keeps of an account for this and lower capacities: what they group by, and the gates they ask."""
        groups = dict.fromkeys(
            capacity.per for tier in self._ladder.tiers for capacity in tier.capacities if capacity.per is not None
        )
        carried = {f"per{names.safe(per.name)}": value_of(self._known, per.name) for per in groups}
        gates = [number for number, tier in ladders.numbered(self._ladder) if tier.gate is not None]
        asked = ladders.asked_again(self._ladder)
        carried.update((names.gate(number), trees.column(names.gate(number))) for number in gates if number in asked)
        return carried

    def take(self, number: int, tier: Tier, capacity: Capacity) -> None:
        """One more capacity: its pool, its cut, who it moves on, and the view of the tiers after it."""
        step = len(self.seatings) + 1
        name = f"capacity_{step}"
        pool = f"{name}_pool"
        per = None if capacity.per is None else self._known[capacity.per.name]
        cut = Cut(
            name, pool, f"{name}_counts", self._order, per is not None, lambda total: trees.number(capacity.seats)
        )
        self.steps.append(Step(pool, self._pool(number, capacity), kept="scratch"))
        self.steps.extend(cut.steps())
        found = Seating(step, number, tier, capacity, cut, per)
        self.seatings.append(found)
        self._move_on(found)
        self.steps.append(Step(f"placed_{step}", _seated(self._ladder, found, self._in_force), kept="view"))

    def _move_on(self, found: Seating) -> None:
        """Whoever is over goes on: as rows where a lower tier has seats to count, and always as counts."""
        pool, cut = found.cut.pool, found.cut
        over = trees.negate(trees.is_true(cut.is_inside_of_pool()))
        target = trees.named(_target(self._ladder, found), TARGET)
        if found.capacity.overflow != "out" and any(lower.capacities for lower in self._ladder.tiers[found.number :]):
            rows = trees.select(*(trees.column(each, pool) for each in self._columns()), target).from_(pool, copy=False)
            self._movers.append(f"{cut.name}_movers")
            self.steps.append(Step(self._movers[-1], cut.among_pool(rows).where(over, copy=False), kept="scratch"))
            counted = trees.select(trees.column(TARGET), trees.named(trees.rows(), "n")).from_(
                self._movers[-1], copy=False
            )
        else:
            counted = trees.select(target, trees.named(trees.rows(), "n")).from_(pool, copy=False)
            counted = cut.among_pool(counted).where(over, copy=False)
        self.steps.append(Step(found.moves, counted.group_by(exp.Literal.number(1), copy=False)))

    def _columns(self) -> list[str]:
        keys = [key_column(place) for place in range(1, len(self._order.rest) + 2)]
        return [*keys, names.KEY, *self._carried]

    def _pool(self, number: int, capacity: Capacity) -> exp.Select:
        """Whoever is in the tier now, with the group of this capacity."""
        group = [] if capacity.per is None else [f"per{names.safe(capacity.per.name)}"]
        columns = [*(trees.named(trees.column(each), GROUP) for each in group), *map(trees.column, self._columns())]
        before = self.seatings[-1] if self.seatings else None
        if before is not None and before.number == number:
            mine = [trees.column(each, before.cut.pool) for each in self._columns()]
            groups = [trees.named(trees.column(each, before.cut.pool), GROUP) for each in group]
            select = trees.select(*groups, *mine).from_(before.cut.pool, copy=False)
            return before.cut.among_pool(select).where(before.cut.is_inside_of_pool(), copy=False)
        lead = self._order.lead
        first = trees.cast(trees.number(lead.first), lead.sql_type)
        tree = trees.choose([(pinned(self._in_force), first)], lead.tree.copy()) if self._in_force else lead.tree.copy()
        began = trees.select(*pool_columns(self._order, None, tree), trees.column(names.KEY)).from_(
            "placed_0", copy=False
        )
        began = began.select(*(trees.named(value.copy(), name) for name, value in self._carried.items()), copy=False)
        began = began.where(trees.compare("=", trees.column(names.tier_after(0)), trees.number(number)), copy=False)
        parts: list[exp.Select] = [began]
        for movers in self._movers:
            came = trees.select(*map(trees.column, self._columns())).from_(movers, copy=False)
            parts.append(came.where(trees.compare("=", trees.column(TARGET), trees.number(number)), copy=False))
        return trees.select(*columns).from_(_all_rows(parts).subquery("here", copy=False), copy=False)


def _all_rows(parts: Sequence[exp.Select]) -> exp.Query:
    found: exp.Query = parts[0]
    for part in parts[1:]:
        found = exp.Union(this=found, expression=part, distinct=False)
    return found


def _seated(ladder: Ladder, found: Seating, in_force: int) -> exp.Select:
    """The tier of every account after the capacity; only those in the tier look up the cut of their group."""
    before, cut = f"placed_{found.step - 1}", found.cut
    select = trees.select().from_(before, copy=False)
    place: Tree | None = None
    if found.per is not None:
        own = trees.choose([(found.here, cut.place_of(plain(found.per)))])
        inner = trees.select(everything_of(before), trees.named(own, f"place_{found.step}")).from_(before, copy=False)
        place, before = trees.column(f"place_{found.step}"), "looked_up"
        select = trees.select().from_(
            inner.join(cut.beside, join_type="cross", copy=False).subquery(before, copy=False), copy=False
        )
    now = trees.column(names.tier_after(found.step - 1))
    stays: list[tuple[Tree, Tree]] = [(trees.compare("!=", now, trees.number(found.number)), now.copy())]
    if in_force:
        stays.append((pinned(in_force), now.copy()))
    stays.append((cut.is_inside(place), now.copy()))
    after = trees.cast(trees.choose(stays, _target(ladder, found)), ladders.code_type(len(ladder.tiers)))
    select = select.select(everything_of(before), trees.named(after, names.tier_after(found.step)), copy=False)
    return select.join(cut.beside, join_type="cross", copy=False)


def _target(ladder: Ladder, found: Seating) -> Tree:
    """The first tier of those the overflow may reach whose gate is true, else none."""
    lower = [(number, tier) for number, tier in ladders.numbered(ladder) if number > found.number]
    match found.capacity.overflow:
        case "out":
            lower = []
        case "to":
            lower = [(number, tier) for number, tier in lower if tier.name == found.capacity.to]
    branches: list[tuple[Tree, Tree]] = []
    for number, tier in lower:
        if tier.gate is None:
            return trees.choose(branches, trees.number(number))
        branches.append((trees.column(names.gate(number)), trees.number(number)))
    return trees.choose(branches, trees.number(0))
