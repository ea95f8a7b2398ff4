"""Calendar arithmetic: month ends, leap days, the ends of the calendar."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tierlang.program.calendar import Duration, shift


@pytest.mark.parametrize(
    ("date", "count", "unit", "direction", "expected"),
    [
        ("2026-03-31", 1, "month", -1, "2026-02-28"),
        ("2024-03-31", 1, "month", -1, "2024-02-29"),
        ("2024-02-29", 1, "year", -1, "2023-02-28"),
        ("2024-02-29", 4, "year", -1, "2020-02-29"),
        ("2026-01-31", 1, "quarter", 1, "2026-04-30"),
        ("2026-11-22", 2, "quarter", -1, "2026-05-22"),
        ("2026-03-01", 1, "day", -1, "2026-02-28"),
        ("2026-03-01", 3, "week", -1, "2026-02-08"),
        ("2026-12-15", 13, "month", 1, "2028-01-15"),
        ("2026-11-22", 0, "month", -1, "2026-11-22"),
        ("0001-01-15", 1, "month", -1, "0001-01-01"),
        ("9999-12-15", 1, "week", 1, "9999-12-22"),
        ("9999-12-30", 1, "week", 1, "9999-12-31"),
    ],
)
def test_dates_move_by_the_calendar(date: str, count: int, unit: str, direction: int, expected: str) -> None:
    moved = shift(dt.date.fromisoformat(date), Duration(count, unit), direction)  # type: ignore[arg-type]
    assert moved == dt.date.fromisoformat(expected)


@given(st.dates(), st.integers(0, 20_000), st.sampled_from(["day", "week", "month", "quarter", "year"]))
def test_a_longer_duration_never_reaches_a_later_date_back(date: dt.date, count: int, unit: str) -> None:
    near = shift(date, Duration(count, unit), -1)  # type: ignore[arg-type]
    far = shift(date, Duration(count + 1, unit), -1)  # type: ignore[arg-type]
    assert far <= near <= date


def test_a_duration_reads_as_people_say_it() -> None:
    assert str(Duration(1, "quarter")) == "1 quarter"
    assert str(Duration(3, "week")) == "3 weeks"
