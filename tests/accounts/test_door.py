"""The SQL door reads every cell as the referee does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.accounts.programs import field
from tierlang.accounts.cells import Reading, read_cell
from tierlang.accounts.door import Match, identifying
from tierlang.accounts.door_accounts import AccountDoor
from tierlang.accounts.problems import Cause
from tierlang.accounts.table import Column, Table
from tierlang.program.nodes import Field
from tierlang.program.values import Kind

CONNECTION = duckdb.connect()
CONNECTION.execute("SET threads = 1")

EXAMPLES = (
    *(
        [
            "1_000",
            "12.",
            ".5",
            ".",
            "+5",
            "-5",
            "−5",
            "--5",
            "+-5",
            "1e5",
            "1E+05",
            "1e-5",
            "1.e5",
            "1e",
            "1e5_0",
            "1_",
            "_1",
            "1__0",
            "1.5_0",
            "1._5",
            "0x1F",
            "0b11",
            "1,234",
            "1,234.50",
            "1,23",
            "12,34",
        ]
    ),
    *(
        [
            "0,123",
            "1,234,567.891",
            "(1,200)",
            "(-5)",
            "(5",
            "$5",
            "5$",
            "$5$",
            "-$5",
            "$-5",
            "($5)",
            "€1.2M",
            "63.802B",
            "1.5bn",
            "1.5BN",
            "2Bn",
            "3mm",
            "3t",
            "45%",
            "-45%",
            "45.55555%",
            "$5%",
        ]
    ),
    *(
        [
            "5k%",
            "1e2k",
            "1,000e2",
            "1,7",
            "200.000.000",
            "1.234,50",
            "12abc",
            "nan",
            "NaN",
            "inf",
            "-Infinity",
            "99999999999999.9999",
            "99999999999999.99995",
        ]
    ),
    *(
        [
            "100000000000000",
            "99999999999999",
            "-99999999999999.99995",
            "1e13",
            "1e14",
            "0e99",
            "1e99",
            "1e-99",
            "1e100",
            "1e0005",
            "164.0",
            "164.00001",
            "1.00005",
        ]
    ),
    *(
        [
            "1.00004",
            "-1.00005",
            "0.00005",
            "0.000049999999999999999999",
            "12345678901234567890123",
            "51-200",
            "51–200",
            "51—200",
            "1000+",
            "<10",
            "<=10",
            "≤10",
        ]
    ),
    *(
        [
            ">10",
            "≥10",
            "10,001+",
            "200-51",
            "$1M-$5M",
            "1-5M",
            "1M-5",
            "5-",
            "-5-10",
            "<-5",
            "1.5-2.5",
            "<1.5",
            "1.23456-2",
            "yes",
            "YES",
            "y",
            "n",
            "T",
            "f",
            "tRuE",
            "1",
            "0",
            "on",
            "01",
        ]
    ),
    *(
        [
            "2026-01-31",
            "2026-1-5",
            "2026-02-30",
            "2024-02-29",
            "20140102",
            "2026/01/31",
            "0000-01-01",
            "0001-01-01",
            "9999-12-31",
            "26-01-31",
            "infinity",
            "epoch",
        ]
    ),
    *(
        [
            "1996-07-04T00:00:00",
            "1996-07-04T23:59:59Z",
            "1996-07-04T23:59:59.000+0000",
            "1996-07-04T23:59+02:00",
            "03/04/2026",
            "3/4/2026",
            "31.12.2012",
        ]
    ),
    *(
        [
            "Banking",
            "banking",
            "BANKING",
            "FinTech",
            "fintech",
            "Health;Software",
            "Straße",
            "é",
            "É",
            "N/A",
            "n/a",
            "-",
            "a;b;;a",
            ";",
        ]
    ),
    *(
        [
            "1 234",
            "1996-07-04 00:00:00.000",
            "5/19/2006 0:00:00",
            "5/19/2006 12:30 PM",
            "1996-07-04 25:00",
            "2026-01-31 UTC",
            "2026-01-31 12:00 EST",
        ]
    ),
    *(
        [
            "31 Jan 2026",
            "5-MAR-19",
            "5-mar-75",
            "$ 1,200",
            "1 200 €",
            "1.2 M",
            "( 5 )",
            "51 - 200",
            "51 to 200",
            "- 5",
            " ",
            "  ",
            "\xa0",
            "\u3000\ufeff",
            "N/A ",
            "\tN/A",
            "a; b ;a",
        ]
    ),
    *(
        [
            " 12 ",
            "\t5\n",
            "\xa05",
            "5\u200b",
            " yes ",
            "\n2026-01-31\n",
            "x\x00y",
            "\x00",
            "café",
            "١٢",
            "１２",
            "ſ",
            "K",
            "😀",
            "' or 1=1",
            '"',
            "\\",
            "{}",
            "%s",
        ]
    ),
)

PIECES = st.sampled_from(
    [
        *"0123456789",
        *"..,,_-+()$€%kKmMbB eE<>–;:/",
        "−",
        "00",
        "999",
        "1e",
        "bn",
        "T",
        "Z",
        "\u00a0",
        "\u0301",
        "2026-",
        "-01",
        "\0",
        "é",
        "N/A",
    ]
)
CELLS = st.one_of(
    st.sampled_from(EXAMPLES),
    st.lists(PIECES, max_size=9).map("".join),
    st.tuples(
        st.sampled_from(["", " ", "\t", "\u00a0"]),
        st.sampled_from(EXAMPLES),
        st.sampled_from(["", " ", "\n", "x", "0"]),
    ).map("".join),
    st.decimals(allow_nan=False, allow_infinity=False, places=None, min_value=-(10**15), max_value=10**15).map(str),
    st.integers(-(10**15), 10**15).map(str),
    st.integers(-(10**9), 10**9).map(lambda n: f"{n:,}"),
    st.floats().map(repr),
    st.dates().map(str),
    st.text(max_size=6),
)
MISSING = st.sampled_from([(), ("",), ("", "N/A", "-"), ("0", "999", "$5"), ("2026-01-31", "yes"), ("a;b;;a", " - ")])

NUMBERS = st.builds(
    lambda kind, low, high, high_open, ranges, default, required: field(
        "x", kind, low=low, high=high, high_open=high_open, ranges_as=ranges, default=default, required=required
    ),
    st.sampled_from([Kind.WHOLE, Kind.NUMBER, Kind.MONEY]),
    st.sampled_from([None, 0, -50_000, 5_000]),
    st.sampled_from([None, 10_000, 1_000_000, 2_000_000, 515_000]),
    st.booleans(),
    st.sampled_from([None, "low", "middle", "high"]),
    st.sampled_from([None, 0, 70_000]),
    st.booleans(),
)
TEXTS = st.builds(
    lambda kind, one_of, same, fold, default, required, split: field(
        "x",
        kind,
        one_of=one_of,
        same=same,
        fold_case=fold,
        default=default if kind is Kind.TEXT or default is None else (default,),
        required=required,
        split=split,
    ),
    st.sampled_from([Kind.TEXT, Kind.TAGS]),
    st.sampled_from([(), ("Banking", "Health", "é"), ("banking", "a", "b", "c", "d", "e")]),
    st.sampled_from([(), (("FinTech", "Banking"), ("N/A", "x")), (("banking", "Banking"), ("a", "b"))]),
    st.booleans(),
    st.sampled_from([None, "Banking"]),
    st.booleans(),
    st.sampled_from([";", ",", " "]),
)
DOUBLES = st.one_of(
    st.none(),
    st.floats(),
    st.floats(-1e9, 1e9),
    st.floats(-1e6, 1e6).map(lambda x: round(x, 3)),
    st.integers(-(10**9), 10**9).map(lambda n: n / 100_000),
    st.integers(-(10**6), 10**6).map(lambda n: n / 10_000 + 0.00005),
)
FORMATS = [None, "MM/DD/YYYY", "DD.MM.YYYY", "D-MMM-YY", "YYYYMMDD", "DD MMM YYYY", "M/D/YY", "YYYY/MM/DD"]
OTHERS = st.one_of(
    st.builds(
        lambda default, required: field("x", Kind.FLAG, default=default, required=required),
        st.sampled_from([None, True, False]),
        st.booleans(),
    ),
    st.builds(
        lambda form, required: field("x", Kind.DATE, date_format=form, required=required),
        st.sampled_from(FORMATS),
        st.booleans(),
    ),
)


def through_door(
    wanted: Field, cells: Iterable[Any], missing: tuple[str, ...], type_name: str = "VARCHAR"
) -> list[tuple[Any, bool, int]]:
    """Value, bad and rounded of each cell, as the door's SQL reads them."""
    CONNECTION.execute(f"CREATE OR REPLACE TEMP TABLE cells (n INTEGER, id VARCHAR, c {type_name})")
    CONNECTION.executemany("INSERT INTO cells VALUES (?, 'k', ?)", list(enumerate(cells)))
    table = Table((), lambda _: "(SELECT * FROM cells ORDER BY n)")
    key = Match(identifying(field("id", Kind.TEXT)), Column("id", "id"), missing)
    door = AccountDoor(table, (key, Match(wanted, Column("c", "c", type_name), missing)))
    full = CONNECTION.execute(f"SELECT f_x, bad, rounded FROM ({door.select()})").fetchall()
    plain = CONNECTION.execute(f"SELECT f_x, bad, rounded FROM ({door.select(plain=True)})").fetchall()
    settled = [(quick, slow) for quick, slow in zip(plain, full, strict=True) if not quick[1]]
    assert [quick for quick, _ in settled] == [slow for _, slow in settled], "what the plain reading settles is settled"
    return full


def expected(wanted: Field, cell: Any, missing: tuple[str, ...]) -> tuple[Any, bool, int]:
    """The same from the referee; values as SQL gives them."""
    read = read_cell(wanted, cell, missing)
    if isinstance(read, Cause):
        return None, True, 0
    value = read.value
    if wanted.kind is Kind.WHOLE and value is not None:
        assert isinstance(value, int)
        assert value % 10_000 == 0
        value //= 10_000
    return list(value) if isinstance(value, tuple) else value, False, int(read.rounded)


def assert_same(
    wanted: Field,
    cells: list[Any],
    missing: tuple[str, ...],
    type_name: str = "VARCHAR",
    given_as: list[Any] | None = None,
) -> None:
    """Door and referee agree; `given_as` are the cells the referee gets, where they are not the column's own."""
    for cell, found in zip(given_as or cells, through_door(wanted, cells, missing, type_name), strict=True):
        value, bad, rounded = found
        should = expected(wanted, cell, missing)
        if bad and should[1]:
            continue
        assert (cell, value, bad, rounded if wanted.kind is not Kind.WHOLE else 0) == (
            cell,
            *should[:2],
            should[2] if wanted.kind is not Kind.WHOLE else 0,
        )


RANGES = [(kind, ranges) for kind in Kind if kind.is_numeric for ranges in ("low", "middle", "high")]


@pytest.mark.parametrize(("kind", "ranges"), [*((kind, None) for kind in Kind), *RANGES])
def test_the_examples_read_the_same(kind: Kind, ranges: Any) -> None:
    wanted = field("x", kind, ranges_as=ranges, split=";")
    assert_same(wanted, [*EXAMPLES, "", None], ("", "N/A"))


@settings(max_examples=150, deadline=None)
@given(st.one_of(NUMBERS, NUMBERS, TEXTS, OTHERS), st.lists(CELLS, min_size=1, max_size=40), MISSING)
def test_any_cells_read_the_same(wanted: Field, cells: list[str], missing: tuple[str, ...]) -> None:
    assert_same(wanted, [cell.encode("utf-8", "replace").decode() for cell in cells], missing)


@pytest.mark.slow
@settings(max_examples=5_000, deadline=None)
@given(st.one_of(NUMBERS, NUMBERS, TEXTS, OTHERS), st.lists(CELLS, min_size=1, max_size=60), MISSING)
def test_very_many_cells_read_the_same(wanted: Field, cells: list[str], missing: tuple[str, ...]) -> None:
    assert_same(wanted, [cell.encode("utf-8", "replace").decode() for cell in cells], missing)


@settings(max_examples=60, deadline=None)
@given(
    NUMBERS,
    st.lists(DOUBLES, min_size=1, max_size=30),
    MISSING,
)
def test_doubles_read_as_their_shortest_text(
    wanted: Field, numbers: list[float | None], missing: tuple[str, ...]
) -> None:
    assert_same(wanted, numbers, missing, "DOUBLE", [None if number is None else repr(number) for number in numbers])


@settings(max_examples=60, deadline=None)
@given(
    NUMBERS,
    st.lists(st.none() | st.integers(-(2**63), 2**63 - 1) | st.integers(-200, 200), min_size=1, max_size=30),
    MISSING,
)
def test_integers_read_as_their_text(wanted: Field, numbers: list[int | None], missing: tuple[str, ...]) -> None:
    assert_same(wanted, numbers, missing, "BIGINT", [None if number is None else str(number) for number in numbers])


@pytest.mark.parametrize("digits", [0, 2, 4, 6, 20])
@settings(max_examples=30, deadline=None)
@given(wanted=NUMBERS, numbers=st.lists(st.integers(-(10**21), 10**21), min_size=1, max_size=20), missing=MISSING)
def test_decimals_read_as_their_text(digits: int, wanted: Field, numbers: list[int], missing: tuple[str, ...]) -> None:
    decimals = [Decimal(number).scaleb(-digits) for number in numbers]
    assert_same(wanted, decimals, missing, f"DECIMAL(38,{digits})", [f"{decimal:f}" for decimal in decimals])


def test_typed_columns_read_as_their_text() -> None:
    day, moment = dt.date(2026, 1, 31), dt.datetime(2026, 1, 31, 23, 30)
    assert through_door(field("x", Kind.DATE), [day, None], (), "DATE") == [(day, False, 0), (None, False, 0)]
    assert through_door(field("x", Kind.DATE, date_format="MM/DD/YYYY"), [day], (), "DATE") == [(day, False, 0)]
    assert through_door(field("x", Kind.DATE), [moment], (), "TIMESTAMP") == [(day, False, 0)]
    assert through_door(field("x", Kind.DATE), ["2026-01-31 23:30:00+00"], (), "TIMESTAMP WITH TIME ZONE") == [
        (day, False, 0)
    ]
    assert through_door(field("x", Kind.DATE), [20260131], (), "INTEGER") == [(None, True, 0)]
    assert through_door(field("x", Kind.FLAG), [True, False, None], (), "BOOLEAN") == [
        (True, False, 0),
        (False, False, 0),
        (None, False, 0),
    ]
    assert through_door(field("x", Kind.FLAG), [1, 0, 2], (), "INTEGER") == [
        (True, False, 0),
        (False, False, 0),
        (None, True, 0),
    ]
    assert through_door(field("x", Kind.WHOLE), [True], (), "BOOLEAN") == [(None, True, 0)]
    assert through_door(field("x", Kind.TEXT), [15], (), "INTEGER") == [("15", False, 0)]
    assert through_door(field("x", Kind.TAGS), [[" b ", "a", None, "b", ""], [], None], (), "VARCHAR[]") == [
        (["a", "b"], False, 0),
        ([], False, 0),
        ([], False, 0),
    ]


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.lists(CELLS, min_size=1, max_size=20), MISSING)
def test_keys_read_the_same(wanted: Field, cells: list[str], missing: tuple[str, ...]) -> None:
    texts = [cell.encode("utf-8", "replace").decode() for cell in cells]
    CONNECTION.execute("CREATE OR REPLACE TEMP TABLE cells (n INTEGER, c VARCHAR)")
    CONNECTION.executemany("INSERT INTO cells VALUES (?, ?)", list(enumerate(texts)))
    table = Table((), lambda _: "(SELECT * FROM cells ORDER BY n)")
    key = identifying(wanted)
    door = AccountDoor(table, (Match(key, Column("c", "c"), missing),))
    found = CONNECTION.execute(door.select()).fetchall()
    for cell, (value, bad, _) in zip(texts, found, strict=True):
        read = read_cell(key, cell, missing)
        assert (cell, bad) == (cell, isinstance(read, Cause))
        assert bad or (isinstance(read, Reading) and value == read.value)


@pytest.mark.parametrize("kind", [Kind.WHOLE, Kind.NUMBER, Kind.MONEY])
def test_ordinary_numbers_are_settled_by_the_plain_reading(kind: Kind) -> None:
    cells = ["0", "7", "-12", "324977033216", "3300000000000"] + (
        ["0.0", "83.5", "-0.25"] if kind is not Kind.WHOLE else []
    )
    table = Table((), lambda _: f"(SELECT unnest({cells!r}) AS c, 'k' AS id)")
    key = Match(identifying(field("id", Kind.TEXT)), Column("id", "id"), ())
    door = AccountDoor(table, (key, Match(field("x", kind), Column("c", "c"), ())))
    assert CONNECTION.execute(f"SELECT count(*) FILTER (bad) FROM ({door.select(plain=True)})").fetchall() == [(0,)]
