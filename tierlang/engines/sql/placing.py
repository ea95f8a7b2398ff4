"""From the judged accounts to their tiers: tops, pins, and capacities from the best tier down, each a cut and a view."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

import attrs
from sqlglot import exp

from tierlang.engines.sql import ladder as ladders
from tierlang.engines.sql import names, trees
from tierlang.engines.sql.cuts import Cut
from tierlang.engines.sql.numbers import Number
from tierlang.engines.sql.order import keys
from tierlang.engines.sql.scored import Relation, ordered_pins
from tierlang.engines.sql.steps import Step, everything_of
from tierlang.engines.sql.trees import Tree
from tierlang.program.expressions import Input
from tierlang.program.nodes import Capacity, Ladder, Program, Tier, Top


@attrs.frozen
class TopCut:
    """A tier's top and the cut that tells who is in it."""

    number: int
    tier: Tier
    top: Top
    cut: Cut
    group_value: Tree | Number | None


@attrs.frozen
class Seating:
    """A capacity, the cut that tells who stays, and its place among the capacities, from 1."""

    step: int
    number: int
    tier: Tier
    capacity: Capacity
    cut: Cut
    group_value: Tree | Number | None

    @property
    def moved(self) -> Tree:
        """Whether it moved the account on."""
        here, at = trees.number(self.number), trees.column(names.tier_after(self.step - 1))
        return trees.all_of(
            trees.compare("=", at, here), trees.compare("!=", trees.column(names.tier_after(self.step)), here.copy())
        )


@attrs.frozen
class Placing:
    """The steps that place the accounts; `relation` is the last, with a column for the tier after each capacity."""

    steps: tuple[Step, ...]
    relation: str
    tops: tuple[TopCut, ...]
    seatings: tuple[Seating, ...]
    pins_in_force: int
    final: str


def placing(program: Program, as_of: dt.date, source: Relation, row: str) -> Placing:
    """All of it; `row` is the column that identifies an account in the source."""
    ladder = program.ladders[0]
    tops = _tops(ladder, source)
    steps = [step for each in tops for step in each.cut.steps()]
    in_force = sum(pin.in_force(as_of) for pin in program.pins)
    steps.append(Step("placed_0", _placed(program, as_of, source, tops, row), (), "view"))
    seatings: list[Seating] = []
    for number, tier in ladders.numbered(ladder):
        for capacity in tier.capacities:
            seating = _seating(ladder, source, len(seatings) + 1, number, tier, capacity, in_force)
            seatings.append(seating)
            steps.extend([*seating.cut.steps(), Step(f"placed_{seating.step}", _seated(ladder, seating), (), "view")])
    last = len(seatings)
    return Placing(tuple(steps), f"placed_{last}", tuple(tops), tuple(seatings), in_force, names.tier_after(last))


def value_of(known: Mapping[str, Tree | Number], name: str) -> Tree:
    """A field or definition as a column of the relation."""
    value = known[name]
    return (value.tree if isinstance(value, Number) else value).copy()


def _group(per: Input | None, source: Relation) -> Tree | None:
    return None if per is None else value_of(source.known, per.name)


def _group_value(per: Input | None, source: Relation) -> Tree | Number | None:
    return None if per is None else source.known[per.name]


# --- tops ---------------------------------------------------------------------------------------------------------------------------


def _tops(ladder: Ladder, source: Relation) -> list[TopCut]:
    found: list[TopCut] = []
    for number, tier in ladders.numbered(ladder):
        if tier.top is not None:
            among = trees.all_of(ladders.eligible(), trees.not_null(value_of(source.known, tier.top.by.name)))
            order = keys(tier.top.by, ladder.rank_by, source.known)
            cut = Cut(f"top_{number}", source.name, among, _group(tier.top.per, source), order, _size(tier.top))
            found.append(TopCut(number, tier, tier.top, cut, _group_value(tier.top.per, source)))
    return found


def _size(top: Top) -> Callable[[Tree], Tree]:
    """How many of so many a top takes; more than there are means all."""

    def size(total: Tree) -> Tree:
        if top.percent is None:
            assert top.count is not None
            return trees.number(top.count)
        share = trees.add(trees.multiply(total, trees.number(top.percent)), trees.number(9_999))
        return trees.divide(share, trees.number(10_000))

    return size


def _placed(program: Program, as_of: dt.date, source: Relation, tops: Sequence[TopCut], row: str) -> exp.Select:
    """Base tier and start tier: the pin's, else the base."""
    ladder = program.ladders[0]
    if not tops:
        select = trees.select(exp.Star(), trees.named(trees.column(row, source.name), names.ROW)).from_(source.name)
        return select.select(trees.named(_start(program, as_of, trees.column(names.BASE)), names.tier_after(0)))
    inner = trees.select(everything_of(source.name), trees.named(trees.column(row, source.name), names.ROW)).from_(source.name)
    branches: list[tuple[Tree, Tree]] = [(ladders.excluded(), trees.number(0))]
    by_number = {each.number: each for each in tops}
    for number, tier in ladders.numbered(ladder):
        if tier.otherwise:
            continue
        tests = [] if names.fits(number) not in source.columns else [trees.column(names.fits(number))]
        if number in by_number:
            each = by_number[number]
            inner = each.cut.joined(inner)
            tests.append(trees.not_null(value_of(source.known, each.top.by.name)))
            tests.append(each.cut.is_inside())
            inner = inner.select(
                trees.named(trees.column("inside", each.cut.cut), f"size_{number}"),
                trees.named(trees.column("total", each.cut.cut), f"count_{number}"),
                trees.named(trees.is_true(each.cut.is_inside()), f"in_top_{number}"),
            )
        branches.append((trees.all_of(*tests), trees.number(number)))
    base = trees.cast(trees.choose(branches, trees.number(ladders.rest(ladder))), ladders.code_type(len(ladder.tiers)))
    inner = inner.select(trees.named(base, names.BASE))
    select = trees.select(exp.Star(), trees.named(_start(program, as_of, trees.column(names.BASE)), names.tier_after(0)))
    return select.from_(inner.subquery("based"))


def _start(program: Program, as_of: dt.date, base: Tree) -> Tree:
    ladder = program.ladders[0]
    numbers = [ladders.number_of(ladder, pin.tier) for pin in ordered_pins(program, as_of) if pin.in_force(as_of)]
    last_codes = {number: code for code, number in enumerate(numbers, start=1)}  # the pins of a tier have codes in a row
    pin = trees.column(names.PIN)
    branches: list[tuple[Tree, Tree]] = [(ladders.excluded(), trees.number(0)), (trees.compare("=", pin, trees.number(0)), base)]
    branches += [
        (trees.compare("<=", pin.copy(), trees.number(code)), trees.number(number)) for number, code in last_codes.items()
    ]
    return trees.cast(trees.choose(branches, base.copy()), ladders.code_type(len(ladder.tiers))) if numbers else base


def pinned(in_force: int) -> Tree:
    """Whether a pin in force places the account."""
    pin = trees.column(names.PIN)
    return trees.all_of(
        trees.compare(">", pin, trees.number(0)), trees.compare("<=", pin.copy(), trees.number(in_force))
    )


# --- capacities ---------------------------------------------------------------------------------------------------------------------


def _seating(
    ladder: Ladder, source: Relation, step: int, number: int, tier: Tier, capacity: Capacity, in_force: int
) -> Seating:
    among = trees.compare("=", trees.column(names.tier_after(step - 1)), trees.number(number))
    cut = Cut(
        f"capacity_{step}",
        f"placed_{step - 1}",
        among,
        _group(capacity.per, source),
        keys(ladder.by, ladder.rank_by, source.known),
        lambda total: trees.number(capacity.seats),
        pinned(in_force) if in_force else None,
    )
    return Seating(step, number, tier, capacity, cut, _group_value(capacity.per, source))


def _seated(ladder: Ladder, seating: Seating) -> exp.Select:
    before = f"placed_{seating.step - 1}"
    now = trees.column(names.tier_after(seating.step - 1))
    stays = seating.cut.is_inside()
    away = trees.compare("!=", now, trees.number(seating.number))
    after = trees.choose([(away, now.copy()), (stays, now.copy())], _target(ladder, seating))
    after = trees.cast(after, ladders.code_type(len(ladder.tiers)))
    select = trees.select(everything_of(before), trees.named(after, names.tier_after(seating.step))).from_(before)
    return seating.cut.joined(select)


def _target(ladder: Ladder, seating: Seating) -> Tree:
    """The first tier of those the overflow may reach whose gate is true, else none."""
    lower = [(number, tier) for number, tier in ladders.numbered(ladder) if number > seating.number]
    match seating.capacity.overflow:
        case "out":
            lower = []
        case "to":
            lower = [(number, tier) for number, tier in lower if tier.name == seating.capacity.to]
    branches: list[tuple[Tree, Tree]] = []
    for number, tier in lower:
        if tier.gate is None:
            return trees.choose(branches, trees.number(number))
        branches.append((trees.column(names.gate(number)), trees.number(number)))
    return trees.choose(branches, trees.number(0))
