"""The operations on numbers as SQL: exact, rounded at most once, in types that nothing can overflow."""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd

import attrs

from tierlang.engines.sql import numbers, trees
from tierlang.engines.sql.layers import Layers
from tierlang.engines.sql.numbers import Number
from tierlang.engines.sql.trees import Tree
from tierlang.program.numbers import SCALE, product


def operation(layers: Layers, operator: str, left: Number, right: Number) -> Number:
    """left + - * / right; not guarded."""
    match operator:
        case "+" | "-":
            result, unit = numbers.weighted([(1, left), (1 if operator == "+" else -1, right)])
            return attrs.evolve(result, unit=unit)
        case "*":
            return _product(layers, left, right)
        case _:
            return _quotient(layers, left, right)


def _product(layers: Layers, left: Number, right: Number) -> Number:
    if left.constant is not None and right.constant is not None:
        return numbers.constant(product(left.constant * left.unit, right.constant * right.unit))
    ends = [x * y for x in (left.low, left.high) for y in (right.low, right.high)]
    low, high = min(ends), max(ends)
    sql_type = numbers.wider(numbers.type_for(low, high), left.sql_type, right.sql_type)
    if right.constant is None:
        left, right = right, left
    left = numbers.widened(left, sql_type)
    tree = trees.multiply(left.tree, right.tree)
    missing = left.missing or right.missing
    raw = Number(tree, 1, low, high, sql_type, missing=missing)
    units = left.unit * right.unit
    if units >= SCALE:
        return attrs.evolve(raw, unit=units // SCALE)
    return numbers.quotient(layers, raw, SCALE // units, 1)


def _quotient(layers: Layers, left: Number, right: Number) -> Number:
    factor = left.unit * SCALE // right.unit
    if right.constant:
        shared = gcd(factor, right.constant)
        sign = 1 if right.constant > 0 else -1
        top = numbers.times(left, sign * factor // shared)
        return numbers.quotient(layers, top, abs(right.constant) // shared, 1)
    top = numbers.times(left, factor)
    if right.low < 0:
        top, right = bound(layers, top), bound(layers, right)
        below = trees.compare("<", right.tree, trees.number(0))
        reach = max(abs(top.low), abs(top.high))
        turned = trees.choose([(below, trees.negative(top.tree))], top.tree.copy())
        top = attrs.evolve(top, tree=turned, low=-reach, high=reach)
        right = absolute(right)
    return numbers.quotient_by(layers, top, bound(layers, right), 1)


def bound(layers: Layers, value: Number) -> Number:
    """The number bound to a column."""
    return attrs.evolve(value, tree=layers.bind(value.tree))


def negative(value: Number) -> Number:
    """-value"""
    tree = trees.number(-value.low) if value.constant is not None else trees.negative(value.tree)
    return attrs.evolve(value, tree=tree, low=-value.high, high=-value.low)


def absolute(value: Number) -> Number:
    """The number without its sign."""
    if value.low >= 0:
        return value
    low, high = sorted((abs(value.low), abs(value.high)))
    low = 0 if value.high >= 0 else low
    tree = trees.number(high) if value.constant is not None else trees.call("abs", value.tree)
    return attrs.evolve(value, tree=tree, low=low, high=high)


def extreme(layers: Layers, which: str, parts: Sequence[Number], *, skip: bool) -> Number:
    """The least or the greatest; `skip`: of those that are there."""
    values = numbers.aligned(parts)
    tree = fold(layers, which, [value.tree for value in values], skip=skip)
    missing = (all if skip else any)(value.missing for value in values)
    return spanning(tree, values, missing=missing)


def fold(layers: Layers, which: str, parts: list[Tree], *, skip: bool) -> Tree:
    """The least or the greatest of trees of one type, in rounds of pairs."""
    while len(parts) > 1:
        pairs = [parts[at : at + 2] for at in range(0, len(parts), 2)]
        parts = [_better(layers, which, pair[0], pair[1], skip=skip) if len(pair) == 2 else pair[0] for pair in pairs]
    return parts[0]


def _better(layers: Layers, which: str, left: Tree, right: Tree, *, skip: bool) -> Tree:
    left, right = layers.bind(left), layers.bind(right)
    stays = trees.compare("<=" if which == "least" else ">=", left, right)
    if skip:
        return trees.choose([(stays, left.copy()), (trees.is_null(right.copy()), left.copy())], right.copy())
    goes = trees.compare(">" if which == "least" else "<", left.copy(), right.copy())
    return trees.choose([(stays, left.copy()), (goes, right.copy())])


def spanning(tree: Tree, values: Sequence[Number], *, missing: bool) -> Number:
    """A tree that is one of the values, which are counted in one unit."""
    low, high = min(value.low for value in values), max(value.high for value in values)
    sql_type = numbers.wider(*(value.sql_type for value in values))
    return Number(tree, values[0].unit, low, high, sql_type, missing=missing)
