"""Points: lines with a condition, tables by bands, and the best of some lines."""

from __future__ import annotations

from collections.abc import Sequence

from tierlang.compiler import constants
from tierlang.compiler.bands import Table, read_bands, rows_beside
from tierlang.compiler.complaints import scores as complaints
from tierlang.compiler.complaints.kinds import percent_misfit
from tierlang.compiler.context import Context
from tierlang.compiler.event_points import points_per_event
from tierlang.compiler.lower import condition_of, subject
from tierlang.compiler.point_files import rows_from_file, value_of
from tierlang.compiler.words import label_of, words
from tierlang.program.nodes import BestOf, PointLine, PointsPerEvent, PointSum, PointTable, TableRow
from tierlang.syntax import nodes


def read_points(
    context: Context, lines: Sequence[nodes.Points | nodes.PointsBy | nodes.PointsPer | nodes.BestOf]
) -> PointSum | None:
    """All point lines of a score."""
    made: list[PointLine | PointTable | PointsPerEvent | BestOf | None] = []
    for line in lines:
        if isinstance(line, nodes.BestOf):
            made.append(_best_of(context, line))
        else:
            made.append(_line(context, line))
    found = [line for line in made if line is not None]
    if len(found) < len(made):
        return None
    return PointSum(tuple(found), span=lines[0].span.to(lines[-1].span))


def _best_of(context: Context, node: nodes.BestOf) -> BestOf | None:
    if not node.lines:
        context.complain(complaints.empty_best_of(node.span))
        return None
    lines = [_line(context, line) for line in node.lines]
    found = [line for line in lines if line is not None]
    return BestOf(tuple(found), label_of(node.label), span=node.span) if len(found) == len(lines) else None


def _line(
    context: Context, node: nodes.Points | nodes.PointsBy | nodes.PointsPer
) -> PointLine | PointTable | PointsPerEvent | None:
    match node:
        case nodes.Points(points=points, when=when, label=label):
            amount = _amount(context, points)
            condition = condition_of(context, when)
            if amount is None or condition is None:
                return None
            return PointLine(amount, condition, label_of(label), span=node.span)
        case nodes.PointsPer(points=points):
            return points_per_event(context, node, _amount(context, points))
        case nodes.PointsBy():
            return _table(context, node)


def _amount(context: Context, node: nodes.Expression) -> int | None:
    """How many points; a percentage is most likely meant as a plain number."""
    if isinstance(node, nodes.Number) and node.form == "percent":
        context.complain(percent_misfit(node, "points", "are a plain number"))
        return None
    return constants.number(context, node, "a number of points")


def _table(context: Context, node: nodes.PointsBy) -> PointTable | None:
    name = subject(context, node.subject)
    amounts = [_amount(context, band.result) for band in node.bands]
    if name is None or any(amount is None for amount in amounts):
        return None
    table = Table(name, node.subject.span, node.bands, "0")
    rows: tuple[TableRow, ...] | None = None
    if node.path is not None:
        rows = rows_from_file(context, table, node.path)
        bands = None if rows is None else rows_beside(context, table, [value_of(row) for row in rows])
    else:
        bands = read_bands(context, table)
    if bands is None:
        return None
    by_band = {id(band): amount for band, amount in zip(node.bands, amounts, strict=True) if amount is not None}
    return PointTable(
        subject=name,
        rows=rows
        or tuple(
            TableRow(test, by_band[id(band)], words(band.tests[0].span.to(band.tests[-1].span)), span=band.span)
            for test, band in bands.rows
        ),
        otherwise=None if bands.otherwise is None else by_band[id(bands.otherwise)],
        missing=None if bands.missing is None else by_band[id(bands.missing)],
        text=words(node.subject.span),
        label=label_of(node.label),
        span=node.span,
    )
