"""Every condition of a program that decides something, with the words for what it decides, and the parts of it that somebody wrote."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import attrs

from tierlang.lint.reading import point_lines
from tierlang.lint.review import place
from tierlang.program.expressions import AllOf, AnyOf, AtLeast, Choose, Constant, Expression, FirstOf, Not
from tierlang.program.nodes import (
    Bound,
    Condition,
    Derive,
    Exclusion,
    Hold,
    Ladder,
    Mark,
    Play,
    PointLine,
    Program,
    Score,
    Shift,
    Tier,
    Trigger,
    Weighing,
    WeighLine,
)
from tierlang.program.values import Kind
from tierlang.program.written import Written
from tierlang.source import Span

Decides: TypeAlias = (
    Exclusion | Tier | Shift | Bound | Play | Mark | PointLine | WeighLine | Derive | Trigger | Hold | Condition
)
"""Whose condition it is; a `keep while` is one itself."""


@attrs.frozen
class Decision:
    """A condition in its place: `node` has it, `around` is the ladder, tier or score that has that."""

    node: Decides
    test: Expression
    text: str
    around: Written | None

    @property
    def span(self) -> Span:
        """Where the condition stands."""
        return place(self.test, self.node, self.around)

    @property
    def never(self) -> str:
        """What it means that no account meets it."""
        return _MEANS[type(self.node)][0]

    @property
    def always(self) -> str:
        """What it means that every account meets it."""
        return _MEANS[type(self.node)][1]


_MEANS: dict[type, tuple[str, str]] = {
    Exclusion: ("it excludes nobody", "it excludes everybody"),
    Tier: ("nobody gets into the tier", "it keeps nobody out of the tier"),
    Shift: ("it never moves an account", "it moves every account"),
    Bound: ("it never moves an account", "it holds for every account"),
    Play: ("the play is never played", "the play is for every account of the tier anyway"),
    Mark: ("it is shown on nobody", "it is shown on everybody"),
    PointLine: ("nobody gets these points", "everybody gets these points"),
    WeighLine: ("the part never counts", "the part always counts"),
    Derive: ("it is never true", "it says nothing about an account"),
    Trigger: ("it never moves an account", "it moves every account of its tiers"),
    Hold: ("it holds nobody", "it holds everybody"),
    Condition: ("it keeps nobody in the tier", "nobody ever leaves the tier"),
}


def decisions(program: Program) -> Iterator[Decision]:
    """All of them, in the order of the program."""
    for derive in (*program.definitions, *program.relative):
        if isinstance(derive, Derive) and derive.kind is Kind.FLAG and not derive.hidden:
            yield Decision(derive, derive.value, derive.text, None)
    for exclusion in program.exclusions:
        yield _decision(exclusion, exclusion.when, None)
    for score in program.scores:
        yield from _of_score(score)
    for ladder in program.ladders:
        yield from _of_ladder(ladder)
    for mark in program.marks:
        yield _decision(mark, mark.when, None)
    yield from over_time(program)


def over_time(program: Program) -> Iterator[Decision]:
    """Those that only a run with a past asks: of `keep while`, holds and triggers."""
    for tier in program.ladders[0].tiers:
        if tier.keep is not None:
            yield _decision(tier.keep, tier.keep, tier)
    if program.mobility is not None:
        for hold in program.mobility.holds:
            yield _decision(hold, hold.when, program.mobility)
        for trigger in program.mobility.triggers:
            yield _decision(trigger, trigger.when, program.mobility)


def _decision(node: Decides, condition: Condition, around: Written | None) -> Decision:
    return Decision(node, condition.test, condition.text, around)


def _of_score(score: Score) -> Iterator[Decision]:
    if isinstance(score.body, Weighing):
        for part in score.body.lines:
            if part.when is not None:
                yield _decision(part, part.when, score)
    for line in point_lines(score):
        if isinstance(line, PointLine):
            yield _decision(line, line.when, score)


def _of_ladder(ladder: Ladder) -> Iterator[Decision]:
    for move in ladder.shifts:
        yield _decision(move, move.when, ladder)
    for bound in (*ladder.floors, *ladder.caps):
        yield _decision(bound, bound.when, ladder)
    for tier in ladder.tiers:
        if tier.gate is not None:
            yield _decision(tier, tier.gate, ladder)
        for play in tier.plays:
            if play.when is not None:
                yield _decision(play, play.when, tier)


def parts_written(expression: Expression) -> tuple[Expression, ...]:
    """The conditions that `and`, `or`, `not` or `at least … of` joins here, as far as somebody wrote them one by one."""
    match expression:
        case AllOf(parts=parts) | AnyOf(parts=parts) | AtLeast(parts=parts):
            return parts if all(part.span is not None or isinstance(part, Constant) for part in parts) else ()
        case Not(part=part):
            return (part,) if part.span is not None else ()
        case _:
            return ()


def is_meant(expression: Expression) -> bool:
    """Whether a condition is a constant that somebody chose: a literal, a `let` that switches something on or off."""
    match expression:
        case Constant():
            return True
        case Not(part=part):
            return is_meant(part)
        case AllOf(parts=parts) | AnyOf(parts=parts) | FirstOf(parts=parts):
            return all(is_meant(part) for part in parts)
        case Choose(branches=branches, otherwise=otherwise):
            return is_meant(otherwise) and all(is_meant(each.value) for each in branches)
        case _:
            return False


def has_switch(expression: Expression) -> bool:
    """Whether a constant that somebody chose takes part: what such a condition comes to is meant."""
    return isinstance(expression, Constant) or any(has_switch(part) for part in _joined(expression))


def _joined(expression: Expression) -> tuple[Expression, ...]:
    match expression:
        case AllOf(parts=parts) | AnyOf(parts=parts) | AtLeast(parts=parts):
            return parts
        case Not(part=part):
            return (part,)
        case _:
            return ()


def shown(expression: Expression, decision: Decision) -> str:
    """The words of a condition or a part of one, on one line."""
    text = decision.text if expression is decision.test or expression.span is None else expression.span.text
    return " ".join(text.split())
