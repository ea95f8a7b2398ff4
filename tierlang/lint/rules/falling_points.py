"""More of a good thing lowers the points

Bands are typed from top to bottom, and a digit too few turns 25 visits into less than 10. For counts of events, signals, scores and percentiles any up and down is taken for a mistake; bands that only fall are not, since some things are bad news.
For headcounts, money and other fields, and for tickets, complaints and the like, a peak in the middle is a way to say what is best, but a valley (fewer points in the middle than on both sides) is not.

Bad:

```tier
score warmth {
  range 0..100
  points 60 "Good fit" when fit >= 50
  points by count of meeting within 90 days { 5.. -> 4  2..4 -> 40  1 -> 20  0 -> 0 }
}
```

Good:

```tier
score warmth {
  range 0..100
  points 60 "Good fit" when fit >= 50
  points by count of meeting within 90 days { 5.. -> 40  2..4 -> 30  1 -> 20  0 -> 0 }
}
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.reading import Reading
from tierlang.lint.review import Review, place
from tierlang.lint.rising import Band, bands_of
from tierlang.lint.rule import Finding, Theme
from tierlang.lint.values import tables_of_scores
from tierlang.program.expressions import (
    Arithmetic,
    Constant,
    Defined,
    Expression,
    Extreme,
    FirstOf,
    Input,
    Rounded,
)
from tierlang.program.nodes import Aggregate, Derive, Percentile, PointTable, Score, Signal
from tierlang.program.numbers import number_text

SEVERITY = Severity.WARNING
THEME = Theme.SCORES


_BAD_NEWS = re.compile(
    r"ticket|complain|bug|outage|cancel|refund|churn|bounce|unsub|escalat|incident|lost|fail|overdue|error|refus|declin|return",
    re.IGNORECASE,
)


def check(review: Review) -> Iterator[Finding]:
    """Every table of bands by a number."""
    reading = Reading.of(review.program)
    for score, table in tables_of_scores(review.program):
        yield from _of_table(reading, score, table)


def _of_table(reading: Reading, score: Score, table: PointTable) -> Iterator[Finding]:
    bands = bands_of(table)
    counts = _is_good(reading, table.subject)
    if bands is None or counts is None:
        return
    odd = _fall(bands) if counts else _valley(bands)
    if odd is None:
        return
    before, at, after = odd
    values = ", ".join(number_text(each.points) for each in bands)
    what = "lowers the points" if counts else "gives fewer points in the middle"
    yield Finding(
        place(at.row, table, score),
        f"more of `{table.text}` {what}: {number_text(before.points)} {'for' if before is not at else ''} `{before.text}`, then {number_text(at.points)} for `{at.text}`"
        + (f", and {number_text(after.points)} again for `{after.text}`" if after is not None else ""),
        hints=(
            f"from low to high the points are {values}: put them in order, or split what they mean into two tables",
        ),
    )


def _is_good(reading: Reading, subject: Expression) -> bool | None:
    """Whether more of it is more of something wanted (a count, a signal, a score); False for sizes; None for what has no such order."""
    match subject:
        case Input(kind=kind):
            return False if kind.is_numeric else None
        case Defined(name=name, kind=kind) if kind.is_numeric:
            match reading.definition(name):
                case Aggregate(function="days since" | "smallest"):
                    return None
                case Aggregate(event=event, text=text):
                    return not _BAD_NEWS.search(f"{event} {text}")
                case Score() | Percentile():
                    return True
                case Derive(value=value):
                    return _is_good(reading, value)
                case None:
                    return any(isinstance(each, Signal) for each in reading.sources(subject).values())
                case _:
                    return None
        case FirstOf(parts=parts) | Extreme(parts=parts):
            kinds = {_is_good(reading, part) for part in parts if not isinstance(part, Constant)}
            return kinds.pop() if len(kinds) == 1 else False
        case Rounded(part=part):
            return _is_good(reading, part)
        case Arithmetic():
            return False
        case _:
            return None


def _fall(bands: list[Band]) -> tuple[Band, Band, Band | None] | None:
    """The first step down, where others go up."""
    falls = [(one, other) for one, other in pairwise(bands) if other.points < one.points]
    rises = any(other.points > one.points for one, other in pairwise(bands))
    return (*falls[0], None) if falls and rises else None


def _valley(bands: list[Band]) -> tuple[Band, Band, Band | None] | None:
    """The lowest band that has more points on both sides."""
    for at in range(1, len(bands) - 1):
        before = max(bands[:at], key=lambda each: each.points)
        after = max(bands[at + 1 :], key=lambda each: each.points)
        if bands[at].points < min(before.points, after.points):
            return before, bands[at], after
    return None
