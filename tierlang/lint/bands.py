"""Bands by a number with decimals: the rows of tables, and the lines of tiers, as intervals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from tierlang.lint.reading import Reading, expressions_of, point_lines
from tierlang.lint.review import place
from tierlang.program.expressions import AllOf, Choose, Compare, Constant, Defined, Expression, Input, parts_of
from tierlang.program.nodes import Ladder, PointTable, Program
from tierlang.program.values import Kind
from tierlang.source import Span


@attrs.frozen
class Band:
    """An interval of a number, as written (`60..<80`), and what it gives, if that is a plain number."""

    low: int | None
    high: int | None
    low_open: bool
    high_open: bool
    text: str
    span: Span
    value: int | None = None


@attrs.frozen
class Bands:
    """The bands of one table or ladder; `rest` is what a number in none of them gives, `rest_shown` how that is said."""

    subject: str
    bands: tuple[Band, ...]
    rest: int | None
    rest_shown: str

    def neighbours(self) -> Iterator[tuple[Band, Band]]:
        """Each band that has an upper end, with the next that begins above it."""
        for lower in self.bands:
            above = [
                band for band in self.bands if band.low is not None and lower.high is not None and band.low > lower.high
            ]
            if above:
                yield lower, min(above, key=lambda band: band.low or 0)


def tables_of(program: Program) -> Iterator[Bands]:
    """All tables by a number with decimals that have an `otherwise`: points, and values of derives."""
    for score in program.scores:
        for line in point_lines(score):
            if isinstance(line, PointTable) and line.otherwise is not None and _decimal(line.subject):
                rows = [_band(line.subject, row.test, row.text, row.span, row.points) for row in line.rows]
                yield from _table(program, line.subject, rows, line.otherwise)
    reading = Reading.of(program)
    for definition in (*program.definitions, *program.relative):
        made = reading.definition(definition.name)
        for expression in expressions_of(made) if made is not None else ():
            yield from _choices(program, expression)


def _choices(program: Program, expression: Expression) -> Iterator[Bands]:
    if isinstance(expression, Choose):
        subject = next((found for branch in expression.branches if (found := _subject(branch.when)) is not None), None)
        if subject is not None and _decimal(subject):
            rows = [
                _band(subject, branch.when, _shown(branch.when), branch.when.span or branch.span, None)
                for branch in expression.branches
                if _subject(branch.when) == subject
            ]
            yield from _table(program, subject, rows, None)
    for part in parts_of(expression):
        yield from _choices(program, part)


def _shown(test: Expression) -> str:
    return test.span.text.partition("->")[0].strip() if test.span is not None else ""


def _table(program: Program, subject: Expression, rows: Sequence[Band | None], rest: int | None) -> Iterator[Bands]:
    bands = tuple(row for row in rows if row is not None)
    if len(bands) == len(rows):
        yield Bands(place(subject, program).text.strip(), bands, rest, "`otherwise`")


def bands_of_ladder(ladder: Ladder) -> Bands | None:
    """The lines of the tiers, where what is in none of them goes into `otherwise` or into no tier."""
    rest = next((tier for tier in ladder.tiers if tier.otherwise), None)
    if ladder.by is None or not _decimal(ladder.by) or (rest is None and not ladder.rest_untiered):
        return None
    bands = tuple(
        Band(line.low, line.high, line.low_open, line.high_open, line.text, place(line, tier))
        for tier in ladder.tiers
        if (line := tier.line) is not None
    )
    return Bands(ladder.by.name, bands, None, f"tier `{rest.name}`" if rest is not None else "no tier")


def _decimal(subject: Expression) -> bool:
    return isinstance(subject, Input | Defined) and subject.kind in (Kind.NUMBER, Kind.MONEY)


def _subject(test: Expression) -> Input | Defined | None:
    match test:
        case Compare(left=Input() | Defined() as left):
            return left
        case AllOf(parts=(first, *_)):
            return _subject(first)
        case _:
            return None


def _band(subject: Expression, test: Expression, text: str, span: Span | None, value: int | None) -> Band | None:
    """The one interval that a row takes; None for a row of several, or of single values."""
    if span is None or text.count("..") != 1:
        return None
    low, high, low_open, high_open = None, None, False, False
    for part in test.parts if isinstance(test, AllOf) else (test,):
        match part:
            case Compare(operator=operator, left=left, right=Constant(value=int() as end)) if left == subject:
                if operator in (">", ">="):
                    low, low_open = end, operator == ">"
                elif operator in ("<", "<="):
                    high, high_open = end, operator == "<"
            case _:
                return None
    return Band(low, high, low_open, high_open, text, span, value)
