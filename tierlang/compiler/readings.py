"""What reads what: the expressions inside definitions, and the names inside pieces of syntax."""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.program.expressions import Defined, Expression
from tierlang.program.nodes import (
    BestOf,
    Definition,
    Derive,
    Enduring,
    Formula,
    Percentile,
    PointLine,
    PointsPerEvent,
    PointSum,
    PointTable,
    Score,
    Weighing,
)
from tierlang.program.values import Kind
from tierlang.said import names_said
from tierlang.syntax import nodes


def expressions_of(definition: Definition) -> tuple[Expression, ...]:
    """The expressions a definition computes with."""
    match definition:
        case Derive(value=value):
            return (value,)
        case Percentile(of=of, where=where, per=per):
            return (of, *([where.test] if where else []), *([per] if per else []))
        case Score(body=Weighing(lines=lines)):
            return tuple(
                expression for line in lines for expression in (line.part, *([line.when.test] if line.when else []))
            )
        case Score(body=Formula(value=value)):
            return (value,)
        case Score(body=PointSum(lines=points)):
            return tuple(expression for line in points for expression in _of_points(line))
        case Enduring(score=score):
            return (Defined(score, Kind.NUMBER),)
        case _:
            raise AssertionError(definition)


def _of_points(line: PointLine | PointTable | PointsPerEvent | BestOf) -> tuple[Expression, ...]:
    match line:
        case PointLine(when=when):
            return (when.test,)
        case PointTable(subject=subject, rows=rows):
            return (subject, *(row.test for row in rows))
        case PointsPerEvent(points=points):
            return (points,)
        case BestOf(lines=lines):
            return tuple(expression for inner in lines for expression in _of_points(inner))


def names_in(node: object) -> Iterator[nodes.Name]:
    """The names that expressions inside a piece of syntax read, in the order they are written.

    What chooses among events is left out: it reads nothing that is computed, and its names may be the event's own.
    """
    match node:
        case nodes.Ref(name=name) | nodes.Column(table=name) | nodes.MatchColumn(name=name):
            yield name
        case nodes.Events():
            pass
        case nodes.DaysSince(subject=subject):
            yield subject.name
        case nodes.PointsPer():
            for part in (node.points, node.fading, node.up_to):
                yield from names_in(part)
        case _:
            for each in _parts(node):
                yield from names_in(each)


def tiers_asked_in(node: object) -> Iterator[nodes.TierIs]:
    """The questions for tiers inside a piece of syntax, in the order they are written."""
    if isinstance(node, nodes.TierIs):
        yield node
    else:
        for part in _parts(node):
            yield from tiers_asked_in(part)


def days_in_tier_in(node: object) -> Iterator[nodes.DaysInTier]:
    """Where a piece of syntax asks how long the tier has been held."""
    if isinstance(node, nodes.DaysInTier):
        yield node
    else:
        for part in _parts(node):
            yield from days_in_tier_in(part)


def _parts(node: object) -> Iterator[object]:
    if isinstance(node, tuple):
        yield from node
    elif isinstance(node, nodes.Node):
        for name in names_said(type(node)):
            part = getattr(node, name)
            if isinstance(part, tuple | nodes.Node):
                yield part
