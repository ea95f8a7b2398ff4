"""What the rules of a program read, down to the columns, events and signals that come in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import attrs

from tierlang.program.expressions import Defined, Expression, Input, LookedUp, parts_of
from tierlang.program.nodes import (
    Aggregate,
    BestOf,
    Condition,
    Definition,
    Derive,
    Enduring,
    EventPoints,
    EventType,
    Fact,
    Field,
    Formula,
    Ladder,
    Lookup,
    Percentile,
    PointLine,
    PointsPerEvent,
    PointSum,
    PointTable,
    Program,
    Score,
    Signal,
    Sustained,
    Weighing,
)

Source: TypeAlias = Field | EventType | Signal | Lookup
"""What comes in from outside."""

Points: TypeAlias = PointLine | PointTable | PointsPerEvent


@attrs.frozen
class Reading:
    """A program's names, for questions of what stands behind what."""

    program: Program
    _sources: dict[str, Source]
    _made: dict[str, Definition | Fact]

    @staticmethod
    def of(program: Program) -> Reading:
        """Those of a program."""
        sources: tuple[Source, ...] = (
            program.key,
            *program.fields,
            *program.events,
            *program.signals,
            *program.lookups,
        )
        made: tuple[Definition | Fact, ...] = (*program.facts, *program.definitions, *program.relative)
        return Reading(program, {each.name: each for each in sources}, {each.name: each for each in made})

    def definition(self, name: str) -> Definition | Fact | None:
        """What the name stands for, unless it comes in from outside."""
        return self._made.get(name)

    def sources(self, *expressions: Expression) -> dict[str, Source]:
        """Everything from outside that the expressions read, also through definitions and scores, by name in the order of the program's text."""
        found: set[str] = set()
        seen: set[str] = set()
        waiting = list(expressions)
        while waiting:
            current = waiting.pop()
            match current:
                case Input(name=name):
                    found.add(name)
                case Defined(name=name) if name not in seen:
                    seen.add(name)
                    made = self._made.get(name)
                    found.update(_outside(made) if made is not None else [name])
                    waiting += expressions_of(made) if made is not None else ()
                case LookedUp(table=table):
                    found.add(table)
            waiting += parts_of(current)
        return {name: source for name, source in self._sources.items() if name in found}


def _outside(made: Definition | Fact) -> list[str]:
    match made:
        case Aggregate(event=name) | EventPoints(event=name) | Sustained(signal=name):
            return [name]
        case _:
            return []


def expressions_of(made: Definition | Fact) -> list[Expression]:
    """The expressions of a definition about the account."""
    match made:
        case Derive(value=value):
            return [value]
        case Percentile(of=of, where=where, per=per):
            return [of, *([where.test] if where else []), *([per] if per else [])]
        case Aggregate(where=where) | EventPoints(where=where):
            return [where.test] if where else []
        case Sustained() | Enduring():
            return []
        case Score():
            return list(_of_score(made))


def _of_score(score: Score) -> Iterator[Expression]:
    match score.body:
        case Weighing(lines=lines):
            for line in lines:
                yield line.part
                if line.when is not None:
                    yield line.when.test
        case Formula(value=value):
            yield value
        case PointSum():
            for each in point_lines(score):
                yield read_by(each)


def point_lines(score: Score) -> Iterator[Points]:
    """All lines of points of a score, those in a `best of` among them."""
    if isinstance(score.body, PointSum):
        for line in score.body.lines:
            yield from line.lines if isinstance(line, BestOf) else (line,)


def read_by(line: Points) -> Expression:
    """What a line of points looks at."""
    match line:
        case PointLine(when=when):
            return when.test
        case PointTable(subject=subject):
            return subject
        case PointsPerEvent(points=points):
            return points


def placed_by(ladder: Ladder) -> list[Expression]:
    """What decides in which tier an account is, its number of seats apart: the ladder's score, tops, gates and adjustments."""
    conditions: list[Condition | None] = [tier.gate for tier in ladder.tiers]
    conditions += [shift.when for shift in ladder.shifts]
    conditions += [bound.when for bound in (*ladder.floors, *ladder.caps)]
    lines = any(tier.line is not None for tier in ladder.tiers)
    return [
        *([ladder.by] if ladder.by is not None and lines else []),
        *(tier.top.by for tier in ladder.tiers if tier.top is not None),
        *(condition.test for condition in conditions if condition is not None),
    ]
