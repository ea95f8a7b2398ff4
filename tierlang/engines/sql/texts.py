"""Values as people read them: plain decimals, dates as ISO, `true` and `false`."""

from __future__ import annotations

from math import log10

from tierlang.engines.sql import numbers, trees
from tierlang.engines.sql.numbers import Number
from tierlang.engines.sql.trees import Tree
from tierlang.program.numbers import DIGITS, SCALE
from tierlang.program.values import Kind


def text_of(value: Tree | Number, kind: Kind) -> Tree:
    """The value as text, missing for a missing one; numbers as `number_text` writes them."""
    if isinstance(value, Number):
        return number_text(value)
    tree = value.copy()
    match kind:
        case Kind.TAGS:
            return trees.call("array_to_string", tree, trees.text(", "))
        case Kind.TEXT:
            return tree
        case _:
            return trees.cast(tree, "TEXT")


def number_text(value: Number) -> Tree:
    """The shortest plain decimal."""
    digits = digits_of(value)
    if not digits:
        return trees.cast(value.tree.copy(), "TEXT")
    whole = trees.compare("=", trees.remainder(value.tree.copy(), trees.number(10**digits)), trees.number(0))
    short = trees.cast(trees.divide(value.tree.copy(), trees.number(10**digits)), "TEXT")
    long = trees.call("rtrim", trees.cast(decimal(value, digits), "TEXT"), trees.text("0"))
    return trees.choose([(whole, short)], long)


def decimal(value: Number, digits: int) -> Tree:
    """The number as a DECIMAL with so many digits after the point, which are enough for it."""
    steps = numbers.in_unit(value, 10 ** (DIGITS - digits))
    width = max(len(str(max(abs(steps.low), abs(steps.high)))), digits + 1)
    whole = trees.cast(steps.tree.copy(), f"DECIMAL({width}, 0)")
    if not digits:
        return whole
    step = trees.cast(trees.text(f"0.{'0' * (digits - 1)}1"), f"DECIMAL({digits}, {digits})")
    return trees.cast(trees.multiply(whole, step), f"DECIMAL({width}, {digits})")


def digits_of(value: Number) -> int:
    """How many digits after the point a number can have, as it is kept: none where all of a score's points are whole."""
    return round(log10(SCALE // value.unit))
