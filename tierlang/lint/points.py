"""What lines of points can give, as far as their own numbers say."""

from __future__ import annotations

from tierlang.program.nodes import BestOf, EventPoints, PointLine, PointsPerEvent, PointTable, Program


def most_of(program: Program, line: PointLine | PointTable | PointsPerEvent | BestOf) -> int:
    """The most that a line adds; points per event without `up to` have no most, and count as what one event gives."""
    return max(0, *ends_of(program, line))


def least_of(program: Program, line: PointLine | PointTable | PointsPerEvent | BestOf) -> int:
    """The least that it adds, below 0 where it takes away."""
    return min(0, *ends_of(program, line)) if not isinstance(line, PointTable) else min(ends_of(program, line))


def ends_of(program: Program, line: PointLine | PointTable | PointsPerEvent | BestOf) -> list[int]:
    """All that it can add."""
    match line:
        case PointLine(points=points):
            return [0, points]
        case PointTable(rows=rows, otherwise=last, missing=none):
            return [*(row.points for row in rows), *(each for each in (last, none) if each is not None)] or [0]
        case PointsPerEvent(points=read):
            fact = next((each for each in program.facts if each.name == read.name), None)
            assert isinstance(fact, EventPoints)
            return [0, fact.points if fact.up_to is None else fact.up_to]
        case BestOf(lines=lines):
            return [0, *(end for each in lines for end in ends_of(program, each))]


def is_bounded(program: Program, line: PointLine | PointTable | PointsPerEvent | BestOf) -> bool:
    """Whether these ends are all there is: points for every event without `up to` have none."""
    match line:
        case PointsPerEvent(points=read):
            fact = next((each for each in program.facts if each.name == read.name), None)
            return isinstance(fact, EventPoints) and fact.up_to is not None
        case BestOf(lines=lines):
            return all(is_bounded(program, each) for each in lines)
        case _:
            return True
