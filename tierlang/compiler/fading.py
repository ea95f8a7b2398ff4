"""What an event is still worth after so many periods: an exact table, made once."""

from __future__ import annotations

from collections.abc import Mapping

from tierlang.compiler import constants
from tierlang.compiler.complaints import event_points as complaints
from tierlang.compiler.context import Context
from tierlang.compiler.durations import duration_of
from tierlang.compiler.words import words
from tierlang.program.calendar import Duration
from tierlang.program.nodes import Fading
from tierlang.program.numbers import SCALE, half
from tierlang.syntax import nodes

MOST_PERIODS = 1_000

_LONGEST = {"month": 31, "quarter": 92, "year": 366}
_SHORTEST = {"month": 28, "quarter": 90, "year": 365}


def read_fading(context: Context, node: nodes.Fading, points: int | None, window: Duration | None) -> Fading | None:
    """How points fade, as far back as the window reaches; complains about what never fades or never ends."""
    every = duration_of(context, node.every, "every")
    kept = lost = None
    match node.kind:
        case "halving":
            kept = SCALE // 2
        case "keeping":
            kept = _kept(context, node)
        case "losing":
            lost = _lost(context, node, points)
    if every is None or points is None or (kept is None and lost is None):
        return None
    last = None if window is None else last_period(window, every)
    if last == 0:
        assert window is not None
        context.complain(complaints.never_fades(node.every.span, str(every), str(window)))
        return None
    amounts = _keeping(points, kept, last) if kept is not None else _losing(points, lost or 0, last)
    if len(amounts) > MOST_PERIODS:
        context.complain(complaints.too_many_periods(node.span, MOST_PERIODS, ever=window is None))
        return None
    return Fading(every, tuple(amounts), span=node.span)


def _kept(context: Context, node: nodes.Fading) -> int | None:
    assert node.amount is not None
    kept = constants.number(context, node.amount, "what is kept")
    if kept is None:
        return None
    if isinstance(node.amount, nodes.Number) and node.amount.form != "percent" and kept > SCALE:
        context.complain(complaints.kept_not_percent(node.amount))
        return None
    if not 0 < kept < SCALE:
        context.complain(complaints.bad_kept(node.amount.span, words(node.amount.span), never=kept == SCALE))
        return None
    return kept


def _lost(context: Context, node: nodes.Fading, points: int | None) -> int | None:
    assert node.amount is not None
    lost = constants.number(context, node.amount, "what is lost")
    if lost is None:
        return None
    if isinstance(node.amount, nodes.Number) and node.amount.form == "percent":
        context.complain(complaints.lost_percent(node.amount, SCALE - lost))
        return None
    if lost <= 0:
        context.complain(
            complaints.bad_lost(node.amount.span, words(node.amount.span), below=points is not None and points < 0)
        )
        return None
    return lost


def last_period(window: Duration, every: Duration) -> int:
    """The last period that a window can reach into; counted too long where months meet days."""
    if window.months is not None and every.months is not None:
        return window.months // every.months
    return _days(window, _LONGEST) // _days(every, _SHORTEST)


def _days(duration: Duration, sizes: Mapping[str, int]) -> int:
    """Its days, with these for what only the calendar knows."""
    return duration.count * sizes[duration.unit] if duration.days is None else duration.days


def _keeping(points: int, kept: int, last: int | None) -> list[int]:
    """Points × factor in 1/10^8ths, each factor kept^k rounded once; up to one period more than there may be."""
    amounts: list[int] = []
    above, below = SCALE, 1
    while len(amounts) <= MOST_PERIODS and (last is None or len(amounts) <= last):
        factor = half(above, below)
        if factor == 0:
            break
        amounts.append(points * factor)
        above, below = above * kept, below * SCALE
    return amounts


def _losing(points: int, lost: int, last: int | None) -> list[int]:
    amounts: list[int] = []
    left = abs(points)
    while left > 0 and len(amounts) <= MOST_PERIODS and (last is None or len(amounts) <= last):
        amounts.append((left if points > 0 else -left) * SCALE)
        left -= lost
    return amounts
