"""Capacities: heads and sums, of a group or of all, of a tier or of a whole ladder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.strategies.definitions import per_of
from tests.strategies.dice import Dice
from tests.strategies.writing import Writer
from tierlang.program import expressions as x
from tierlang.program import nodes as n
from tierlang.program.numbers import SCALE, number_text

Summed = x.Input | x.Defined | None


def capacities_of(
    writer: Writer, lower: Sequence[str], certain: Sequence[x.Input | x.Defined], *, whole: bool = False
) -> tuple[n.Capacity, ...]:
    """At most one of each sort, in their order; `certain` are numbers that no account lacks. Those of a `whole` ladder only overflow out."""
    dice = writer.dice
    per = per_of(writer) if dice.chance(2) else None
    of = dice.pick(certain[::-1]) if certain and dice.chance(2) else None
    sorts = list(dict.fromkeys([(per, None), (per, of), (None, None), (None, of)]))
    count = min(len(sorts), dice.pick((1, 1, 2, 1, 1, 4)))
    first = dice.below(len(sorts) - count + 1)
    return tuple(
        _capacity(dice, field, summed, () if whole else lower, whole=whole)
        for field, summed in sorts[first : first + count]
    )


def _capacity(dice: Dice, per: x.Input | None, of: Summed, lower: Sequence[str], *, whole: bool) -> n.Capacity:
    overflows: list[tuple[Any, str | None]] = [("down", None), ("out", None), *(("to", name) for name in lower)]
    overflow, to = overflows[1] if whole else dice.pick(overflows)
    seats = dice.pick((1, 2, 0, 3, 4, 8))
    if of is not None:
        seats = dice.pick((*(abs(each) for each in dice.numbers), 150 * SCALE, 250 * SCALE, 500 * SCALE))
    minimum = dice.below(min(seats, 10) + 1) if dice.chance(3) else None
    shown = number_text(seats) if of is not None else f"{seats}"
    text = (f"{minimum}.." if minimum is not None else "") + shown + (f" of {of.name}" if of else "")
    return n.Capacity(seats, minimum, per, overflow, to, text + (f" per {per.name}" if per else ""), of)
