"""What a question costs: so many combinations for one value, so many for the whole question, and then it is given up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from tierlang.analysis.cells.kept import Image, Kept
from tierlang.analysis.keys import Cells

LIMIT = 30_000
"""So many combinations are tried for one value at most; beyond it, it could be anything."""
WHOLE = 200_000
"""So many for one question."""
OPERATION = 10
"""An operation asked of the interpreter counts as so many combinations."""


class TooBigError(Exception):
    """More combinations for one value than are tried."""


class ExhaustedError(Exception):
    """More combinations for one question than are tried."""


@attrs.define(eq=False)
class _Search:
    """The search for one value: its cost so far, and the keys of the images that it took."""

    cost: int = 0
    uses: list[Any] = attrs.field(factory=list)


class Costs:
    """The costs of one question. What earlier questions found costs it as much as if it were found now, so that no answer hangs on what was asked before."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._now = _Search()
        self._charged: set[Any] = set()
        self._total = 0

    def spend(self, count: int) -> None:
        """So many combinations more, for the value that is being found."""
        self._now.cost += count
        if self._now.cost > LIMIT:
            raise TooBigError

    def remember(self, key: Any, find: Callable[[], Cells]) -> Cells:
        """What was found under this key before, or is found now."""
        known = self._kept.images.get(key)
        if known is None:
            outer, mine = self._now, _Search()
            self._now = mine
            try:
                cells = find()
            finally:
                self._now = outer
            known = self._kept.images[key] = Image(cells, mine.cost, tuple(mine.uses))
        self._take(key)
        return known.cells

    def attempt(self, key: Any, find: Callable[[], Cells]) -> Cells | None:
        """What is found for the value that is being found; None if that takes too long, which is remembered under the key."""
        taken = self._kept.too_big.get(key)
        if taken is None:
            try:
                return find()
            except TooBigError:
                self._kept.too_big[key] = tuple(self._now.uses)
        else:
            for each in taken:
                self._take(each)
        self._now.cost = LIMIT
        return None

    def _take(self, key: Any) -> None:
        """An image is used for the value that is being found, and the question pays for it and all behind it, once."""
        self._now.uses.append(key)
        waiting = [key]
        while waiting:
            key = waiting.pop()
            if key not in self._charged:
                self._charged.add(key)
                self._total += self._kept.images[key].cost
                waiting += self._kept.images[key].uses
        if self._total > WHOLE:
            raise ExhaustedError
