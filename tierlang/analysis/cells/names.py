"""What a field, definition, fact, signal, or the events of a type can be, by its name (see `analysis.index` for the names)."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from tierlang.analysis.abstract import widest
from tierlang.analysis.cells import facts
from tierlang.analysis.cells.combining import Combiner
from tierlang.analysis.cells.compressing import compressed
from tierlang.analysis.cells.expressions import Reader
from tierlang.analysis.cells.items import Env
from tierlang.analysis.cells.question import Question, fixed
from tierlang.analysis.cells.scores import of_score
from tierlang.analysis.domains import domain_of
from tierlang.analysis.keys import Cells, Span, add
from tierlang.program.expressions import Defined, Expression
from tierlang.program.nodes import (
    Aggregate,
    Derive,
    EventPoints,
    EventType,
    Field,
    Percentile,
    Score,
    Signal,
    Sustained,
)
from tierlang.program.numbers import SCALE
from tierlang.program.values import Kind


class Names:
    """The names of one question."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.combiner = Combiner(question.costs, question.kept.plans, self.of)
        self.reader = Reader(question, self.combiner, self.of)

    def of(self, name: str, env: Env) -> Cells:
        """What the name can be, some names being fixed; found once for all questions that do the same with all below it."""
        if name in env:
            return {env[name]: ()}
        key = (name, self.question.signature(name), fixed(self.question.index.below(name), env))
        return self.question.costs.remember(key, lambda: self._find(name, env))

    def _find(self, name: str, env: Env) -> Cells:
        node = self.question.index.nodes.get(name)
        match node:
            case Field():
                return self.question.fields.of(name, node)
            case Derive(value=value, kind=kind):
                return self._guarded(name, kind, env, lambda: self.reader.of(value, env))
            case Score():
                return self._guarded(name, Kind.NUMBER, env, lambda: of_score(self.reader, node, env))
            case Percentile():
                return self._of_percentile(name, node, env)
            case EventType():
                return facts.events(self.question, name, node, env, self.of)
            case Aggregate(event=event) | EventPoints(event=event):
                return self._of_figure(name, node, f"e:{event}", env)
            case Sustained(signal=signal):
                return self._of_figure(name, node, f"s:{signal}", env)
            case Signal() if name.startswith("d:"):
                return self._of_figure(name, node, f"s:{node.name}", env)
            case Signal():
                return facts.observations(self.question, name, node)
            case _:
                return self._of_guess(name, env)

    def _guarded(self, name: str, kind: Kind, env: Env, find: Callable[[], Cells]) -> Cells:
        """What a definition can be; anything within its bounds where finding it takes too long."""
        question = self.question
        # What is done with the value itself makes no difference to how long finding it takes.
        key = (name, question.signature_inside(name), fixed(question.index.below(name), env))
        cells = question.costs.attempt(key, find)
        if cells is None:
            if not kind.is_numeric:
                return dict.fromkeys(widest(kind))
            reach = question.kept.reaches.of(Defined(name[2:], kind))
            return dict.fromkeys([Span(reach.bounds.low, reach.bounds.high), *([None] if reach.missing else [])])
        return compressed(cells, question.uses.get(name, frozenset())) if kind.is_numeric else cells

    def _of_figure(self, name: str, node: Aggregate | EventPoints | Sustained | Signal, group: str, env: Env) -> Cells:
        return facts.figure(self.question, name, node, group, self.of(group, env))

    def _of_guess(self, name: str, env: Env) -> Cells:
        """What only the population decides: anything, and as it is of an account alone."""
        cells: Cells = {}
        guess = self.question.index.guess(name)
        if guess is not None:
            for key, choice in self.reader.of(guess, env).items():
                add(cells, key is True, choice)
        for way in (True, False) if name.startswith("t:") else (True, False, None):
            add(cells, way, None)
        return cells

    def _of_percentile(self, name: str, node: Percentile, env: Env) -> Cells:
        """A percentile: of an account alone it is 100; among others it can be anything."""
        program = self.question.program
        tests: list[Expression] = [node.of] if node.where is None else [node.of, node.where.test]
        number = attrs.evolve(program.key, kind=Kind.WHOLE, low=0, high=100 * SCALE, required=False)
        others = domain_of(number, self.question.uses.get(name, ()), (), self.question.as_of)
        cells: Cells = {}
        for (value, *where), choice in self.combiner.side_by_side([self.reader.item(each) for each in tests], env):
            counts = value is not None and where in ([], [True])
            add(cells, 100 * SCALE if counts else None, choice)
        # Of excluded accounts it is missing.
        for key in (*others.values, *others.spans, None):
            add(cells, key, None)
        return cells
