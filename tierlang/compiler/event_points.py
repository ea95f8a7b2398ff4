"""`points 30 per demo_request within 90 days up to 60`: points for each event that counts."""

from __future__ import annotations

from tierlang.compiler import constants
from tierlang.compiler.complaints import event_points as complaints
from tierlang.compiler.context import Context
from tierlang.compiler.facts import chosen
from tierlang.compiler.fading import read_fading
from tierlang.compiler.lower import condition_of
from tierlang.compiler.words import label_of, words
from tierlang.program.nodes import EventPoints, PointsPerEvent
from tierlang.syntax import nodes


def points_per_event(context: Context, node: nodes.PointsPer, points: int | None) -> PointsPerEvent | None:
    """The fact that adds up the points, and the line that reads it; `points` is what one event is worth."""
    before = len(context.complaints)
    events = chosen(context, node, condition_of)
    if points == 0:
        context.complain(complaints.no_points(node.points.span, words(node.points.span)))
    window = None if events is None else events.window
    fading = None if node.fading is None else read_fading(context, node.fading, points, window)
    up_to = None if node.up_to is None else _up_to(context, node.up_to, points)
    if events is None or points is None or len(context.complaints) > before:
        return None
    source = node.span.source
    text = f"{words(node.points.span)} per {words(source.span(node.event.span.start, node.span.end))}"
    name = f"points {text}"
    made = EventPoints(
        name, events.event.name, points, events.where, events.window, fading, up_to, text, span=node.span
    )
    return PointsPerEvent(context.know(made), text, label_of(node.label), span=node.span)


def _up_to(context: Context, node: nodes.Expression, points: int | None) -> int | None:
    """The most that the events are worth together, on the same side of 0 as their points."""
    most = constants.number(context, node, "what points go `up to`")
    if most is None or not points:
        return None
    if most == 0:
        context.complain(complaints.up_to_nothing(node.span))
    elif (most < 0) != (points < 0):
        context.complain(complaints.up_to_other_side(node, most, points))
    else:
        return most
    return None
