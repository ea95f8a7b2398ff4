"""From what z3 found to an account with its events and observations, as the interpreter takes them."""

from __future__ import annotations

import ast
import datetime as dt
from collections.abc import Sequence

import z3  # type: ignore[import-untyped]

from tierlang.analysis.solving.events import Listed, Slot
from tierlang.analysis.solving.logic import Amount, Truth
from tierlang.analysis.solving.observations import Observed
from tierlang.analysis.solving.room import Gathered, Room, can_be
from tierlang.analysis.solving.symbols import Flag, Num, Symbol, Tags, Text
from tierlang.analysis.solving.texts import Predicate, text_like
from tierlang.engines.interpreter.facts import Account, Event, Observation
from tierlang.engines.interpreter.signals import lasts_until
from tierlang.program.nodes import Field, Program, Signal
from tierlang.program.numbers import LIMIT, SCALE
from tierlang.program.values import Kind, Value


def read(model: z3.ModelRef, amount: Amount) -> int:
    """What a number is in the model."""
    if isinstance(amount, int):
        return amount
    return int(model.eval(amount, model_completion=True).as_long())


class Rebuilt:
    """One model of z3, read."""

    def __init__(self, room: Room, gathered: Gathered, model: z3.ModelRef) -> None:
        self.room = room
        self.gathered = gathered
        self.model = model
        self._texts: dict[int, str | None] = {}

    def truth(self, truth: Truth) -> bool:
        """Whether it is true in the model."""
        return truth if isinstance(truth, bool) else bool(z3.is_true(self.model.eval(truth, model_completion=True)))

    def number(self, amount: Amount) -> int:
        """What the number is in the model."""
        return read(self.model, amount)

    def value(self, symbol: Symbol, field: Field | None, name: str) -> Value:
        """The value of an input."""
        match symbol:
            case Flag():
                return True if self.truth(symbol.true) else False if self.truth(symbol.false) else None
            case Num():
                if not self.truth(symbol.known):
                    return None
                number = self.number(symbol.value)
                return dt.date.fromordinal(number) if symbol.is_date else number
            case Text():
                return self._text(self.number(symbol.value), field, name) if self.truth(symbol.known) else None
            case Tags():
                return self._tags(symbol)

    def _text(self, number: int, field: Field | None, name: str) -> str | None:
        constant = self.room.texts.text(number)
        if constant in self.gathered.constants and can_be(field, constant or ""):
            return constant
        if number not in self._texts:
            asked = self.gathered.predicates
            true: list[Predicate] = []
            false: list[Predicate] = []
            for each in asked:
                holds = self.room.texts.holds(each, z3.IntVal(number, self.room.context))
                (true if self.truth(holds) else false).append(each)
            taken = {text for text in self._texts.values() if text is not None} | self.gathered.constants
            self._texts[number] = text_like(true, false, taken, name.lower())
        return self._texts[number]

    def _tags(self, tags: Tags) -> tuple[str, ...]:
        found = []
        start = f"{tags.owner} has '"
        for name in self.gathered.names:
            if name.startswith((start, start[:-1] + '"')):
                flag = self.room.pieces[name].symbol
                assert isinstance(flag, Flag)
                if self.truth(flag.true):
                    found.append(_unquoted(name[len(tags.owner) + 5 :]))
        return tuple(sorted(found))


def _unquoted(shown: str) -> str:
    return str(ast.literal_eval(shown))


def plain_value(field: Field, as_of: dt.date) -> Value:
    """What a field has where nothing depends on it: nothing, or the plainest value it allows."""
    if field.default is not None:
        return field.default
    if not field.required:
        return () if field.kind is Kind.TAGS else None
    match field.kind:
        case Kind.TEXT:
            return field.one_of[0] if field.one_of else field.name.lower()
        case Kind.FLAG:
            return False
        case Kind.DATE:
            return as_of
        case Kind.TAGS:
            return (field.one_of[0] if field.one_of else field.name.lower(),)
        case _:
            low = 1 - LIMIT if field.low is None else field.low
            high = LIMIT - 1 if field.high is None else field.high - (1 if field.high_open else 0)
            step = SCALE if field.kind is Kind.WHOLE else 1
            return max(-(-low // step) * step, min(0, high // step * step))


def rebuild(
    program: Program,
    as_of: dt.date,
    rebuilt: Rebuilt,
    listed: Sequence[Listed],
    observed: Sequence[Observed],
) -> Account:
    """The account of one model."""
    names = set(rebuilt.gathered.names)
    values: dict[str, Value] = {}
    for field in program.fields:
        value = None
        if field.name in names:
            symbol = rebuilt.room.pieces[field.name].symbol
            assert symbol is not None
            value = rebuilt.value(symbol, field, field.name)
            if field.kind is Kind.TAGS and field.required and not value:
                value = plain_value(field, as_of)
        values[field.name] = plain_value(field, as_of) if value is None else value
    key: Value = None
    if program.key.name in names:
        symbol = rebuilt.room.pieces[program.key.name].symbol
        assert symbol is not None
        key = rebuilt.value(symbol, program.key, "account")
    events = {each.event.name: _events(as_of, rebuilt, each) for each in listed}
    signals = {each.signal.name: _observations(as_of, rebuilt, each) for each in observed}
    return Account(
        key if isinstance(key, str) else "account",
        values,
        {name: some for name, some in events.items() if some},
        {name: some for name, some in signals.items() if some},
    )


def _events(as_of: dt.date, rebuilt: Rebuilt, listed: Listed) -> tuple[Event, ...]:
    found: list[Event] = []
    for at, slot in enumerate(listed.slots):
        day = as_of - dt.timedelta(days=rebuilt.number(slot.age))
        for copy in range(rebuilt.number(slot.times)):
            found.append(Event(day, _attributes(as_of, rebuilt, slot, f"{at + 1}-{copy + 1}")))
    return tuple(found)


def _attributes(as_of: dt.date, rebuilt: Rebuilt, slot: Slot, which: str) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for field in slot.event.fields:
        piece = f"{slot.example.owner}: {field.name}"
        value: Value = None
        if field.name == slot.spread:
            value = f"{field.name} {which}" if not field.fold_case else f"{field.name} {which}".lower()
            symbol = rebuilt.room.pieces[piece].symbol if piece in rebuilt.gathered.names else None
            if isinstance(symbol, Text) and not rebuilt.truth(symbol.known):
                value = None
        elif piece in rebuilt.gathered.names:
            symbol = rebuilt.room.pieces[piece].symbol
            assert symbol is not None
            value = rebuilt.value(symbol, field, field.name)
        values[field.name] = plain_value(field, as_of) if value is None else value
    return values


def _observations(as_of: dt.date, rebuilt: Rebuilt, observed: Observed) -> tuple[Observation, ...]:
    """One observation at the beginning of each stretch, and again wherever the one before would lapse within it."""
    found: list[Observation] = []
    for stretch in reversed(observed.stretches):
        value = rebuilt.value(stretch.value, observed.signal.value, observed.signal.name)
        first = as_of - dt.timedelta(days=stretch.first)
        last = as_of - dt.timedelta(days=stretch.last)
        if value is None and (not found or found[-1].value is None):
            continue
        if found and found[-1].value == value:
            found += _again(observed.signal, found[-1], last)
            continue
        found.append(Observation(first, value))
        if value is not None:
            found += _again(observed.signal, found[-1], last)
    return tuple(found)


def _again(signal: Signal, latest: Observation, last: dt.date) -> list[Observation]:
    found: list[Observation] = []
    until = lasts_until(signal, latest.at)
    while until is not None and until < last:
        latest = Observation(until, latest.value)
        found.append(latest)
        longer = lasts_until(signal, until)
        assert longer is None or longer > until
        until = longer
    return found
