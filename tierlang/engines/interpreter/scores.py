"""The scores of one account, with what every line of them gave, so that a score can be explained as well as computed."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

import attrs

from tierlang.engines.interpreter.expressions import holds, value_of
from tierlang.engines.interpreter.facts import Facts
from tierlang.engines.interpreter.reads import missing_names
from tierlang.program.expressions import Expression
from tierlang.program.nodes import BestOf, Formula, PointLine, PointsPerEvent, PointSum, PointTable, Score, Weighing
from tierlang.program.numbers import DIGITS, SCALE, half, in_limits
from tierlang.program.values import Value


@attrs.frozen
class WeighedLine:
    """A weighed part: its value, and what it adds to the body exactly (None where it is left out or leaves the score missing).

    `when` are the words of the line's condition and `applies` what that says, None for unknown; without one every line applies. `missing` names what
    the part lacks, or the condition if that is unknown.
    """

    text: str
    weight: int
    value: int | None
    contribution: Fraction | None
    missing: tuple[str, ...]
    when: str | None = None
    applies: bool | None = True


@attrs.frozen
class PointsLine:
    """`points` on a condition: earned, not earned, or unknown (None) because of the names in `missing`; `gained` is what it gave."""

    text: str
    label: str | None
    points: int
    earned: bool | None
    gained: int
    missing: tuple[str, ...]


@attrs.frozen
class TableLine:
    """Points by a table: the subject's value, the row that took it (its text, `otherwise` or `missing`), and what that gave."""

    text: str
    label: str | None
    value: Value
    row: str
    gained: int


@attrs.frozen
class EventsLine:
    """Points for events: `fact` is the name of the figure that the trace explains, `gained` what its events gave."""

    text: str
    label: str | None
    fact: str
    gained: int


@attrs.frozen
class BestLine:
    """The best of several lines; `gained` is the largest of those that hold."""

    label: str | None
    lines: tuple[PointsLine | TableLine | EventsLine, ...]
    gained: int


@attrs.frozen
class FormulaLine:
    """A score's formula and what it came to."""

    text: str
    value: int | None
    missing: tuple[str, ...]


ScoreLine: TypeAlias = WeighedLine | PointsLine | TableLine | EventsLine | BestLine | FormulaLine


@attrs.frozen
class Scored:
    """One score of one account: its lines, the exact body (in 1/10,000ths), whether the range clamped it, and the rounded value."""

    name: str
    lines: tuple[ScoreLine, ...]
    body: Fraction | None
    clamped: bool
    value: int | None


def score_of(score: Score, facts: Facts) -> Scored:
    """The score of this account: body, clamp, one rounding; a result out of bounds is a fault."""
    where = score.body.text if isinstance(score.body, Formula) else f"score {score.name}"
    lines, body = _body(score, facts, where)
    if body is None:
        return Scored(score.name, lines, None, False, None)
    inside = _clamp(body, score.low, score.high)
    step = 10 ** (DIGITS - score.digits)
    value = half(inside.numerator, inside.denominator * step) * step
    if not in_limits(value):
        facts.faults.append(where)
        return Scored(score.name, lines, body, inside != body, None)
    return Scored(score.name, lines, body, inside != body, value)


def _body(score: Score, facts: Facts, where: str) -> tuple[tuple[ScoreLine, ...], Fraction | None]:
    match score.body:
        case Weighing():
            return _weighing(score.body, facts, where)
        case PointSum(lines=lines):
            points = tuple(_points(line, facts, where) for line in lines)
            return points, Fraction(sum(line.gained for line in points))
        case Formula(value=value, text=text):
            result = _number(value, facts, where)
            line = FormulaLine(text, result, () if result is not None else missing_names(value, facts))
            return (line,), None if result is None else Fraction(result)


def _weighing(body: Weighing, facts: Facts, where: str) -> tuple[tuple[ScoreLine, ...], Fraction | None]:
    """Only lines that apply count; the parts of the others are evaluated too, as a number out of bounds there is a fault."""
    applies = [True if line.when is None else holds(line.when, facts, where) for line in body.lines]
    values = [_number(line.part, facts, where) for line in body.lines]
    counting = [(line.weight, value) for line, value, on in zip(body.lines, values, applies, strict=True) if on]
    total = sum(weight for weight, _ in counting)
    present = sum(weight for weight, value in counting if value is not None)
    if body.missing == "share":
        divisor, scored = present, present * SCALE >= body.floor * total
    else:
        divisor, scored = total, body.missing == "zero" or all(value is not None for _, value in counting)
    scored = scored and divisor > 0
    lines: list[WeighedLine] = []
    for line, value, on in zip(body.lines, values, applies, strict=True):
        contribution = Fraction(line.weight * value, divisor) if scored and on and value is not None else None
        missing = missing_names(line.part, facts) if on and value is None else ()
        if on is None and line.when is not None:
            missing = missing_names(line.when.test, facts)
        when = None if line.when is None else line.when.text
        lines.append(WeighedLine(line.text, line.weight, value, contribution, missing, when, on))
    return tuple(lines), sum((line.contribution or Fraction(0) for line in lines), Fraction(0)) if scored else None


def _points(
    line: PointLine | PointTable | PointsPerEvent | BestOf, facts: Facts, where: str
) -> PointsLine | TableLine | EventsLine | BestLine:
    match line:
        case BestOf(lines=inner, label=label):
            parts = tuple(_points_inside(part, facts, where) for part in inner)
            held = [part.gained for part in parts if not isinstance(part, PointsLine) or part.earned]
            return BestLine(label, parts, max(held, default=0))
        case PointLine() | PointTable() | PointsPerEvent():
            return _points_inside(line, facts, where)


def _points_inside(
    line: PointLine | PointTable | PointsPerEvent, facts: Facts, where: str
) -> PointsLine | TableLine | EventsLine:
    match line:
        case PointLine(points=points, when=when, label=label):
            earned = holds(when, facts, where)
            missing = () if earned is not None else missing_names(when.test, facts)
            return PointsLine(when.text, label, points, earned, points if earned else 0, missing)
        case PointsPerEvent(points=read, text=text, label=label):
            return EventsLine(text, label, read.name, _number(read, facts, where) or 0)
        case PointTable():
            return _table(line, facts, where)


def _table(table: PointTable, facts: Facts, where: str) -> TableLine:
    subject = value_of(table.subject, facts, where)
    tests = [value_of(row.test, facts, where) for row in table.rows]
    if subject is None:
        return TableLine(table.text, table.label, None, "missing", table.missing or 0)
    for row, test in zip(table.rows, tests, strict=True):
        if test is True:
            return TableLine(table.text, table.label, subject, row.text, row.points)
    return TableLine(table.text, table.label, subject, "otherwise", table.otherwise or 0)


def _number(expression: Expression, facts: Facts, where: str) -> int | None:
    value = value_of(expression, facts, where)
    assert value is None or isinstance(value, int)
    return value


def _clamp(number: Fraction, low: int | None, high: int | None) -> Fraction:
    if low is not None and number < low:
        number = Fraction(low)
    return Fraction(high) if high is not None and number > high else number
