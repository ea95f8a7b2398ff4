"""How counts, shares and dates are said."""

from __future__ import annotations

import datetime as dt


def count(number: int, thing: str, things: str | None = None) -> str:
    """`1 error`, `2,000 errors`."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"


def share(part: int, whole: int) -> str:
    """A percentage with one digit; `<0.1%` and `>99.9%` rather than a lie at the ends."""
    if whole == 0:
        return "-"
    if 0 < part * 2000 < whole:
        return "<0.1%"
    if part < whole and (whole - part) * 2000 < whole:
        return ">99.9%"
    return f"{(part * 1000 + whole // 2) // whole / 10:.1f}%"


def date(day: dt.date) -> str:
    """A date as people and files both read it."""
    return day.isoformat()
