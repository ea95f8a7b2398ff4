"""Calendar arithmetic; engines only compare dates and count days."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Literal, TypeAlias

import attrs

CalendarUnit: TypeAlias = Literal["day", "week", "month", "quarter", "year"]

_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_DAYS = {"day": 1, "week": 7}


@attrs.frozen
class Duration:
    """So many days, weeks, months, quarters or years."""

    count: int
    unit: CalendarUnit

    @property
    def days(self) -> int | None:
        """How many days it is; None for months and longer, which only the calendar knows."""
        return self.count * _DAYS[self.unit] if self.unit in _DAYS else None

    @property
    def months(self) -> int | None:
        """How many months it is; None for days and weeks, which are no part of any."""
        return self.count * _MONTHS[self.unit] if self.unit in _MONTHS else None

    def __str__(self) -> str:
        return f"{self.count} {self.unit}" + ("" if self.count == 1 else "s")


def shift(date: dt.date, duration: Duration, direction: Literal[-1, 1]) -> dt.date:
    """The date `duration` after (1) or before (-1) `date`; months and longer keep the day, clamped to the month's end.

    Dates outside the years 1 to 9999 are clamped to the first or the last day there is.
    """
    try:
        if duration.months is None:
            return date + direction * dt.timedelta(days=duration.days or 0)
        year, month = divmod(date.year * 12 + date.month - 1 + direction * duration.months, 12)
        day = min(date.day, calendar.monthrange(year, month + 1)[1])
        return dt.date(year, month + 1, day)
    except (OverflowError, ValueError):
        return dt.date.max if direction > 0 else dt.date.min
