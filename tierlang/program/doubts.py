"""What missing data decides: the places of a program where a missing value chose, as ordinary expressions that every engine can count."""

from __future__ import annotations

from typing import Protocol

import attrs

from tierlang.program.expressions import AllOf, Constant, Expression, FirstOf, IsMissing, reads_tiers
from tierlang.program.nodes import (
    BestOf,
    Condition,
    Formula,
    Ladder,
    PointLine,
    PointsPerEvent,
    PointSum,
    PointTable,
    Program,
    Score,
    Weighing,
)
from tierlang.program.reach import reaches_of
from tierlang.program.values import Kind


class _Note(Protocol):
    def __call__(self, text: str, part: Expression, *, only: Expression | None = None) -> None: ...


@attrs.frozen
class Doubt:
    """`text` says what missing data decided for the eligible accounts for which `test` is true; `test` is never missing."""

    text: str
    test: Expression


def doubts(program: Program) -> tuple[Doubt, ...]:
    """Every doubt of the program that can occur, in the order of the program, each text once."""
    reaches = reaches_of(program)
    found: dict[str, Doubt] = {}

    def note(text: str, part: Expression, *, only: Expression | None = None) -> None:
        """Add a doubt, if the part can be missing; `only`: it counts where that is true."""
        if not reaches.of(part).missing:
            return
        test: Expression = IsMissing(part)
        if only is not None:
            test = AllOf((test, FirstOf((only, Constant(False, Kind.FLAG)))))
        found.setdefault(text, Doubt(text, test))

    for exclusion in program.exclusions:
        note(
            f"exclude {exclusion.name}: `{exclusion.when.text}` is unknown, so not excluded",
            exclusion.when.test,
        )
    for score in program.scores:
        _doubts_of_score(score, note)
    for ladder in program.ladders:
        _doubts_of_ladder(ladder, note)
    for mark in program.marks:
        _unknown(f"mark {mark.name}", mark.when, "not marked", note)
    return tuple(found.values())


def _unknown(what: str, condition: Condition, so: str, note: _Note) -> None:
    """A condition that may be unknown. One that reads tiers is known only at the end of a run, and not counted."""
    if not reads_tiers(condition.test):
        note(f"{what}: `{condition.text}` is unknown, so {so}", condition.test)


def _doubts_of_ladder(ladder: Ladder, note: _Note) -> None:
    view = f"{ladder.name} " if ladder.name else ""
    for tier in ladder.tiers:
        if tier.gate is not None:
            _unknown(f"tier {tier.name}", tier.gate, "it does not hold", note)
    for shift in ladder.shifts:
        _unknown(f"{view}{'raise' if shift.steps > 0 else 'lower'}", shift.when, "it does not apply", note)
    for bound in (*ladder.floors, *ladder.caps):
        _unknown(f"{view}{bound.which} at {bound.tier}", bound.when, "it does not apply", note)
    for tier in ladder.tiers:
        for play in tier.plays:
            if play.when is not None:
                _unknown(f"play {play.label}", play.when, "it is left out", note)


def _doubts_of_score(score: Score, note: _Note) -> None:
    match score.body:
        case Weighing(lines=lines, missing=policy):
            done = {"share": "is left out", "zero": "counts as 0", "unscored": "leaves it without a score"}
            for line in lines:
                if line.when is not None:
                    _unknown(f"score {score.name}", line.when, f"{line.text} does not apply", note)
                note(
                    f"score {score.name}: {line.text} is missing, which {done[policy or 'unscored']}",
                    line.part,
                    only=None if line.when is None else line.when.test,
                )
        case PointSum(lines=points):
            for each in points:
                _doubts_of_points(score, each, note)
        case Formula(value=value, text=text):
            note(f"score {score.name}: `{text}` is missing, which leaves it without a score", value)


def _doubts_of_points(score: Score, line: PointLine | PointTable | PointsPerEvent | BestOf, note: _Note) -> None:
    match line:
        case PointLine(when=when):
            note(f"score {score.name}: `{when.text}` is unknown, so no points", when.test)
        case PointTable(subject=subject, text=text):
            note(f"score {score.name}: {text} is missing", subject)
        case PointsPerEvent():
            pass
        case BestOf(lines=lines):
            for inner in lines:
                _doubts_of_points(score, inner, note)
