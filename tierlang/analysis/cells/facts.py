"""What facts and signals can be: the figures of one event type, or of one signal, are found together and read from there."""

from __future__ import annotations

from typing import Any

from tierlang.analysis.cells.combining import Named
from tierlang.analysis.cells.items import Env
from tierlang.analysis.cells.question import Question
from tierlang.analysis.histories.anything import anything, unfold
from tierlang.analysis.histories.courses import Asked, courses
from tierlang.analysis.histories.events import histories
from tierlang.analysis.histories.figures import Figures
from tierlang.analysis.keys import Cells, add, is_known, join
from tierlang.program.nodes import EventType, Signal


def figure(question: Question, name: str, node: Any, group: str, together: Cells) -> Cells:
    """One figure of those that are told together."""
    at = question.told_together(group).index(name)
    cells: Cells = {}
    for key, choice in together.items():
        for each in unfold(key[at], node.kind):
            add(cells, each, choice if is_known(each) and each is key[at] else None)
    return cells


def events(question: Question, name: str, node: EventType, env: Env, of_name: Named) -> Cells:
    """All figures of an event type, for each cell of the fields that their conditions read."""
    free = [each for each in question.index.reads(name) if each not in env]
    if free:
        cells: Cells = {}
        for key, choice in of_name(free[0], env).items():
            for inner, more in of_name(name, {**env, free[0]: key}).items():
                add(cells, inner, join(choice, more))
        return cells
    program = question.program
    facts: Any = tuple(question.index.nodes[each] for each in question.told_together(name))
    inputs = {each[2:]: env[each] for each in question.index.reads(name)}
    if not all(is_known(value) for value in inputs.values()):
        return {tuple(anything(fact) for fact in facts): None}
    wholly = {field.name: None for field in (program.key, *program.fields)}
    uses = {each: tuple(found) for each, found in question.uses.items()}
    asked = Figures(program, question.as_of, question.index.flows, node, facts, uses)
    return histories(asked, {**wholly, **inputs}, name, question.costs.spend)


def observations(question: Question, name: str, signal: Signal) -> Cells:
    """The value of a signal now, and what conditions on it say, together."""
    names = question.told_together(name)
    facts: Any = tuple(question.index.nodes[each] for each in names[1:])
    uses = {each: tuple(found) for each, found in question.uses.items()}
    now = names[0] in question.uses
    return courses(Asked(question.program, question.as_of, question.index.flows, signal, facts, now, uses), name)
