"""Raises, lowers, floors and caps: from the base tier to the one that takes part in the capacities, never past a gate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tierlang.engines.sql import ladder as ladders
from tierlang.engines.sql import numbers, trees
from tierlang.engines.sql.expressions import Lowering
from tierlang.engines.sql.names import Own
from tierlang.engines.sql.trees import Tree
from tierlang.program.nodes import Bound, Condition


def shifted(own: Own) -> str:
    """The tier after raises and lowers, 0 for none."""
    return own.name("shifted") if own.ladder.shifts else own.base


def floored(own: Own) -> str:
    """The tier after floors too."""
    return own.name("floored") if own.ladder.floors else shifted(own)


def meant(own: Own) -> str:
    """The tier that raises and lowers ask for, gates aside; 0 for an account without a base tier."""
    return own.name("meant")


def floor_at(own: Own) -> str:
    """The best tier of the floors that hold, 0 for none and for excluded accounts."""
    return own.name("floor_at")


def cap_at(own: Own) -> str:
    """The worst tier of the caps that hold, 0 for none."""
    return own.name("cap_at")


def adjusted(own: Own) -> str:
    """The tier after all adjustments."""
    return own.name("capped") if own.ladder.caps else floored(own)


def secures(own: Own) -> bool:
    """Whether floors can keep accounts from being cut."""
    return bool(own.ladder.floors) and ladders.is_seated(own.ladder)


def secured(own: Own) -> str:
    """The tier in which a floor keeps the account from being cut, 0 for none."""
    return own.name("secured")


def holding(own: Own) -> Tree:
    """Whether a floor that did not move the account holds its seat; only where floors secure anything."""
    here = [number for number, tier in ladders.numbered(own.ladder) if own.ladder.capacities or tier.capacities]
    ended = trees.column(secured(own))
    seated = trees.any_of(*(trees.compare("=", ended.copy(), trees.number(number)) for number in here))
    still = trees.compare("=", trees.column(floored(own)), trees.column(shifted(own)))
    return trees.all_of(seated, still, trees.compare("=", ended, trees.column(adjusted(own))))


def in_tier(own: Own, column: str, tiers: Sequence[str]) -> Tree:
    """Whether the account is in one of the ladder's tiers of these names, by a column with their numbers."""
    chosen = [ladders.number_of(own.ladder, name) for name in tiers]
    return trees.any_of(*(trees.compare("=", trees.column(column), trees.number(number)) for number in chosen))


def adjust(lowering: Lowering, own: Own) -> None:
    """Bind all columns over a relation that has the base tier, every gate, and the conditions that read no tier."""
    ladder = own.ladder
    if ladder.shifts:
        _stands(lowering, own, own.base)
        late = [(own.shift(place), each.when) for place, each in enumerate(ladder.shifts)]
        bind_late(lowering, late)
        _shift(lowering, own)
    opened: Tree | None = None
    if ladder.floors:
        _stands(lowering, own, shifted(own))
        bind_late(lowering, [(own.floor(place), each.when) for place, each in enumerate(ladder.floors)])
        opened = _floor(lowering, own)
    if ladder.caps:
        _stands(lowering, own, floored(own))
        bind_late(lowering, [(own.cap(place), each.when) for place, each in enumerate(ladder.caps)])
        _cap(lowering, own)
    if opened is not None and secures(own):
        _bind(lowering, own, secured(own), _secured(own, opened))


def _stands(lowering: Lowering, own: Own, column: str) -> None:
    lowering.in_tier[own.position] = lambda tiers: in_tier(own, column, tiers)


def bind_late(lowering: Lowering, conditions: Iterable[tuple[str, Condition]]) -> None:
    """Bind those of the conditions that read tiers."""
    for name, condition in conditions:
        if not ladders.is_early(condition):
            lowering.layers.bind(ladders.holds(lowering, condition), name)


def _bind(lowering: Lowering, own: Own, name: str, tree: Tree) -> None:
    lowering.layers.bind(trees.cast(tree, ladders.code_type(len(own.ladder.tiers))), name)


def _shift(lowering: Lowering, own: Own) -> None:
    ladder, base = own.ladder, trees.column(own.base)
    none, last = trees.number(0), trees.number(len(ladder.tiers))
    wide = numbers.type_for(len(ladder.tiers) + sum(abs(each.steps) for each in ladder.shifts))
    steps = [
        trees.choose([(trees.column(own.shift(place)), trees.number(abs(each.steps)))], none.copy())
        for place, each in enumerate(ladder.shifts)
    ]
    signed = [trees.negative(step) if each.steps > 0 else step for step, each in zip(steps, ladder.shifts, strict=True)]
    wanted = lowering.layers.bind(trees.total([trees.cast(base, wide), *signed]))
    branches = [
        (trees.compare("=", base.copy(), none.copy()), none.copy()),
        (trees.compare("<", wanted, trees.number(1)), trees.number(1)),
        (trees.compare(">", wanted.copy(), last), last.copy()),
    ]
    _bind(lowering, own, meant(own), trees.choose(branches, wanted.copy()))
    asked = trees.column(meant(own))
    opened = lowering.layers.bind(first_open(own, asked))
    better = trees.all_of(
        trees.compare("<", asked.copy(), base.copy()),
        trees.compare(">", opened, none.copy()),
        trees.compare("<", opened.copy(), base.copy()),
    )
    stays = trees.compare("<=", asked.copy(), base.copy())
    _bind(lowering, own, shifted(own), trees.choose([(better, opened.copy()), (stays, base.copy())], opened.copy()))


def _floor(lowering: Lowering, own: Own) -> Tree:
    """Binds the tier after floors, and returns the first tier from the floor down that lets the account in."""
    before, none = trees.column(shifted(own)), trees.number(0)
    best = [(trees.column(own.floor(place)), trees.number(_number(own, each))) for place, each in floors(own)]
    at = trees.choose([(ladders.excluded(), none.copy()), *best], none.copy())
    _bind(lowering, own, floor_at(own), at)
    floor = trees.column(floor_at(own))
    opened = lowering.layers.bind(first_open(own, floor))
    moves = trees.all_of(
        trees.compare(">", floor.copy(), none.copy()),
        trees.compare(">", opened, none.copy()),
        trees.any_of(
            trees.compare("=", before, none.copy()),
            trees.compare(">", before.copy(), opened.copy()),
        ),
    )
    _bind(lowering, own, floored(own), trees.choose([(moves, opened.copy())], before.copy()))
    return opened


def _cap(lowering: Lowering, own: Own) -> None:
    before, none = trees.column(floored(own)), trees.number(0)
    worst = [(trees.column(own.cap(place)), trees.number(_number(own, each))) for place, each in caps(own)]
    _bind(lowering, own, cap_at(own), trees.choose(worst, none))
    cap = trees.column(cap_at(own))
    moves = trees.all_of(trees.compare(">", before, none.copy()), trees.compare("<", before.copy(), cap))
    _bind(lowering, own, adjusted(own), trees.choose([(moves, first_open(own, cap.copy()))], before.copy()))


def _secured(own: Own, opened: Tree) -> Tree:
    none, before, after = trees.number(0), trees.column(floored(own)), trees.column(adjusted(own))
    free = trees.any_of(
        trees.compare("=", trees.column(floor_at(own)), none),
        trees.compare("=", opened.copy(), none.copy()),
    )
    branches = [(free, none.copy())]
    if own.ladder.caps:
        past = trees.any_of(trees.compare("=", after, none.copy()), trees.compare(">", after.copy(), opened.copy()))
        branches.append((trees.all_of(trees.compare("!=", after.copy(), before), past), after.copy()))
    return trees.choose(branches, opened.copy())


def first_open(own: Own, start: Tree) -> Tree:
    """The number of the first tier from `start` on whose gate is true, 0 for none."""
    branches: list[tuple[Tree, Tree]] = []
    for number, tier in ladders.numbered(own.ladder):
        reached = trees.compare("<=", start.copy(), trees.number(number))
        gate = [] if tier.gate is None else [trees.column(own.gate(number))]
        branches.append((trees.all_of(reached, *gate), trees.number(number)))
    return trees.choose(branches, trees.number(0))


def _number(own: Own, bound: Bound) -> int:
    return ladders.number_of(own.ladder, bound.tier)


def floors(own: Own) -> list[tuple[int, Bound]]:
    """The floors with their places as written, the one that counts before those that it makes idle."""
    return sorted(enumerate(own.ladder.floors), key=lambda each: _number(own, each[1]))


def caps(own: Own) -> list[tuple[int, Bound]]:
    """The caps in the same way."""
    return sorted(enumerate(own.ladder.caps), key=lambda each: -_number(own, each[1]))
