"""The part of a program that decides a claim: what it reads in the end, and whatever could make an account one that no run accepts."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from tierlang.analysis.confirm import asks_place
from tierlang.analysis.index import Index
from tierlang.program.expressions import Arithmetic, Expression, parts_of
from tierlang.program.nodes import Condition, EventPoints, Fact, Program, Score, Sustained


@attrs.define
class Slices:
    """The slices of a program, each made once."""

    index: Index
    _made: dict[frozenset[str], Program] = attrs.field(factory=dict)
    _risky: frozenset[str] | None = None
    _whole: bool = False

    def of(self, *claims: Expression) -> Program:
        """A program that says the same of these claims about any account, and stops on the same accounts."""
        program = self.index.program
        if self._risky is None:
            self._risky = self._find_risky()
        if self._whole or any(asks_place(program, claim) for claim in claims):
            return program
        read = [name for claim in claims for name in self.index.flows.names(claim)]
        names = self._risky.union(*(self.index.below(name) for name in read))
        made = self._made.get(names)
        if made is None:
            made = self._made[names] = _only(program, names)
        return made

    def _find_risky(self) -> frozenset[str]:
        """What the exclusions read, and everything in which a number can go out of bounds."""
        program = self.index.program
        self._whole = any(_counts(condition.test) for condition in _conditions(program))
        found: list[str] = []
        for exclusion in program.exclusions:
            found += self.index.flows.names(exclusion.when.test)
        for fact in program.facts:
            if _is_risky_fact(program, fact):
                found.append(f"d:{fact.name}")
        for definition in (*program.definitions, *program.relative):
            name = f"d:{definition.name}"
            open_ = isinstance(definition, Score) and (definition.low is None or definition.high is None)
            if open_ or any(_counts(each) for each in self.index.expressions(name)):
                found.append(name)
        return frozenset().union(*(self.index.below(name) for name in found))


def _only(program: Program, names: frozenset[str]) -> Program:
    return attrs.evolve(
        program,
        facts=tuple(each for each in program.facts if f"d:{each.name}" in names),
        definitions=tuple(each for each in program.definitions if f"d:{each.name}" in names),
        relative=tuple(each for each in program.relative if f"d:{each.name}" in names),
        signals=tuple(each for each in program.signals if f"s:{each.name}" in names),
        ladders=(),
        marks=(),
    )


def _conditions(program: Program) -> Iterable[Condition]:
    """The conditions that are asked of every account besides its definitions."""
    for exclusion in program.exclusions:
        yield exclusion.when
    for mark in program.marks:
        yield mark.when
    for ladder in program.ladders:
        yield from (each.when for each in ladder.shifts)
        yield from (each.when for each in (*ladder.floors, *ladder.caps))
        for tier in ladder.tiers:
            yield from () if tier.gate is None else (tier.gate,)
            yield from (play.when for play in tier.plays if play.when is not None)
            if tier.cluster is not None:
                yield from (Condition(row.test, row.name) for row in tier.cluster.rows)


def _is_risky_fact(program: Program, fact: Fact) -> bool:
    if isinstance(fact, Sustained):
        return _counts(fact.test)
    event = next(each for each in program.events if each.name == fact.event)
    inside = [derive.value for derive in event.derives] + ([] if fact.where is None else [fact.where.test])
    endless = fact.up_to is None if isinstance(fact, EventPoints) else fact.function == "sum"
    return endless or any(_counts(each) for each in inside)


def _counts(expression: Expression) -> bool:
    """Whether it computes with numbers, so that one can go out of bounds."""
    return isinstance(expression, Arithmetic) or any(_counts(part) for part in parts_of(expression))
