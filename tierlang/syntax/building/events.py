"""Makers of questions about events and of the point lines that count them."""

from __future__ import annotations

from typing import Any, Literal, get_args

import attrs

from tierlang.diagnostics.diagnostic import Diagnostic, Severity
from tierlang.syntax import nodes as n
from tierlang.syntax.building.complaints import in_order, spaced_point
from tierlang.syntax.building.context import Line, Maker, Making, by_word, registry

MAKERS, makes = registry()


@attrs.frozen
class Asked:
    """What is asked of which events, until the whole question is read."""

    function: n.EventFunction
    event: n.Name
    attribute: n.Name | None


def _asking(function: n.EventFunction) -> Maker:
    """The maker of a question that begins with this function's word."""

    def maker(at: Making, parts: list[Any]) -> Asked:
        asked = parts[0]
        return Asked(function, *asked) if isinstance(asked, tuple) else Asked(function, asked, None)

    return maker


MAKERS |= {f"{function}_of": _asking(function) for function in get_args(n.EventFunction)}


@makes
def attribute(at: Making, parts: list[Any]) -> tuple[n.Name, n.Name]:
    spaced_point(at, parts[0], parts[2])
    return (parts[0], parts[2])


@makes
def window(at: Making, parts: list[Any]) -> n.Window:
    return n.Window(duration=parts[0] if parts else None, span=at.span)


@makes
def events(at: Making, parts: list[Any]) -> n.Events:
    asked = parts[0]
    where, window = _which(at, parts[1:])
    return n.Events(
        function=asked.function,
        event=asked.event,
        attribute=asked.attribute,
        where=where,
        window=window,
        span=at.span,
    )


def _which(at: Making, parts: list[Any]) -> tuple[n.Expression | None, n.Window | None]:
    """The condition and the window; a window written before the condition is complained of and read all the same."""
    where = next((part for part in parts if isinstance(part, Line) and part.word == "where"), None)
    window = next((part for part in parts if isinstance(part, n.Window)), None)
    if where is not None and window is not None and where.span.start > window.span.start:
        in_order(at, window.span, where.span)
    return (where.value if where else None), window


# --- points -----------------------------------------------------------------------------------------------------------------------------


@makes
def points_per(at: Making, parts: list[Any]) -> n.PointsPer:
    rest = list(parts)
    points = rest.pop(0)
    label = rest.pop(0) if isinstance(rest[0], n.Text) else None
    event = rest.pop(0)
    options = [part for part in rest if isinstance(part, Line) and part.word != "where"]
    where, window = _which(at, [part for part in rest if part not in options])
    said = by_word(reversed(options))  # of two that say the same the first counts
    for option in options:
        if said[option.word] is not option.value:
            at.complain(_twice(option))
    return n.PointsPer(
        points=points,
        label=label,
        event=event,
        where=where,
        window=window,
        fading=said.get("fading"),
        up_to=said.get("up to"),
        span=at.span,
    )


def _twice(option: Line) -> Diagnostic:
    message = "points fade in one way only" if option.word == "fading" else "`up to` stands twice in this line"
    return Diagnostic("doubled-line", Severity.ERROR, option.span, message, ("keep one of the two",))


def _fading(at: Making, kind: Literal["halving", "keeping", "losing"], parts: list[Any]) -> Line:
    amount = parts[0] if len(parts) > 1 else None
    return Line("fading", n.Fading(kind=kind, amount=amount, every=parts[-1], span=at.span), at.span)


@makes
def halving(at: Making, parts: list[Any]) -> Line:
    return _fading(at, "halving", parts)


@makes
def keeping(at: Making, parts: list[Any]) -> Line:
    return _fading(at, "keeping", parts)


@makes
def losing(at: Making, parts: list[Any]) -> Line:
    return _fading(at, "losing", parts)


@makes
def every(at: Making, parts: list[Any]) -> n.Duration:
    period = parts[0]
    if isinstance(period, n.Duration):
        return period
    return n.Duration(count=1, unit=period.text.removesuffix("s"), span=at.source.span(period.start, period.end))


@makes
def up_to(at: Making, parts: list[Any]) -> Line:
    return Line("up to", parts[0], at.span)
