"""What parts can come to together: those that read nothing in common in every pairing, the others for each cell of what they share."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

from tierlang.analysis.cells.costs import OPERATION, Costs
from tierlang.analysis.cells.items import Env, Item
from tierlang.analysis.cells.plans import Plans
from tierlang.analysis.keys import Cells, Choice, Key, add, join

Named: TypeAlias = Callable[[str, Env], Cells]
"""What finds what a name can be."""
Plus: TypeAlias = Callable[[Any, Any], Any]
Small: TypeAlias = Callable[[Cells], Cells]


class Combiner:
    """Puts parts together, for one question."""

    def __init__(self, costs: Costs, plans: Plans, of_name: Named) -> None:
        self._costs = costs
        self._plans = plans
        self._of_name = of_name

    def fold(
        self, items: Sequence[Item], env: Env, zero: Any, plus: Plus, enough: Any = None, small: Small | None = None
    ) -> Cells:
        """All that the parts can come to together, where `plus` puts two together in any order; a part that can only be `enough` decides. `small` keeps what is found small."""
        found: Cells = {zero: ()}
        begun = False
        for together, shared in self._plans.of(items, env):
            self._costs.spend(OPERATION)
            if shared is None:
                part = items[together[0]].image(env)
            else:
                part = self._sharing([items[at] for at in together], shared, env, zero, plus, enough, small)
            found = self.paired(found, part, plus) if begun else part
            begun = True
            if small is not None:
                found = small(found)
            if enough is not None and len(found) == 1 and enough in found:
                break
        return found

    def _sharing(
        self, items: Sequence[Item], shared: str, env: Env, zero: Any, plus: Plus, enough: Any, small: Small | None
    ) -> Cells:
        """Parts that read something in common, for each cell of that."""
        cells: Cells = {}
        for key, choice in self._of_name(shared, env).items():
            inner = self.fold(items, {**env, shared: key}, zero, plus, enough, small)
            self._costs.spend(len(inner))
            for state, more in inner.items():
                add(cells, state, join(choice, more))
        return cells if small is None else small(cells)

    def paired(self, one: Cells, other: Cells, plus: Plus) -> Cells:
        """Every pairing of two independent parts."""
        self._costs.spend(len(one) * len(other))
        cells: Cells = {}
        for left, first in one.items():
            for right, second in other.items():
                key = plus(left, right)
                # `add` once more instead of called: this is where most of the time goes.
                if cells.get(key) is None:
                    choice = join(first, second)
                    if choice is not None or key not in cells:
                        cells[key] = choice
        return cells

    def side_by_side(self, items: Sequence[Item], env: Env) -> Iterator[tuple[tuple[Key, ...], Choice]]:
        """What the parts can be together, each in its place."""
        placed = [_placed(at, item) for at, item in enumerate(items)]
        for state, choice in self.fold(placed, env, (), _beside).items():
            yield tuple(key for _, key in sorted(state, key=_place)), choice

    def pairings(self, items: Sequence[Item], env: Env) -> Iterator[tuple[tuple[Key, ...], Choice]]:
        """The same, the cheapest way: nothing has to be kept where the parts share nothing."""
        if all(shared is None for _, shared in self._plans.of(items, env)):
            return _products([item.image(env) for item in items])
        return self.side_by_side(items, env)


def _products(images: Sequence[Cells]) -> Iterator[tuple[tuple[Key, ...], Choice]]:
    """Every pairing of independent parts."""
    if len(images) == 1:
        yield from (((key,), choice) for key, choice in images[0].items())
        return
    for way in itertools.product(*(image.items() for image in images)):
        choice: Choice = ()
        for _, more in way:
            choice = join(choice, more)
        yield tuple(key for key, _ in way), choice


def _placed(at: int, item: Item) -> Item:
    return Item(item.names, lambda env: {((at, key),): choice for key, choice in item.image(env).items()})


def _beside(one: Any, other: Any) -> Any:
    return one + other


def _place(pair: tuple[int, Key]) -> int:
    return pair[0]
