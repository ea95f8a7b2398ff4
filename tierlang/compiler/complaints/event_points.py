"""Complaints about points for events and how they fade."""

from __future__ import annotations

from tierlang.compiler.complaints.voice import error
from tierlang.diagnostics.diagnostic import Diagnostic
from tierlang.diagnostics.edits import replace
from tierlang.program.numbers import number_text
from tierlang.source import Span
from tierlang.syntax import nodes


def no_points(span: Span, words: str) -> Diagnostic:
    """`points 0 per …`."""
    return error("bad-points", span, f"each event is worth {words} points, so this line never gives any")


def up_to_nothing(span: Span) -> Diagnostic:
    """`up to 0`."""
    return error(
        "bad-points",
        span,
        "`up to 0` lets this line give no points at all",
        "write the most that all events together are worth",
    )


def up_to_other_side(node: nodes.Expression, most: int, points: int) -> Diagnostic:
    """`points -5 per … up to 30`."""
    sign = "negative" if points < 0 else "positive"
    meant = number_text(-most)
    literal = isinstance(node, nodes.Number) or (
        isinstance(node, nodes.Negate) and isinstance(node.operand, nodes.Number)
    )
    return error(
        "bad-points",
        node.span,
        f"the points are {sign}, so together they never reach {number_text(most)}",
        f"write `up to {meant}`",
        fixes=[replace(node.span, meant)] if literal else [],
    )


def kept_not_percent(node: nodes.Number) -> Diagnostic:
    """`keeping 75 every month`."""
    return error(
        "bad-fading",
        node.span,
        f"what is kept is a percentage, and {node.text} is not",
        f"write `{node.text}%`",
        fixes=[replace(node.span, f"{node.text}%", certain=True)],
    )


def bad_kept(span: Span, words: str, *, never: bool) -> Diagnostic:
    """`keeping 100%`, `keeping 0%`."""
    why = "so nothing ever fades. Leave the fading out" if never else "but what is kept lies between 0% and 100%"
    return error("bad-fading", span, f"this keeps {words}, {why}")


def lost_percent(node: nodes.Number, kept: int) -> Diagnostic:
    """`losing 5% every week`."""
    rest = f"{number_text(kept * 100)}%"
    return error(
        "bad-fading",
        node.span,
        f"`losing` takes points away, and {node.text} is a share of them",
        f"write `keeping {rest}` to keep the rest of a share, or `losing` with a number of points",
    )


def bad_lost(span: Span, words: str, *, below: bool) -> Diagnostic:
    """`losing -5`."""
    more = "; negative points lose towards 0 as well" if below else ""
    return error("bad-fading", span, f"this loses {words} points, and what is lost must be more than 0{more}")


def never_fades(span: Span, every: str, window: str) -> Diagnostic:
    """A period longer than the window."""
    return error(
        "bad-fading",
        span,
        f"no period of {every} is over within {window}, so nothing ever fades",
        "make the period shorter or the window longer, or leave the fading out",
    )


def too_many_periods(span: Span, most: int, *, ever: bool) -> Diagnostic:
    """A fading that goes on for ever."""
    window = "count events `within` a time instead of `ever`" if ever else "count events within a shorter time"
    return error(
        "bad-fading",
        span,
        f"this fades over more than {most} periods",
        f"fade in longer periods (`every month` instead of `every day`), let it fade faster, or {window}",
    )
