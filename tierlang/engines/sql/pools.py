"""The pools of a ladder's capacities: who is there, in the columns that a cut reads, and who a cut moved on into lower pools."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlglot import exp

from tierlang.engines.sql import ladder as ladders
from tierlang.engines.sql import names, trees
from tierlang.engines.sql.cuts import GROUP, key_column
from tierlang.engines.sql.moving import ANCHOR, KEEPER, goes_up, second
from tierlang.engines.sql.names import Own
from tierlang.engines.sql.numbers import Number
from tierlang.engines.sql.order import Order, by_tier
from tierlang.engines.sql.seating import ORIGIN, TARGET, Seating, every_capacity, pool_columns, value_of
from tierlang.engines.sql.staying import Staying
from tierlang.engines.sql.steps import Step
from tierlang.engines.sql.summing import AMOUNT
from tierlang.engines.sql.trees import Tree


class Pools:
    """The pools so far, and the accounts that each capacity moved on."""

    def __init__(self, own: Own, known: Mapping[str, Tree | Number], ordered: Order, staying: Staying) -> None:
        self._own = own
        self._ladder = own.ladder
        self._known = known
        self._order = ordered
        self._staying = staying
        self._moving = staying.moving
        self._movers: list[str] = []
        self._carried = self._all_carried()

    def _all_carried(self) -> dict[str, Tree]:
        """What a pool keeps of an account for this and later capacities: what they group by and count, the gates they ask, where it is never cut."""
        capacities = [capacity for _, _, capacity in every_capacity(self._ladder)]
        groups = dict.fromkeys(capacity.per for capacity in capacities if capacity.per is not None)
        carried = {f"per{names.safe(per.name)}": value_of(self._known, per.name) for per in groups}
        counted = dict.fromkeys(capacity.of for capacity in capacities if capacity.of is not None)
        carried.update((f"of{names.safe(of.name)}", value_of(self._known, of.name)) for of in counted)
        gates = [number for number, tier in ladders.numbered(self._ladder) if tier.gate is not None]
        asked = ladders.asked_by_overflow(self._ladder)
        carried.update(
            (self._own.gate(number), trees.column(self._own.gate(number))) for number in gates if number in asked
        )
        carried.update((name, trees.column(name)) for name in self._staying.columns)
        return carried

    def _columns(self) -> list[str]:
        keys = [key_column(place) for place in range(1, len(self._order.rest) + 2)]
        return [*keys, names.KEY, *self._carried]

    # --- who is there -------------------------------------------------------------------------------------------------------------

    def pool(self, found: Seating, before: Seating | None) -> exp.Select:
        """Whoever is in the tier now, with the group of this capacity and what it counts."""
        capacity = found.capacity
        asked: dict[str, str] = {}
        if capacity.per is not None:
            asked[GROUP] = f"per{names.safe(capacity.per.name)}"
        if capacity.of is not None:
            asked[AMOUNT] = f"of{names.safe(capacity.of.name)}"
        again = found.number > 0 or self._moving is None
        if before is not None and before.number == found.number and again:
            return self._left_by(before, asked)
        columns = [trees.named(trees.column(name), each) for each, name in asked.items()]
        if not found.number:
            return self._of_ladder(found, columns)
        step = len(self._ladder.capacities)
        lead = self._order.lead
        first = trees.cast(trees.number(lead.first), lead.sql_type)
        tree = trees.choose([(each.copy(), first) for each in self._staying.pinned], lead.tree.copy())
        parts = [self._begun(step, found, self._own.tier_after(step), tree, self._carried)]
        if self._moving is not None and self._moving.asks:
            anchor = self._staying.no_seat(goes_up(self._moving))
            parts.append(self._begun(step, found, second(step), lead.tree.copy(), {**self._carried, ANCHOR: anchor}))
        for movers in self._movers:
            came = trees.select(*map(trees.column, self._columns())).from_(movers, copy=False)
            parts.append(came.where(trees.compare("=", trees.column(TARGET), trees.number(found.number)), copy=False))
        return trees.select(*columns, *self._in_order(found)).from_(
            _all_rows(parts).subquery("here", copy=False), copy=False
        )

    def _begun(self, step: int, found: Seating, column: str, lead: Tree, carried: Mapping[str, Tree]) -> exp.Select:
        """Who is in the tier by a column after so many capacities."""
        select = trees.select(*pool_columns(self._order, None, lead), trees.column(names.KEY))
        select = select.from_(self._own.placed(step), copy=False)
        select = select.select(*(trees.named(value.copy(), name) for name, value in carried.items()), copy=False)
        return select.where(trees.compare("=", trees.column(column), trees.number(found.number)), copy=False)

    def _in_order(self, found: Seating) -> list[Tree]:
        """The columns of a pool, where those who are never cut in this tier come first, then those who keep it."""
        columns: list[Tree] = [trees.column(each) for each in self._columns()]
        stays, lead, plain = self._staying.in_pool(found.number), found.cut.order.lead, columns[0]
        if not stays and not self._staying.is_classed(found.number):
            return columns
        first = trees.cast(trees.number(lead.first), lead.sql_type)
        branches = [(each, first.copy()) for each in stays]
        if self._staying.is_classed(found.number):
            plain = trees.cast(plain, lead.sql_type)
            pinned = trees.compare("=", trees.column(key_column(1)), trees.number(lead.first))
            branches += [(pinned, first.copy()), (self._keeps(found), plain)]
            plain = trees.add(plain.copy(), trees.number(self._width(found)))
        columns[0] = trees.named(trees.choose(branches, plain), key_column(1))
        return columns

    @staticmethod
    def _keeps(found: Seating) -> Tree:
        return trees.compare("=", trees.column(KEEPER), trees.number(found.number))

    def _width(self, found: Seating) -> int:
        """By how much the order of a tier shifts those who do not keep it."""
        return found.cut.order.lead.beyond - self._order.lead.beyond

    def _left_by(self, before: Seating, asked: Mapping[str, str]) -> exp.Select:
        """Whoever the capacity before left there."""
        pool = before.cut.pool
        keys = [key_column(place) for place in range(1, len(before.cut.order.rest) + 2)]
        origin = [] if before.number or self._moving is not None else [ORIGIN]
        kept = [*keys, names.KEY, *self._carried, *origin]
        columns = [trees.named(trees.column(name, pool), each) for each, name in asked.items()]
        select = trees.select(*columns, *(trees.column(each, pool) for each in kept)).from_(pool, copy=False)
        return before.cut.among_pool(select).where(before.cut.is_inside_of_pool(), copy=False)

    def _of_ladder(self, found: Seating, asked: Sequence[Tree]) -> exp.Select:
        """Whoever is in any tier, those who are never cut first, then by tier."""
        lead = found.cut.order.lead
        first = trees.cast(trees.number(lead.first), lead.sql_type)
        tree = trees.choose([(each, first.copy()) for each in self._staying.tests(found)], lead.tree.copy())
        rows = self._in_ladder(found, found.cut.order, tree, self._carried, found.before)
        inner: exp.Query = rows.where(found.here, copy=False)
        if self._moving is not None and self._moving.asks:
            tier = trees.column(second(found.step - 1))
            ordered = by_tier(self._order, tier, len(self._ladder.tiers))
            anchor = self._staying.no_seat(goes_up(self._moving))
            more = self._in_ladder(found, ordered, None, {**self._carried, ANCHOR: anchor}, tier.copy())
            inner = _all_rows([rows, more.where(found.second_here, copy=False)])
        return trees.select(*asked, exp.Star()).from_(inner.subquery("here", copy=False), copy=False)

    def _in_ladder(
        self, found: Seating, ordered: Order, lead: Tree | None, carried: Mapping[str, Tree], tier: Tree
    ) -> exp.Select:
        columns = [*pool_columns(ordered, None, lead), trees.column(names.KEY)]
        columns += [trees.named(value.copy(), name) for name, value in carried.items()]
        if self._moving is None:
            columns.append(trees.named(tier, ORIGIN))
        return trees.select(*columns).from_(self._own.placed(found.step - 1), copy=False)

    # --- who moves on -------------------------------------------------------------------------------------------------------------

    def move_on(self, found: Seating) -> list[Step]:
        """Whoever is over goes on: as rows where a lower tier has seats to count, and (without a past) always as counts."""
        pool, cut = found.cut.pool, found.cut
        over = trees.negate(trees.is_true(cut.is_inside_of_pool()))
        target = trees.named(self._staying.target(found), TARGET)
        steps: list[Step] = []
        if not found.number:
            if self._moving is not None:
                return []
            origin = trees.column(ORIGIN, pool)
            counted = trees.select(target, origin, trees.named(trees.rows(), "n")).from_(pool, copy=False)
            counted = cut.among_pool(counted).where(over, copy=False)
            return [Step(found.moves, counted.group_by(*_first(2), copy=False))]
        flows = found.capacity.overflow != "out" or self._moving is not None
        if flows and any(tier.capacities for tier in self._ladder.tiers[found.number :]):
            rows = trees.select(*self._moved_columns(found), target).from_(pool, copy=False)
            self._movers.append(f"{cut.name}_movers")
            steps.append(Step(self._movers[-1], cut.among_pool(rows).where(over, copy=False), kept="scratch"))
            counted = trees.select(trees.column(TARGET), trees.named(trees.rows(), "n")).from_(
                self._movers[-1], copy=False
            )
        else:
            counted = trees.select(target, trees.named(trees.rows(), "n")).from_(pool, copy=False)
            counted = cut.among_pool(counted).where(over, copy=False)
        if self._moving is None:
            steps.append(Step(found.moves, counted.group_by(*_first(1), copy=False)))
        return steps

    def _moved_columns(self, found: Seating) -> list[Tree]:
        """The columns of those who move on, with the first key as it is in any tier."""
        columns = [trees.column(each, found.cut.pool) for each in self._columns()]
        if self._staying.is_classed(found.number):
            plain = trees.subtract(columns[0].copy(), trees.number(self._width(found)))
            lead = trees.choose([(self._keeps(found), columns[0])], plain)
            columns[0] = trees.named(trees.cast(lead, self._order.lead.sql_type), key_column(1))
        return columns


def _first(count: int) -> list[Tree]:
    """So many first columns, as GROUP BY has them."""
    return [exp.Literal.number(place) for place in range(1, count + 1)]


def _all_rows(parts: Sequence[exp.Select]) -> exp.Query:
    found: exp.Query = parts[0]
    for part in parts[1:]:
        found = exp.Union(this=found, expression=part, distinct=False)
    return found
