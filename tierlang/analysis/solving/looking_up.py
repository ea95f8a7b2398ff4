"""Lookups: small tables row by row, large ones as any of their values."""

from __future__ import annotations

from collections.abc import Sequence

from tierlang.analysis.solving.comparing import as_number
from tierlang.analysis.solving.domains import all_known
from tierlang.analysis.solving.logic import Truth, conj, conjoined, disjoined, neg, pick
from tierlang.analysis.solving.room import Room
from tierlang.analysis.solving.symbols import Flag, Num, Symbol, Tags, Text
from tierlang.program.expressions import LookedUp
from tierlang.program.nodes import Lookup, Program
from tierlang.program.values import Kind, Value

MANY_ROWS = 400
"""Above it a table is not written out for the solver."""


def looked_up(room: Room, program: Program, expression: LookedUp, items: list[Symbol]) -> Symbol:
    """What the table says of the account in this column."""
    lookup = next(each for each in program.lookups if each.name == expression.table)
    place = [column.name for column in lookup.columns].index(expression.column)
    if len(lookup.rows) > MANY_ROWS:
        return _any_value(room, lookup, place, expression, items)
    name = f"lookup {lookup.name} by {' '.join(item.name for item in expression.items)}"
    rows = [(_fits(room, name, at, items, row[0]), row[1][place]) for at, row in enumerate(lookup.rows)]
    given = [(fits, value) for fits, value in rows if value is not None]
    return _chosen(room, expression.kind, given)


def _fits(room: Room, name: str, at: int, items: list[Symbol], wanted: tuple[Value, ...]) -> Truth:
    """Whether this is the account's row; one truth for all the columns that are read from it."""

    def make() -> Symbol:
        fits = conjoined(_is(room, item, value) for item, value in zip(items, wanted, strict=True))
        if isinstance(fits, bool):
            return Flag(fits, not fits)
        named = room.truth("fits")
        room.say(named == fits)
        return Flag(named, neg(named))

    found = room.piece(f"{name} row {at}", make)
    assert isinstance(found, Flag)
    return found.true


def _is(room: Room, item: Symbol, value: Value) -> Truth:
    match item:
        case Text():
            return conj(item.known, item.value == room.text_number(str(value)))
        case Num():
            return conj(item.known, item.value == as_number(value))
        case Flag():
            return item.true if value else item.false
        case Tags():
            raise AssertionError("a table is not matched by tags")


def _chosen(room: Room, kind: Kind, given: Sequence[tuple[Truth, Value]]) -> Symbol:
    """No two rows fit one account."""
    if kind is Kind.FLAG:
        return Flag(
            disjoined(fits for fits, value in given if value is True),
            disjoined(fits for fits, value in given if value is False),
        )
    there = disjoined(fits for fits, _ in given)
    numbers = [room.text_number(str(value)) if kind is Kind.TEXT else as_number(value) for _, value in given]
    by_value: dict[int, list[Truth]] = {}
    for (fits, _), number in zip(given, numbers, strict=True):
        by_value.setdefault(number, []).append(fits)
    result: object = numbers[0] if numbers else 0
    for number, fit in list(by_value.items())[1:]:
        result = pick(disjoined(fit), number, result)
    if kind is Kind.TEXT:
        return Text(result, there)
    return Num(result, there, min(numbers, default=0), max(numbers, default=0), kind is Kind.DATE)


def _any_value(room: Room, lookup: Lookup, place: int, expression: LookedUp, items: list[Symbol]) -> Symbol:
    """Any of the values of a large table: sound, but an account found so may not be one."""
    room.unsure(f"`{lookup.name}` has {len(lookup.rows)} rows, too many to look through one by one", expression.span)
    known = room.truth("found")
    room.say(disjoined([neg(known), all_known(items)]))
    values = [row[1][place] for row in lookup.rows if row[1][place] is not None]
    flag = room.truth("value")
    if expression.kind is Kind.FLAG:
        return Flag(
            conj(known, flag) if True in values else False, conj(known, neg(flag)) if False in values else False
        )
    distinct = sorted(
        {room.text_number(str(value)) if expression.kind is Kind.TEXT else as_number(value) for value in values}
    )
    if not distinct:
        return Text(0, False) if expression.kind is Kind.TEXT else Num(0, False, 0, 0)
    value = room.number("value")
    if len(distinct) <= MANY_ROWS:
        room.say(disjoined(value == each for each in distinct))
    else:
        room.say(conj(value >= distinct[0], value <= distinct[-1]))
    if expression.kind is Kind.TEXT:
        return Text(value, known)
    return Num(value, known, distinct[0], distinct[-1], expression.kind is Kind.DATE)
