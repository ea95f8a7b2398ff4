"""Conditions on the tiers of ladders, of the parts that such a condition may have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.strategies.dice import Dice
from tests.strategies.writing import Writer
from tierlang.program import expressions as x
from tierlang.program import nodes as n
from tierlang.program.values import Kind


def on_tiers(writer: Writer, ladders: Mapping[int, Sequence[str]], word: str) -> n.Condition:
    """A condition, on tiers of these ladders if there are any (by position, the names of their tiers)."""
    dice = writer.dice
    if not ladders or dice.wild == word or dice.chance(3 if dice.focus else 2):
        return (
            writer.condition(word, 1)
            if dice.wild == word or dice.chance(2)
            else n.Condition(writer.test(), dice.text(word))
        )
    return n.Condition(_test(writer, ladders, 2), dice.text(word))


def _test(writer: Writer, ladders: Mapping[int, Sequence[str]], depth: int) -> x.Expression:
    dice = writer.dice
    if depth == 0:
        return _leaf(writer, ladders)
    match dice.below(7):
        case 0 | 1:
            return _in_tier(dice, ladders)
        case 2:
            return x.Not(_test(writer, ladders, depth - 1))
        case 3:
            return x.AllOf(_parts(writer, ladders, depth))
        case 4:
            return x.AnyOf(_parts(writer, ladders, depth))
        case 5:
            parts = _parts(writer, ladders, depth)
            return x.AtLeast(1 + dice.below(len(parts)), parts)
        case _:
            return x.AllOf((_in_tier(dice, ladders), x.IsMissing(_test(writer, ladders, depth - 1))))


def _parts(writer: Writer, ladders: Mapping[int, Sequence[str]], depth: int) -> tuple[x.Expression, ...]:
    return (
        _in_tier(writer.dice, ladders),
        *(_test(writer, ladders, depth - 1) for _ in range(1 + writer.dice.below(2))),
    )


def _leaf(writer: Writer, ladders: Mapping[int, Sequence[str]]) -> x.Expression:
    """A tier, a flag by its name, or a constant."""
    dice = writer.dice
    flags = [column.read for column in writer.named if column.kind is Kind.FLAG]
    match dice.below(4):
        case 0:
            return x.Constant(dice.pick((True, False, None)), Kind.FLAG)
        case 1 | 2 if flags:
            return dice.pick(flags)
        case _:
            return _in_tier(dice, ladders)


def _in_tier(dice: Dice, ladders: Mapping[int, Sequence[str]]) -> x.InTier:
    position = dice.pick(tuple(ladders))
    return x.InTier(position, tuple(dict.fromkeys(dice.some(ladders[position], 1, 2))))
