"""Comparisons, matches and choices among constants."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tierlang.analysis.solving.domains import has_tag
from tierlang.analysis.solving.logic import Truth, conj, disjoined, implies, neg, same
from tierlang.analysis.solving.room import Room
from tierlang.analysis.solving.rounding import ratio_at_least
from tierlang.analysis.solving.symbols import Flag, Num, Symbol, Tags, Text
from tierlang.program.expressions import CompareOperator, TextMatch
from tierlang.program.values import Value
from tierlang.source import Span


def judged(known: Truth, truth: Truth) -> Flag:
    """True or false where it is known."""
    return Flag(conj(known, truth), conj(known, neg(truth)))


def compared(room: Room, operator: CompareOperator, left: Symbol, right: Symbol) -> Flag:
    """One value against another."""
    match left, right:
        case Num(), Num():
            return judged(conj(left.known, right.known), _numbers(room, operator, left, right))
        case Text(), Text():
            equal = left.value == right.value
            return judged(conj(left.known, right.known), equal if operator == "=" else neg(equal))
        case Flag(), Flag():
            return judged(
                conj(left.known, right.known), same(left.true, right.true if operator == "=" else right.false)
            )
        case _:
            raise AssertionError("two families of values are compared")


def _numbers(room: Room, operator: CompareOperator, left: Num, right: Num) -> Truth:
    match operator:
        case "=":
            return conj(_at_least(room, left, right), _at_least(room, right, left))
        case "!=":
            return neg(conj(_at_least(room, left, right), _at_least(room, right, left)))
        case ">=":
            return _at_least(room, left, right)
        case "<=":
            return _at_least(room, right, left)
        case ">":
            return neg(_at_least(room, right, left))
        case "<":
            return neg(_at_least(room, left, right))


def _at_least(room: Room, left: Num, right: Num) -> Truth:
    if left.low >= right.high:
        return True
    if left.high < right.low:
        return False
    if left.ratio is not None and isinstance(right.value, int):
        # What the quotient is above needs no division, and ties its rounded value down.
        truth = ratio_at_least(left.ratio, right.value)
        room.say(implies(left.known, same(left.value >= right.value, truth)))
        return truth
    if right.ratio is not None and isinstance(left.value, int):
        truth = ratio_at_least(right.ratio, left.value + 1)
        room.say(implies(right.known, same(right.value >= left.value + 1, truth)))
        return neg(truth)
    return left.value >= right.value


def one_of(room: Room, item: Symbol, values: tuple[Value, ...]) -> Flag:
    """Whether it is one of these constants."""
    match item:
        case Text():
            texts = tuple(value for value in values if isinstance(value, str))
            for text in texts:
                room.text_number(text)
            return judged(item.known, room.texts.among(item.value, texts))
        case Num():
            numbers = [as_number(value) for value in values]
            return judged(
                item.known, disjoined(_numbers(room, "=", item, Num(each, True, each, each)) for each in numbers)
            )
        case Flag():
            true = True in values
            false = False in values
            return Flag(
                disjoined([conj(item.true, true), conj(item.false, false)]),
                disjoined([conj(item.true, not true), conj(item.false, not false)]),
            )
        case Tags():
            raise AssertionError("tags are not one of a list")


def as_number(value: Any) -> int:
    """A constant number, or a date as its ordinal."""
    return value.toordinal() if isinstance(value, dt.date) else int(value)


def matched(room: Room, match: TextMatch, text: Symbol, fragment: Symbol, span: Span | None) -> Flag:
    """Whether a text contains, starts with or ends with another."""
    assert isinstance(text, Text)
    assert isinstance(fragment, Text)
    known = conj(text.known, fragment.known)
    constant = room.texts.text(fragment.value) if isinstance(fragment.value, int) else None
    if constant is not None:
        return judged(known, room.says_text((match.operator, constant), text.value))
    room.unsure(f"one text is searched for in another (`{match.operator}`), and both are open", span)
    return judged(known, room.truth("found"))


def tagged(room: Room, tags: Symbol, tag: Symbol, span: Span | None) -> Flag:
    """Whether tags have one of a name."""
    assert isinstance(tags, Tags)
    assert isinstance(tag, Text)
    constant = room.texts.text(tag.value) if isinstance(tag.value, int) else None
    if constant is not None:
        return judged(tag.known, has_tag(room, tags, constant))
    room.unsure("a tag is asked for by a text that is open", span)
    return judged(tag.known, room.truth("found"))
