"""What the calendar brings next: the review, the end of a freeze, pins that end."""

from __future__ import annotations

import datetime as dt

from tierlang.planning.header import Due
from tierlang.program.calendar import Duration, shift
from tierlang.program.holdings import Occasion
from tierlang.program.nodes import Program
from tierlang.program.occasions import next_review

_AHEAD = Duration(1, "quarter")
"""So far ahead the pins are listed that end, where there are no reviews."""


def due(
    program: Program,
    as_of: dt.date,
    occasion: Occasion,
    last_review: dt.date | None,
    settled: tuple[tuple[dt.date, int], ...],
) -> Due:
    """What comes next after a run on this day; `last_review` is that of the ledger before it, `settled` are the cool-downs that end."""
    review = next_review(program, as_of, last_review)
    horizon = review or shift(as_of, _AHEAD, 1)
    ending = sorted((each.until, each.key) for each in program.pins if each.until and as_of <= each.until < horizon)
    return Due(
        review=review,
        freeze_ends=occasion.freeze.end if occasion.freeze else None,
        settled=settled,
        pins=tuple((key, until) for until, key in ending),
    )
