"""What a replay must come to, worked out once more in plain Python: tiers that are kept between reviews, two triggers or three, cool-downs, absences. It knows nothing of the product."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import attrs


@attrs.frozen
class Stay:
    """A stay in a tier as the ledger tells it; the end is the first day no longer."""

    account: str
    tier: str
    start: str
    end: str
    cause: str


@attrs.define
class Holder:
    """An account that holds a tier."""

    tier: str
    since: dt.date
    settled: dt.date
    cause: str
    absences: int = 0


@attrs.frozen
class Seen:
    """One date: of each account present what the rules look at; `moved`: from the held tier and the account's history of scores, where triggers lead, None where nowhere."""

    day: dt.date
    scores: Mapping[str, Decimal | None]
    fresh: Callable[[Decimal | None, str | None], str]
    moved: Callable[[str, str, Sequence[tuple[dt.date, Decimal | None]]], str | None]


def quarter(day: dt.date) -> tuple[int, int]:
    return day.year, (day.month - 1) // 3


def months(day: dt.date, count: int) -> dt.date:
    """So many months later (or earlier), on the same day or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def lived(dates: Sequence[Seen]) -> set[Stay]:
    """All stays of all accounts, with reviews every quarter and a cool-down of a month."""
    stays: set[Stay] = set()
    holders: dict[str, Holder] = {}
    scores: dict[str, list[tuple[dt.date, Decimal | None]]] = {}
    reviewed: dt.date | None = None

    def ends(key: str, day: dt.date | None) -> None:
        held = holders.pop(key)
        stays.add(Stay(key, held.tier, held.since.isoformat(), day.isoformat() if day else "", held.cause))

    for seen in dates:
        review = reviewed is None or quarter(seen.day) > quarter(reviewed)
        reviewed = seen.day if review else reviewed
        for key in [key for key in holders if key not in seen.scores]:
            holders[key].absences += review
            if holders[key].absences == 2:
                ends(key, seen.day)
                scores.pop(key, None)
        for key, score in seen.scores.items():
            history = scores.setdefault(key, [])
            history.append((seen.day, score))
            held = holders.get(key)
            if held is None:
                tier, cause = seen.fresh(score, None), "new"
            elif seen.day < held.settled:
                held.absences = 0
                continue
            elif review:
                tier, cause = seen.fresh(score, held.tier), "review"
            else:
                tier, cause = seen.moved(key, held.tier, history) or held.tier, "trigger"
            if held is not None:
                held.absences = 0
                if tier == held.tier:
                    continue
                ends(key, seen.day)
            holders[key] = Holder(tier, seen.day, months(seen.day, 1), cause)
    for key in list(holders):
        ends(key, None)
    return stays


def held_for(history: Sequence[tuple[dt.date, Decimal | None]], day: dt.date, since: dt.date, below: Decimal) -> bool:
    """Whether on every day after `since`, up to `day`, what was seen last was a score below the line."""
    for number in range((day - since).days):
        at = day - dt.timedelta(days=number)
        last = [score for seen, score in history if seen <= at]
        if not last or last[-1] is None or last[-1] >= below:
            return False
    return True


def rounded(value: Fraction, digits: int) -> Decimal:
    """Half away from zero."""
    step = Decimal(1).scaleb(-digits)
    scaled = value / Fraction(step)
    return (Decimal(int(abs(scaled) + Fraction(1, 2))) * (1 if value >= 0 else -1) * step).quantize(step, ROUND_HALF_UP)


def percentiles(values: Mapping[str, Decimal | None]) -> dict[str, Decimal | None]:
    """Of each value the percent of all values that are not larger, a whole number."""
    known = sorted(value for value in values.values() if value is not None)
    places = {value: place for place, value in enumerate(known, 1)}  # of equals the last place
    return {
        key: None if value is None else rounded(Fraction(100 * places[value], len(known)), 0)
        for key, value in values.items()
    }
