"""Chance that falls alike on every Python."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from typing import TypeVar

TODAY = dt.date(2026, 11, 1)

T = TypeVar("T")


class Dice:
    """Random choices built on `random()` alone."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def chance(self, probability: float) -> bool:
        """True with this probability."""
        return self._random.random() < probability

    def whole(self, low: int, high: int) -> int:
        """A whole number, both ends in."""
        return low + int(self._random.random() * (high - low + 1))

    def pick(self, items: Sequence[T]) -> T:
        """One of the items."""
        return items[self.whole(0, len(items) - 1)]

    def some(self, items: Sequence[T], probability: float) -> list[T]:
        """Each item with this probability, in their order."""
        return [item for item in items if self.chance(probability)]

    def level(self, levels: int, lift: float = 0.0) -> int:
        """0 to levels-1, low ones more often; `lift` (0 to 1) pulls it up."""
        roll = self._random.random()
        return min(levels - 1, int(levels * (lift + (1 - lift) * roll) * roll))

    def ago(self, low: int, high: int) -> dt.date:
        """A day so many days before the day of the export; negative is ahead."""
        return TODAY - dt.timedelta(days=self.whole(low, high))
