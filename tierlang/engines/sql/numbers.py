"""Numbers in SQL: integers of a known step and known bounds, in the narrowest type in which nothing can overflow."""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd

import attrs

from tierlang.engines.sql import trees
from tierlang.engines.sql.layers import Layers
from tierlang.engines.sql.trees import Tree
from tierlang.program.numbers import LIMIT, SCALE, half

_TYPES = (("INTEGER", 2**31 - 1), ("BIGINT", 2**63 - 1), ("HUGEINT", 2**127 - 1))
_WIDTH = {name: width for width, (name, _) in enumerate(_TYPES)}
# None has its least number: the order turns what is kept round, in the type that it is kept in.
_STORED = (
    ("UTINYINT", 0, 2**8 - 1),
    ("SMALLINT", 1 - 2**15, 2**15 - 1),
    ("INTEGER", 1 - 2**31, 2**31 - 1),
    ("BIGINT", 1 - 2**63, 2**63 - 1),
)


@attrs.frozen
class Number:
    """`tree` counts steps of `unit` 1/10,000ths (a power of ten up to 10,000) and lies in low..high, counted in those steps.

    `sql_type` is the type that the engine computes it in; `missing` says whether it can be NULL.
    """

    tree: Tree
    unit: int
    low: int
    high: int
    sql_type: str
    missing: bool

    @property
    def constant(self) -> int | None:
        """The one value it can have, in its unit."""
        return self.low if self.low == self.high and not self.missing else None

    @property
    def limit(self) -> int:
        """The first magnitude that is not a number of the language, in its unit."""
        return LIMIT // self.unit


def constant(value: int) -> Number:
    """A known number (in 1/10,000ths) in the largest unit that holds it."""
    unit = SCALE
    while value % unit:
        unit //= 10
    return counted(value // unit, unit)


def counted(steps: int, unit: int) -> Number:
    """So many steps of a unit."""
    return Number(trees.number(steps), unit, steps, steps, type_for(steps, steps), missing=False)


def type_for(*ends: int) -> str:
    """The narrowest type to compute in that holds every number between the ends."""
    largest = max(abs(end) for end in ends)
    return next(name for name, most in _TYPES if largest <= most)


def stored_type(low: int, high: int) -> str:
    """The narrowest type to keep numbers of low..high in."""
    return next(name for name, least, most in _STORED if least <= low and high <= most)


def wider(*types: str) -> str:
    """The widest of some types."""
    return max(types, key=_WIDTH.__getitem__)


def widened(value: Number, sql_type: str) -> Number:
    """The number in a type at least as wide as asked for; constants take the type of their neighbours by themselves."""
    if _WIDTH[value.sql_type] >= _WIDTH[sql_type]:
        return value
    return attrs.evolve(value, tree=trees.cast(value.tree, sql_type), sql_type=sql_type)


def in_unit(value: Number, unit: int) -> Number:
    """The number counted in a unit that divides its own."""
    if value.unit == unit:
        return value
    return attrs.evolve(times(value, value.unit // unit), unit=unit)


def aligned(values: Sequence[Number]) -> list[Number]:
    """The numbers counted in one unit."""
    unit = min(value.unit for value in values)
    return [in_unit(value, unit) for value in values]


def weighted(parts: Sequence[tuple[int, Number]]) -> tuple[Number, int]:
    """The exact sum of factor × part over parts of any units: a number (its unit says nothing) and what to multiply it by."""
    factors = [factor * part.unit for factor, part in parts]
    common = gcd(*factors) or 1
    scaled = [(factor // common, part) for factor, (_, part) in zip(factors, parts, strict=True)]
    ends = [sorted((factor * part.low, factor * part.high)) for factor, part in scaled]
    low, high = sum(end[0] for end in ends), sum(end[1] for end in ends)
    reach = max(sum(max(abs(end[0]), abs(end[1])) for end in ends), *(abs(factor) for factor, _ in scaled))
    varying = [(factor, part) for factor, part in scaled if part.constant is None]
    fixed = sum(factor * part.constant for factor, part in scaled if part.constant is not None)
    if not varying:
        return counted(fixed, 1), common
    sql_type = wider(type_for(reach), *(part.sql_type for _, part in varying))
    terms = [times(widened(part, sql_type), factor).tree for factor, part in varying]
    if fixed:
        terms.append(trees.number(fixed))
    missing = any(part.missing for _, part in parts)
    return Number(trees.total(terms), 1, low, high, sql_type, missing=missing), common


def quotient(layers: Layers, value: Number, by: int, unit: int) -> Number:
    """half(value, by) for a positive constant, counted in `unit`."""
    low, high = half(value.low, by), half(value.high, by)
    if by == 1:
        return attrs.evolve(value, unit=unit)
    if by % 2 == 0:
        top, shift, under = value, by // 2, by
    else:
        top, shift, under = times(value, 2), by, 2 * by
    wide = widened(top, type_for(abs(top.low) + shift, abs(top.high) + shift, under))
    shifted = _away(layers, wide, trees.number(shift))
    return Number(trees.divide(shifted, trees.number(under)), unit, low, high, wide.sql_type, missing=value.missing)


def quotient_by(layers: Layers, value: Number, by: Number, unit: int) -> Number:
    """half(value, by) for a divisor that is never negative, missing where it is 0; the divisor is bound."""
    ends = [half(end, max(1, divisor)) for end in (value.low, value.high) for divisor in (by.low, by.high)]
    top, under = times(value, 2), times(by, 2)
    reach = max(abs(top.low), abs(top.high)) + by.high
    sql_type = wider(type_for(reach, under.high), value.sql_type, by.sql_type)
    shifted = _away(layers, widened(top, sql_type), widened(by, sql_type).tree)
    tree = trees.divide(shifted, trees.null_if_zero(widened(under, sql_type).tree))
    return Number(tree, unit, min(ends), max(ends), sql_type, missing=value.missing or by.missing or by.low <= 0)


def times(value: Number, factor: int) -> Number:
    """The steps of a number multiplied by a constant; its unit stays."""
    if factor == 1:
        return value
    low, high = sorted((value.low * factor, value.high * factor))
    if value.constant is not None:
        return counted(low, value.unit)
    wide = widened(value, type_for(low, high, factor))
    tree = trees.negative(wide.tree) if factor == -1 else trees.multiply(wide.tree, trees.number(factor))
    return attrs.evolve(wide, tree=tree, low=low, high=high)


def _away(layers: Layers, value: Number, shift: Tree) -> Tree:
    """The value shifted away from zero."""
    if value.low >= 0:
        return trees.add(value.tree, shift)
    if value.high <= 0:
        return trees.subtract(value.tree, shift)
    bound = layers.bind(value.tree)
    negative = trees.compare("<", bound, trees.number(0))
    return trees.choose([(negative, trees.subtract(bound, shift))], trees.add(bound.copy(), shift.copy()))


def clamped(layers: Layers, value: Number, low: int | None, high: int | None) -> Number:
    """The number no less than `low` and no more than `high`, both in its unit."""
    branches: list[tuple[Tree, int]] = []
    bound = value.tree
    if low is not None and value.low < low:
        bound = layers.bind(value.tree)
        branches.append((trees.compare("<", bound, trees.number(low)), low))
    if high is not None and value.high > high:
        bound = layers.bind(value.tree)
        branches.append((trees.compare(">", bound, trees.number(high)), high))
    if not branches:
        return value
    ends = [value.low, value.high]
    ends = [end if low is None or end >= low else low for end in ends]
    ends = [end if high is None or end <= high else high for end in ends]
    tree = trees.choose([(when, trees.number(end)) for when, end in branches], bound)
    sql_type = wider(value.sql_type, type_for(*ends))
    return Number(tree, value.unit, ends[0], ends[1], sql_type, missing=value.missing)


def to_storage(value: Number) -> Tree:
    """The number in the narrowest type that keeps it."""
    kept = stored_type(value.low, value.high)
    return value.tree if kept == value.sql_type else trees.cast(value.tree, kept)
