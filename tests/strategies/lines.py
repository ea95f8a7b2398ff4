"""The lines and the tops of tiers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tests.strategies.definitions import per_of
from tests.strategies.dice import Dice
from tests.strategies.writing import Writer
from tierlang.program import expressions as x
from tierlang.program import nodes as n
from tierlang.program.numbers import SCALE, number_text
from tierlang.program.values import Value


def _line_text(low: int | None, high: int | None, low_open: bool, high_open: bool) -> str:
    if low is not None and high is None:
        return f"over {number_text(low)}" if low_open else f"{number_text(low)}.."
    upper = "" if high is None else ("<" if high_open else "") + number_text(high)
    return f"{'' if low is None else number_text(low)}..{upper}"


def contiguous(dice: Dice, count: int) -> list[n.Line]:
    """Lines that touch and do not overlap, best first."""
    cuts = sorted({dice.below(101) * SCALE for _ in range(count - 1)}, reverse=True)
    ends: list[int | None] = [None, *cuts, None]
    lines = []
    over = dice.chance(3)
    for high, low in pairwise(ends):
        low_open, high_open = over and low is not None, not over and high is not None
        lines.append(n.Line(low, high, low_open, high_open, _line_text(low, high, low_open, high_open)))
    return lines


def any_line(dice: Dice, pool: Sequence[Value]) -> n.Line:
    """A line with ends on values that accounts have."""
    numbers = [value for value in pool if isinstance(value, int)]
    low, high = sorted((dice.pick(numbers), dice.pick(numbers)))
    low_open, high_open = dice.chance(3), dice.chance(3)
    match dice.below(3):
        case 0:
            return n.Line(low, None, low_open, False, _line_text(low, None, low_open, False))
        case 1:
            return n.Line(low, high, False, high_open, _line_text(low, high, False, high_open))
        case _:
            return n.Line(None, high, False, high_open, _line_text(None, high, False, high_open))


def top_of(writer: Writer, by: x.Input | x.Defined | None) -> n.Top:
    dice = writer.dice
    numbers = [column.read for column in writer.named if column.kind.is_numeric]
    chosen = by if by is not None and not dice.chance(3) else dice.pick(numbers)
    per = per_of(writer)
    tail = ("" if chosen is by else f" by {chosen.name}") + (f" per {per.name}" if per else "")
    if dice.chance(2):
        count = 1 + dice.below(6)
        return n.Top(None, count, chosen, per, f"{count}{tail}")
    percent = dice.pick((2_000, 500, 5_000, 3_333, 1, 10_000, 1_250))
    return n.Top(percent, None, chosen, per, f"{number_text(percent * 100)}%{tail}")
