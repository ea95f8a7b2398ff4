"""What expressions can be: their parts put together, each combination asked of the interpreter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tierlang.analysis.abstract import apply
from tierlang.analysis.cells.combining import Combiner, Named
from tierlang.analysis.cells.costs import OPERATION
from tierlang.analysis.cells.goals import Goal, goals_of
from tierlang.analysis.cells.items import Env, Item
from tierlang.analysis.cells.question import Question
from tierlang.analysis.flows import tier_name
from tierlang.analysis.keys import Cells, add, is_known
from tierlang.engines.interpreter.expressions import value_of
from tierlang.engines.interpreter.facts import Facts
from tierlang.program.expressions import (
    AllOf,
    AnyOf,
    AsOf,
    Constant,
    Defined,
    Expression,
    Input,
    InTier,
    parts_of,
)


class Reader:
    """Expressions of one question. `of_name` finds what a name can be."""

    def __init__(self, question: Question, combiner: Combiner, of_name: Named) -> None:
        self.question = question
        self.combiner = combiner
        self.of_name = of_name
        self.names = question.index.flows.names

    def of(self, expression: Expression, env: Env) -> Cells:
        """What an expression can be."""
        match expression:
            case Input(name=name):
                return self.of_name(f"i:{name}", env)
            case Defined(name=name):
                return self.of_name(f"d:{name}", env)
            case Constant(value=value):
                return {value: ()}
            case InTier():
                return self.of_name(tier_name(expression), env)
            case AsOf():
                return dict.fromkeys(apply(expression, (), self.question.nobody), ())
            case AllOf(parts=parts):
                return self.combiner.fold([self.item(part) for part in parts], env, True, _and, False)
            case AnyOf(parts=parts):
                return self.combiner.fold([self.item(part) for part in parts], env, False, _or, True)
            case _:
                return self._of_operation(expression, env)

    def item(self, expression: Expression) -> Item:
        """An expression as a part to put together."""
        return Item(self.names(expression), lambda env: self.of(expression, env))

    def _of_operation(self, expression: Expression, env: Env) -> Cells:
        names = self.names(expression)
        if env.keys() >= set(names) and all(is_known(env[name]) for name in names):
            return self._decided(expression, names, env)
        items = [self.item(part) for part in parts_of(expression)]
        cells: Cells = {}
        tried = 0
        for values, choice in self.combiner.pairings(items, env):
            tried += 1
            if tried % 100 == 0:
                self.question.costs.spend(100 * OPERATION)
            found = apply(expression, values, self.question.nobody)
            for key in found:
                # Several results, or one that is no value, are only what it could be.
                add(cells, key, choice if len(found) == 1 and is_known(key) else None)
        self.question.costs.spend(tried % 100 * OPERATION)
        return cells

    def _decided(self, expression: Expression, names: Sequence[str], env: Env) -> Cells:
        """What the interpreter says where all that is read is fixed; nothing where it is a fault."""
        inputs = {name[2:]: env[name] for name in names if name.startswith("i:")}
        defined = {name[2:]: env[name] for name in names if name.startswith("d:")}
        asked = self.question
        facts = Facts(asked.program, asked.nobody.account, asked.as_of, inputs, defined)
        asked.costs.spend(OPERATION)
        value = value_of(expression, facts, "")
        return {} if facts.faults else {value: ()}

    def goals(self, claim: Expression) -> list[Item]:
        """A claim as parts that must all hold: each has `True` among its keys where it can come out as it should."""
        return [self._goal(goal) for goal in goals_of(claim)]

    def _goal(self, goal: Goal) -> Item:
        def image(env: Env) -> Cells:
            cells: Cells = {}
            for key, choice in self.of(goal.test, env).items():
                if key in goal.wanted:
                    add(cells, True, choice)
            return cells

        return Item(self.names(goal.test), image)


def _and(one: Any, other: Any) -> Any:
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def _or(one: Any, other: Any) -> Any:
    if one is True or other is True:
        return True
    return None if one is None or other is None else False
