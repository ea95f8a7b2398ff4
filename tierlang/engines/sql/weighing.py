"""`weigh` as SQL: one exact sum of weight × part, divided at most once."""

from __future__ import annotations

from math import gcd

import attrs

from tierlang.engines.sql import numbers, trees
from tierlang.engines.sql.expressions import Lowering
from tierlang.engines.sql.numbers import Number
from tierlang.engines.sql.trees import Tree
from tierlang.program.expressions import Expression
from tierlang.program.nodes import Condition, Weighing
from tierlang.program.numbers import SCALE, half


def weighing(lowering: Lowering, body: Weighing, step: int) -> Number:
    """The weighed parts of one account, counted in `step`; not clamped, not guarded."""
    if body.scaled:
        return _scaled(lowering, body, step)
    zero = numbers.constant(0)
    if body.missing == "zero":
        parts = [(line.weight, _or_zero(lowering.number(line.part))) for line in body.lines]
    elif body.missing == "share":
        bound = [(line.weight, lowering.number(line.part)) for line in body.lines]
        if any(part.missing for _, part in bound):
            return _share(
                lowering, [(w, lowering.bind(part) if part.missing else part) for w, part in bound], body.floor, step
            )
        parts = bound
    else:
        parts = [(line.weight, lowering.number(line.part)) for line in body.lines]
    total, factor = numbers.weighted(parts or [(1, zero)])
    shared = gcd(factor, SCALE * step)
    return numbers.quotient(lowering.layers, numbers.times(total, factor // shared), SCALE * step // shared, step)


def _or_zero(part: Number) -> Number:
    if not part.missing:
        return part
    low, high = min(part.low, 0), max(part.high, 0)
    tree = trees.coalesce(part.tree, trees.number(0))
    return Number(tree, part.unit, low, high, part.sql_type, missing=False)


def _share(lowering: Lowering, parts: list[tuple[int, Number]], floor: int, step: int) -> Number:
    """sum(w · p present) · (total weight) / (present weight) / 10,000 as one quotient, missing under the floor."""
    total, factor = numbers.weighted([(weight, _or_zero(part)) for weight, part in parts])
    common = gcd(*(weight for weight, _ in parts)) or 1
    always = sum(weight for weight, part in parts if not part.missing) // common
    present: list[Tree] = [
        trees.choose([(trees.is_null(part.tree.copy()), trees.number(0))], trees.number(weight // common))
        for weight, part in parts
        if part.missing
    ]
    every = sum(weight for weight, _ in parts)
    weight = Number(
        trees.total([*present, trees.number(always)] if always else present),
        1,
        always,
        every // common,
        numbers.type_for(every),
        missing=False,
    )
    weight = lowering.bind(weight)
    top_factor, under_factor = factor * every, common * SCALE * step
    shared = gcd(top_factor, under_factor)
    top = numbers.times(total, top_factor // shared)
    under = lowering.bind(numbers.times(weight, under_factor // shared))
    least = max(1, -(-floor // common))
    result = numbers.quotient_by(lowering.layers, top, under, step)
    # The quotient is a weighted mean of the parts, whatever the present weight is.
    ends = [each * part.unit * every for _, part in parts for each in (part.low, part.high)]
    low, high = (half(end, SCALE * step) for end in (min(ends), max(ends)))
    result = attrs.evolve(result, low=max(result.low, low), high=min(result.high, high))
    if least == 1:
        return result
    enough = trees.compare(">=", weight.tree.copy(), trees.number(least))
    return attrs.evolve(result, tree=trees.choose([(enough, result.tree)]), missing=True)


# --- only the lines that apply ------------------------------------------------------------------------------------------------------


@attrs.frozen
class _Line:
    """A line of weights scaled: `applies` is None where it always does; the part is bound if it is used twice."""

    weight: int
    part: Number
    applies: Tree | None

    @property
    def present(self) -> Tree | None:
        """Whether it applies and its part is there; None where both are always so."""
        if not self.part.missing:
            return None if self.applies is None else self.applies.copy()
        there = trees.not_null(self.part.tree.copy())
        return there if self.applies is None else trees.all_of(self.applies.copy(), there)

    def counted(self, when: Tree | None) -> Number:
        """The part, and 0 where `when` is not true."""
        if when is None:
            return self.part
        low, high = min(self.part.low, 0), max(self.part.high, 0)
        tree = trees.choose([(when.copy(), self.part.tree.copy())], trees.number(0))
        return attrs.evolve(self.part, tree=tree, low=low, high=high)


def _scaled(lowering: Lowering, body: Weighing, step: int) -> Number:
    """sum(w · p) / (the weight that applies, or with `share` is present) as one quotient, missing where that weight is 0."""
    lines = [_line(lowering, line.weight, line.part, line.when) for line in body.lines]
    if body.missing in ("share", "zero"):
        parts = [(each.weight, attrs.evolve(each.counted(each.present), missing=False)) for each in lines]
    else:
        parts = [(each.weight, each.counted(each.applies)) for each in lines]
    total, factor = numbers.weighted(parts)
    common = gcd(*(each.weight for each in lines)) or 1
    applying = _weight(lowering, [(each.weight // common, each.applies) for each in lines])
    under = applying
    if body.missing == "share":
        under = _weight(lowering, [(each.weight // common, each.present) for each in lines])
    shared = gcd(factor, common * step)
    top = numbers.times(total, factor // shared)
    divisor = lowering.bind(numbers.times(under, common * step // shared))
    result = numbers.quotient_by(lowering.layers, top, divisor, step)
    # The quotient is a weighted mean of the parts that count, whatever their weight is.
    ends = [each.part.unit * end for each in lines for end in (each.part.low, each.part.high)]
    ends += [0] if body.missing == "zero" else []
    low, high = half(min(ends), step), half(max(ends), step)
    result = attrs.evolve(result, low=max(result.low, low), high=min(result.high, high))
    if body.missing != "share" or not body.floor:
        return result
    asked, present = numbers.times(applying, body.floor), numbers.times(under, SCALE)
    enough = trees.compare(">=", present.tree.copy(), asked.tree.copy())
    return attrs.evolve(result, tree=trees.choose([(enough, result.tree)]), missing=True)


def _line(lowering: Lowering, weight: int, part: Expression, when: Condition | None) -> _Line:
    value = lowering.number(part)
    applies = None if when is None else lowering.layers.bind(lowering.tree(when.test))
    return _Line(weight, lowering.bind(value) if value.missing else value, applies)


def _weight(lowering: Lowering, lines: list[tuple[int, Tree | None]]) -> Number:
    """The weight of the lines whose test is true or that have none."""
    always = sum(weight for weight, test in lines if test is None)
    every = sum(weight for weight, _ in lines)
    terms = [
        trees.choose([(test, trees.number(weight))], trees.number(0)) for weight, test in lines if test is not None
    ]
    if not terms:
        return numbers.counted(always, 1)
    tree = trees.total([*terms, trees.number(always)] if always else terms)
    return lowering.bind(Number(tree, 1, always, every, numbers.type_for(every), missing=False))
