"""When a review is due: the calendar, what was skipped, and days before the last run."""

from __future__ import annotations

import pytest

from tests.mobility.desk import TRIGGERS, Desk


def test_a_day_before_the_last_run_is_refused_and_the_same_day_is_not(desk: Desk) -> None:
    desk.rules()
    desk.run("2026-10-01", A="90", B="70")
    desk.run("2026-11-10", A="90", B="70")
    said = desk.refused("2026-11-09")
    assert "the last run of tiers.ledger is as of 2026-11-10, so what was so on 2026-11-09 is no longer known" in said
    assert "Say --as-of 2026-11-10 or a later day" in said
    assert "2 holders" in desk.run("2026-11-10", A="90", B="70", C="20")
    assert desk.holders() == {"A": "one", "B": "two", "C": "three"}


def test_a_review_is_made_on_the_first_day_of_a_quarter_and_once(desk: Desk) -> None:
    desk.rules()
    assert "the first run" in desk.run("2026-11-20", A="90", B="70")
    assert "between reviews" in desk.run("2026-12-31", A="70", B="90")
    assert desk.holders() == {"A": "one", "B": "two"}
    assert "a review" in desk.run("2027-01-01")
    assert desk.holders() == {"A": "two", "B": "one"}
    assert "between reviews" in desk.run("2027-01-01", A="90", B="70")
    assert "between reviews" in desk.run("2027-03-31")
    assert desk.holders() == {"A": "two", "B": "one"}
    assert desk.rows("SELECT run FROM runs WHERE review") == [(1,), (3,)]


def test_reviews_that_nobody_made_are_made_up_for_by_one(desk: Desk) -> None:
    """Half a year of silence: one review on the day of the next run, not one for each quarter. An account that is absent then was absent at one review."""
    desk.rules()
    desk.run("2026-10-01", A="90", B="70")
    assert "a review" in desk.run("2027-05-20", A="70")
    assert desk.holders() == {"A": "two", "B": "two"}
    assert "between reviews" in desk.run("2027-05-21")
    assert "a review" in desk.run("2027-07-01")
    assert desk.life("B") == ["1: - -> two new", "4: two -> - absence"]


@pytest.mark.parametrize(
    ("review", "before", "due"),
    [
        ("review every week", "2026-10-04", "2026-10-05"),  # a Monday
        ("review every month starting 2026-08-31", "2026-10-30", "2026-10-31"),
        ("review every year starting 2024-02-29", "2027-02-27", "2027-02-28"),
    ],
)
def test_periods_begin_where_the_calendar_or_starting_says(desk: Desk, review: str, before: str, due: str) -> None:
    desk.rules(review=review)
    assert f"the next review is due on {due}" in desk.run("2026-10-01", A="90")
    assert "between reviews" in desk.plan(before).stdout
    assert "a review" in desk.plan(due).stdout


def test_a_review_on_the_29th_of_february(desk: Desk) -> None:
    """Months that begin on the 29th begin on the 28th in a common year and on the 29th in a leap year."""
    desk.rules(review="review every month starting 2027-10-29")
    desk.run("2028-02-01", A="90")
    assert "between reviews" in desk.plan("2028-02-28").stdout
    assert "a review" in desk.plan("2028-02-29").stdout
    assert "a review" in desk.plan("2029-02-28").stdout


def test_without_a_review_line_nobody_is_placed_again(desk: Desk) -> None:
    desk.rules(review="")
    assert "review is due" not in desk.run("2026-10-01", A="90", B="70")
    said = desk.run("2036-10-01", A="70", B="70 rise")
    assert "between reviews" in said
    assert desk.holders() == {"A": "one", "B": "one"}


def test_a_freeze_of_one_leap_day(desk: Desk) -> None:
    desk.rules(TRIGGERS + "  freeze 2028-02-29\n")
    desk.run("2028-02-28", A="90")
    desk.run("2028-02-29", A="20 fall")
    assert desk.holders() == {"A": "one"}
    desk.run("2028-03-01")
    assert desk.holders() == {"A": "three"}
