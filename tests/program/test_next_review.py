"""The day of the next review."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from tests.reports.model import PROGRAM
from tierlang.program.nodes import Freeze, Mobility, Program, ReviewPeriod
from tierlang.program.occasions import next_review, occasion_of


def program(review: ReviewPeriod | None, *freezes: tuple[str, str]) -> Program:

    frozen = tuple(Freeze(dt.date.fromisoformat(start), dt.date.fromisoformat(end)) for start, end in freezes)
    return attrs.evolve(PROGRAM, review=review, mobility=Mobility(freezes=frozen))


QUARTERS = ReviewPeriod("quarter")


@pytest.mark.parametrize(
    ("review", "as_of", "last", "following"),
    [
        (QUARTERS, "2026-11-01", "2026-10-01", "2027-01-01"),
        (QUARTERS, "2027-01-01", "2026-10-01", "2027-04-01"),
        (QUARTERS, "2026-11-01", None, "2027-01-01"),
        (QUARTERS, "2026-11-01", "2026-03-31", "2027-01-01"),
        (ReviewPeriod("month", dt.date(2026, 1, 31)), "2026-02-10", "2026-01-31", "2026-02-28"),
        (ReviewPeriod("month", dt.date(2026, 1, 31)), "2026-03-01", "2026-02-28", "2026-03-31"),
        (ReviewPeriod("week"), "2026-11-22", "2026-11-16", "2026-11-23"),
        (ReviewPeriod("year", dt.date(2024, 2, 29)), "2026-02-27", "2025-03-01", "2026-02-28"),
    ],
)
def test_the_next_review(review: ReviewPeriod, as_of: str, last: str | None, following: str) -> None:
    model, day = program(review), dt.date.fromisoformat(as_of)
    before = dt.date.fromisoformat(last) if last else None
    found = next_review(model, day, before)
    assert found is not None
    assert found.isoformat() == following
    latest = day if occasion_of(model, day, before).review else before
    assert occasion_of(model, found, latest).review
    if found > day + dt.timedelta(days=1):
        assert not occasion_of(model, found - dt.timedelta(days=1), latest).review


def test_a_freeze_puts_the_review_off() -> None:
    model = program(QUARTERS, ("2026-12-15", "2027-01-04"), ("2027-01-05", "2027-01-06"))
    assert next_review(model, dt.date(2026, 11, 1), dt.date(2026, 10, 1)) == dt.date(2027, 1, 7)
    assert next_review(model, dt.date(2026, 12, 20), None) == dt.date(2027, 1, 7)


def test_rules_without_reviews_have_no_next_one() -> None:
    assert next_review(program(None), dt.date(2026, 11, 1), None) is None


def test_a_review_that_the_calendar_has_no_day_for_is_none() -> None:
    """The last day of all, and a freeze without an end."""
    assert next_review(program(QUARTERS), dt.date.max, None) is None
    assert next_review(program(QUARTERS, ("2026-12-15", "9999-12-31")), dt.date(2026, 12, 20), None) is None
