"""Month ends, leap days, and days on which something ends: cool-downs, windows over scores, months without an event."""

from __future__ import annotations

import pytest

from tests.cli.files import plain
from tests.mobility.desk import Desk

FALLING = "  demote falling { from one, two  to three  when fall  owner dana }\n"


@pytest.mark.parametrize(
    ("cooldown", "placed", "before", "ends"),
    [
        ("1 month", "2027-01-31", "2027-02-27", "2027-02-28"),
        ("1 month", "2028-01-31", "2028-02-28", "2028-02-29"),
        ("1 year", "2028-02-29", "2029-02-27", "2029-02-28"),
    ],
)
def test_a_cool_down_keeps_until_the_day_before_it_ends(
    desk: Desk, cooldown: str, placed: str, before: str, ends: str
) -> None:
    """On the day itself the account may move: not one day later, not one day sooner."""
    desk.rules(f"cooldown {cooldown}\n{FALLING}", review="")
    desk.run(placed, A="90")
    desk.accounts(A="90 fall")
    assert f"1 cool-down ends on {ends}" in plain(desk.plan(before).stdout)
    assert desk.moved() == {}
    assert f"settled until {ends}" in str(desk.record("A")["reason"])
    desk.plan(ends)
    assert desk.moved() == {"A": "three"}


def test_a_review_in_a_cool_down_keeps_and_one_on_its_last_day_moves(desk: Desk) -> None:
    desk.rules("cooldown 92 days")
    desk.run("2026-10-01", A="90", B="70")
    desk.run("2026-10-02", A="70", B="70", C="90")
    said = desk.run("2027-01-01", A="70", B="90", C="70")
    assert "Waiting 1 for the end of a cool-down" in said
    assert desk.holders() == {"A": "two", "B": "one", "C": "one"}
    assert "without that: to two: priority 70" in str(desk.record("C")["reason"])
    desk.run("2027-01-02")
    assert desk.holders()["C"] == "one", "what the review did not do waits for the next one"
    desk.run("2027-04-03")
    assert desk.holders()["C"] == "two"


def test_a_trigger_has_its_own_cool_down(desk: Desk) -> None:
    desk.rules(
        "cooldown 1 year\n promote rising { from two  to one  when rise  owner sam  cooldown 1 month }\n" + FALLING,
        review="",
    )
    desk.run("2026-01-31", A="70")
    desk.run("2027-01-31", A="70 rise")
    assert desk.rows("SELECT tier, settled_until::VARCHAR FROM holders") == [("one", "2027-02-28")]
    desk.run("2027-02-28", A="70 fall")
    assert desk.rows("SELECT tier, settled_until::VARCHAR FROM holders") == [("three", "2028-02-28")]


@pytest.mark.parametrize(
    ("begun", "last", "first"),
    [
        ("2027-01-31", "2027-02-28", "2027-03-01"),
        ("2027-02-28", "2027-03-26", "2027-03-27"),
    ],
)
def test_for_a_month_is_every_day_of_a_month_with_today(desk: Desk, begun: str, last: str, first: str) -> None:
    """Low since a day, seen at every run since: it has been low for a month when each day after the same day of last month is one of those."""
    desk.rules("demote low { from one  to two  when priority < 50 for 1 month  owner dana }", review="")
    desk.run("2026-01-05", A="90")
    desk.run(begun, A="40")
    desk.plan(last)
    assert desk.moved() == {}
    desk.plan(first)
    assert desk.moved() == {"A": "two"}


def test_one_good_day_in_between_begins_the_month_anew(desk: Desk) -> None:
    desk.rules("demote low { from one  to two  when priority < 50 for 1 month  owner dana }", review="")
    desk.run("2026-10-01", A="40 ", B="40", C="90")
    assert desk.holders() == {"A": "three", "B": "three", "C": "one"}
    desk.run("2026-11-01", A="40", B="40", C="40")
    desk.run("2026-11-20", A="40", B="40", C="55")
    desk.run("2026-11-21", A="40", B="40", C="40")
    desk.run("2026-12-05")
    assert desk.holders()["C"] == "one"
    desk.run("2026-12-20")
    assert desk.holders()["C"] == "two"


def test_of_two_runs_on_one_day_the_later_is_what_was_observed(desk: Desk) -> None:
    desk.rules("demote low { from one  to two  when priority < 50 for 1 week  owner dana }", review="")
    desk.run("2026-10-01", A="90", B="90")
    desk.run("2026-10-02", A="40", B="70")
    desk.run("2026-10-02", A="70", B="40")
    desk.run("2026-10-08", A="40", B="40")
    assert desk.holders() == {"A": "one", "B": "two"}


def test_a_window_that_begins_on_the_last_day_of_february(desk: Desk) -> None:
    """`no touch within 1 month` on the 29th of March sees the 28th of February in a common year: both ends of a window count."""
    desk.rules("demote silent { from one  to two  when no touch within 1 month  owner dana }", review="")
    desk.facts("touch A 2027-02-28", "touch B 2027-02-27", "touch C 2027-03-30")
    desk.run("2027-02-28", A="90", B="90", C="90")
    desk.run("2027-03-29")
    assert desk.holders() == {"A": "one", "B": "two", "C": "two"}, "a touch of tomorrow has not happened yet"
    desk.run("2027-03-31")
    assert desk.holders() == {"A": "one", "B": "two", "C": "two"}
    desk.run("2027-04-01")
    assert desk.holders() == {"A": "two", "B": "two", "C": "two"}


def test_late_events_count_by_their_own_day_and_change_no_past_run(desk: Desk) -> None:
    """A touch of October that arrives in December: it keeps an account in December, and what October decided stays decided."""
    desk.rules("demote silent { from one  to two  when no touch within 2 months  owner dana }", review="")
    desk.facts("touch B 2026-09-20", "touch A 2026-08-15")
    desk.run("2026-10-01", A="90", B="90", C="90")
    desk.run("2026-10-20")
    assert desk.holders() == {"A": "two", "B": "one", "C": "two"}
    desk.facts(
        "touch B 2026-09-20", "touch A 2026-08-15", "touch B 2026-10-25", "touch A 2026-10-10", "touch C 2026-10-10"
    )
    desk.run("2026-12-05")
    assert desk.holders() == {"A": "two", "B": "one", "C": "two"}
    assert [len(desk.life(key)) for key in "ABC"] == [2, 1, 2]


def test_a_backdated_event_fires_on_the_day_it_is_known(desk: Desk) -> None:
    """An order dated before the last run, first seen today, moves today, with today's date; one dated too long ago does nothing."""
    desk.rules("promote bought { from two  to one  when any order within 30 days  owner sam }", review="")
    desk.facts("touch A 2026-10-01")
    desk.run("2026-10-01", A="70", B="70")
    desk.run("2026-10-31")
    desk.facts("touch A 2026-10-01", "order A 2026-10-20", "order B 2026-10-15")
    desk.run("2026-11-15")
    assert desk.rows("SELECT account, tier, since::VARCHAR FROM holders ORDER BY account") == [
        ("A", "one", "2026-11-15"),
        ("B", "two", "2026-10-01"),
    ]
    desk.facts("touch A 2026-10-01")
    desk.run("2026-11-16")
    assert desk.holders() == {"A": "one", "B": "two"}, "an order that is taken back takes no tier back"
