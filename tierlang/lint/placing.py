"""The conditions that place an account on the ruleset's own ladder."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from tierlang.lint.reading import Reading, placed_by, point_lines
from tierlang.program.expressions import Constant, Defined, Expression, Input, inputs_of
from tierlang.program.nodes import Derive, PointLine, Program, Score, Weighing


@attrs.frozen
class Decision:
    """One condition, and the fields that it reads: itself or through derived values, not through scores."""

    test: Expression
    fields: frozenset[str]


def decisions(program: Program) -> list[Decision]:
    """Gates, adjustments, and the lines of points of every score behind the ladder."""
    reading = Reading.of(program)
    ladder = program.ladders[0]
    found: list[Expression] = [
        part for part in placed_by(ladder) if not isinstance(part, Input) and not _is_score(reading, part)
    ]
    seen: set[str] = set()
    for part in placed_by(ladder):
        found += _behind(reading, part, seen)
    return [
        Decision(test, frozenset(_fields(reading, test, set()))) for test in found if not isinstance(test, Constant)
    ]


def _is_score(reading: Reading, part: Expression) -> bool:
    return isinstance(part, Defined) and isinstance(reading.definition(part.name), Score)


def _behind(reading: Reading, expression: Expression, seen: set[str]) -> Iterator[Expression]:
    """The conditions of the scores that an expression reads."""
    for each in inputs_of(expression):
        made = reading.definition(each.name) if isinstance(each, Defined) else None
        if made is None or each.name in seen:
            continue
        seen.add(each.name)
        match made:
            case Score(body=Weighing(lines=lines)):
                for line in lines:
                    yield from [line.when.test] if line.when else []
                    yield from _behind(reading, line.part, seen)
            case Score() as score:
                yield from (line.when.test for line in point_lines(score) if isinstance(line, PointLine))
            case Derive(value=value):
                yield from _behind(reading, value, seen)


def _fields(reading: Reading, expression: Expression, seen: set[str]) -> Iterator[str]:
    for each in inputs_of(expression):
        if isinstance(each, Input):
            yield each.name
        elif each.name not in seen:
            seen.add(each.name)
            made = reading.definition(each.name)
            if isinstance(made, Derive):
                yield from _fields(reading, made.value, seen)
