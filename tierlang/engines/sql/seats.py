"""Capacities of the ladder, then from the best tier down: who is there is pooled, the pool is cut, and whoever is over flows into lower pools."""

from __future__ import annotations

import attrs
from sqlglot import exp

from tierlang.engines.sql import ladder as ladders
from tierlang.engines.sql import trees
from tierlang.engines.sql.counting import CountCut
from tierlang.engines.sql.cuts import Cut
from tierlang.engines.sql.moving import Moving, goes_up, second
from tierlang.engines.sql.names import Own
from tierlang.engines.sql.numbers import Number
from tierlang.engines.sql.order import by_tier, order
from tierlang.engines.sql.pools import Pools
from tierlang.engines.sql.scored import Relation
from tierlang.engines.sql.seating import Seating, every_capacity, first_open_target, plain
from tierlang.engines.sql.staying import Staying
from tierlang.engines.sql.steps import Step, everything_of
from tierlang.engines.sql.summing import SumCut
from tierlang.engines.sql.trees import Tree
from tierlang.program.nodes import Capacity, Tier


def seating(own: Own, source: Relation, in_force: int, moving: Moving | None) -> tuple[list[Step], list[Seating]]:
    """All capacities and their steps; `in_force` pins are in force, `moving` is what a run that knows the past asks."""
    plan = _Plan(own, source, in_force, moving)
    for number, tier, capacity in every_capacity(own.ladder):
        plan.take(number, tier, capacity)
    return plan.steps, plan.seatings


class _Plan:
    """The capacities so far, and the accounts that each moved on."""

    def __init__(self, own: Own, source: Relation, in_force: int, moving: Moving | None) -> None:
        self.steps: list[Step] = []
        self.seatings: list[Seating] = []
        self._own = own
        self._ladder = own.ladder
        self._known = source.known
        self._moving = moving
        self._staying = Staying(own, in_force, moving)
        self._order = order(own.ladder.by, own.ladder.rank_by, source.known)
        self._pools = Pools(own, source.known, self._order, self._staying)

    def take(self, number: int, tier: Tier | None, capacity: Capacity) -> None:
        """One more capacity: its pool, its cut, who it moves on, and the view of the tiers after it."""
        step = len(self.seatings) + 1
        found = self._seating(step, number, tier, capacity)
        before = self.seatings[-1] if self.seatings else None
        self.steps.append(Step(found.cut.pool, self._pools.pool(found, before), kept="scratch"))
        self.steps.extend(found.cut.steps())
        self.seatings.append(found)
        self.steps.extend(self._pools.move_on(found))
        self.steps.append(Step(self._own.placed(step), self._seated(found), kept="view"))

    def _seating(self, step: int, number: int, tier: Tier | None, capacity: Capacity) -> Seating:
        own = self._own
        name = own.name(f"capacity_{step}")
        pool = f"{name}_pool"
        per = None if capacity.per is None else self._known[capacity.per.name]
        ordered = self._staying.classed(self._order, number, trees.column(own.tier_after(step - 1)))
        if not number:
            ordered = by_tier(ordered, trees.column(own.tier_after(step - 1)), len(self._ladder.tiers))
        if capacity.of is None:
            cut: Cut = CountCut(
                name, pool, ordered, per is not None, f"{name}_counts", lambda total: trees.number(capacity.seats)
            )
            return Seating(own, step, number, tier, capacity, cut, per)
        of = self._known[capacity.of.name]
        assert isinstance(of, Number)
        cut = SumCut(name, pool, ordered, per is not None, capacity.seats // of.unit)
        return Seating(own, step, number, tier, capacity, cut, per, of.unit)

    # --- who stays --------------------------------------------------------------------------------------------------------------

    def _seated(self, found: Seating) -> exp.Select:
        """The tier of every account after the capacity; only those in the tier look up the cut of their group."""
        own, cut = self._own, found.cut
        before = own.placed(found.step - 1)
        select = trees.select().from_(before, copy=False)
        asks = self._moving is not None and self._moving.asks
        place: Tree | None = None
        if found.per is not None:
            here = trees.any_of(found.here, found.second_here) if asks else found.here
            looked = trees.choose([(here, cut.place_of(plain(found.per)))])
            placed = own.name(f"place_{found.step}")
            inner = trees.select(everything_of(before), trees.named(looked, placed)).from_(before, copy=False)
            place, before = trees.column(placed), "looked_up"
            select = trees.select().from_(
                inner.join(cut.beside, join_type="cross", copy=False).subquery(before, copy=False), copy=False
            )
        now = found.before
        elsewhere = trees.compare("!=" if found.number else "=", now, trees.number(found.number))
        stays = [elsewhere, *self._staying.tests(found), cut.is_inside(place)]
        after = trees.choose([(each, now.copy()) for each in stays], self._staying.target(found))
        kept = trees.cast(after, ladders.code_type(len(self._ladder.tiers)))
        select = select.select(everything_of(before), trees.named(kept, own.tier_after(found.step)), copy=False)
        if asks:
            select = select.select(trees.named(self._second(found, place), second(found.step)), copy=False)
        return select.join(cut.beside, join_type="cross", copy=False)

    def _second(self, found: Seating, place: Tree | None) -> Tree:
        """The tier of the account's second candidate after the capacity; a promotion without a seat vanishes."""
        assert self._moving is not None
        now = trees.column(second(found.step - 1))
        cut = found.cut
        if not found.number:
            cut = attrs.evolve(cut, order=by_tier(self._order, now.copy(), len(self._ladder.tiers)))
        stays = [trees.negate(found.second_here), cut.is_inside(place)]
        gone = (goes_up(self._moving), trees.number(0))
        after = trees.choose([*((each, now.copy()) for each in stays), gone], first_open_target(found))
        return trees.cast(after, ladders.code_type(len(self._ladder.tiers)))
