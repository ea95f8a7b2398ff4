"""Conditions of mobility as questions of the analysis: what they ask of the tier that an account holds is answered, or becomes an input like any other."""

from __future__ import annotations

import attrs

from tierlang.analysis.moving.mapping import mapped
from tierlang.program.expressions import (
    AllOf,
    Attribute,
    Constant,
    Defined,
    Expression,
    Input,
    OneOf,
    inputs_of,
)
from tierlang.program.holdings import DAYS_IN_TIER, HELD_TIER
from tierlang.program.nodes import Condition, Derive, Enduring, Field, Program
from tierlang.program.values import Kind

_WAYS = frozenset((HELD_TIER, DAYS_IN_TIER))


def days_in(tier: str) -> Input:
    """How long an account has held this tier, at the moment at which it is asked: free, so an input. A name with a space is nobody's."""
    return Input(f"days in {tier}", Kind.WHOLE)


def lasted(enduring: Enduring) -> Input:
    """Whether what a condition on a score says has lasted as long as it must, where it is true now: the past decides, so an input."""
    return Input(f"lasted {enduring.name}", Kind.FLAG)


def with_time(program: Program) -> Program:
    """The program with the inputs that its conditions about time come down to."""
    read = {each.name for each in _all_inputs(program)}
    fields: list[Field] = []
    if DAYS_IN_TIER in read:
        for tier in program.ladders[0].tiers:
            fields.append(attrs.evolve(_plain(program), name=days_in(tier.name).name, kind=Kind.WHOLE, low=0))
    for made in program.enduring:
        fields.append(attrs.evolve(_plain(program), name=lasted(made).name, kind=Kind.FLAG))
    return attrs.evolve(program, fields=(*program.fields, *fields)) if fields else program


def _plain(program: Program) -> Field:
    """A field that every account has, and that allows everything of its kind."""
    return Field(program.key.name, Kind.TEXT, required=True)


def _all_inputs(program: Program) -> list[Input | Defined]:
    derived = [each.value for each in (*program.definitions, *program.relative) if isinstance(each, Derive)]
    return [each for test in (*derived, *(each.test for each in conditions(program))) for each in inputs_of(test)]


def conditions(program: Program) -> tuple[Condition, ...]:
    """All conditions of mobility: those of `keep while`, holds and triggers."""
    keeps = [tier.keep for tier in program.ladders[0].tiers if tier.keep is not None] if program.ladders else []
    mobility = program.mobility
    if mobility is None:
        return tuple(keeps)
    return (*keeps, *(hold.when for hold in mobility.holds), *(trigger.when for trigger in mobility.triggers))


class Standing:
    """The conditions of one program's mobility, each asked for a tier at a time."""

    def __init__(self, program: Program) -> None:
        self._enduring = {each.name: each for each in program.enduring}
        self._made: dict[tuple[int, str, bool], tuple[Expression, Expression]] = {}
        self._derives = self._reading(program)

    def _reading(self, program: Program) -> dict[str, Derive]:
        """The derived values that read the held tier, how long it was held, or what has lasted, themselves or through each other."""
        found: dict[str, Derive] = {}
        for each in (*program.definitions, *program.relative):
            if isinstance(each, Derive):
                names = {one.name for one in inputs_of(each.value)}
                if names & (_WAYS | self._enduring.keys() | found.keys()):
                    found[each.name] = each
        return found

    def of(self, test: Expression, tier: str, *, frozen: bool = False) -> Expression:
        """The condition of an account that holds this tier. `frozen`: nothing has changed for long, so what is true now has lasted."""
        key = (id(test), tier, frozen)
        known = self._made.get(key)
        if known is None:
            known = self._made[key] = (test, self._in(test, tier, frozen))
        return known[1]

    def asks_time(self, test: Expression) -> bool:
        """Whether a condition reads anything that only the ledger knows."""
        names = {each.name for each in inputs_of(test)}
        return bool(names & (_WAYS | self._enduring.keys() | self._derives.keys()))

    def _in(self, test: Expression, tier: str, frozen: bool) -> Expression:
        match test:
            case OneOf(item=Defined(name=name), values=values) if name == HELD_TIER:
                return Constant(tier in values, Kind.FLAG)
            case Defined(name=name) if name == HELD_TIER:
                return Constant(tier, Kind.TEXT)
            case Defined(name=name) if name == DAYS_IN_TIER:
                return days_in(tier)
            case Defined(name=name) if name in self._enduring:
                made = self._enduring[name]
                now = _now(made.test, made.score)
                return now if frozen else AllOf((now, lasted(made)), span=test.span)
            case Defined(name=name) if name in self._derives:
                return self.of(self._derives[name].value, tier, frozen=frozen)
            case _:
                return mapped(test, lambda part: self._in(part, tier, frozen))

    def endures(self, test: Expression) -> tuple[Enduring, ...]:
        """The conditions on scores that must have lasted, that a condition reads."""
        found: dict[str, Enduring] = {}
        waiting = [test]
        while waiting:
            for each in inputs_of(waiting.pop()):
                if each.name in self._enduring:
                    found[each.name] = self._enduring[each.name]
                elif each.name in self._derives:
                    waiting.append(self._derives[each.name].value)
        return tuple(found.values())


def _now(test: Expression, score: str) -> Expression:
    """What a condition on a score's observations says of the score itself."""
    if isinstance(test, Attribute) and test.name == score:
        return Defined(score, Kind.NUMBER)
    return mapped(test, lambda part: _now(part, score))
