"""From the judged accounts to their tiers, ladder by ladder: tops, adjustments, pins, and capacities, each a cut and a view."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import attrs
from sqlglot import exp

from tierlang.engines.sql import adjusting, names, trees, ways
from tierlang.engines.sql import ladder as ladders
from tierlang.engines.sql.counting import CountCut
from tierlang.engines.sql.cuts import Cut
from tierlang.engines.sql.expressions import Lowering
from tierlang.engines.sql.layers import Layers, Named
from tierlang.engines.sql.moving import Moving, moving_of, second
from tierlang.engines.sql.names import Own
from tierlang.engines.sql.numbers import Number
from tierlang.engines.sql.order import order
from tierlang.engines.sql.scored import Relation, ordered_pins
from tierlang.engines.sql.seating import Seating, plain, pool_columns, value_of
from tierlang.engines.sql.seats import seating
from tierlang.engines.sql.steps import Step, everything_of
from tierlang.engines.sql.trees import Tree
from tierlang.program.expressions import Defined, Input
from tierlang.program.holdings import Occasion
from tierlang.program.nodes import Pin, Program, Tier, Top


@attrs.frozen
class TopCut:
    """A tier's top and the cut that tells who is in it; `per` is the value it is grouped by."""

    number: int
    tier: Tier
    top: Top
    cut: Cut
    per: Tree | Number | None


@attrs.frozen
class Placing:
    """The steps that place the accounts on one ladder; `relation` is the last, with a column for the tier after each capacity.

    `beginning` are the steps up to the start tiers, after which accounts in two tiers are looked for: `late` if only there, else in the judged accounts.
    `moving` is what a run that knows the past asks besides; None elsewhere.
    """

    own: Own
    beginning: tuple[Step, ...]
    seating: tuple[Step, ...]
    relation: str
    tops: tuple[TopCut, ...]
    seatings: tuple[Seating, ...]
    pins_in_force: int
    moving: Moving | None = None

    @property
    def steps(self) -> tuple[Step, ...]:
        """All of them."""
        return (*self.beginning, *self.seating)

    @property
    def start(self) -> str:
        """The step with the start tiers."""
        return self.own.placed(0)

    @property
    def final(self) -> str:
        """The column with the number of the tier where an account ended."""
        return self.own.tier_after(len(self.seatings))

    @property
    def final_second(self) -> str:
        """The column with the number of the tier where its second candidate ended, where accounts can have one."""
        return second(len(self.seatings))

    @property
    def fitted(self) -> str:
        """The column with the number of the tier that lines and gates gave."""
        return ladders.fitted(self.own, None if self.moving is None else self.moving.occasion)

    @property
    def late(self) -> bool:
        """Whether accounts in two tiers are known only with the start tiers."""
        return ladders.has_late_gates(self.own.ladder)

    def in_tier(self, tiers: Sequence[str]) -> Tree:
        """Whether an account ended in one of these tiers."""
        return adjusting.in_tier(self.own, self.final, tiers)


def placings(
    program: Program, as_of: dt.date, source: Relation, row: str, occasion: Occasion | None
) -> tuple[list[Placing], Relation]:
    """All ladders in placing order, each upon the one before, and the relation that has them all; `row` is the column that identifies an account."""
    ladders_of = names.every(program)
    found: list[Placing] = []
    for position in program.placing_order:
        pins = [pin for pin in ordered_pins(program, as_of) if pin.in_force(as_of)] if position == 0 else []
        moving = moving_of(program, ladders_of[position], as_of, occasion, pins)
        place = _Place(program, ladders_of[position], as_of, source, found, pins, moving)
        placed = place.placing(None if found else row)
        found.append(placed)
        source = attrs.evolve(source, name=placed.relation)
    return found, source


class _Place:
    """One ladder to be placed over a relation that has the ladders before."""

    def __init__(
        self,
        program: Program,
        own: Own,
        as_of: dt.date,
        source: Relation,
        before: Sequence[Placing],
        pins: Sequence[Pin],
        moving: Moving | None,
    ) -> None:
        self._program = program
        self._moving = moving
        self._fitted = ladders.fitted(own, None if moving is None else moving.occasion)
        self._own = own
        self._ladder = own.ladder
        self._as_of = as_of
        self._source = source
        self._before = before
        self._pins = pins
        self._layers: list[Named] = []

    def placing(self, row: str | None) -> Placing:
        """The steps; `row` is the column that the first ladder to be placed keeps under a name of its own."""
        own = self._own
        tops, steps = _tops(own, self._source)
        steps.append(Step(own.placed(0), self._placed(tops, row), tuple(self._layers), "view"))
        seats, seatings = seating(own, self._source, len(self._pins), self._moving)
        last = own.placed(len(seatings))
        pinned = len(self._pins)
        return Placing(own, tuple(steps), tuple(seats), last, tuple(tops), tuple(seatings), pinned, self._moving)

    # --- base and start tiers ---------------------------------------------------------------------------------------------------

    def _placed(self, tops: Sequence[TopCut], row: str | None) -> exp.Select:
        """Base tier and start tier: the pin's, else the base after all adjustments."""
        own, ladder = self._own, self._ladder
        below = self._gated() if ladders.has_late_gates(ladder) else self._source.name
        numbered = [] if row is None else [trees.named(trees.column(row, below), names.ROW)]
        if not ladders.is_late(ladder):
            select = trees.select(exp.Star(), *numbered).from_(below, copy=False)
        else:
            based, tests = self._based(tops, below, numbered)
            select = trees.select(exp.Star()).from_(based.subquery(own.name("based"), copy=False), copy=False)
            if ladders.may_clash(ladder):
                clash = ladders.second_that_fits(ladder, tests, trees.column(self._fitted))
                select = select.select(trees.named(clash, own.clash), copy=False)
        if ladders.is_adjusted(ladder) or self._moving is not None:
            select = trees.select(exp.Star()).from_(self._adjusted(select), copy=False)
        if self._moving is not None:
            return select
        start = self._start(trees.column(adjusting.adjusted(own)))
        return select.select(trees.named(start, own.tier_after(0)), copy=False)

    def _lowering(self, relation: str, prefix: str) -> Lowering:
        """For conditions that read tiers: those of the ladders before."""
        layers = Layers(relation, self._own.name(prefix), column=self._own.name(f"{prefix}_x"))
        lowering = Lowering(layers, self._as_of, self._source.known)
        lowering.in_tier.update((placing.own.position, placing.in_tier) for placing in self._before)
        return lowering

    def _end(self, lowering: Lowering) -> str:
        """The last of the layers, which has everything that was bound."""
        below, _ = lowering.layers.finished({})
        self._layers.extend(below)
        return below[-1].name

    def _gated(self) -> str:
        """The source with the gates that ask for another ladder's tier."""
        lowering = self._lowering(self._source.name, "gated")
        for number, tier in ladders.numbered(self._ladder):
            if tier.gate is not None and not ladders.is_early(tier.gate):
                lowering.layers.bind(ladders.holds(lowering, tier.gate), self._own.gate(number))
        return self._end(lowering)

    def _adjusted(self, based: exp.Select) -> str:
        """What is based, with all that the adjustments make of it, and what becomes of those who hold something."""
        named = Named(self._own.name("unadjusted"), based)
        self._layers.append(named)
        lowering = self._lowering(named.name, "adjusted")
        if self._moving is not None:
            adjusting.bind_late(lowering, ladders.moving(self._program))
            ways.begin(lowering, self._moving)
        adjusting.adjust(lowering, self._own)
        if self._moving is not None:
            ways.move(lowering, self._moving)
        return self._end(lowering)

    def _based(
        self, tops: Sequence[TopCut], relation: str, numbered: Sequence[Tree]
    ) -> tuple[exp.Select, dict[int, Tree]]:
        """The base tier where it needs the population or another ladder's tier, and what each tier asks."""
        own, ladder = self._own, self._ladder
        below = trees.select(everything_of(relation), *numbered).from_(relation, copy=False)
        for each in tops:
            if each.per is not None:
                place = each.cut.place_of(plain(each.per))
                below = below.select(trees.named(place, own.top("group", each.number)), copy=False)
                below = below.join(each.cut.beside, join_type="cross", copy=False)
        looked_up = own.name("looked_up")
        inner = trees.select(everything_of(looked_up)).from_(below.subquery(looked_up, copy=False), copy=False)
        tests: dict[int, Tree] = {}
        by_number = {each.number: each for each in tops}
        for number, tier in ladders.numbered(ladder):
            if tier.otherwise:
                continue
            asked = [] if own.fits(number) not in self._source.columns else [trees.column(own.fits(number))]
            if tier.gate is not None and not ladders.is_early(tier.gate):
                asked.append(trees.column(own.gate(number)))
            if number in by_number:
                each = by_number[number]
                inner, inside = self._inside(inner, each)
                asked.extend([trees.not_null(value_of(self._source.known, each.top.by.name)), inside])
            tests[number] = trees.all_of(*asked)
        first = ladders.first_that_fits(ladder, tests)
        return inner.select(trees.named(first, self._fitted), copy=False), tests

    def _inside(self, select: exp.Select, each: TopCut) -> tuple[exp.Select, Tree]:
        """The SELECT with the figures of a top, and whether an account is in it."""
        own, number = self._own, each.number
        place = None if each.per is None else trees.column(own.top("group", number))
        inside = each.cut.is_inside(place)
        select = select.join(each.cut.beside, join_type="cross", copy=False).select(
            trees.named(each.cut.value("inside", place), own.top("size", number)),
            trees.named(each.cut.value("total", place), own.top("count", number)),
            trees.named(trees.is_true(inside.copy()), own.top("in_top", number)),
            copy=False,
        )
        return select, inside

    def _start(self, base: Tree) -> Tree:
        ladder = self._ladder
        numbers = [ladders.number_of(ladder, pin.tier) for pin in self._pins]
        last_codes = {
            number: code for code, number in enumerate(numbers, start=1)
        }  # the pins of a tier have codes in a row
        pin = trees.column(names.PIN)
        branches: list[tuple[Tree, Tree]] = [
            (ladders.excluded(), trees.number(0)),
            (trees.compare("=", pin, trees.number(0)), base),
        ]
        branches += [
            (trees.compare("<=", pin.copy(), trees.number(code)), trees.number(number))
            for number, code in last_codes.items()
        ]
        return (
            trees.cast(trees.choose(branches, base.copy()), ladders.code_type(len(ladder.tiers))) if numbers else base
        )


# --- tops ---------------------------------------------------------------------------------------------------------------------------


def _tops(own: Own, source: Relation) -> tuple[list[TopCut], list[Step]]:
    """The tops and their steps; tops by the same value share a pool and its histogram."""
    ladder = own.ladder
    found: list[TopCut] = []
    steps: dict[str, Step] = {}
    pools: dict[tuple[Input | Defined, Input | None], str] = {}
    for number, tier in ladders.numbered(ladder):
        if tier.top is not None:
            by, per = tier.top.by, tier.top.per
            ordered = order(by, ladder.rank_by, source.known)
            pool = pools.setdefault((by, per), own.name(f"top_{number}_pool"))
            if pool not in steps:
                among = trees.all_of(ladders.eligible(), trees.not_null(value_of(source.known, by.name)))
                group = None if per is None else value_of(source.known, per.name)
                select = trees.select(*pool_columns(ordered, group), trees.column(names.KEY)).from_(
                    source.name, copy=False
                )
                steps[pool] = Step(pool, select.where(among, copy=False), (), "view")
            name = own.name(f"top_{number}")
            cut = CountCut(name, pool, ordered, per is not None, f"{pool}_counts", _size(tier.top), shared=True)
            steps.update((step.name, step) for step in cut.steps())
            found.append(TopCut(number, tier, tier.top, cut, None if per is None else source.known[per.name]))
    return found, list(steps.values())


def _size(top: Top) -> Callable[[Tree], Tree]:
    """How many of so many a top takes; more than there are means all."""

    def size(total: Tree) -> Tree:
        if top.percent is None:
            assert top.count is not None
            return trees.number(top.count)
        share = trees.add(trees.multiply(total, trees.number(top.percent)), trees.number(9_999))
        return trees.divide(share, trees.number(10_000))

    return size
