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
from tests.accounts.strategies import CELLS, DOUBLES, EXAMPLES, MISSING, NUMBERS, OTHERS, TEXTS
from tierlang.accounts.cells import Reading, read_cell
from tierlang.accounts.door import Match, identifying
from tierlang.accounts.door_accounts import AccountDoor
from tierlang.accounts.problems import Cause
from tierlang.accounts.table import Column, Table
from tierlang.program.nodes import Field
from tierlang.program.values import Kind

CONNECTION = duckdb.connect()
CONNECTION.execute("SET threads = 1")


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
