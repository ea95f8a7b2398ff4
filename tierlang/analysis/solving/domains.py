"""What a field (of an account, an event, a signal) can hold, as unknowns."""

from __future__ import annotations

import datetime as dt

import z3  # type: ignore[import-untyped]

from tierlang.analysis.solving.logic import Truth, conj, conjoined, disjoined, implies, neg
from tierlang.analysis.solving.room import OpenText, Room
from tierlang.analysis.solving.symbols import Flag, Num, Symbol, Tags, Text
from tierlang.program.nodes import Field
from tierlang.program.numbers import LIMIT, SCALE
from tierlang.program.values import Kind

FIRST_DAY, LAST_DAY = dt.date.min.toordinal(), dt.date.max.toordinal()


def field_symbol(room: Room, field: Field) -> Symbol:
    """Any value that a cell of the field can mean, or none where the field can be empty."""
    known: Truth = room.truth("known") if field.may_be_missing else True
    return value_symbol(room, field, known)


def value_symbol(room: Room, field: Field, known: Truth) -> Symbol:
    """Any value of the field."""
    match field.kind:
        case Kind.WHOLE | Kind.NUMBER | Kind.MONEY:
            return _number(room, field, known)
        case Kind.DATE:
            day = room.number("day")
            room.say(z3.And(day >= FIRST_DAY, day <= LAST_DAY))
            return Num(day, known, FIRST_DAY, LAST_DAY, is_date=True)
        case Kind.FLAG:
            flag = room.truth("flag")
            return Flag(conj(known, flag), conj(known, neg(flag)))
        case Kind.TEXT:
            return text_symbol(room, field, known)
        case Kind.TAGS:
            return Tags(room.now.name, frozenset(field.one_of) or None)


def _number(room: Room, field: Field, known: Truth) -> Num:
    step = SCALE if field.kind is Kind.WHOLE else 1
    low = 1 - LIMIT if field.low is None else field.low
    high = LIMIT - 1 if field.high is None else field.high - (1 if field.high_open else 0)
    least, most = -(-low // step), high // step
    if least > most:
        # Nothing fits, so the account has no value here.
        room.say(neg(known))
        return Num(0, False, 0, 0)
    steps = room.number("number")
    room.say(z3.And(steps >= least, steps <= most))
    return Num(steps * step if step > 1 else steps, known, least * step, most * step)


def text_symbol(room: Room, field: Field | None, known: Truth) -> Text:
    """Any text of the field."""
    value = room.number("text")
    room.now.texts.append(OpenText(value, field))
    if field is not None and field.one_of:
        for text in field.one_of:
            room.text_number(text)
        room.say(room.texts.among(value, field.one_of))
    return Text(value, known)


def has_tag(room: Room, tags: Tags, tag: str) -> Truth:
    """Whether the tags have this one."""
    if not tag.strip() or (tags.one_of is not None and tag not in tags.one_of):
        return False
    name = f"{tags.owner} has {tag!r}"
    found = room.piece(name, lambda: _one_flag(room))
    assert isinstance(found, Flag)
    return found.true


def _one_flag(room: Room) -> Flag:
    flag = room.truth("is")
    return Flag(flag, neg(flag))


def one_among(room: Room, values: list[int]) -> Num:
    """Some number of these."""
    value = room.number("one of")
    room.say(disjoined(value == each for each in sorted(set(values))))
    return Num(value, True, min(values), max(values))


def all_known(symbols: list[Symbol]) -> Truth:
    """Whether none of them is missing."""
    return conjoined(True if isinstance(symbol, Tags) else symbol.known for symbol in symbols)


__all__ = ["all_known", "field_symbol", "has_tag", "implies", "one_among", "text_symbol", "value_symbol"]
