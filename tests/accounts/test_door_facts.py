"""The SQL door reads every row of events and signals as the referee reads its cells."""

from __future__ import annotations

from typing import Any

import attrs
import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.accounts.programs import attribution, event, with_facts
from tests.accounts.strategies import CELLS, MISSING, NUMBERS, OTHERS, TEXTS
from tierlang.accounts.cells import Reading, is_empty, read_cell
from tierlang.accounts.door_facts import FactDoor
from tierlang.accounts.fact_columns import fit, own_door, shared_door, wanted_by
from tierlang.accounts.fact_types import Sort, fact_types
from tierlang.accounts.table import Column, Table
from tierlang.program.nodes import EventType, Field, Signal
from tierlang.program.values import Kind

CONNECTION = duckdb.connect()
CONNECTION.execute("SET threads = 1")

HEADINGS = ("event", "account", "at", "key", "x", "y")
COLUMNS = tuple(Column(heading, f"c{i}") for i, heading in enumerate(HEADINGS))
TABLE = Table(COLUMNS, lambda _: "(SELECT * FROM facts ORDER BY n)")

NAMES = st.sampled_from(["a", "b", "a", "b", "A", " a", "c", "", " ", None])
DAYS = st.sampled_from(["2026-01-31", "2026-01-31T10:00:00Z", "2026-02-30", "03/04/2026", "", "x"])
KEYS = st.sampled_from(["k", "k\0", " k ", "K", "", None, "N/A", "é"])
FIELDS = st.one_of(NUMBERS, TEXTS, OTHERS)
ROWS = st.lists(st.tuples(NAMES, KEYS, DAYS, KEYS, st.none() | CELLS, st.none() | CELLS), min_size=1, max_size=25)


def _text(cell: str | None) -> str | None:
    return None if cell is None else cell.encode("utf-8", "replace").decode()


def _typed(door: FactDoor, rows: list[tuple[Any, ...]], *, plain: bool) -> list[dict[str, Any]]:
    CONNECTION.execute(
        f"CREATE OR REPLACE TEMP TABLE facts (n INTEGER, {', '.join(f'c{i} VARCHAR' for i in range(6))})"
    )
    CONNECTION.executemany("INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?)", [(i, *row) for i, row in enumerate(rows)])
    select = door.select(plain=plain)
    names = [each[0] for each in CONNECTION.execute(f"DESCRIBE {select}").fetchall()]
    return [dict(zip(names, row, strict=True)) for row in CONNECTION.execute(select).fetchall()]


def _value(wanted: Field, reading: Reading) -> Any:
    value = reading.value
    if wanted.kind is Kind.WHOLE and isinstance(value, int):
        return value // 10_000
    return list(value) if isinstance(value, tuple) else value


def _expected(types: tuple[EventType | Signal, ...], row: dict[str, str | None], name: str | None) -> dict[str, Any]:
    """One row as the referee reads it: `bad` alone where something is refused."""
    said = next((each for each in types if each.name == name), None)
    if said is None:
        return {"fact": None, "bad": is_empty(name, ())}
    own, missing = said.attribution, said.missing_cells
    values = (
        {"x": (said.value, f"{said.name}.value")}
        if isinstance(said, Signal)
        else {f.name: (f, f"{said.name}.{f.name}") for f in said.fields}
    )
    wanted = {"account": (own.account, "account"), "at": (own.at, "at"), **values}
    if own.key is not None:
        wanted["key"] = (own.key, "")
    read = {column: (f, read_cell(f, row[heading], missing)) for heading, (f, column) in wanted.items()}
    if not all(isinstance(each, Reading) for _, each in read.values()):
        return {"bad": True}
    found = {column: _value(f, each) for column, (f, each) in read.items() if isinstance(each, Reading)}
    found.pop("", None)
    return {"fact": said.name, **found, "bad": False}


def _assert_same(door: FactDoor, types: tuple[EventType | Signal, ...], rows: list[tuple[Any, ...]]) -> None:
    full, plain = _typed(door, rows, plain=False), _typed(door, rows, plain=True)
    for cells, typed, quick in zip(rows, full, plain, strict=True):
        row = dict(zip(HEADINGS, cells, strict=True))
        name = row["event"] if door.shared else types[0].name
        expected = _expected(types, row, name)
        assert {column: typed[column] for column in expected} == expected
        if not typed["bad"]:
            others = set(typed) - set(expected) - {"rounded", "account", "at"}
            assert all(typed[column] is None for column in others), "values of other facts are not there"
        if not quick["bad"]:
            assert quick == typed, "what the plain reading settles is settled"
        causes = [cause for _, _, cause in door.causes([row[m.column.heading] for m in door.matches])]
        assert bool(causes) == typed["bad"]


def _door(sort: Sort, types: tuple[EventType | Signal, ...], *, shared: bool) -> FactDoor:
    wanted = with_facts(*types)
    fits = [fit(wanted_by(wanted, each, shared=shared), TABLE) for each in fact_types(wanted, sort)]
    assert all(each.holds for each in fits)
    return shared_door(sort, COLUMNS[0], fits, (), TABLE) if shared else own_door(fits[0], TABLE)


@settings(max_examples=50, deadline=None)
@given(FIELDS, FIELDS, FIELDS, ROWS, MISSING, st.booleans(), st.sampled_from([None, "MM/DD/YYYY"]))
def test_rows_of_several_events_read_as_the_referee_says(
    one: Field,
    two: Field,
    other: Field,
    rows: list[tuple[Any, ...]],
    missing: tuple[str, ...],
    keyed: bool,
    form: str | None,
) -> None:
    own = attribution(key="" if keyed else None)
    a = event("a", attrs.evolve(one, name="x"), attrs.evolve(two, name="y"), of=own, missing=("",))
    b = event("b", attrs.evolve(other, name="x"), of=attribution(date_format=form), missing=missing)
    rows = [tuple(_text(cell) for cell in row) for row in rows]
    _assert_same(_door("events", (a, b), shared=True), (a, b), rows)


@settings(max_examples=30, deadline=None)
@given(FIELDS, ROWS, MISSING)
def test_rows_of_one_event_read_as_the_referee_says(
    one: Field, rows: list[tuple[Any, ...]], missing: tuple[str, ...]
) -> None:
    said = event("a", attrs.evolve(one, name="x"), of=attribution(key=""), missing=missing)
    _assert_same(_door("events", (said,), shared=False), (said,), [tuple(map(_text, row)) for row in rows])


@settings(max_examples=30, deadline=None)
@given(FIELDS, FIELDS, ROWS)
def test_rows_of_several_signals_read_as_the_referee_says(one: Field, two: Field, rows: list[tuple[Any, ...]]) -> None:
    types = tuple(
        Signal(name, None, attribution(), attrs.evolve(each, name=name, headings=("x",), required=False, default=None))
        for name, each in (("a", one), ("b", two))
    )
    _assert_same(_door("signals", types, shared=True), types, [tuple(map(_text, row)) for row in rows])
