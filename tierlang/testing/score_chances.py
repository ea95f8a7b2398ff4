"""What the lines of a score can decide: which points count, which row of a table an account takes, which weights apply."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from tierlang.analysis.claims import both, fails, holds
from tierlang.program.expressions import Compare, Constant, Expression, IsMissing, Not
from tierlang.program.nodes import BestOf, PointLine, PointsPerEvent, PointSum, PointTable, Score, Weighing, WeighLine
from tierlang.program.numbers import number_text
from tierlang.program.values import Kind
from tierlang.source import Span

MOST_ROWS = 20
"""A longer table is data: any of its rows will do."""


@attrs.frozen
class Counted:
    """One way in which a line of a score can come out, and the claim that it does for an account."""

    score: str
    what: str
    never: str
    span: Span | None
    claim: Expression


def score_lines(score: Score) -> Iterator[Counted]:
    """Every way of every line, in the order written; a formula has none."""
    match score.body:
        case Weighing(lines=weights):
            for weight in weights:
                yield from _weight(score, weight)
        case PointSum(lines=lines):
            for line in lines:
                for each in line.lines if isinstance(line, BestOf) else (line,):
                    yield from _points(score, each)
        case _:
            return


def _weight(score: Score, line: WeighLine) -> Iterator[Counted]:
    if line.when is not None:
        what = f"{score.name}: weigh {number_text(line.weight * 100)}% {line.text} when {line.when.text}"
        yield Counted(score.name, what, "never true", line.span, holds(line.when))
        yield Counted(score.name, what, "never false", line.span, fails(line.when.test))


def _points(score: Score, line: PointLine | PointTable | PointsPerEvent) -> Iterator[Counted]:
    match line:
        case PointLine(points=points, when=when, label=label):
            what = f"{score.name}: points {number_text(points)} {_labelled(label, f'when {when.text}')}"
            yield Counted(score.name, what, "never true", line.span, holds(when))
            yield Counted(score.name, what, "never false", line.span, fails(when.test))
        case PointsPerEvent(points=read, text=text, label=label):
            some = Compare("!=", read, Constant(0, Kind.NUMBER))
            yield Counted(score.name, f"{score.name}: points {_labelled(label, text)}", "never earned", line.span, some)
        case PointTable():
            yield from _table(score, line)


def _table(score: Score, table: PointTable) -> Iterator[Counted]:
    """Each row for the subjects that no row before it took; what is left, and a missing subject, where the table says so."""
    what = f"{score.name}: points by {_labelled(table.label, table.text)}"
    present: Expression = Not(IsMissing(table.subject))
    left: tuple[Expression, ...] = (present,)
    if len(table.rows) > MOST_ROWS or _from_file(table):
        for row in table.rows:
            left = (*left, fails(row.test))
        yield Counted(score.name, what, "none of its rows ever taken", table.span, both(present, Not(both(*left[1:]))))
    else:
        for row in table.rows:
            yield Counted(
                score.name, f"{what}, row {row.text}", "never taken", row.span or table.span, both(*left, row.test)
            )
            left = (*left, fails(row.test))
    if table.otherwise is not None:
        yield Counted(score.name, f"{what}, otherwise", "never taken", table.span, both(*left))
    if table.missing is not None:
        yield Counted(score.name, f"{what}, missing", "never taken", table.span, IsMissing(table.subject))


def _from_file(table: PointTable) -> bool:
    """Whether the rows stand in a file of their own, which the rule file only names."""
    return any(row.span is None or "->" not in row.span.text for row in table.rows)


def _labelled(label: str | None, text: str) -> str:
    """The label, which people know better than the words."""
    return f'"{label}"' if label else text
