"""Tables by bands: their rows as tests, and whether they take every value of the subject exactly once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import attrs

from tierlang.compiler import constants
from tierlang.compiler.about import AGE
from tierlang.compiler.arithmetic import family
from tierlang.compiler.comparisons import can_be, declared_bounds, percent_fits
from tierlang.compiler.complaints import bands as complaints
from tierlang.compiler.complaints import kinds
from tierlang.compiler.context import Context
from tierlang.compiler.intervals import Grid, Interval, everything, grid_of, left_out
from tierlang.compiler.ranges import Ends, range_test, read_range
from tierlang.compiler.words import words
from tierlang.diagnostics.words import quoted
from tierlang.program.expressions import AnyOf, Attribute, Compare, Constant, Defined, Expression, Input, OneOf, kind_of
from tierlang.program.nodes import Aggregate
from tierlang.program.numbers import LIMIT, SCALE
from tierlang.program.values import Kind, Value
from tierlang.program.written import written
from tierlang.source import Span
from tierlang.syntax import nodes

_CALENDAR = dt.date.max.toordinal() * SCALE
"""The most days between two dates."""


@attrs.frozen
class Taken:
    """One range or value of a row: where it is written, and what it takes."""

    node: nodes.Expression | nodes.Range
    row: int
    ends: Ends | None = None
    value: Constant | None = None

    def on(self, grid: Grid) -> Interval:
        """The points of the grid that it takes."""
        if self.ends is not None:
            return self.ends.on(grid)
        assert self.value is not None
        return Interval(grid.up(self.value.value), grid.down(self.value.value))


@attrs.frozen
class Bands:
    """A checked table: each row of values with its test, and the rows for everything else and for missing."""

    rows: tuple[tuple[Expression, nodes.Band], ...]
    otherwise: nodes.Band | None
    missing: nodes.Band | None


@attrs.frozen
class Table:
    """A table as written: its subject (with the span and words of it) and its rows."""

    subject: Expression
    span: Span
    bands: tuple[nodes.Band, ...]
    filler: str | None
    """What a fix may write as the result of a row it adds."""


def read_bands(context: Context, table: Table) -> Bands | None:
    """The table's rows as tests; complains about doubles, gaps, overlaps and a missing `missing` row."""
    kind = kind_of(table.subject)
    if kind is Kind.TAGS:
        context.complain(complaints.tags_by(table.span, words(table.span)))
        return None
    before = len(context.complaints)
    values = [band for band in table.bands if band.kind == "values"]
    otherwise, missing = (_only(context, table.bands, which) for which in ("otherwise", "missing"))
    taken = read_tests(context, table.subject, words(table.span), [band.tests for band in values])
    if taken is None:
        return None
    check_overlaps(context, table.subject, taken)
    if otherwise is None and len(context.complaints) == before:
        _check_gaps(context, table, taken)
    _check_missing(context, table, missing)
    if len(context.complaints) > before:
        return None
    tests = row_tests(table.subject, taken, len(values))
    return Bands(tuple(zip(tests, values, strict=True)), otherwise, missing)


def rows_beside(context: Context, table: Table, values: Sequence[Value]) -> Bands | None:
    """The `otherwise` and `missing` rows of a table whose values stand in a file; complains where one is needed, and about all others."""
    before = len(context.complaints)
    otherwise, missing = (_only(context, table.bands, which) for which in ("otherwise", "missing"))
    for band in table.bands:
        if band.kind == "values":
            context.complain(complaints.row_beside_file(band.span))
    if otherwise is None:
        kind = kind_of(table.subject)
        if kind.is_numeric or kind is Kind.DATE:
            context.complain(complaints.open_values(table.span, words(table.span), table.bands, table.filler))
        else:
            _check_choices(context, table, values)
    _check_missing(context, table, missing)
    return Bands((), otherwise, missing) if len(context.complaints) == before else None


def _check_missing(context: Context, table: Table, missing: nodes.Band | None) -> None:
    if missing is None and context.reaches.of(table.subject).missing:
        declared = isinstance(table.subject, Input | Attribute)
        context.complain(
            complaints.no_missing_row(table.span, words(table.span), table.bands, table.filler, declared=declared)
        )


def _only(context: Context, bands: Sequence[nodes.Band], which: str) -> nodes.Band | None:
    found = [band for band in bands if band.kind == which]
    for second in found[1:]:
        context.complain(complaints.doubled_row(second.span, which, found[0].span))
    return found[0] if found else None


def read_tests(
    context: Context,
    subject: Expression,
    shown: str,
    rows: Sequence[Sequence[nodes.Expression | nodes.Range]],
) -> list[Taken] | None:
    """Every range and value of the rows; None where one does not fit the subject."""
    kind, taken, fine = kind_of(subject), list[Taken](), True
    for row, tests in enumerate(rows):
        for test in tests:
            read = _read_test(context, subject, shown, kind, test, row)
            fine = fine and read is not None
            taken += [] if read is None else [read]
    return taken if fine else None


def _read_test(
    context: Context, subject: Expression, shown: str, kind: Kind, test: nodes.Expression | nodes.Range, row: int
) -> Taken | None:
    ends_of = (test.low, test.high) if isinstance(test, nodes.Range) else (test,)
    if not all(percent_fits(context, subject, end) for end in ends_of):
        return None
    if isinstance(test, nodes.Range):
        if not (kind.is_numeric or kind is Kind.DATE):
            context.complain(kinds.wrong_kind(test.span, shown, kind, "a range", "a number or a date"))
            return None
        ends = read_range(context, test, kind, shown)
        if ends is None or not _can_hold(context, subject, ends, shown):
            return None
        return Taken(test, row, ends=ends)
    value = constants.constant(context, test, "a row of a table")
    if value is None:
        return None
    if family(value.kind) is not family(kind):
        context.complain(complaints.row_of_other_kind(test, words(test.span), value.kind, shown, kind))
        return None
    if not can_be(context, subject, value, test.span, "=", test.span):
        return None
    return Taken(test, row, value=value)


def _can_hold(context: Context, subject: Expression, ends: Ends, written: str) -> bool:
    low, high = declared_bounds(context, subject)
    grid = grid_of(kind_of(subject), context.digits_of(subject))
    if grid.days:
        return True
    whole = everything(grid, *_bounds(low, high))
    if not ends.on(grid).meet(whole).is_empty:
        return True
    shown = ["" if end is None else grid.show(grid.up(end)) for end in (low, high)]
    context.complain(kinds.never_holds(ends.node.span, ends.text, written, *shown))
    return False


def _bounds(low: int | None, high: int | None) -> tuple[int, int]:
    return (-(10**18) if low is None else low, 10**18 if high is None else high)


def check_overlaps(context: Context, subject: Expression, taken: Sequence[Taken]) -> None:
    """Complain about values that two rows take, each later row once."""
    kind = kind_of(subject)
    grid = grid_of(kind, context.digits_of(subject))
    ordered = kind.is_numeric or kind is Kind.DATE
    for at, later in enumerate(taken):
        for earlier in taken[:at]:
            if not ordered:
                assert earlier.value is not None
                assert later.value is not None
                if earlier.value.value == later.value.value:
                    context.complain(
                        complaints.doubled_value(later.node.span, words(later.node.span), earlier.node.span)
                    )
                    break
                continue
            both = earlier.on(grid).meet(later.on(grid))
            if not both.is_empty:
                context.complain(
                    complaints.overlapping_bands(
                        later.node.span, earlier.node.span, grid.show(both.example), touching(earlier.ends, later.ends)
                    )
                )
                break


def touching(first: Ends | None, second: Ends | None) -> tuple[Span, str] | None:
    """The edit that parts two ranges which share just the end of one and the start of the other."""
    for lower, upper in ((first, second), (second, first)):
        if lower is None or upper is None or lower.node.low_open or upper.node.low_open or lower.node.high_open:
            continue
        if lower.high_value == upper.low_value is not None and lower.low_value != lower.high_value:
            return lower.node.span, f"{lower.low_text}..<{upper.low_text}"
    return None


def _whole(context: Context, subject: Expression, grid: Grid) -> Interval:
    """All points the subject can take; the end of the calendar, or of counting, is no end that anybody meets."""
    bounds = context.reaches.of(subject).bounds
    low = 0 if subject == AGE else bounds.low
    fact = context.facts.get(subject.name) if isinstance(subject, Defined) else None
    counted = isinstance(fact, Aggregate) and fact.function in ("count", "distinct")
    return everything(
        grid,
        -LIMIT if low == -_CALENDAR else low,
        LIMIT if counted or bounds.high == _CALENDAR else bounds.high,
    )


def _check_gaps(context: Context, table: Table, taken: Sequence[Taken]) -> None:
    kind = kind_of(table.subject)
    shown = words(table.span)
    if kind.is_numeric or kind is Kind.DATE:
        grid = grid_of(kind, context.digits_of(table.subject))
        for gap in left_out([part.on(grid) for part in taken], _whole(context, table.subject, grid)):
            fix = closing(gap, grid, [part.ends for part in taken if part.ends is not None])
            context.complain(complaints.band_gap(table.span, shown, grid, gap, fix, table.bands, table.filler))
        return
    _check_choices(context, table, [part.value.value for part in taken if part.value is not None])


def _check_choices(context: Context, table: Table, had: Sequence[Value]) -> None:
    """Complain about texts or flags that no row takes."""
    kind, shown = kind_of(table.subject), words(table.span)
    if kind is Kind.FLAG:
        rest = [str(flag).lower() for flag in (True, False) if flag not in had]
    else:
        choices = context.choices_of(table.subject)
        if not choices:
            context.complain(complaints.open_texts(table.span, shown, table.bands, table.filler))
        rest = [quoted(choice) for choice in choices if choice not in had]
    if rest:
        context.complain(complaints.values_left_out(table.span, shown, rest, table.bands, table.filler))


def closing(gap: Interval, grid: Grid, ranges: Sequence[Ends]) -> tuple[Span, str] | None:
    """The edit that lets the range under a gap go up to the range over it."""
    under = [r for r in ranges if r.high is not None and r.on(grid).high == gap.low - 1 and not r.node.low_open]
    over = [r for r in ranges if r.low is not None and r.on(grid).low == gap.high + 1 and not r.node.low_open]
    if len(under) == 1 and len(over) == 1:
        return under[0].node.span, f"{under[0].low_text}..<{over[0].low_text}"
    return None


def row_tests(subject: Expression, taken: Sequence[Taken], rows: int) -> list[Expression]:
    """One test per row: in one of its ranges, or one of its values."""
    tests: list[Expression] = []
    for row in range(rows):
        mine = [part for part in taken if part.row == row]
        parts: list[Expression] = [
            written(range_test(subject, part.ends.node, part.ends.low, part.ends.high), part.node.span)
            for part in mine
            if part.ends is not None
        ]
        values = [part for part in mine if part.value is not None]
        if len(values) == 1 and values[0].value is not None:
            parts.append(written(Compare("=", subject, values[0].value), values[0].node.span))
        elif values:
            among = OneOf(subject, tuple(part.value.value for part in values if part.value is not None))
            parts.append(written(among, values[0].node.span.to(values[-1].node.span)))
        whole = mine[0].node.span.to(mine[-1].node.span)
        tests.append(parts[0] if len(parts) == 1 else written(AnyOf(tuple(parts)), whole))
    return tests
