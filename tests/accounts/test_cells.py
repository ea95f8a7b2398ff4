"""What cells mean, and why others are refused."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.accounts.programs import field
from tierlang.accounts.cells import Cell, Reading, nearest_allowed, read_cell
from tierlang.accounts.dates import FormatError, date_format
from tierlang.accounts.door import identifying
from tierlang.accounts.problems import Cause, shown
from tierlang.program.nodes import Field
from tierlang.program.values import Kind

NUMBER, MONEY, WHOLE = (field("x", kind) for kind in (Kind.NUMBER, Kind.MONEY, Kind.WHOLE))
MISSING = ("", "N/A", "-")


def _read(wanted: Field, cell: Cell) -> Any:
    read = read_cell(wanted, cell, MISSING)
    return read.name if isinstance(read, Cause) else read.value


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("12", 12), (" 12.5\t", 12.5), (".5", 0.5), ("12.", 12), ("+5", 5), ("−5", -5), ("1_000", 1000), ("1,234.50", 1234.5),
        ("1e5", 100_000), ("1E+05", 100_000), ("2.5e-3", 0.0025), ("$1,234.50", 1234.5), ("-$5", -5), ("$-5", -5), ("5 €", 5),
        ("(1,200)", -1200), ("($5)", -5), ("1.2M", 1_200_000), ("63.802B", 63_802_000_000), ("250k", 250_000), ("2bn", 2_000_000_000),
        ("45%", 0.45), ("-0.5%", -0.005), ("1.00005", 1.0001), ("-1.00005", -1.0001), ("N/A", None), (" - ", None), ("", None),
    ],
)  # fmt: skip
def test_numbers(cell: str, number: float | None) -> None:
    assert _read(NUMBER, cell) == (None if number is None else round(number * 10_000))


@pytest.mark.parametrize(
    ("wanted", "cell", "cause"),
    [
        (NUMBER, "1,7", "decimal-comma"), (NUMBER, "1.234,50", "decimal-comma"), (NUMBER, "0,123", "decimal-comma"),
        (NUMBER, "200.000.000", "dotted-thousands"), (NUMBER, "1 234", "spaced-thousands"), (NUMBER, "1'234.5", "spaced-thousands"),
        (NUMBER, "12abc", "not-a-number"), (NUMBER, "1,23,456", "not-a-number"), (NUMBER, "3T", "not-a-number"), (NUMBER, "--5", "not-a-number"),
        (NUMBER, "(5", "not-a-number"), (NUMBER, "(-5)", "not-a-number"), (NUMBER, "NaN", "not-finite"), (NUMBER, "-inf", "not-finite"),
        (NUMBER, "100000000000000", "too-large"), (NUMBER, "1e14", "too-large"), (NUMBER, "51-200", "range"), (NUMBER, "1000+", "range"),
        (MONEY, "45%", "percent"), (WHOLE, "45%", "percent"), (WHOLE, "$5", "currency"), (WHOLE, "1.5", "fraction"),
        (WHOLE, "1.00001", "fraction"), (WHOLE, "1.2345k", "fraction"),
        (WHOLE, "12.000", "dotted-thousands"), (WHOLE, "1.000.000", "dotted-thousands"), (WHOLE, "2026-01-31", "not-a-number"),
        (field("x", Kind.NUMBER, low=0, high=1_000_000), "45%", "percent"), (field("x", Kind.NUMBER, low=0, high=1_000_000), "101", "out-of-range"),
        (field("x", Kind.NUMBER, high=10_000, high_open=True), "1", "out-of-range"), (field("x", Kind.WHOLE, required=True), " ", "required"),
        (field("x", Kind.DATE), "2026-02-30", "no-such-day"), (field("x", Kind.DATE), "03/04/2026", "date-order"),
        (field("x", Kind.DATE), "2026-01-31T23:00+02:00", "time-zone"), (field("x", Kind.DATE), "soon", "not-a-date"),
        (field("x", Kind.FLAG), "maybe", "not-a-flag"), (field("x", Kind.TEXT), "a\0b", "nul"),
        (field("x", Kind.TEXT, one_of=("Banking",)), "Banking ", "not-one-of"), (field("x", Kind.TAGS, one_of=("a",)), "a,b", "not-one-of"),
    ],
)  # fmt: skip
def test_refused_cells_have_a_cause(wanted: Field, cell: str, cause: str) -> None:
    assert _read(wanted, cell) == cause


def test_whole_numbers_may_have_an_empty_fraction() -> None:
    assert [_read(WHOLE, cell) for cell in ("164.0", "1.5k", "1,234", "1e3")] == [
        1_640_000,
        15_000_000,
        12_340_000,
        10_000_000,
    ]


def test_a_percentage_is_read_only_where_it_cannot_be_taken_for_a_number() -> None:
    share = field("x", Kind.NUMBER, low=0, high=10_000)
    assert _read(share, "45%") == 4_500
    assert _read(NUMBER, "45%") == 4_500


@pytest.mark.parametrize(
    ("which", "cells"),
    [
        (
            "low",
            {
                "51-200": 51,
                "51–200": 51,
                "51 to 200": 51,
                "1000+": 1000,
                "<10": 0,
                "10,001+": 10_001,
                "> 10": 11,
                "≥10": 10,
                "7": 7,
            },
        ),
        ("middle", {"51-200": 126, "1000+": 1000, "<10": 5, "7": 7}),
        ("high", {"51-200": 200, "1000+": 1000, "<10": 9, "<=10": 10, "7": 7}),
    ],
)
def test_ranges_as(which: Any, cells: dict[str, int]) -> None:
    wanted = field("x", Kind.WHOLE, ranges_as=which)
    assert {cell: _read(wanted, cell) for cell in cells} == {cell: number * 10_000 for cell, number in cells.items()}


def test_ranges_that_cannot_be_told_are_refused() -> None:
    wanted = field("x", Kind.MONEY, low=10_000, ranges_as="middle")
    assert _read(wanted, "1M-5M") == 30_000_000_000
    assert [_read(wanted, cell) for cell in ("1-5M", "200-51", "<1", "<2")] == [
        "half-a-suffix",
        "reversed-range",
        10_000,
        15_000,
    ]
    assert _read(wanted, "<0.5") == "reversed-range"


def test_lost_digits_are_reported() -> None:
    reads = [read_cell(NUMBER, cell, ()) for cell in ("1.23456", "1.23450", "1e-5", "45.555%", "1.23456M")]
    assert [isinstance(read, Reading) and read.rounded for read in reads] == [True, False, True, True, False]


@pytest.mark.parametrize(
    "cell", ["2026-01-31", "2026-01-31 00:00:00.000", "2026-01-31T23:59:59Z", "2026-01-31T10:00+00:00", "2026/1/31"]
)
def test_iso_dates(cell: str) -> None:
    assert _read(field("x", Kind.DATE), cell) == dt.date(2026, 1, 31)


@pytest.mark.parametrize(
    ("form", "cell"),
    [
        ("MM/DD/YYYY", "01/31/2026"), ("MM/DD/YYYY", "1/31/2026 0:00:00"), ("DD.MM.YYYY", "31.1.2026"), ("YYYYMMDD", "20260131"),
        ("D MMM YYYY", "31 jan 2026"), ("DD-MMM-YY", "31-Jan-26"), ("M/D/YY", "1/31/26 5:30 PM"),
    ],
)  # fmt: skip
def test_formats(form: str, cell: str) -> None:
    assert _read(field("x", Kind.DATE, date_format=form), cell) == dt.date(2026, 1, 31)


@pytest.mark.parametrize("form", ["MM/DD", "YYYY-YY-MM", "yyyy-mm-dd", "DD/MM/YYYY DD"])
def test_formats_name_each_part_once(form: str) -> None:
    with pytest.raises(FormatError, match="once each"):
        date_format(form)


def test_texts_keep_their_blanks_and_are_composed() -> None:
    wanted = field("x", Kind.TEXT)
    assert [_read(wanted, cell) for cell in ("Val2 ", "cafe\u0301", " N/A", "\u00a0")] == ["Val2 ", "café", None, None]


def test_same_and_fold_case() -> None:
    wanted = field("x", Kind.TEXT, fold_case=True, same=(("FinTech", "banking"),), one_of=("banking", "health"))
    assert [_read(wanted, cell) for cell in ("FINTECH", "Banking", "health")] == ["banking", "banking", "health"]
    assert nearest_allowed(wanted, "HEALTHY") == "health"


def test_tags_are_sorted_trimmed_and_distinct() -> None:
    wanted = field("x", Kind.TAGS, split=";")
    assert [_read(wanted, cell) for cell in ("b; a ;;b", ";", "", (" b ", None, "a"))] == [
        ("a", "b"),
        (),
        (),
        ("a", "b"),
    ]
    assert _read(field("x", Kind.TAGS, required=True), ",") == "required"


def test_defaults() -> None:
    assert _read(field("x", Kind.FLAG, default=False), "N/A") is False
    assert _read(field("x", Kind.TAGS, default=("a",)), "") == ("a",)


def test_a_key_is_text_and_never_missing() -> None:
    key = identifying(field("id", Kind.TEXT))
    assert [
        getattr(read_cell(key, cell, MISSING), "value", "refused") for cell in ("0015", " x ", "N/A", " ", None)
    ] == ["0015", " x ", "refused", "refused", "refused"]


def test_cells_are_shown_short_and_visible() -> None:
    assert shown("a\nb\0\udca9\u200b") == '"a\\nb\\0\\xA9\\u200B"'
    assert len(shown("x" * 1_000)) == 62


def test_zeros_behind_the_point_of_a_whole_number_that_nobody_takes_for_thousands() -> None:
    assert [_read(WHOLE, cell) for cell in ("12.0", "12.00", "0.000", "1234.000")] == [120_000, 120_000, 0, 12_340_000]


def test_what_would_fit_is_said_with_its_article() -> None:
    said = [read_cell(field("x", kind), "soon", ()) for kind in (Kind.WHOLE, Kind.NUMBER, Kind.MONEY)]
    assert [each.words for each in said if isinstance(each, Cause)] == [
        "is not a whole number",
        "is not a number",
        "is not an amount of money",
    ]
