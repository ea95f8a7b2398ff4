"""When a review is due, what is frozen, and how long a move settles an account. Everything here is the calendar's; no clock."""

from __future__ import annotations

import datetime as dt

from tierlang.program.calendar import Duration, shift
from tierlang.program.holdings import Cause, Occasion
from tierlang.program.nodes import Freeze, Mobility, Program, ReviewPeriod, Trigger

_DAY = dt.timedelta(days=1)


def period_of(day: dt.date, review: ReviewPeriod) -> dt.date:
    """The first day of the review period that the day lies in.

    Without `starting`: calendar days, weeks (from Monday), months, quarters, years. With it: the periods that begin there and every so often after (and before) it, each counted from
    `starting` itself, so that a period which began on the 31st begins on the last day of shorter months.
    """
    if review.starting is None:
        return _calendar(day, review)
    if review.unit in ("day", "week"):
        length = 1 if review.unit == "day" else 7
        return review.starting + dt.timedelta(days=(day - review.starting).days // length * length)
    count = (day.year - review.starting.year) * 12 + day.month - review.starting.month
    count //= Duration(1, review.unit).months or 1
    while True:
        begin = shift(review.starting, Duration(abs(count), review.unit), 1 if count >= 0 else -1)
        if begin <= day:
            return begin
        count -= 1


def _calendar(day: dt.date, review: ReviewPeriod) -> dt.date:
    match review.unit:
        case "day":
            return day
        case "week":
            return day - dt.timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
        case "quarter":
            return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
        case "year":
            return day.replace(month=1, day=1)


def freeze_on(program: Program, day: dt.date) -> Freeze | None:
    """The freeze that lasts on this day: of several the one that ends last, and of those the first written."""
    freezes = [each for each in _mobility(program).freezes if each.start <= day <= each.end]
    return max(freezes, key=lambda each: each.end, default=None)


def occasion_of(program: Program, as_of: dt.date, last_review: dt.date | None) -> Occasion:
    """What a run on this day is; `last_review` is the as-of date of the last applied review, None where there was none.

    It is a review if the rules have a review period and the day lies in a later one than the last review (or there was none), and no freeze lasts.
    """
    freeze = freeze_on(program, as_of)
    if freeze is not None:
        return Occasion(False, freeze)
    if program.review is None:
        return Occasion(False)
    due = last_review is None or period_of(as_of, program.review) > period_of(last_review, program.review)
    return Occasion(due)


def next_review(program: Program, as_of: dt.date, last_review: dt.date | None) -> dt.date | None:
    """The first day after the as-of date on which a run would be a review, if there is one on the as-of date itself or none before; None where the rules have no reviews, or the calendar ends first."""
    if program.review is None:
        return None
    try:
        return _next_review(program, program.review, as_of, last_review)
    except OverflowError:
        return None


def _next_review(program: Program, review: ReviewPeriod, as_of: dt.date, last_review: dt.date | None) -> dt.date:
    if occasion_of(program, as_of, last_review).review:
        last_review = as_of
    day = as_of + _DAY
    if last_review is not None:
        day = max(day, _period_after(last_review, review))
    while (freeze := freeze_on(program, day)) is not None:
        day = freeze.end + _DAY
    return day


def _period_after(day: dt.date, review: ReviewPeriod) -> dt.date:
    """The first day of the period after the one that the day lies in."""
    begin = period_of(day, review)
    after = shift(begin, Duration(1, review.unit), 1)
    while period_of(after, review) <= begin:
        after += _DAY
    return after


def settled_until(program: Program, as_of: dt.date, cause: Cause, trigger: Trigger | None) -> dt.date | None:
    """The first day on which an account that was moved or placed today may be moved again; None where nothing keeps it.

    Pins settle nothing: while they are in force they decide, and when they end the account is placed as new.
    """
    cooldown = _mobility(program).cooldown
    if trigger is not None and trigger.cooldown is not None:
        cooldown = trigger.cooldown
    if cooldown is None or cause in ("pin", "exclusion"):
        return None
    return shift(as_of, cooldown, 1)


def windows_of(program: Program, as_of: dt.date) -> dict[str, dt.date]:
    """By score that is asked about over a time, the day before the longest of these times: the latest value on or before it counts too."""
    begins: dict[str, dt.date] = {}
    for each in program.enduring:
        begin = shift(as_of, each.duration, -1)
        begins[each.score] = min(begin, begins.get(each.score, begin))
    return begins


def trigger_named(program: Program, name: str) -> Trigger | None:
    """The trigger of this name."""
    return next((each for each in _mobility(program).triggers if each.name == name), None)


def _mobility(program: Program) -> Mobility:
    return program.mobility or Mobility()
