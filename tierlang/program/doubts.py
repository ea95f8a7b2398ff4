"""What missing data decides: the places of a program where a missing value chose, as ordinary expressions that every engine can count."""

from __future__ import annotations

from typing import Protocol

import attrs

from tierlang.program.expressions import AnyOf, Expression, IsMissing
from tierlang.program.nodes import BestOf, Formula, PointLine, PointSum, PointTable, Program, Score, Weighing
from tierlang.program.reach import reaches_of


class _Note(Protocol):
    def __call__(self, text: str, *parts: Expression) -> None: ...


@attrs.frozen
class Doubt:
    """`text` says what missing data decided for the eligible accounts for which `test` is true; `test` is never missing."""

    text: str
    test: Expression


def doubts(program: Program) -> tuple[Doubt, ...]:
    """Every doubt of the program that can occur, in the order of the program, each text once."""
    reaches = reaches_of(program)
    found: dict[str, Doubt] = {}

    def note(text: str, *parts: Expression) -> None:
        tests = tuple(IsMissing(part) for part in parts if reaches.of(part).missing)
        if tests:
            found.setdefault(text, Doubt(text, tests[0] if len(tests) == 1 else AnyOf(tests)))

    for exclusion in program.exclusions:
        note(
            f"exclude {exclusion.name}: `{exclusion.when.text}` is unknown, so not excluded",
            exclusion.when.test,
        )
    for score in program.scores:
        _doubts_of_score(score, note)
    for ladder in program.ladders:
        for tier in ladder.tiers:
            if tier.gate is not None:
                note(f"tier {tier.name}: `{tier.gate.text}` is unknown, so it does not hold", tier.gate.test)
    return tuple(found.values())


def _doubts_of_score(score: Score, note: _Note) -> None:
    match score.body:
        case Weighing(lines=lines, missing=policy):
            done = {"share": "is left out", "zero": "counts as 0", "unscored": "leaves it without a score"}
            for line in lines:
                note(
                    f"score {score.name}: {line.text} is missing, which {done[policy or 'unscored']}",
                    line.part,
                )
        case PointSum(lines=points):
            for each in points:
                _doubts_of_points(score, each, note)
        case Formula(value=value, text=text):
            note(f"score {score.name}: `{text}` has a missing part, which leaves it without a score", value)


def _doubts_of_points(score: Score, line: PointLine | PointTable | BestOf, note: _Note) -> None:
    match line:
        case PointLine(when=when):
            note(f"score {score.name}: `{when.text}` is unknown, so no points", when.test)
        case PointTable(subject=subject, text=text):
            note(f"score {score.name}: {text} is missing", subject)
        case BestOf(lines=lines):
            for inner in lines:
                _doubts_of_points(score, inner, note)
