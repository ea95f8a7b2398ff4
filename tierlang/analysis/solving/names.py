"""Names of the program as symbols: inputs, facts, signals and definitions, each made when it is first read."""

from __future__ import annotations

import datetime as dt

from tierlang.analysis.solving.domains import field_symbol, text_symbol
from tierlang.analysis.solving.expressions import Reader
from tierlang.analysis.solving.facts import Facts
from tierlang.analysis.solving.logic import conj, neg
from tierlang.analysis.solving.room import Room
from tierlang.analysis.solving.scores import score_symbol
from tierlang.analysis.solving.symbols import Flag, Num, Symbol, known
from tierlang.program.nodes import Derive, Enduring, Percentile, Program, Score
from tierlang.program.numbers import SCALE

PERCENTILE = "a percentile needs all accounts"
TOP = "who is in a `top` only all accounts together tell"


class Names:
    """The names of one program as of one date."""

    def __init__(self, room: Room, program: Program, as_of: dt.date) -> None:
        self.room = room
        self.program = program
        self.reader = Reader(room, program, as_of, self)
        self.facts = Facts(room, program, as_of, self.reader)
        self._fields = {field.name: field for field in (program.key, *program.fields)}
        self._signals = {signal.name: signal for signal in program.signals}
        self._facts = {fact.name: fact for fact in program.facts}
        self._definitions = {each.name: each for each in (*program.definitions, *program.relative)}

    def __call__(self, name: str) -> Symbol:
        return self.room.piece(name, lambda: self._make(name))

    def _make(self, name: str) -> Symbol:
        if name == self.program.key.name:
            return text_symbol(self.room, self.program.key, True)
        if name in self._fields:
            return field_symbol(self.room, self._fields[name])
        if name in self._signals:
            return self.facts.signal(self._signals[name])
        if name in self._facts:
            return self.facts.fact(self._facts[name])
        if name not in self._definitions:
            self.room.unsure(TOP, None)
            flag = self.room.truth("in top")
            return Flag(flag, neg(flag))
        match self._definitions[name]:
            case Enduring():
                self.room.unsure(TOP, None)
                flag = self.room.truth("enduring")
                return Flag(flag, neg(flag))
            case Derive(value=value):
                return self.reader.of(value)
            case Score() as score:
                return score_symbol(self.reader, score)
            case Percentile() as percentile:
                return self._percentile(percentile)

    def _percentile(self, percentile: Percentile) -> Symbol:
        """Any whole number up to 100, or none: other accounts decide. Alone an account has 100."""
        there = known(self(percentile.of.name))
        if percentile.where is not None:
            there = conj(there, self.reader.flag(percentile.where.test).true)
        for exclusion in self.program.exclusions:
            there = conj(there, neg(self.reader.flag(exclusion.when.test).true))
        self.room.unsure(PERCENTILE, percentile.span)
        steps = self.room.number("percentile")
        self.room.say(steps >= 0)
        self.room.say(steps <= 100)
        return Num(SCALE * steps, there, 0, 100 * SCALE)
