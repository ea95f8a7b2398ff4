"""Real files, read where they lie: each is read right, or refused with the cause that is stated here."""

from __future__ import annotations

import csv
import json
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from tests.accounts.programs import attribution, event, field, program, read, read_facts, texts, with_facts
from tierlang.accounts.errors import FileError, RowsError
from tierlang.accounts.facts import Given
from tierlang.accounts.files import Options
from tierlang.program.values import Kind

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
SPECTRUM, CSVKIT = DATA / "messy-csv" / "csv-spectrum", DATA / "messy-csv" / "csvkit"
SNAPSHOTS = DATA / "sp500" / "snapshots"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not DATA.is_dir(), reason="the real data is not there (../shared/data)"),
]

SPECTRUM_NAMES = (
    *(
        [
            "comma_in_quotes",
            "empty",
            "empty_crlf",
            "escaped_quotes",
            "json",
            "newlines",
            "newlines_crlf",
            "quotes_and_newlines",
        ]
    ),
    *(["simple", "simple_crlf", "utf8"]),
)

GOOD = (
    *(
        [
            "date_like_number",
            "dummy",
            "dummy2",
            "dummy_col_shuffled",
            "dummy_col_shuffled_ragged",
            "foo1",
            "foo2",
            "irismeta",
            "join_a",
            "mac_newlines",
        ]
    ),
    *(
        [
            "no_header_row",
            "no_header_row2",
            "no_header_row3",
            "optional_quote_characters",
            "sheetsxls_converted",
            "sheetsxlsx_converted",
        ]
    ),
    *(
        [
            "sniff_limit",
            "sort_ints_nulls",
            "test_date_format",
            "test_date_format_converted",
            "test_geo",
            "test_header_newline",
        ]
    ),
    *(
        [
            "test_literal_order",
            "test_locale",
            "test_locale_converted",
            "test_no_leading_zeroes",
            "test_numeric_date_format",
        ]
    ),
    *(
        [
            "test_precision",
            "test_skip_lines",
            "test_utf16_big",
            "test_utf16_little",
            "test_utf8",
            "test_utf8_bom",
            "testfixed_converted",
        ]
    ),
    *(
        [
            "testfixed_schema",
            "testfixed_schema_no_inference",
            "testjson_converted",
            "testjson_nested_converted",
            "testxls_converted",
        ]
    ),
    *(
        [
            "testxls_unicode_converted",
            "testxlsx_converted",
            "testxlsx_noinference_converted",
            "testxlsx_unicode_converted",
        ]
    ),
)
"""Files that are read whole, with their first column as the key."""

REFUSED = {
    "bad": {"too-many-cells": [2], "too-few-cells": [3]},
    "bad_skip_lines": {"too-many-cells": [5], "too-few-cells": [6]},
    "blanks": {"empty-key": [2]},
    "blanks_converted": {"empty-key": [2]},
    "dummy3": {"duplicate-key": [2, 3]},
    "join_a_short": {"too-few-cells": [2, 3]},
    "join_b": {"duplicate-key": [2, 3]},
    "join_no_header_row": {"duplicate-key": [2, 3]},
    "join_short": {"duplicate-key": [2, 3]},
    "null_byte": {"nul": [2]},
    "test_empty_columns": {"too-few-cells": [3], "empty-key": [4]},
    "test_empty_columns_long_row": {"empty-key": [2]},
    "test_empty_columns_short_row": {"too-few-cells": [2]},
    "test_extra_header": {"too-few-cells": [2]},
    "test_geojson": {"empty-key": [2, 3, 4]},
    "test_ignore_case": {"duplicate-key": [2, 3, 4, 5]},
    "test_join_short_rows": {"too-few-cells": [2, 3]},
    "test_latin1": {"undecodable": [3]},
    "testjson_multiline_converted": {"empty-key": [3]},
    "testdbf_converted": {"duplicate-key": [2, 3, 4, 5, 6, 7, 8, 9]},
}
"""Files with rows that cannot be used, with their first column as the key: the causes, and the rows they are found in."""

OTHERWISE = {"empty", "iris", "ks_1033_data"}
"""Files with a test of their own."""


def _as_python_reads(path: Path, separator: str = ",") -> list[tuple[str | None, ...]]:
    raw = path.read_bytes()
    text = raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    rows = [row for row in csv.reader(text.splitlines(keepends=True), delimiter=separator) if row]
    return [tuple(cell or None for cell in row) for row in rows]


def test_every_file_has_an_expectation() -> None:
    assert {path.stem for path in CSVKIT.glob("*.csv")} == {*GOOD, *REFUSED, *OTHERWISE}
    assert {path.stem for path in (SPECTRUM / "csvs").glob("*.csv")} == {*SPECTRUM_NAMES, "location_coordinates"}


@pytest.mark.parametrize("name", SPECTRUM_NAMES)
def test_csv_spectrum_reads_as_its_json(name: str, tmp_path: Path) -> None:
    """The files named crlf lost their carriage returns on the way to the data folder; they get them back here."""
    path = SPECTRUM / "csvs" / f"{name}.csv"
    if name.endswith("_crlf"):
        raw = path.read_bytes().replace(b"\r\n", b"\n")
        path = tmp_path / path.name
        path.write_bytes(raw.replace(b"\n", b"\r\n"))
    expected = json.loads((SPECTRUM / "json" / f"{name}.json").read_text("utf-8"))
    headings = list(expected[0])
    rows = read(texts(headings[0], *headings[1:]), path)
    assert [dict(zip(headings, (cell or "" for cell in row), strict=True)) for row in rows] == expected


def test_replacement_characters_are_characters() -> None:
    path = SPECTRUM / "csvs" / "location_coordinates.csv"
    rows = read(texts("Contact Phone Number", "Location Coordinates", "Cities"), path)
    assert rows == [("2095257564", "37\ufffd36'37.8\"N 121\ufffd2'17.9\"W", "Modesto")]


@pytest.mark.parametrize("name", GOOD)
def test_good_files_read_as_python_reads_them(name: str) -> None:
    path = CSVKIT / f"{name}.csv"
    headings, *expected = _as_python_reads(path, ";" if name == "sniff_limit" else ",")
    named = [heading for heading in headings if heading]
    assert named[: len(headings)] == list(headings)[: len(named)]
    rows = read(texts(*named), path)
    assert rows == [row[: len(named)] for row in expected]


@pytest.mark.parametrize("name", REFUSED)
def test_bad_files_are_refused_with_their_causes(name: str) -> None:
    path = CSVKIT / f"{name}.csv"
    headings = next(row for row in csv.reader(path.read_text("latin-1").splitlines()) if row)
    with pytest.raises(RowsError) as refused:
        read(texts(*(heading for heading in headings if heading)), path)
    found: dict[str, list[int]] = {}
    for problem in refused.value.problems.first:
        found.setdefault(problem.cause.name, []).append(problem.row)
    assert found == REFUSED[name]


def test_an_empty_file_says_so() -> None:
    with pytest.raises(FileError, match="no headings"):
        read(texts("a"), CSVKIT / "empty.csv")


def test_latin_1_reads_when_it_is_said() -> None:
    assert read(texts("a", "b", "c"), CSVKIT / "test_latin1.csv", Options(encoding="latin-1"))[1] == ("4", "5", "©")


def test_iris_has_no_key_but_reads_without_loss() -> None:
    with pytest.raises(RowsError) as refused:
        read(texts("sepal_length"), CSVKIT / "iris.csv")
    assert refused.value.problems.total == 141


def test_kansas_reads_money_dates_and_cells_with_commas(tmp_path: Path) -> None:
    """No column is a key, so one is put in front."""
    source = (CSVKIT / "ks_1033_data.csv").read_text("utf-8").splitlines(keepends=True)
    copy = tmp_path / "ks.csv"
    copy.write_text("".join(("id," if i == 0 else f"{i},") + line for i, line in enumerate(source)), "utf-8")
    wanted = program(
        field("item", Kind.TEXT, "item_name"),
        field("quantity", Kind.WHOLE),
        field("total", Kind.MONEY, "total_cost"),
        field("shipped", Kind.DATE, "ship_date", date_format="M/D/YYYY"),
    )
    rows = read(wanted, copy)
    assert len(rows) == 1_575
    assert rows[0][1:4] == ("RIFLE,5.56 MILLIMETER", 1, 4_990_000)
    assert str(rows[0][4]) == "2006-05-19"
    with (CSVKIT / "ks_1033_data.csv").open(encoding="utf-8") as stream:
        assert sum(row[3] for row in rows) == sum(
            round(float(row["total_cost"]) * 10_000) for row in csv.DictReader(stream)
        )


SHORT_ROWS = {
    **dict.fromkeys(("2013-05-05", "2013-06-23", "2013-08-04", "2013-10-05", "2013-11-03", "2014-01-19"), "LYB"),
    **dict.fromkeys(("2014-07-28", "2014-08-17", "2014-09-13"), "ZTS"),
}
"""Snapshots with a row that lacks cells: LyondellBasell without its sector (all later cells one to the left), Zoetis broken off."""


@pytest.mark.parametrize("date", [path.stem for path in sorted(SNAPSHOTS.glob("*.csv"))])
def test_every_snapshot_of_the_sp500_reads(date: str, tmp_path: Path) -> None:
    """The heading of market cap changes, and so does its unit: with a B, in billions, in dollars; there are `N/A` and empty cells."""
    path, rejects = SNAPSHOTS / f"{date}.csv", tmp_path / "rejects.csv"
    cap = field("cap", Kind.MONEY, "Market Cap", "market capitalization")
    sector, price = field("sector", Kind.TEXT, "Sector", "Name"), field("price", Kind.MONEY, "Price")
    wanted = program(cap, sector, price, key=field("id", Kind.TEXT, "Symbol"), missing=("", "N/A"))
    rows = read(wanted, path, rejects=str(rejects))
    with path.open(encoding="utf-8") as stream:
        expected = {
            row["Symbol"]: row.get("Market Cap", row.get("market capitalization")) for row in csv.DictReader(stream)
        }
    if date in SHORT_ROWS:
        with rejects.open(encoding="utf-8") as stream:
            assert [row["Symbol"] for row in csv.DictReader(stream)] == [SHORT_ROWS[date]]
        del expected[SHORT_ROWS[date]]
    else:
        assert not rejects.exists()
    assert [row[0] for row in rows] == list(expected)
    for symbol, found, *_ in rows:
        assert found == _dollars(expected[symbol] or "")


def _dollars(text: str) -> int | None:
    if text in ("", "N/A"):
        return None
    unit = text.lstrip("0123456789.")
    exact = Decimal(text.removesuffix(unit)) * {"": 1, "M": 10**6, "B": 10**9}[unit] * 10_000
    return int(exact.to_integral_value(ROUND_HALF_UP))


def test_the_snapshots_have_the_figures_known_from_elsewhere() -> None:
    wanted = program(field("cap", Kind.MONEY, "Market Cap"), key=field("id", Kind.TEXT, "Symbol"))
    rows = read(wanted, SNAPSHOTS / "2025-02-01.csv")
    caps = sorted(((cap, key) for key, cap in rows if cap is not None), reverse=True)
    assert (len(rows), len(caps)) == (503, 500)
    figures = [(caps[place - 1][1], caps[place - 1][0] // 10_000) for place in (25, 100, 250)]
    assert figures == [("ABBV", 324_977_033_216), ("KLAC", 98_746_982_400), ("KHC", 36_081_635_328)]


def test_northwind_keeps_the_blank_at_the_end_of_a_key() -> None:
    rows = read(texts("CustomerID", "CompanyName", "Region"), DATA / "northwind" / "customers.csv")
    assert len(rows) == 93
    assert "Val2 " in {row[0] for row in rows}


def test_northwind_orders_have_times_after_their_dates() -> None:
    wanted = program(
        field("at", Kind.DATE, "OrderDate"),
        field("freight", Kind.MONEY, "Freight"),
        key=field("id", Kind.TEXT, "OrderID"),
    )
    rows = read(wanted, DATA / "northwind" / "orders.csv")
    assert (len(rows), str(min(row[1] for row in rows)), str(max(row[1] for row in rows))) == (
        830,
        "1996-07-04",
        "1998-05-06",
    )


def test_northwind_orders_are_events_of_its_customers() -> None:
    orders = DATA / "northwind" / "orders.csv"
    order = event(
        "order", field("freight", Kind.MONEY, "Freight"), of=attribution("CustomerID", "OrderDate", "OrderID")
    )
    rows = read_facts(with_facts(order), Given("events", "order", str(orders)))
    customers = {row[0] for row in read(texts("CustomerID"), DATA / "northwind" / "customers.csv")}
    with orders.open(encoding="utf-8", newline="") as stream:
        written = list(csv.DictReader(stream))
    assert sorted((account, f"{day} 00:00:00.000") for _, account, day, _ in rows) == sorted(
        (row["CustomerID"], row["OrderDate"]) for row in written
    )
    assert sum(freight for *_, freight in rows) == sum(Decimal(row["Freight"]) * 10_000 for row in written)
    assert len(customers - {account for _, account, _, _ in rows}) == 4


def test_telco_has_eleven_blank_totals() -> None:
    wanted = program(
        field("tenure", Kind.WHOLE, low=0),
        field("senior", Kind.FLAG, "SeniorCitizen"),
        field("churn", Kind.FLAG, "Churn"),
        field("total", Kind.MONEY, "TotalCharges"),
        field("contract", Kind.TEXT, "Contract", one_of=("Month-to-month", "One year", "Two year")),
        key=field("id", Kind.TEXT, "customerID"),
    )
    rows = read(wanted, DATA / "telco" / "Telco-Customer-Churn.csv")
    assert len(rows) == 7_043
    assert sum(row[4] is None for row in rows) == 11
    assert sum(row[4] or 0 for row in rows) == 160_561_687_000
    assert sum(row[3] for row in rows) == 1_869
