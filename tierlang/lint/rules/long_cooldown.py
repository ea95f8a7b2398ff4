"""A cool-down that is longer than the time between two reviews

An account that was moved is settled for its cool-down, and reviews leave it alone as long. If that is longer than a review period, whoever one review moves is passed over by the next: the second look that everybody was promised does not happen. New accounts are settled, too,
so a first run settles everybody over the first review.

The cool-down of one trigger is its own decision; there it is a note.

Bad:

```tier
mobility {
  cooldown 100 days
}
```

Good:

```tier
mobility {
  cooldown 60 days
}
```
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.review import Review, head, place
from tierlang.lint.rule import Finding, Theme
from tierlang.program.calendar import Duration, shift
from tierlang.program.nodes import ReviewPeriod
from tierlang.program.occasions import period_of

SEVERITY = Severity.WARNING
THEME = Theme.MOBILITY

_DAY = dt.timedelta(days=1)
_YEARS = 2


def check(review: Review) -> Iterator[Finding]:
    """The cool-down of the whole mobility, and those of triggers."""
    program = review.program
    if program.mobility is None or program.review is None:
        return
    starts = _reviews(review.today, program.review)
    if program.mobility.cooldown is not None:
        passed = _passed(starts, program.mobility.cooldown)
        if passed is not None:
            yield Finding(
                head(program.mobility, program),
                f"the cool-down of {program.mobility.cooldown} is longer than the time between two reviews: whom the review of {passed[0]} moves, that of {passed[1]} passes over, as settled until {passed[2]}",
                hints=("make it shorter than the review period, or review less often",),
            )
    for trigger in program.mobility.triggers:
        passed = None if trigger.cooldown is None else _passed(starts, trigger.cooldown)
        if passed is not None:
            yield Finding(
                place(trigger, program),
                f"whom `{trigger.name}` moves on {passed[0]} is settled until {passed[2]}: the review of {passed[1]} passes it over",
                hints=("if that is meant, `allow` it here; else make the cool-down shorter than the review period",),
                severity=Severity.NOTE,
            )


def _reviews(today: dt.date, period: ReviewPeriod) -> list[dt.date]:
    """The first days of the review periods from now on, for two years (of long ones, three of them)."""
    starts = [period_of(today, period)]
    day = today
    while (len(starts) < 3 or (day - today).days < _YEARS * 366) and len(starts) < 60:
        if day == dt.date.max:
            break
        day += _DAY
        start = period_of(day, period)
        if start != starts[-1]:
            starts.append(start)
    return starts


def _passed(starts: list[dt.date], cooldown: Duration) -> tuple[dt.date, dt.date, dt.date] | None:
    """A review, the next, and until when the first settles an account, if that is after the next."""
    for start, following in pairwise(starts):
        until = shift(start, cooldown, 1)
        if until > following:
            return start, following, until
    return None
