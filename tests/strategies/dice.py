"""Where choices come from, and what they have made so far that expressions can read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Literal, TypeAlias, TypeVar

import attrs
from hypothesis import strategies as st

from tests.strategies.pools import EDGES, HUGE, SMALL, WHOLE, WHOLE_EDGES, WHOLE_HUGE
from tierlang.program import expressions as x
from tierlang.program.values import Kind, Value

T = TypeVar("T")
Readable: TypeAlias = x.Input | x.Defined | x.Attribute | x.LookedUp

# Some cases are large in one part and small in the others, so that much happens there.
Focus: TypeAlias = Literal["ladders", "facts"] | None

# Where a wild program, tame everywhere else, goes out of bounds.
WILD = (
    *("derive", "value", "when", "excluded when", "where", "gate", "cluster", "figure", "weigh when"),
    *("sustained", "adjustment", "play when", "mark when", "gate"),
    *("enduring", "keep", "hold when", "trigger when"),
)


@cache
def _below(count: int) -> st.SearchStrategy[int]:
    return st.integers(0, count - 1)


class Dice:
    """The one source of choices; every choice shrinks to the first, simplest one."""

    def __init__(self, draw: Callable[[st.SearchStrategy[Any]], Any], focus: Focus) -> None:
        self._draw = draw
        self.focus = focus
        mode = self.below(16 if focus else 40)
        self.huge = mode in (11, 12, 13, 14, 15)
        more = ((WHOLE_HUGE, HUGE) if self.huge else (WHOLE_EDGES, EDGES)) if 8 <= mode <= 15 else ((), ())
        self.wholes, self.numbers = (*WHOLE, *more[0]), (*SMALL, *more[1])
        self.wild = WILD[mode - 16] if 16 <= mode < 16 + len(WILD) else None
        self.words = 0

    def below(self, count: int) -> int:
        """A number in 0..count-1."""
        result: int = self._draw(_below(count))
        return result

    def pick(self, choices: Sequence[T]) -> T:
        """One of the choices."""
        return choices[self.below(len(choices))] if len(choices) > 1 else choices[0]

    def chance(self, one_in: int) -> bool:
        """True about once in so many times."""
        return self.below(one_in) == one_in - 1

    def some(self, choices: Sequence[T], least: int, most: int) -> list[T]:
        """Several of the choices, repeats allowed."""
        return [self.pick(choices) for _ in range(least + self.below(most - least + 1))]

    def text(self, word: str) -> str:
        """New words that a person might have written."""
        self.words += 1
        return f"{word} {self.words}" + self.pick(("", "", "", ' it\'s "50 %"', " {é} \\"))


@attrs.define
class Column:
    """What expressions can read, and values worth comparing it with."""

    read: Readable
    pool: tuple[Value, ...]

    @property
    def kind(self) -> Kind:
        """The kind of its values."""
        return self.read.kind
