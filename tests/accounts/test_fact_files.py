"""Files of events and signals of every usual make are read, one fact to a file or several."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import random
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import attrs
import duckdb
import pytest
import zstandard

from tests.accounts.programs import attribution, event, field, gathering, read_facts, signal, with_facts
from tierlang.accounts.facts import Given, open_facts, take_in_facts
from tierlang.accounts.files import Options
from tierlang.program.values import Kind

ORDER = event(
    "order",
    field("freight", Kind.MONEY, "Freight"),
    field("tags", Kind.TAGS, split=";"),
    of=attribution("CustomerID", "OrderDate", "OrderID"),
)
VISIT = event("visit", field("page", Kind.TEXT, default="home"), field("freight", Kind.WHOLE))
WANTED = with_facts(ORDER, VISIT)
DAY = dt.date(2026, 1, 31)

OWN = "OrderID,CustomerID,OrderDate,Freight,tags\n10248,VINET,1996-07-04 00:00:00.000,32.38,b;a\n10249,0015,1996-07-05,,\n"
OWN_ROWS = [
    ("order", "0015", dt.date(1996, 7, 5), None, []),
    ("order", "VINET", dt.date(1996, 7, 4), 323_800, ["a", "b"]),
]
SHARED = (
    "event,account,at,key,freight,tags,page\n"
    "order,a,2026-01-31,1,1.5,x,\n"
    "visit,a,2026-01-31,,,,start\n"
    "visit,b,2026-01-31T23:59:59Z,,7,,\n"
    "signup,c,whenever,,?,,\n"
    "Order,a,2026-01-31,1,1.5,,\n"
)
SHARED_ROWS = [
    ("order", "a", DAY, 15_000, ["x"], None, None),
    ("visit", "a", DAY, None, None, "start", None),
    ("visit", "b", DAY, None, None, "home", 7),
]


def _written(path: Path, data: bytes | str) -> str:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return str(path)


def _known(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return [row for row in rows if row[0] is not None]


def _as_lines(text: str) -> str:
    head, *rows = (line.split(",") for line in text.splitlines())
    return "\n".join(json.dumps({k: v for k, v in zip(head, row, strict=True) if v}) for row in rows)


def test_a_file_of_one_event_has_the_headings_of_the_rules(tmp_path: Path) -> None:
    path = _written(tmp_path / "orders.csv", OWN)
    assert read_facts(with_facts(ORDER), Given("events", "order", path)) == OWN_ROWS


def test_a_shared_file_names_the_event_of_each_row(tmp_path: Path) -> None:
    """Cells of one event's columns say nothing in rows of another; rows of undeclared events say nothing at all."""
    rows = read_facts(WANTED, Given("events", None, _written(tmp_path / "e.csv", SHARED)))
    assert _known(rows) == SHARED_ROWS
    assert len(rows) == 5


def test_headings_of_its_own_may_stand_in_a_shared_file(tmp_path: Path) -> None:
    text = (
        "event,CustomerID,account,at,OrderID,Freight,tags,page,freight\n"
        "order,a,z,2026-01-31,1,1.5,x,,\n"
        "visit,,a,2026-01-31,,,,start,\nvisit,,b,2026-01-31,,,,,7\n"
    )
    assert _known(read_facts(WANTED, Given("events", None, _written(tmp_path / "e.csv", text)))) == SHARED_ROWS


@pytest.mark.parametrize("packing", [None, "gzip", "zstd", "utf-16", "windows-1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_of_every_make(tmp_path: Path, packing: str | None, separator: str) -> None:
    text = SHARED.replace(",", separator).replace("start", "Übersicht").replace("\n", "\r\n")
    options = Options(encoding="windows-1252") if packing == "windows-1252" else None
    match packing:
        case "gzip":
            data = gzip.compress(text.encode())
        case "zstd":
            data = zstandard.compress(text.encode())
        case _:
            data = text.encode(packing or "utf-8")
    rows = read_facts(WANTED, Given("events", None, _written(tmp_path / "e.csv", data)), options=options)
    assert [row[:4] for row in _known(rows)] == [row[:4] for row in SHARED_ROWS]
    assert _known(rows)[1][5] == "Übersicht"


@pytest.mark.parametrize("packed", [False, True])
def test_json_lines(tmp_path: Path, packed: bool) -> None:
    """A row has only the keys of its own event, and those may come late."""
    filler = '{"event":"visit","account":"zz","at":"2026-01-31","freight":1,"page":"' + "x" * 200 + '"}\n'
    text = _as_lines(SHARED).replace('"x"', '["x"]')
    last, first = text.split("\n", 1)
    data = (first + "\n" + filler * 8_000 + last).encode()
    path = _written(tmp_path / "e.jsonl", gzip.compress(data) if packed else data)
    rows = [row for row in _known(read_facts(WANTED, Given("events", None, path))) if row[1] != "zz"]
    assert rows == SHARED_ROWS


def test_parquet_with_types_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "e.parquet"
    zoned = "TIMESTAMPTZ '2026-01-31 23:30:00-00'"
    for at in ("DATE '2026-01-31'", "TIMESTAMP '2026-01-31 23:30:00'", zoned, "TIMESTAMP_NS '2026-01-31 01:00:00'"):
        with duckdb.connect() as connection:
            connection.execute("SET TimeZone = 'Asia/Tokyo'")
            events = "ENUM ('order', 'visit', 'signup')"
            rows = (
                f"SELECT 'order'::{events} AS event, 15 AS account, {at} AS at, 1 AS key, 1.5::DECIMAL(9,2) AS freight, ['x'] AS tags, NULL AS page"
                f" UNION ALL SELECT 'visit', 15, {at}, NULL, 7, NULL, 'start' UNION ALL SELECT 'signup', NULL, NULL, NULL, NULL, NULL, NULL"
            )
            connection.execute(f"COPY ({rows}) TO '{path}'")
        assert _known(read_facts(WANTED, Given("events", None, str(path)))) == [
            ("order", "15", DAY, 15_000, ["x"], None, None),
            ("visit", "15", DAY, None, None, "start", 7),
        ]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(SHARED.encode())))
    assert _known(read_facts(WANTED, Given("events", None, "-"))) == SHARED_ROWS


def test_signals_have_values_of_their_own_kinds(tmp_path: Path) -> None:
    wanted = with_facts(
        signal("intent", low=0, high=1_000_000), signal("stage", Kind.TEXT), signal("active", Kind.FLAG)
    )
    text = (
        "signal,account,at,value\nintent,a,2026-01-31,80\nstage,a,2026-01-31,trial\nactive,a,2026-01-31,yes\n"
        "intent,b,2026-01-31,\nheight,b,2026-01-31,tall\n"
    )
    rows = read_facts(wanted, Given("signals", None, _written(tmp_path / "s.csv", text)))
    assert _known(rows) == [
        ("active", "a", DAY, None, None, True),
        ("intent", "a", DAY, 800_000, None, None),
        ("intent", "b", DAY, None, None, None),
        ("stage", "a", DAY, None, "trial", None),
    ]


def test_a_signal_of_its_own_file_with_headings(tmp_path: Path) -> None:
    wanted = with_facts(signal("intent", Kind.NUMBER, "Score", of=attribution("Account ID", "Week")))
    path = _written(tmp_path / "s.csv", "Account ID,Week,Score\na,2026-01-31,80\n")
    assert read_facts(wanted, Given("signals", "intent", path)) == [("intent", "a", DAY, 800_000)]
    plain = with_facts(signal("intent"))
    path = _written(tmp_path / "p.csv", "account,at,value\na,2026-01-31,80\n")
    assert read_facts(plain, Given("signals", "intent", path)) == [("intent", "a", DAY, 800_000)]


def test_each_event_has_its_own_cells_for_no_value(tmp_path: Path) -> None:
    dash = event("a", field("n", Kind.WHOLE), missing=("", "-"))
    zero = event("b", field("n", Kind.WHOLE), missing=("", "0"))
    path = _written(tmp_path / "e.csv", "event,account,at,n\na,x,2026-01-31,-\na,x,2026-01-31,0\nb,x,2026-01-31,0\n")
    assert read_facts(with_facts(dash, zero), Given("events", None, path)) == [
        ("a", "x", DAY, 0, None),
        ("a", "x", DAY, None, None),
        ("b", "x", DAY, None, None),
    ]


def test_each_event_has_its_own_way_to_write_days(tmp_path: Path) -> None:
    american = event("a", of=attribution(at="When", date_format="MM/DD/YYYY"))
    german = event("b", of=attribution(at="When", date_format="DD.MM.YYYY"))
    path = _written(tmp_path / "e.csv", "event,account,When,at\na,x,01/31/2026,\nb,x,31.01.2026,\nc,x,,2026-01-31\n")
    wanted = with_facts(american, german, event("c"))
    assert read_facts(wanted, Given("events", None, path)) == [(name, "x", DAY) for name in "abc"]


def test_accounts_are_read_as_the_rules_say(tmp_path: Path) -> None:
    """Texts keep their zeros and blanks; letter case is folded where the key's is."""
    path = _written(tmp_path / "e.csv", "account,at\n0015,2026-01-31\nA,2026-01-31\n x ,2026-01-31\n")
    assert [row[1] for row in read_facts(with_facts(event("e")), Given("events", "e", path))] == [" x ", "0015", "A"]
    own = attribution()
    folded = attrs.evolve(own, account=attrs.evolve(own.account, fold_case=True))
    rows = read_facts(with_facts(event("e", of=folded)), Given("events", "e", path))
    assert [row[1] for row in rows] == [" x ", "0015", "a"]


def test_several_files_of_several_events(tmp_path: Path) -> None:
    """A shared file need not have the columns of an event that has a file of its own."""
    own = Given("events", "order", _written(tmp_path / "o.csv", OWN))
    visits = Given(
        "events", None, _written(tmp_path / "v.csv", "event,account,at,page,freight\nvisit,a,2026-01-31,,\n")
    )
    with duckdb.connect() as connection:
        files = open_facts(connection, WANTED, [own, visits])
        assert [(file.names, Path(file.label).name) for file in files] == [(("order",), "o.csv"), (("visit",), "v.csv")]
    rows = read_facts(WANTED, own, visits)
    assert [row[:2] for row in rows] == [("order", "0015"), ("order", "VINET"), ("visit", "a")]


def test_an_event_that_nothing_reads_needs_no_columns(tmp_path: Path) -> None:
    path = _written(
        tmp_path / "e.csv", "event,account,at,page,freight\nvisit,a,2026-01-31,p,\nwebinar,a,2026-01-31,,\n"
    )
    wanted = with_facts(VISIT, event("webinar", field("title", Kind.TEXT)), ORDER, unread=("webinar", "order"))
    with duckdb.connect() as connection:
        file = open_facts(connection, wanted, [Given("events", None, path)])[0]
        assert file.names == ("visit", "webinar")
    assert read_facts(wanted, Given("events", None, path)) == [
        ("visit", "a", DAY, "p", None),
        ("webinar", "a", DAY, None, None),
    ]


def test_undeclared_events_are_named_and_counted(tmp_path: Path) -> None:
    text = SHARED + "signup,d,2026-01-31,,,,\n"
    with duckdb.connect() as connection:
        file = open_facts(connection, WANTED, [Given("events", None, _written(tmp_path / "e.csv", text))])[0]
        assert file.strays(connection) == (("signup", 2), ("Order", 1))
        own = open_facts(connection, with_facts(ORDER), [Given("events", "order", _written(tmp_path / "o.csv", OWN))])[
            0
        ]
        assert own.strays(connection) == ()


def test_the_order_of_rows_says_nothing(tmp_path: Path) -> None:
    head, *rows = SHARED.splitlines()
    random.Random(7).shuffle(rows)
    path = _written(tmp_path / "e.csv", "\n".join([head, *rows]) + "\n")
    assert _known(read_facts(WANTED, Given("events", None, path))) == SHARED_ROWS


@pytest.mark.parametrize(
    ("name", "data"), [("e.csv", "event,account,at,key,freight,tags,page\n"), ("o.csv", OWN.splitlines()[0])]
)
def test_headings_alone_are_no_facts(tmp_path: Path, name: str, data: str) -> None:
    given = Given("events", None if name == "e.csv" else "order", _written(tmp_path / name, data))
    assert read_facts(with_facts(ORDER) if given.name else WANTED, given) == []


def test_columns_that_are_not_asked_for_are_not_read(tmp_path: Path) -> None:
    """A column of Parquet that neither the answer nor `bad` needs costs nothing."""
    path = tmp_path / "e.parquet"
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT 'a' AS account, DATE '2026-01-31' AS at, 1 AS n, 'x' AS more) TO '{path}'")
        file = open_facts(
            connection, with_facts(event("e", field("n", Kind.WHOLE))), [Given("events", "e", str(path))]
        )[0]
        plan = connection.execute(f"EXPLAIN SELECT account, bad FROM ({file.select})").fetchall()[0][1]
    assert "more" not in plan


def test_a_plain_file_is_read_once(tmp_path: Path) -> None:
    used: list[str] = []
    with duckdb.connect() as connection:
        file = open_facts(
            connection, WANTED, [Given("events", None, _written(tmp_path / "e.csv", SHARED.replace("Z", "")))]
        )[0]
        gather = gathering(connection)

        def use(select: str) -> None:
            used.append(select)
            gather(select)

        take_in_facts(connection, file, use, table="gathered", rejects=None)
    assert len(used) == 1


@pytest.mark.parametrize("name", ["fact", "account", "bad", "rounded", "value"])
def test_a_signal_may_have_any_name(tmp_path: Path, name: str) -> None:
    path = _written(tmp_path / "s.csv", f"signal,account,at,value\n{name},a,2026-01-31,80\n")
    assert read_facts(with_facts(signal(name)), Given("signals", None, path)) == [(name, "a", DAY, 800_000)]
