"""Tables that stand in a score as values (`value by X { … }`, `weigh 30% by X { … }`), as the tables of points that they are."""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.lint.reading import Reading, point_lines
from tierlang.program.expressions import (
    AllOf,
    AnyOf,
    Arithmetic,
    Choose,
    Compare,
    Constant,
    Defined,
    Expression,
    Input,
    IsMissing,
    Not,
    OneOf,
)
from tierlang.program.nodes import Derive, Formula, PointTable, Program, Score, TableRow, Weighing


def tables_of_scores(program: Program) -> Iterator[tuple[Score, PointTable]]:
    """Every table that gives points or values to a score: those among its lines, and those whose value is added or weighed."""
    reading = Reading.of(program)
    for score in program.scores:
        for line in point_lines(score):
            if isinstance(line, PointTable):
                yield score, line
        match score.body:
            case Formula(value=value):
                added: tuple[Expression, ...] = (value,)
            case Weighing(lines=lines):
                added = tuple(line.part for line in lines)
            case _:
                added = ()
        for value in added:
            for table in _tables(reading, value):
                yield score, table


def _tables(reading: Reading, value: Expression) -> Iterator[PointTable]:
    match value:
        case Choose():
            table = _as_points(value)
            if table is not None:
                yield table
        case Arithmetic(operator="+", left=left, right=right):
            yield from _tables(reading, left)
            yield from _tables(reading, right)
        case Defined(name=name):
            made = reading.definition(name)
            if isinstance(made, Derive) and made.hidden:
                yield from _tables(reading, made.value)


def _as_points(value: Choose) -> PointTable | None:
    """The table, if each row is a row by one subject and gives a plain number."""
    subjects = {_subject(branch.when) for branch in value.branches}
    subject = subjects.pop()
    if subjects or subject is None or value.span is None or not value.span.text.startswith("by"):
        return None
    rows: list[TableRow] = []
    missing: int | None = None
    for branch in value.branches:
        points = _number(branch.value)
        if points is None or branch.span is None:
            return None
        if isinstance(branch.when, IsMissing):
            missing = points
        else:
            rows.append(TableRow(branch.when, points, branch.span.text.partition("->")[0].strip(), span=branch.span))
    last = _number(value.otherwise)
    if last is None or value.otherwise.span is None:
        return None
    end = value.otherwise.span
    text = end.source.text[: end.start].rstrip().removesuffix("->").rstrip().splitlines()[-1].split("  ")[-1].strip()
    words = " ".join(value.span.text.partition("{")[0].removeprefix("by").split())
    if text.endswith("otherwise"):
        return PointTable(subject, tuple(rows), last, missing, words, span=value.span)
    # The last row takes what the others leave, so the compiler has dropped its test.
    rest = Not(AnyOf(tuple(row.test for row in rows)))
    row = TableRow(rest, last, _after_points(text), span=end)
    return PointTable(subject, (*rows, row), None, missing, words, span=value.span)


def _after_points(text: str) -> str:
    """The row's own words, where rows stand beside each other: what comes after the points of the one before."""
    return text.rpartition("->")[2].strip().partition(" ")[2].strip() if "->" in text else text


def _subject(test: Expression) -> Input | Defined | None:
    match test:
        case (
            Compare(left=Input() | Defined() as subject)
            | OneOf(item=Input() | Defined() as subject)
            | IsMissing(part=Input() | Defined() as subject)
        ):
            return subject
        case AllOf(parts=(first, *_)) | AnyOf(parts=(first, *_)):
            return _subject(first)
        case _:
            return None


def _number(value: Expression) -> int | None:
    match value:
        case Constant(value=int() as number) if not isinstance(number, bool):
            return number
        case _:
            return None
