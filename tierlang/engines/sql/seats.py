"""Capacities of the ladder, then from the best tier down: who is there is pooled, the pool is cut, and whoever is over flows into lower pools."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import attrs
from sqlglot import exp

from tierlang.engines.sql import adjusting, names, trees
from tierlang.engines.sql import ladder as ladders
from tierlang.engines.sql.counting import CountCut
from tierlang.engines.sql.cuts import GROUP, Cut, key_column
from tierlang.engines.sql.names import Own
from tierlang.engines.sql.numbers import Number
from tierlang.engines.sql.order import Order, by_tier, order
from tierlang.engines.sql.scored import Relation
from tierlang.engines.sql.steps import Step, everything_of
from tierlang.engines.sql.summing import AMOUNT, SumCut
from tierlang.engines.sql.trees import Tree
from tierlang.program.nodes import Capacity, Tier

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
    def moved(self) -> Tree:
        """Whether it moved the account on."""
        after = trees.column(self.own.tier_after(self.step))
        if self.number:
            return trees.all_of(self.here, trees.compare("!=", after, trees.number(self.number)))
        return trees.all_of(self.here, trees.compare("=", after, trees.number(0)))


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


def _every(own: Own) -> Iterator[tuple[int, Tier | None, Capacity]]:
    """The capacities in the order in which they are kept."""
    yield from ((0, None, capacity) for capacity in own.ladder.capacities)
    for number, tier in ladders.numbered(own.ladder):
        yield from ((number, tier, capacity) for capacity in tier.capacities)


def seating(own: Own, source: Relation, in_force: int) -> tuple[list[Step], list[Seating]]:
    """All capacities and their steps; `in_force` pins are in force."""
    plan = _Plan(own, source, in_force)
    for number, tier, capacity in _every(own):
        plan.take(number, tier, capacity)
    return plan.steps, plan.seatings


class _Plan:
    """The capacities so far, and the accounts that each moved on."""

    def __init__(self, own: Own, source: Relation, in_force: int) -> None:
        self.steps: list[Step] = []
        self.seatings: list[Seating] = []
        self._own = own
        self._ladder = own.ladder
        self._known = source.known
        self._in_force = in_force
        self._order = order(own.ladder.by, own.ladder.rank_by, source.known)
        self._movers: list[str] = []
        self._carried = self._all_carried()

    def _all_carried(self) -> dict[str, Tree]:
        """What a pool keeps of an account for this and later capacities: what they group by and count, the gates they ask, where it is never cut."""
        capacities = [capacity for _, _, capacity in _every(self._own)]
        groups = dict.fromkeys(capacity.per for capacity in capacities if capacity.per is not None)
        carried = {f"per{names.safe(per.name)}": value_of(self._known, per.name) for per in groups}
        counted = dict.fromkeys(capacity.of for capacity in capacities if capacity.of is not None)
        carried.update((f"of{names.safe(of.name)}", value_of(self._known, of.name)) for of in counted)
        gates = [number for number, tier in ladders.numbered(self._ladder) if tier.gate is not None]
        asked = ladders.asked_by_overflow(self._ladder)
        carried.update(
            (self._own.gate(number), trees.column(self._own.gate(number))) for number in gates if number in asked
        )
        if adjusting.secures(self._own):
            carried[adjusting.secured(self._own)] = trees.column(adjusting.secured(self._own))
        return carried

    def take(self, number: int, tier: Tier | None, capacity: Capacity) -> None:
        """One more capacity: its pool, its cut, who it moves on, and the view of the tiers after it."""
        step = len(self.seatings) + 1
        found = self._seating(step, number, tier, capacity)
        self.steps.append(Step(found.cut.pool, self._pool(found), kept="scratch"))
        self.steps.extend(found.cut.steps())
        self.seatings.append(found)
        self._move_on(found)
        self.steps.append(Step(self._own.placed(step), self._seated(found), kept="view"))

    def _seating(self, step: int, number: int, tier: Tier | None, capacity: Capacity) -> Seating:
        own = self._own
        name = own.name(f"capacity_{step}")
        pool = f"{name}_pool"
        per = None if capacity.per is None else self._known[capacity.per.name]
        ordered = self._order
        if not number:
            ordered = by_tier(self._order, trees.column(own.tier_after(step - 1)), len(self._ladder.tiers))
        if capacity.of is None:
            cut: Cut = CountCut(
                name, pool, ordered, per is not None, f"{name}_counts", lambda total: trees.number(capacity.seats)
            )
            return Seating(own, step, number, tier, capacity, cut, per)
        of = self._known[capacity.of.name]
        assert isinstance(of, Number)
        cut = SumCut(name, pool, ordered, per is not None, capacity.seats // of.unit)
        return Seating(own, step, number, tier, capacity, cut, per, of.unit)

    def _move_on(self, found: Seating) -> None:
        """Whoever is over goes on: as rows where a lower tier has seats to count, and always as counts."""
        pool, cut = found.cut.pool, found.cut
        over = trees.negate(trees.is_true(cut.is_inside_of_pool()))
        target = trees.named(self._target(found), TARGET)
        lower = self._ladder.tiers[found.number :]
        if not found.number:
            origin = trees.column(ORIGIN, pool)
            counted = trees.select(target, origin, trees.named(trees.rows(), "n")).from_(pool, copy=False)
            counted = cut.among_pool(counted).where(over, copy=False)
            self.steps.append(Step(found.moves, counted.group_by(*_first(2), copy=False)))
            return
        if found.capacity.overflow != "out" and any(tier.capacities for tier in lower):
            rows = trees.select(*(trees.column(each, pool) for each in self._columns()), target).from_(pool, copy=False)
            self._movers.append(f"{cut.name}_movers")
            self.steps.append(Step(self._movers[-1], cut.among_pool(rows).where(over, copy=False), kept="scratch"))
            counted = trees.select(trees.column(TARGET), trees.named(trees.rows(), "n")).from_(
                self._movers[-1], copy=False
            )
        else:
            counted = trees.select(target, trees.named(trees.rows(), "n")).from_(pool, copy=False)
            counted = cut.among_pool(counted).where(over, copy=False)
        self.steps.append(Step(found.moves, counted.group_by(*_first(1), copy=False)))

    def _columns(self) -> list[str]:
        keys = [key_column(place) for place in range(1, len(self._order.rest) + 2)]
        return [*keys, names.KEY, *self._carried]

    # --- pools ------------------------------------------------------------------------------------------------------------------

    def _pool(self, found: Seating) -> exp.Select:
        """Whoever is in the tier now, with the group of this capacity and what it counts."""
        capacity = found.capacity
        asked: dict[str, str] = {}
        if capacity.per is not None:
            asked[GROUP] = f"per{names.safe(capacity.per.name)}"
        if capacity.of is not None:
            asked[AMOUNT] = f"of{names.safe(capacity.of.name)}"
        before = self.seatings[-1] if self.seatings else None
        if before is not None and before.number == found.number:
            return self._left_by(before, asked)
        columns = [trees.named(trees.column(name), each) for each, name in asked.items()]
        if not found.number:
            return self._of_ladder(found, columns)
        step = len(self._ladder.capacities)
        lead = self._order.lead
        first = trees.cast(trees.number(lead.first), lead.sql_type)
        tree = trees.choose([(pinned(self._in_force), first)], lead.tree.copy()) if self._in_force else lead.tree.copy()
        began = trees.select(*pool_columns(self._order, None, tree), trees.column(names.KEY)).from_(
            self._own.placed(step), copy=False
        )
        began = began.select(*(trees.named(value.copy(), name) for name, value in self._carried.items()), copy=False)
        here = trees.compare("=", trees.column(self._own.tier_after(step)), trees.number(found.number))
        parts: list[exp.Select] = [began.where(here, copy=False)]
        for movers in self._movers:
            came = trees.select(*map(trees.column, self._columns())).from_(movers, copy=False)
            parts.append(came.where(trees.compare("=", trees.column(TARGET), trees.number(found.number)), copy=False))
        return trees.select(*columns, *self._never_cut(found)).from_(
            _all_rows(parts).subquery("here", copy=False), copy=False
        )

    def _never_cut(self, found: Seating) -> list[Tree]:
        """The columns of a pool, where those whom a floor secures this tier come first."""
        columns: list[Tree] = [trees.column(each) for each in self._columns()]
        if adjusting.secures(self._own):
            lead = self._order.lead
            here = trees.compare("=", trees.column(adjusting.secured(self._own)), trees.number(found.number))
            first = trees.cast(trees.number(lead.first), lead.sql_type)
            columns[0] = trees.named(trees.choose([(here, first)], columns[0]), key_column(1))
        return columns

    def _left_by(self, before: Seating, asked: Mapping[str, str]) -> exp.Select:
        """Whoever the capacity before left there."""
        pool = before.cut.pool
        keys = [key_column(place) for place in range(1, len(before.cut.order.rest) + 2)]
        kept = [*keys, names.KEY, *self._carried, *([] if before.number else [ORIGIN])]
        columns = [trees.named(trees.column(name, pool), each) for each, name in asked.items()]
        select = trees.select(*columns, *(trees.column(each, pool) for each in kept)).from_(pool, copy=False)
        return before.cut.among_pool(select).where(before.cut.is_inside_of_pool(), copy=False)

    def _of_ladder(self, found: Seating, asked: Sequence[Tree]) -> exp.Select:
        """Whoever is in any tier, those who are never cut first, then by tier."""
        lead = found.cut.order.lead
        stays = self._stays(found)
        first = trees.cast(trees.number(lead.first), lead.sql_type)
        tree = trees.choose([(each, first.copy()) for each in stays], lead.tree.copy())
        columns = [*pool_columns(found.cut.order, None, tree), trees.column(names.KEY)]
        columns += [trees.named(value.copy(), name) for name, value in self._carried.items()]
        columns.append(trees.named(found.before, ORIGIN))
        inner = trees.select(*columns).from_(self._own.placed(found.step - 1), copy=False)
        inner = inner.where(found.here, copy=False)
        return trees.select(*asked, exp.Star()).from_(inner.subquery("here", copy=False), copy=False)

    # --- who stays --------------------------------------------------------------------------------------------------------------

    def _stays(self, found: Seating) -> list[Tree]:
        """Tests of which one is true for those in the tier who are never cut."""
        stays: list[Tree] = []
        if self._in_force:
            stays.append(pinned(self._in_force))
        if adjusting.secures(self._own):
            stays.append(trees.compare("=", trees.column(adjusting.secured(self._own)), found.before))
        return stays

    def _seated(self, found: Seating) -> exp.Select:
        """The tier of every account after the capacity; only those in the tier look up the cut of their group."""
        own, cut = self._own, found.cut
        before = own.placed(found.step - 1)
        select = trees.select().from_(before, copy=False)
        place: Tree | None = None
        if found.per is not None:
            looked = trees.choose([(found.here, cut.place_of(plain(found.per)))])
            placed = own.name(f"place_{found.step}")
            inner = trees.select(everything_of(before), trees.named(looked, placed)).from_(before, copy=False)
            place, before = trees.column(placed), "looked_up"
            select = trees.select().from_(
                inner.join(cut.beside, join_type="cross", copy=False).subquery(before, copy=False), copy=False
            )
        now = found.before
        elsewhere = trees.compare("!=" if found.number else "=", now, trees.number(found.number))
        stays = [elsewhere, *self._stays(found), cut.is_inside(place)]
        after = trees.choose([(each, now.copy()) for each in stays], self._target(found))
        kept = trees.cast(after, ladders.code_type(len(self._ladder.tiers)))
        select = select.select(everything_of(before), trees.named(kept, own.tier_after(found.step)), copy=False)
        return select.join(cut.beside, join_type="cross", copy=False)

    def _target(self, found: Seating) -> Tree:
        """The first tier of those the overflow may reach whose gate is true, else none."""
        lower = [(number, tier) for number, tier in ladders.numbered(self._ladder) if number > found.number]
        match found.capacity.overflow:
            case "out":
                lower = []
            case "to":
                lower = [(number, tier) for number, tier in lower if tier.name == found.capacity.to]
        branches: list[tuple[Tree, Tree]] = []
        for number, tier in lower:
            if tier.gate is None:
                return trees.choose(branches, trees.number(number))
            branches.append((trees.column(self._own.gate(number)), trees.number(number)))
        return trees.choose(branches, trees.number(0))


def _first(count: int) -> list[Tree]:
    """So many first columns, as GROUP BY has them."""
    return [exp.Literal.number(place) for place in range(1, count + 1)]


def _all_rows(parts: Sequence[exp.Select]) -> exp.Query:
    found: exp.Query = parts[0]
    for part in parts[1:]:
        found = exp.Union(this=found, expression=part, distinct=False)
    return found
