"""A table of points as a line of numbers: what it gives from the least to the most of its subject."""

from __future__ import annotations

import attrs

from tierlang.program.expressions import AllOf, AnyOf, Compare, Constant, Expression, Not, OneOf
from tierlang.program.nodes import PointTable, TableRow


@attrs.frozen
class Band:
    """Neighbouring numbers with the same points; `row` is None for `otherwise`."""

    points: int
    text: str
    row: TableRow | None


def bands_of(table: PointTable) -> list[Band] | None:
    """The bands in the order of the numbers, or None where rows ask for something else."""
    limits: set[int] = set()
    for row in table.rows:
        found = _limits(row.test)
        if found is None:
            return None
        limits |= found
    if not limits:
        return None
    samples: list[int] = []
    for limit in sorted(limits):
        samples += [limit - 1, limit, limit + 1]
    bands: list[Band] = []
    for number in sorted(set(samples)):
        taken = next((row for row in table.rows if _holds(row.test, number)), None)
        if taken is None and table.otherwise is None:
            continue
        points = (table.otherwise or 0) if taken is None else taken.points
        if not bands or bands[-1].row is not taken:
            bands.append(Band(points, "otherwise" if taken is None else taken.text, taken))
    # What lies between two bands in no row is left out: other rules speak of such gaps.
    return [band for at, band in enumerate(bands) if not _is_rest(band.row) or at in (0, len(bands) - 1)]


def _is_rest(row: TableRow | None) -> bool:
    """Whether it takes what the other rows leave."""
    return row is None or isinstance(row.test, Not)


def _limits(test: Expression) -> set[int] | None:
    """The numbers that a row compares its subject with."""
    match test:
        case Compare(right=Constant(value=int() as value)) if not isinstance(value, bool):
            return {value}
        case OneOf(values=values):
            numbers = {value for value in values if isinstance(value, int) and not isinstance(value, bool)}
            return numbers if len(numbers) == len(values) else None
        case AllOf(parts=parts) | AnyOf(parts=parts):
            found: set[int] = set()
            for part in parts:
                limits = _limits(part)
                if limits is None:
                    return None
                found |= limits
            return found
        case Not(part=part):
            return _limits(part)
        case Constant(value=bool()):
            return set()
        case _:
            return None


def _holds(test: Expression, number: int) -> bool:
    match test:
        case Compare(operator=operator, right=Constant(value=int() as value)):
            return {
                "=": number == value,
                "!=": number != value,
                "<": number < value,
                "<=": number <= value,
                ">": number > value,
                ">=": number >= value,
            }[operator]
        case OneOf(values=values):
            return number in values
        case AllOf(parts=parts):
            return all(_holds(part, number) for part in parts)
        case AnyOf(parts=parts):
            return any(_holds(part, number) for part in parts)
        case Not(part=part):
            return not _holds(part, number)
        case Constant(value=value):
            return value is True
        case _:
            raise AssertionError("not a band")
