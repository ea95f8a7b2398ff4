"""Expressions of the program as symbols, one `match` for the whole language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import cast

import z3  # type: ignore[import-untyped]

from tierlang.analysis.solving.comparing import as_number, compared, matched, one_of, tagged
from tierlang.analysis.solving.logic import Truth, conj, conjoined, disj, disjoined, neg, pick, scaled
from tierlang.analysis.solving.looking_up import looked_up
from tierlang.analysis.solving.room import Room
from tierlang.analysis.solving.rounding import kept, product, quotient, rounded_to
from tierlang.analysis.solving.symbols import Flag, Num, Symbol, Tags, Text, either, first_of, known, number, plain_flag
from tierlang.program.calendar import shift
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
    parts_of,
)
from tierlang.program.nodes import Program
from tierlang.program.numbers import SCALE
from tierlang.program.values import Kind, Value
from tierlang.source import Span


class Reader:
    """Expressions of one program as of one date. `name` finds inputs and definitions, `attribute` what an event in view has."""

    def __init__(
        self,
        room: Room,
        program: Program,
        as_of: dt.date,
        name: Callable[[str], Symbol],
        attribute: Callable[[str], Symbol] | None = None,
    ) -> None:
        self.room = room
        self.program = program
        self.as_of = as_of
        self.name = name
        self.attribute = attribute

    def about(self, attribute: Callable[[str], Symbol]) -> Reader:
        """The same, with an event (or an observation) in view."""
        return Reader(self.room, self.program, self.as_of, self.name, attribute)

    def flag(self, expression: Expression) -> Flag:
        """A condition."""
        found = self.of(expression)
        assert isinstance(found, Flag)
        return found

    def number(self, expression: Expression) -> Num:
        """A number or date."""
        found = self.of(expression)
        assert isinstance(found, Num)
        return found

    def of(self, expression: Expression) -> Symbol:
        """Any expression."""
        match expression:
            case Constant(value=value, kind=kind):
                return constant(self.room, value, kind)
            case Input(name=name) | Defined(name=name):
                return self.name(name)
            case Attribute(name=name):
                assert self.attribute is not None
                return self.attribute(name)
            case AsOf(offset=offset, direction=direction):
                day = (self.as_of if offset is None else shift(self.as_of, offset, direction)).toordinal()
                return Num(day, True, day, day, is_date=True)
            case InTier(span=span):
                self.room.unsure("which tier an account is in, only a run knows", span)
                tier = self.room.truth("tier")
                return Flag(tier, neg(tier))
            case _:
                return self._made(expression, [self.of(part) for part in parts_of(expression)])

    def _made(self, expression: Expression, parts: Sequence[Symbol]) -> Symbol:
        match expression:
            case AllOf():
                flags = cast("Sequence[Flag]", parts)
                return Flag(conjoined(each.true for each in flags), disjoined(each.false for each in flags))
            case AnyOf():
                flags = cast("Sequence[Flag]", parts)
                return Flag(disjoined(each.true for each in flags), conjoined(each.false for each in flags))
            case Not():
                (flag,) = cast("Sequence[Flag]", parts)
                return Flag(flag.false, flag.true)
            case AtLeast(count=count):
                return at_least(count, cast("Sequence[Flag]", parts))
            case IsMissing():
                there = known(parts[0])
                return Flag(neg(there), there)
            case FirstOf():
                return first_of(list(parts))
            case Choose():
                result = parts[-1]
                for at in range(len(parts) - 3, -1, -2):
                    result = either(cast(Flag, parts[at]).true, parts[at + 1], result)
                return result
            case Compare(operator=operator):
                return compared(self.room, operator, parts[0], parts[1])
            case OneOf(values=values):
                return one_of(self.room, parts[0], values)
            case TextMatch():
                return matched(self.room, expression, parts[0], parts[1], expression.span)
            case HasTag():
                return tagged(self.room, parts[0], parts[1], expression.span)
            case LookedUp():
                return looked_up(self.room, self.program, expression, list(parts))
            case _:
                return self._counted(expression, cast("Sequence[Num]", parts))

    def _counted(self, expression: Expression, parts: Sequence[Num]) -> Num:
        match expression:
            case Arithmetic(operator=operator, span=span):
                return _arithmetic(self.room, operator, parts[0], parts[1], span)
            case Negative():
                (one,) = parts
                return Num(scaled(one.value, -1), one.known, -one.high, -one.low)
            case Absolute():
                return _absolute(parts[0])
            case Rounded(digits=digits):
                return rounded_to(self.room, parts[0], digits)
            case Extreme(which=which, skip_missing=skip):
                return extreme(which, list(parts), skip)
            case DaysSince():
                (date,) = parts
                today = self.as_of.toordinal()
                return Num(
                    (today - date.value) * SCALE, date.known, (today - date.high) * SCALE, (today - date.low) * SCALE
                )
            case _:
                raise AssertionError(f"{type(expression).__name__} is not known to the solver")


def constant(room: Room, value: Value, kind: Kind) -> Symbol:
    """A constant; a missing one has the family of its kind."""
    match kind:
        case Kind.TEXT:
            return Text(room.text_number(value) if isinstance(value, str) else 0, isinstance(value, str))
        case Kind.FLAG:
            return plain_flag(cast("bool | None", value))
        case Kind.TAGS:
            return Tags(room.now.name, frozenset(cast("tuple[str, ...]", value or ())))
        case _:
            if value is None:
                return Num(0, False, 0, 0, kind is Kind.DATE)
            plain = as_number(value)
            return Num(plain, True, plain, plain, kind is Kind.DATE)


def at_least(count: int, flags: Sequence[Flag]) -> Flag:
    """Whether so many are true."""
    return Flag(_many([flag.true for flag in flags], count), neg(_many([neg(flag.false) for flag in flags], count)))


def _many(truths: list[Truth], count: int) -> Truth:
    count -= sum(truth is True for truth in truths)
    rest = [truth for truth in truths if not isinstance(truth, bool)]
    if count <= 0:
        return True
    if count > len(rest):
        return False
    if count == len(rest):
        return conjoined(rest)
    return disjoined(rest) if count == 1 else z3.PbGe([(truth, 1) for truth in rest], count)


def _arithmetic(room: Room, operator: str, left: Num, right: Num, span: Span | None) -> Num:
    there = conj(left.known, right.known)
    match operator:
        case "+":
            return kept(room, Num(left.value + right.value, there, left.low + right.low, left.high + right.high))
        case "-":
            return kept(room, Num(left.value - right.value, there, left.low - right.high, left.high - right.low))
        case "*":
            return product(room, left, right, span)
        case _:
            return quotient(room, left, right, span)


def _absolute(one: Num) -> Num:
    if one.low >= 0:
        return one
    low, high = sorted((abs(one.low), abs(one.high)))
    if isinstance(one.value, int):
        return number(abs(one.value)) if one.known is True else Num(abs(one.value), one.known, low, high)
    value = z3.If(one.value >= 0, one.value, -one.value)
    return Num(value, one.known, 0 if one.low <= 0 <= one.high else low, high)


def extreme(which: str, parts: list[Num], skip_missing: bool) -> Num:
    """The least or greatest of those that are known, or of all."""
    result = parts[0]
    for part in parts[1:]:
        result = _further(which, result, part, skip_missing)
    return result


def _further(which: str, one: Num, other: Num, skip_missing: bool) -> Num:
    if isinstance(one.value, int) and isinstance(other.value, int):
        first: Truth = one.value <= other.value if which == "least" else one.value >= other.value
    else:
        first = one.value <= other.value if which == "least" else one.value >= other.value
    low = min(one.low, other.low)
    high = max(one.high, other.high)
    if not skip_missing or (one.known is True and other.known is True):
        if which == "least":
            high = min(one.high, other.high)
        else:
            low = max(one.low, other.low)
        value = pick(first, one.value, other.value)
        return Num(value, conj(one.known, other.known), low, high, one.is_date)
    value = pick(conj(one.known, disj(first, neg(other.known))), one.value, other.value)
    return Num(value, disj(one.known, other.known), low, high, one.is_date)
