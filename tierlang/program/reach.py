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
    Attribute,
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
    InTier,
    IsMissing,
    LookedUp,
    Negative,
    Not,
    OneOf,
    Rounded,
    TextMatch,
    kind_of,
)
from tierlang.program.holdings import DAYS_IN_TIER, HELD_TIER
from tierlang.program.nodes import (
    Aggregate,
    BestOf,
    Definition,
    Derive,
    Enduring,
    EventPoints,
    EventType,
    Fact,
    Field,
    Formula,
    Lookup,
    Percentile,
    PointLine,
    PointsPerEvent,
    PointSum,
    PointTable,
    Program,
    Score,
    Signal,
    Sustained,
    Weighing,
)
from tierlang.program.numbers import LIMIT, SCALE, half, product, round_to

_DAYS = 3_652_059 * SCALE
_MANY = 10**12 * SCALE
"""More events than any file has."""


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
        self._known[HELD_TIER] = Reach(missing=False)
        self._known[DAYS_IN_TIER] = Reach(missing=True, bounds=Bounds(0, _DAYS))
        self._known.update((field.name, _of_field(field)) for field in fields)
        self._attributes: dict[str, Reach] = {}
        self._lookups: dict[tuple[str, str], Reach] = {}
        self._events: dict[str, Reaches] = {}

    def add(self, definition: Definition) -> None:
        """Learn a definition whose parts are known. What was observed of a score may be of other rules, so it may be any number."""
        self._known[definition.name] = self._of_definition(definition)
        if isinstance(definition, Score):
            inner = Reaches((), "", faults=self._faults)
            inner._attributes = {definition.name: Reach(missing=True)}
            self._events[definition.name] = inner

    def add_event(self, event: EventType) -> None:
        """Learn an event type, so that `inside` can tell what its attributes can be."""
        inner = Reaches((), "", faults=self._faults)
        inner._known = self._known
        inner._attributes = {"at": Reach(missing=False)}
        inner._attributes.update((field.name, _of_field(field)) for field in event.fields)
        for derive in event.derives:
            inner._attributes[derive.name] = inner.of(derive.value)
        self._events[event.name] = inner

    def add_signal(self, signal: Signal) -> None:
        """Learn a signal: its present value, and its values in conditions on its observations."""
        reach = Reach(missing=True, bounds=_of_field(signal.value).bounds)
        self._known[signal.name] = reach
        inner = Reaches((), "", faults=self._faults)
        inner._attributes = {signal.name: reach}
        self._events[signal.name] = inner

    def add_lookup(self, lookup: Lookup) -> None:
        """Learn what the columns of a lookup can be."""
        for place, column in enumerate(lookup.columns):
            numbers = [row[1][place] for row in lookup.rows]
            present = [number for number in numbers if isinstance(number, int)]
            bounds = Bounds(min(present), max(present)) if present else ANY_NUMBER
            self._lookups[(lookup.name, column.name)] = Reach(missing=True, bounds=bounds)

    def inside(self, name: str) -> Reaches:
        """The reaches as expressions about one event of this type, or one observation of this signal or score, see them."""
        return self._events[name]

    def add_fact(self, fact: Fact) -> None:
        """Learn a fact of events or signals that are known."""
        match fact:
            case Aggregate():
                self._known[fact.name] = self._of_aggregate(fact)
            case EventPoints(up_to=up_to, points=points):
                end = up_to if up_to is not None else LIMIT - 1 if points > 0 else 1 - LIMIT
                self._known[fact.name] = Reach(
                    missing=self._faults and up_to is None, bounds=Bounds(min(0, end), max(0, end))
                )
            case Sustained(name=name):
                self._known[name] = Reach(missing=True)

    def _of_aggregate(self, fact: Aggregate) -> Reach:
        match fact.function:
            case "any":
                return Reach(missing=False)
            case "count" | "distinct":
                return Reach(missing=False, bounds=Bounds(0, _MANY))
            case "days since":
                return Reach(missing=True, bounds=Bounds(0, _DAYS))
            case "sum":
                assert fact.attribute is not None
                each = self.inside(fact.event).of(fact.attribute).bounds
                low, high = (0 if each.low >= 0 else 1 - LIMIT), (0 if each.high <= 0 else LIMIT - 1)
                return Reach(missing=self._faults, bounds=Bounds(low, high))
            case "largest" | "smallest" | "latest":
                assert fact.attribute is not None
                return Reach(missing=True, bounds=self.inside(fact.event).of(fact.attribute).bounds)

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
            case Attribute(name=name):
                return self._attributes.get(name, Reach(missing=True))
            case LookedUp(table=table, column=column):
                return self._lookups.get((table, column), Reach(missing=True))
            case AsOf() | IsMissing() | InTier():
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
        before = self._known
        # What is known here of names is known to expressions about events too, so it is a copy that changes.
        self._known = dict(before)
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
            case Enduring():
                return Reach(missing=True)
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
            case Weighing(scaled=True):
                return self._of_scaled(score.body)
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
                spans = [self._of_points(line) for line in lines]
                return False, Bounds(sum(b.low for b in spans), sum(b.high for b in spans))
            case Formula(value=value):
                reach = self.of(value)
                return reach.missing, reach.bounds

    def _of_scaled(self, body: Weighing) -> tuple[bool, Bounds]:
        """A weighted mean of the lines that apply: between the parts, and 0 where a missing part counts as that."""
        reaches = [self.of(line.part) for line in body.lines]
        some = any(reach.missing for reach in reaches)
        always = sum(line.weight for line in body.lines if line.when is None)
        ends = [reach.bounds for reach in reaches]
        if some and body.missing == "zero":
            ends.append(Bounds(0, 0))
        return always == 0 or (some and body.missing != "zero"), _hull(ends)

    def _of_points(self, line: PointLine | PointTable | PointsPerEvent | BestOf) -> Bounds:
        match line:
            case PointLine(points=points):
                return Bounds(min(0, points), max(0, points))
            case PointTable(rows=rows, otherwise=last, missing=none):
                values = [*(row.points for row in rows), last or 0, none or 0]
                return Bounds(min(values), max(values))
            case PointsPerEvent(points=each):
                return self.of(each).bounds
            case BestOf(lines=lines):
                inner = [self._of_points(each) for each in lines]
                return Bounds(min([0, *(b.low for b in inner)]), max([0, *(b.high for b in inner)]))


def _of_field(field: Field) -> Reach:
    low = 1 - LIMIT if field.low is None else field.low
    high = LIMIT - 1 if field.high is None else field.high
    return Reach(field.may_be_missing, Bounds(low, max(low, high)))


def _clamped(number: int, low: int | None, high: int | None) -> int:
    if low is not None:
        number = max(number, low)
    return number if high is None else min(number, high)


def _hull(bounds: list[Bounds]) -> Bounds:
    return Bounds(min(b.low for b in bounds), max(b.high for b in bounds))


def reaches_of(program: Program) -> Reaches:
    """The reaches of a whole program's inputs and definitions."""
    reaches = Reaches(program.fields, program.key.name)
    for event in program.events:
        reaches.add_event(event)
    for signal in program.signals:
        reaches.add_signal(signal)
    for lookup in program.lookups:
        reaches.add_lookup(lookup)
    for fact in program.facts:
        reaches.add_fact(fact)
    for definition in (*program.definitions, *program.relative):
        reaches.add(definition)
    return reaches
