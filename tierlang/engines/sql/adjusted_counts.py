"""How many accounts each raise, lower, floor and cap concerned: tests of placed accounts, and the figures made of their counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from tierlang.engines.sql import adjusting, trees
from tierlang.engines.sql import ladder as ladders
from tierlang.engines.sql.names import Own
from tierlang.engines.sql.placing import Placing
from tierlang.engines.sql.trees import Tree
from tierlang.program.nodes import Bound, Shift
from tierlang.program.outcome import AdjustmentCount

_COUNTED = ("held", "moved", "lost")


def tests(placing: Placing) -> dict[tuple[str, ...], Tree]:
    """By the adjustment's column and what is counted of it, which accounts are; nothing for a ladder that adjusts nobody."""
    own = placing.own
    lost = trees.compare("!=", trees.column(placing.final), trees.column(own.tier_after(0)))
    found: dict[tuple[str, ...], Tree] = {}
    for name, _, moved in _every(own):
        free = [trees.negate(ladders.pinned(placing.pins_in_force))] if placing.pins_in_force else []
        holds = trees.all_of(ladders.eligible(), *free, trees.column(name))
        found[name, "held"] = holds
        found[name, "moved"] = trees.all_of(holds.copy(), moved)
        if placing.seatings:
            found[name, "lost"] = trees.all_of(holds.copy(), moved.copy(), lost.copy())
    return found


def figures(placing: Placing, sums: Mapping[tuple[str, ...], int]) -> Iterator[AdjustmentCount]:
    """The counts, adjustment by adjustment as written."""
    for name, each, _ in _every(placing.own):
        yield AdjustmentCount(each.what, each.shown, *(sums.get((name, what), 0) for what in _COUNTED))


def _every(own: Own) -> Iterator[tuple[str, Shift | Bound, Tree]]:
    """Each adjustment with its column, and whether, where it holds, it moved the account."""
    ladder = own.ladder
    for place, shift in enumerate(ladder.shifts):
        asked = trees.compare(
            "<" if shift.steps > 0 else ">", trees.column(adjusting.meant(own)), trees.column(own.base)
        )
        yield own.shift(place), shift, trees.all_of(asked, _differ(own.base, adjusting.shifted(own)))
    yield from _bounds(adjusting.floors(own), own.floor, _differ(adjusting.shifted(own), adjusting.floored(own)))
    yield from _bounds(adjusting.caps(own), own.cap, _differ(adjusting.floored(own), adjusting.adjusted(own)))


def _bounds(
    strongest: Sequence[tuple[int, Bound]], column: Callable[[int], str], moved: Tree
) -> Iterator[tuple[str, Bound, Tree]]:
    """Floors or caps as written; one that is idle beside a stronger one, which stands before it, moves nobody."""
    order = [place for place, _ in strongest]
    for place, bound in sorted(strongest, key=lambda each: each[0]):
        stronger = [trees.column(column(each)) for each in order[: order.index(place)]]
        alone = [trees.negate(trees.any_of(*stronger))] if stronger else []
        yield column(place), bound, trees.all_of(moved.copy(), *alone)


def _differ(before: str, after: str) -> Tree:
    return trees.compare("!=", trees.column(before), trees.column(after))
