"""From the judged accounts to their tiers: tops, pins, and capacities from the best tier down, each a cut and a view."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import attrs
from sqlglot import exp

from tierlang.engines.sql import ladder as ladders
from tierlang.engines.sql import names, trees
from tierlang.engines.sql.cuts import Cut
from tierlang.engines.sql.numbers import Number
from tierlang.engines.sql.order import order
from tierlang.engines.sql.scored import Relation, ordered_pins
from tierlang.engines.sql.seats import Seating, plain, pool_columns, seating, value_of
from tierlang.engines.sql.steps import Step, everything_of
from tierlang.engines.sql.trees import Tree
from tierlang.program.expressions import Defined, Input
from tierlang.program.nodes import Ladder, Program, Tier, Top


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
    tops, steps = _tops(ladder, source)
    in_force = sum(pin.in_force(as_of) for pin in program.pins)
    steps.append(Step("placed_0", _placed(program, as_of, source, tops, row), (), "view"))
    seats, seatings = seating(ladder, source, in_force)
    last = len(seatings)
    return Placing((*steps, *seats), f"placed_{last}", tuple(tops), tuple(seatings), in_force, names.tier_after(last))


# --- tops ---------------------------------------------------------------------------------------------------------------------------


def _tops(ladder: Ladder, source: Relation) -> tuple[list[TopCut], list[Step]]:
    """The tops and their steps; tops by the same value share a pool and its histogram."""
    found: list[TopCut] = []
    steps: dict[str, Step] = {}
    pools: dict[tuple[Input | Defined, Input | None], str] = {}
    for number, tier in ladders.numbered(ladder):
        if tier.top is not None:
            by, per = tier.top.by, tier.top.per
            ordered = order(by, ladder.rank_by, source.known)
            pool = pools.setdefault((by, per), f"top_{number}_pool")
            if pool not in steps:
                among = trees.all_of(ladders.eligible(), trees.not_null(value_of(source.known, by.name)))
                group = None if per is None else value_of(source.known, per.name)
                select = trees.select(*pool_columns(ordered, group), trees.column(names.KEY)).from_(
                    source.name, copy=False
                )
                steps[pool] = Step(pool, select.where(among, copy=False), (), "view")
            cut = Cut(f"top_{number}", pool, f"{pool}_counts", ordered, per is not None, _size(tier.top), shared=True)
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


def _placed(program: Program, as_of: dt.date, source: Relation, tops: Sequence[TopCut], row: str) -> exp.Select:
    """Base tier and start tier: the pin's, else the base."""
    ladder = program.ladders[0]
    if not tops:
        select = trees.select(exp.Star(), trees.named(trees.column(row, source.name), names.ROW)).from_(
            source.name, copy=False
        )
        return select.select(
            trees.named(_start(program, as_of, trees.column(names.BASE)), names.tier_after(0)), copy=False
        )
    below = trees.select(everything_of(source.name), trees.named(trees.column(row, source.name), names.ROW))
    below = below.from_(source.name, copy=False)
    for each in tops:
        if each.per is not None:
            below = below.select(trees.named(each.cut.place_of(plain(each.per)), f"group_{each.number}"), copy=False)
            below = below.join(each.cut.beside, join_type="cross", copy=False)
    inner = trees.select(everything_of("looked_up")).from_(below.subquery("looked_up", copy=False), copy=False)
    branches: list[tuple[Tree, Tree]] = [(ladders.excluded(), trees.number(0))]
    by_number = {each.number: each for each in tops}
    for number, tier in ladders.numbered(ladder):
        if tier.otherwise:
            continue
        tests = [] if names.fits(number) not in source.columns else [trees.column(names.fits(number))]
        if number in by_number:
            each = by_number[number]
            place = None if each.per is None else trees.column(f"group_{number}")
            inside = each.cut.is_inside(place)
            tests.extend([trees.not_null(value_of(source.known, each.top.by.name)), inside])
            inner = inner.join(each.cut.beside, join_type="cross", copy=False).select(
                trees.named(each.cut.value("inside", place), f"size_{number}"),
                trees.named(each.cut.value("total", place), f"count_{number}"),
                trees.named(trees.is_true(inside.copy()), f"in_top_{number}"),
                copy=False,
            )
        branches.append((trees.all_of(*tests), trees.number(number)))
    base = trees.cast(trees.choose(branches, trees.number(ladders.rest(ladder))), ladders.code_type(len(ladder.tiers)))
    inner = inner.select(trees.named(base, names.BASE), copy=False)
    select = trees.select(
        exp.Star(), trees.named(_start(program, as_of, trees.column(names.BASE)), names.tier_after(0))
    )
    return select.from_(inner.subquery("based", copy=False), copy=False)


def _start(program: Program, as_of: dt.date, base: Tree) -> Tree:
    ladder = program.ladders[0]
    numbers = [ladders.number_of(ladder, pin.tier) for pin in ordered_pins(program, as_of) if pin.in_force(as_of)]
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
    return trees.cast(trees.choose(branches, base.copy()), ladders.code_type(len(ladder.tiers))) if numbers else base
