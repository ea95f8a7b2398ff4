"""The one rounding of the language for z3: half away from zero, exact, and the same number wherever the same thing is rounded."""

from __future__ import annotations

import z3  # type: ignore[import-untyped]

from tierlang.analysis.solving.logic import Amount, Truth, conj, implies, is_plain, pick, scaled
from tierlang.analysis.solving.room import Crooked, Room
from tierlang.analysis.solving.symbols import Num, Ratio
from tierlang.program.numbers import LIMIT, SCALE, half
from tierlang.source import Span


def is_half(result: Amount, top: Amount, bottom: int, low: int, high: int) -> Truth:
    """Whether `result` is top / bottom, rounded half away from zero; `low` and `high` are bounds of the top."""
    twice = 2 * bottom * result - 2 * top
    if bottom % 2 == 1 and bottom > 1:
        return z3.And(twice < bottom, twice > -bottom)
    away, back = z3.And(twice <= bottom, twice > -bottom), z3.And(twice < bottom, twice >= -bottom)
    if low >= 0:
        return away
    if high <= 0:
        return back
    return conj(implies(top >= 0, away), implies(top < 0, back))


def halved(room: Room, top: Amount, bottom: int, low: int, high: int) -> Amount:
    """top / bottom, rounded to a whole number."""
    if isinstance(top, int):
        return half(top, bottom)
    if bottom == 1:
        return top
    # What is equal is written alike, so that it shares one rounding.
    plain = z3.simplify(top)
    if z3.is_int_value(plain):
        return half(plain.as_long(), bottom)

    def make() -> Num:
        result = room.number("rounded")
        room.say(is_half(result, plain, bottom, low, high))
        room.kept.append(plain)
        return Num(result)

    rounded = room.piece(f"rounded {plain.get_id()} by {bottom} {low >= 0} {high <= 0}", make)
    assert isinstance(rounded, Num)
    return rounded.value


def rounded_to(room: Room, number: Num, digits: int) -> Num:
    """The number, rounded to so many digits."""
    step = 10 ** (4 - digits)
    value = halved(room, number.value, step, number.low, number.high)
    return kept(
        room, Num(scaled(value, step), number.known, half(number.low, step) * step, half(number.high, step) * step)
    )


def kept(room: Room, number: Num) -> Num:
    """The number, if it is one of the language: an account for which it is not is a fault, and no account of ours."""
    if -LIMIT < number.low and number.high < LIMIT:
        return number
    inside: Truth
    if is_plain(number.value):
        inside = -LIMIT < number.value < LIMIT
    else:
        inside = z3.And(number.value > -LIMIT, number.value < LIMIT)
    known = number.known
    if room.spares:
        known = conj(known, inside)
    else:
        room.say(implies(known, inside))
    low, high = min(max(number.low, 1 - LIMIT), LIMIT - 1), max(min(number.high, LIMIT - 1), 1 - LIMIT)
    return Num(number.value, known, low, high)


def product(room: Room, left: Num, right: Num, span: Span | None) -> Num:
    """left × right."""
    if isinstance(left.value, int) and not isinstance(right.value, int):
        left, right = right, left
    known = conj(left.known, right.known)
    corners = [half(x * y, SCALE) for x in (left.low, left.high) for y in (right.low, right.high)]
    low, high = min(corners), max(corners)
    if isinstance(right.value, int):
        ends = sorted((left.low * right.value, left.high * right.value))
        value = _by_constant(room, left.value, right.value, ends[0], ends[1])
        return kept(room, Num(value, known, low, high))
    value = room.number("product")
    _between(room, value, low, high)
    room.now.crooked.append(Crooked("*", value, left.value, right.value, known, span))
    for one, other in ((left, right), (right, left)):
        room.say(implies(known, z3.Implies(one.value == 0, value == 0)))
        room.say(implies(known, z3.Implies(one.value == SCALE, value == other.value)))
        if other.low >= 0:
            room.say(
                implies(known, z3.And(z3.Implies(one.value >= 0, value >= 0), z3.Implies(one.value <= 0, value <= 0)))
            )
            room.say(implies(known, z3.Implies(z3.And(one.value >= SCALE), value >= other.value)))
            room.say(implies(known, z3.Implies(z3.And(one.value >= 0, one.value <= SCALE), value <= other.value)))
    return kept(room, Num(value, known, low, high))


def _by_constant(room: Room, value: Amount, factor: int, low: int, high: int) -> Amount:
    if factor % SCALE == 0:
        return scaled(value, factor // SCALE)
    return halved(room, scaled(value, factor), SCALE, low, high)


def quotient(room: Room, left: Num, right: Num, span: Span | None) -> Num:
    """left / right; missing where that is 0."""
    known = conj(left.known, right.known)
    if isinstance(right.value, int):
        if right.value == 0:
            return Num(0, False, 0, 0)
        sign, bottom = (1 if right.value > 0 else -1), abs(right.value)
        ends = sorted((left.low * SCALE * sign, left.high * SCALE * sign))
        value = halved(room, scaled(left.value, SCALE * sign), bottom, ends[0], ends[1])
        return kept(room, Num(value, known, half(ends[0], bottom), half(ends[1], bottom)))
    known = conj(known, right.value != 0)
    across = right.low <= 0 <= right.high
    nearest = 1 if across else min(abs(right.low), abs(right.high))
    biggest = half(max(abs(left.low), abs(left.high)) * SCALE, nearest)
    low = 0 if left.low >= 0 and right.low >= 0 else -biggest
    value = room.number("quotient")
    _between(room, value, low, biggest)
    room.now.crooked.append(Crooked("/", value, left.value, right.value, known, span))
    if right.low >= 0:
        room.say(implies(known, same_sign(value, left.value)))
        ratio = Ratio(left.value, right.value)
    else:
        ratio = None
    found = kept(room, Num(value, known, low, biggest))
    return Num(found.value, found.known, found.low, found.high, ratio=ratio)


def same_sign(value: Amount, other: Amount) -> Truth:
    """A rounded quotient by a positive number is on the other's side of 0, or at it."""
    return conj(implies(other >= 0, value >= 0), implies(other <= 0, value <= 0))


def _between(room: Room, value: Amount, low: int, high: int) -> None:
    room.say(z3.And(value >= low, value <= high))


def ratio_at_least(ratio: Ratio, bound: int) -> Truth:
    """Whether top / bottom (bottom above 0), rounded, is at least a constant: linear, as the rounding of the one sum shows."""
    # half(n, d) >= c: for c > 0 the tie n/d = c - 1/2 is rounded up to c, for c <= 0 away from 0, to c - 1.
    top, bottom = 2 * SCALE * ratio.top, (2 * bound - 1) * ratio.bottom
    return top >= bottom if bound > 0 else top > bottom


def exactly(each: Crooked) -> Truth:
    """The product or quotient as z3's own multiplication of unknowns has it."""
    if each.operator == "*":
        top = each.left * each.right
        return implies(each.known, is_half(each.result, top, SCALE, -1, 1))
    twice = 2 * each.right * each.result - 2 * SCALE * each.left
    size = z3.If(each.right > 0, each.right, -each.right)
    positive = (each.left >= 0) == (each.right > 0)
    away, back = z3.And(twice <= size, twice > -size), z3.And(twice < size, twice >= -size)
    turned = z3.And(-twice <= size, -twice > -size), z3.And(-twice < size, -twice >= -size)
    return implies(
        each.known,
        z3.If(
            each.right > 0,
            z3.If(positive, away, back),
            z3.If(positive, turned[0], turned[1]),
        ),
    )


def fixed(each: Crooked, value: int, *, right: bool) -> Truth:
    """The product or quotient where one side (of a quotient the right one) is this very number, which makes it linear."""
    side, other = (each.right, each.left) if right else (each.left, each.right)
    if each.operator == "*":
        result = is_half(each.result, scaled(other, value), SCALE, -1, 1)
    elif value == 0:
        result = True
    else:
        result = is_half(each.result, scaled(other, SCALE if value > 0 else -SCALE), abs(value), -1, 1)
    return conj(side == value, implies(each.known, result))


def clamped(top: Amount, low: int | None, high: int | None) -> Amount:
    """The number, no less than `low` and no more than `high`."""
    if low is not None:
        top = max(top, low) if isinstance(top, int) else pick(top < low, low, top)
    if high is not None:
        top = min(top, high) if isinstance(top, int) else pick(top > high, high, top)
    return top
