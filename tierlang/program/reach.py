"""What values an expression can take at all: can it be missing, and between which bounds does a number lie.

Sound, not exact: a bound may be wider than the truth, never narrower. Compile errors and the SQL engine's choice of types rest on it.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from tierlang.program.expressions import (
    Absolute,
    AllOf,
    AnyOf,
    Arithmetic,
    AsOf,
    AtLeast,
    Choose,
    Compare,
    Constant,
    DaysSince,
    Defined,
    Expression,
    Extreme,
    FirstOf,
    HasTag,
    Input,
    IsMissing,
    Negative,
    Not,
    OneOf,
    Rounded,
    TextMatch,
    kind_of,
)
from tierlang.program.nodes import (
    BestOf,
    Definition,
    Derive,
    Field,
    Formula,
    Percentile,
    PointLine,
    PointSum,
    PointTable,
    Program,
    Score,
    Weighing,
)
from tierlang.program.numbers import LIMIT, SCALE, half, product, round_to

_DAYS = 3_652_059 * SCALE


@attrs.frozen
class Bounds:
    """A closed interval of numbers (in 1/10,000ths) that a present value lies in."""

    low: int
    high: int

    @property
    def fits(self) -> bool:
        """Whether no value in it can be a fault."""
        return -LIMIT < self.low and self.high < LIMIT

    def clipped(self) -> Bounds:
        """The part of it that is not a fault: what a value is once it has been guarded. Where all of it is a fault, the nearest number."""
        return Bounds(_clamped(self.low, 1 - LIMIT, LIMIT - 1), _clamped(self.high, 1 - LIMIT, LIMIT - 1))


ANY_NUMBER = Bounds(1 - LIMIT, LIMIT - 1)


@attrs.frozen
class Reach:
    """What one value can be: whether it may be missing, and for numbers the bounds."""

    missing: bool
    bounds: Bounds = ANY_NUMBER


class Reaches:
    """The reach of every input and definition known so far; the compiler adds definitions as it makes them.

    `faults`: whether a number that could be out of bounds may be missing. The compiler asks without: such a run stops anyway.
    """

    def __init__(self, fields: Iterable[Field], key: str, *, faults: bool = True) -> None:
        self._faults = faults
        self._known: dict[str, Reach] = {key: Reach(missing=False)}
        for field in fields:
            low = 1 - LIMIT if field.low is None else field.low
            high = LIMIT - 1 if field.high is None else field.high
            self._known[field.name] = Reach(field.may_be_missing, Bounds(low, max(low, high)))

    def add(self, definition: Definition) -> None:
        """Learn a definition whose parts are known."""
        self._known[definition.name] = self._of_definition(definition)

    def of(self, expression: Expression) -> Reach:
        """What the expression can be. A part that can be a fault is clipped, and can then be missing."""
        reach = self._of(expression)
        if kind_of(expression).is_numeric and not reach.bounds.fits:
            return Reach(missing=reach.missing or self._faults, bounds=reach.bounds.clipped())
        return reach

    def _missing(self, parts: Iterable[Expression]) -> bool:
        return any(self.of(part).missing for part in parts)

    def _of(self, expression: Expression) -> Reach:
        match expression:
            case Constant(value=value):
                if isinstance(value, int) and not isinstance(value, bool):
                    return Reach(missing=False, bounds=Bounds(value, value))
                return Reach(missing=value is None)
            case Input(name=name) | Defined(name=name):
                return self._known.get(name, Reach(missing=True))
            case AsOf() | IsMissing():
                return Reach(missing=False)
            case AllOf(parts=parts) | AnyOf(parts=parts) | AtLeast(parts=parts):
                return Reach(missing=self._missing(parts))
            case Not(part=part) | OneOf(item=part):
                return Reach(missing=self.of(part).missing)
            case Compare(left=left, right=right) | TextMatch(text=left, fragment=right) | HasTag(tags=left, tag=right):
                return Reach(missing=self._missing((left, right)))
            case DaysSince(date=date):
                return Reach(missing=self.of(date).missing, bounds=Bounds(-_DAYS, _DAYS))
            case Arithmetic():
                return self._of_arithmetic(expression)
            case Negative(part=part):
                inner = self.of(part)
                return Reach(inner.missing, Bounds(-inner.bounds.high, -inner.bounds.low))
            case Absolute(part=part):
                inner = self.of(part)
                low, high = sorted((abs(inner.bounds.low), abs(inner.bounds.high)))
                across = inner.bounds.low <= 0 <= inner.bounds.high
                return Reach(inner.missing, Bounds(0 if across else low, high))
            case Rounded(part=part, digits=digits):
                inner = self.of(part)
                return Reach(
                    inner.missing,
                    Bounds(round_to(inner.bounds.low, digits), round_to(inner.bounds.high, digits)),
                )
            case Extreme(which=which, parts=parts, skip_missing=skip):
                return self._of_extreme(which, parts, skip)
            case FirstOf(parts=parts):
                reaches = [self.of(part) for part in parts]
                return Reach(all(r.missing for r in reaches), _hull([r.bounds for r in reaches]))
            case Choose():
                return self._of_choice(expression)

    def _of_arithmetic(self, expression: Arithmetic) -> Reach:
        left, right = self.of(expression.left), self.of(expression.right)
        missing = left.missing or right.missing
        a, b = left.bounds, right.bounds
        match expression.operator:
            case "+":
                return Reach(missing, Bounds(a.low + b.low, a.high + b.high))
            case "-":
                return Reach(missing, Bounds(a.low - b.high, a.high - b.low))
            case "*":
                corners = [product(x, y) for x in (a.low, a.high) for y in (b.low, b.high)]
                return Reach(missing, Bounds(min(corners), max(corners)))
            case "/":
                nearest = 1 if b.low <= 0 <= b.high else min(abs(b.low), abs(b.high))
                biggest = half(max(abs(a.low), abs(a.high)) * SCALE, nearest)
                low = 0 if a.low >= 0 and b.low >= 0 else -biggest
                return Reach(missing or b.low <= 0 <= b.high, Bounds(low, biggest))

    def _of_extreme(self, which: str, parts: tuple[Expression, ...], skip: bool) -> Reach:
        reaches = [self.of(part) for part in parts]
        missing = all(r.missing for r in reaches) if skip else any(r.missing for r in reaches)
        sure = [r.bounds for r in reaches if not (skip and r.missing)]
        whole = _hull([r.bounds for r in reaches])
        if which == "least":
            high = min([b.high for b in sure], default=whole.high)
            return Reach(missing, Bounds(whole.low, high))
        low = max([b.low for b in sure], default=whole.low)
        return Reach(missing, Bounds(low, whole.high))

    def _of_choice(self, choice: Choose) -> Reach:
        """What a choice can be; after `x is missing -> …`, and under `x is not missing -> …`, x itself is not missing."""
        before = dict(self._known)
        reaches: list[Reach] = []
        for branch in choice.branches:
            match branch.when:
                case IsMissing(part=Input() | Defined() as absent):
                    reaches.append(self.of(branch.value))
                    self._present(absent)
                case Not(part=IsMissing(part=Input() | Defined() as present)):
                    known = dict(self._known)
                    self._present(present)
                    reaches.append(self.of(branch.value))
                    self._known = known
                case _:
                    reaches.append(self.of(branch.value))
        reaches.append(self.of(choice.otherwise))
        self._known = before
        return Reach(any(r.missing for r in reaches), _hull([r.bounds for r in reaches]))

    def _present(self, name: Input | Defined) -> None:
        self._known[name.name] = Reach(False, self._known.get(name.name, Reach(missing=False)).bounds)

    def _of_definition(self, definition: Definition) -> Reach:
        match definition:
            case Derive(value=value):
                return self.of(value)
            case Percentile():
                return Reach(missing=True, bounds=Bounds(0, 100 * SCALE))
            case Score():
                return self._of_score(definition)

    def _of_score(self, score: Score) -> Reach:
        missing, bounds = self.of_body(score)
        low, high = (_clamped(end, score.low, score.high) for end in (bounds.low, bounds.high))
        result = Bounds(round_to(low, score.digits), round_to(high, score.digits))
        return Reach(missing or (self._faults and not result.fits), result.clipped())

    def of_body(self, score: Score) -> tuple[bool, Bounds]:
        """Whether the score's body can be missing, and its bounds before the range clamps it."""
        match score.body:
            case Weighing(lines=lines, missing=policy):
                reaches = [self.of(line.part) for line in lines]
                some = any(r.missing for r in reaches)
                weighted = [
                    (line.weight, 0 if policy == "zero" and r.missing else None, r)
                    for line, r in zip(lines, reaches, strict=True)
                ]
                if policy == "share" and some:
                    bounds = _hull([r.bounds for r in reaches])
                    total = sum(line.weight for line in lines)
                    bounds = Bounds(
                        half(min(bounds.low * total, bounds.low * SCALE), SCALE),
                        half(max(bounds.high * total, bounds.high * SCALE), SCALE),
                    )
                    return True, bounds
                low = sum(w * (r.bounds.low if zero is None else min(0, r.bounds.low)) for w, zero, r in weighted)
                high = sum(w * (r.bounds.high if zero is None else max(0, r.bounds.high)) for w, zero, r in weighted)
                return some and policy != "zero", Bounds(half(low, SCALE), half(high, SCALE))
            case PointSum(lines=lines):
                spans = [_of_points(line) for line in lines]
                return False, Bounds(sum(b.low for b in spans), sum(b.high for b in spans))
            case Formula(value=value):
                reach = self.of(value)
                return reach.missing, reach.bounds


def _of_points(line: PointLine | PointTable | BestOf) -> Bounds:
    match line:
        case PointLine(points=points):
            return Bounds(min(0, points), max(0, points))
        case PointTable(rows=rows, otherwise=last, missing=none):
            values = [*(row.points for row in rows), last or 0, none or 0]
            return Bounds(min(values), max(values))
        case BestOf(lines=lines):
            return Bounds(min([0, *(_of_points(x).low for x in lines)]), max([0, *(_of_points(x).high for x in lines)]))


def _clamped(number: int, low: int | None, high: int | None) -> int:
    if low is not None:
        number = max(number, low)
    return number if high is None else min(number, high)


def _hull(bounds: list[Bounds]) -> Bounds:
    return Bounds(min(b.low for b in bounds), max(b.high for b in bounds))


def reaches_of(program: Program) -> Reaches:
    """The reaches of a whole program's inputs and definitions."""
    reaches = Reaches(program.fields, program.key.name)
    for definition in (*program.definitions, *program.relative):
        reaches.add(definition)
    return reaches
