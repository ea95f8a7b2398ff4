"""Rows of events and signals that cannot be used: each named with its row, column, value and cause; headings that do not fit."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import duckdb
import pytest

from tests.accounts.programs import attribution, event, field, gathering, read_facts, signal, with_facts
from tierlang.accounts.errors import DataError, FileError, HeadingError, RowsError
from tierlang.accounts.fact_keys import must_be_apart
from tierlang.accounts.facts import Given, open_facts, take_in_facts
from tierlang.accounts.problems import Problem
from tierlang.program.nodes import Program
from tierlang.program.values import Kind

ORDER = event("order", field("freight", Kind.MONEY, "Freight"), of=attribution("CustomerID", "OrderDate", "OrderID"))
VISIT = event("visit", field("page", Kind.TEXT, required=True), field("n", Kind.WHOLE, low=0))
WANTED = with_facts(ORDER, VISIT)
ANY = with_facts(event("e"))
HEAD = "event,account,at,key,freight,page,n\n"


def _written(path: Path, text: str) -> str:
    path.write_text(text, "utf-8", newline="")
    return str(path)


def _problems(wanted: Program, *given: Given) -> tuple[Problem, ...]:
    with pytest.raises(RowsError) as refused:
        read_facts(wanted, *given)
    return refused.value.problems.first


def _places(wanted: Program, *given: Given) -> list[tuple[int, str | None, str]]:
    return [(each.row, each.heading, each.cause.name) for each in _problems(wanted, *given)]


def _refused(wanted: Program, *given: Given) -> str:
    with duckdb.connect() as connection, pytest.raises(DataError) as refused:
        open_facts(connection, wanted, given)
    return "\n".join([refused.value.message, *refused.value.hints])


def test_every_bad_cell_is_named_with_its_row(tmp_path: Path) -> None:
    text = HEAD + (
        "order,a,2026-01-31,1,1.5,,\n"
        "visit,a,2026-02-30,,,p,x\n"
        "visit,,2026-01-31,,?,,-1\n"
        "\n"
        " ,a,2026-01-31,,,p,\n"
        "order,a,,2,,,?\n"
        "order,a,2026-01-31,,,,\n"
    )
    assert _places(WANTED, Given("events", None, _written(tmp_path / "e.csv", text))) == [
        (3, "at", "no-such-day"),
        (3, "n", "not-a-number"),
        (4, "account", "empty-account"),
        (4, "page", "required"),
        (4, "n", "out-of-range"),
        (6, "event", "empty-name"),
        (7, "at", "empty-day"),
        (8, "key", "empty-key"),
    ]


@pytest.mark.parametrize(
    ("at", "cause", "fits"),
    [
        ("2026-02-30", "no-such-day", "a date like 2026-01-31"),
        ("0000-01-01", "no-such-day", "a date like 2026-01-31"),
        ("03/04/2026", "date-order", 'format "MM/DD/YYYY"'),
        ("3.4.26", "date-order", '`format "MM.DD.YY"` or `format "DD.MM.YY"` or `format "YY.MM.DD"`'),
        ("30.10.2026", "date-order", 'written: `format "DD.MM.YYYY"`'),
        ("10/30/2026", "date-order", 'written: `format "MM/DD/YYYY"`'),
        ("30-Oct-2026", "date-order", '`format "DD-MMM-YYYY"`'),
        ("99/99/2026", "not-a-date", "a date like 2026-01-31"),
        ("2026-10-30 24:00:00", "time-of-day", "with a time like 2026-01-31 14:30"),
        ("0044-03-15 (BC)", "not-a-date", "a date like 2026-01-31"),
        ("2026-01-31T10:00:00+02:00", "time-zone", "a time in UTC"),
        ("2026-01-31 10:00 CET", "time-zone", "a time in UTC"),
        ("45321", "serial-day", "show the column as dates"),
        ("45321.5", "serial-day", "show the column as dates"),
        ("yesterday", "not-a-date", "a date like 2026-01-31"),
        ("N/A", "not-a-date", "a date like 2026-01-31"),
        ("  ", "empty-day", "a date in every row"),
    ],
)
def test_days_that_are_none(tmp_path: Path, at: str, cause: str, fits: str) -> None:
    path = _written(tmp_path / "e.csv", f"account,at\na,2026-01-31\nb,{at}\nc,2026-01-31T10:00:00Z\n")
    problem = _problems(ANY, Given("events", "e", path))[0]
    assert (problem.row, problem.heading, problem.cause.name) == (3, "at", cause)
    assert fits in problem.cause.fits


@pytest.mark.parametrize(
    ("at", "what"),
    [
        ("03/04/2026", "could be read as more than one date"),
        ("03/03/2026", "does not begin with the year"),
        ("31.12.2026", "does not begin with the year"),
        ("31-12-26", "could be read as more than one date"),
    ],
)
def test_only_a_day_of_two_readings_is_said_to_have_them(tmp_path: Path, at: str, what: str) -> None:
    path = _written(tmp_path / "e.csv", f"account,at\na,{at}\n")
    assert [each.cause.words for each in _problems(ANY, Given("events", "e", path))] == [what]


def test_the_first_and_the_last_day_there_is(tmp_path: Path) -> None:
    path = _written(tmp_path / "e.csv", "account,at\na,0001-01-01\nb,9999-12-31\n")
    assert [str(row[2]) for row in read_facts(ANY, Given("events", "e", path))] == ["0001-01-01", "9999-12-31"]


def test_days_of_parquet_that_are_none(tmp_path: Path) -> None:
    path = tmp_path / "e.parquet"
    days = "VALUES ('a', DATE '2026-01-31'), ('b', NULL), ('c', DATE 'infinity'), ('d', DATE '0001-01-01' - 400)"
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT * FROM ({days}) t(account, \"at\")) TO '{path}'")
    assert [row for row, _, _ in _places(ANY, Given("events", "e", str(path)))] == [2, 3, 4]


def test_numbers_of_one_event_are_not_asked_of_another(tmp_path: Path) -> None:
    """Nor are the cells of events that are not declared, whatever they are."""
    text = HEAD + "order,a,2026-01-31,1,1.5,,many\nvisit,a,2026-01-31,,free,p,1\nparty,,soon,,x,,x\n"
    rows = read_facts(WANTED, Given("events", None, _written(tmp_path / "e.csv", text)))
    assert [row[0] for row in rows] == ["order", "visit", None]


def test_doubled_keys_name_both_rows_for_each_event(tmp_path: Path) -> None:
    """The keys of two events have nothing to do with each other, and an event without a `key` has none."""
    parcel = event("parcel", of=attribution(key=""))
    text = (
        HEAD
        + "order,a,2026-01-31,1,,,\nparcel,b,2026-01-31,1,,,\nvisit,a,2026-01-31,1,,p,\norder,c,2026-01-30,1,,,\nvisit,a,2026-01-31,1,,p,\n"
    )
    problems = _problems(with_facts(ORDER, VISIT, parcel), Given("events", None, _written(tmp_path / "e.csv", text)))
    assert [(each.row, each.heading, each.cause.name, each.value, each.detail) for each in problems] == [
        (2, "key", "duplicate-key", '"1"', "also in row 5"),
        (5, "key", "duplicate-key", '"1"', "also in row 2"),
    ]


def test_a_key_stands_in_one_file_only(tmp_path: Path) -> None:
    wanted = with_facts(ORDER)
    head = "event,account,at,key,freight\n"
    old = Given("events", None, _written(tmp_path / "old.csv", head + "order,a,2025-01-31,1,\norder,a,2025-01-31,2,\n"))
    new = Given("events", None, _written(tmp_path / "new.csv", head + "order,a,2026-01-31,3,\norder,a,2026-01-31,2,\n"))
    with duckdb.connect() as connection:
        files = open_facts(connection, wanted, [old, new])
        with pytest.raises(DataError, match="1 key of the event order stands in more than one file") as refused:
            must_be_apart(connection, files)
        assert refused.value.hints[0] == f'"2" in {old.path} and {new.path}'
        must_be_apart(connection, files[:1])
        must_be_apart(connection, open_facts(connection, with_facts(event("order")), [old, new]))


def test_rows_of_the_wrong_width_and_bytes(tmp_path: Path) -> None:
    path = tmp_path / "e.csv"
    path.write_bytes(b"account,at\na,2026-01-31\nb\nc,2026-01-31,x\nM\xfcller,2026-01-31\nd,x\n")
    assert _places(ANY, Given("events", "e", str(path))) == [
        (3, None, "too-few-cells"),
        (4, None, "too-many-cells"),
        (5, "account", "undecodable"),
        (6, "at", "not-a-date"),
    ]


def test_lines_of_json_that_are_none(tmp_path: Path) -> None:
    lines = ['{"account":"a","at":"2026-01-31"}', "[1]", '{"account":', '{"account":"b"}', '{"account":"c","at":45321}']
    assert _places(ANY, Given("events", "e", _written(tmp_path / "e.jsonl", "\n".join(lines)))) == [
        (2, None, "not-an-object"),
        (3, None, "not-json"),
        (4, "at", "empty-day"),
        (5, "at", "serial-day"),
    ]


def test_refused_rows_are_left_aside_as_they_came(tmp_path: Path) -> None:
    rejects = tmp_path / "rejects.csv"
    text = (
        HEAD
        + "order,a,2026-01-31,1,1.5,,\nvisit,a,2026-02-30,,,p,x\nvisit,b\norder,b,2026-01-31,2,,,\norder,c,2026-01-31,2,,,\n,x,,,,,\n"
    )
    rows = read_facts(WANTED, Given("events", None, _written(tmp_path / "e.csv", text)), rejects=str(rejects))
    assert [row[:2] for row in rows] == [("order", "a")]
    with rejects.open(encoding="utf-8", newline="") as stream:
        written = list(csv.DictReader(stream))
    assert [(row["row"], row["event"], row["account"]) for row in written] == [
        ("3", "visit", "a"),
        ("4", "visit", "b"),
        ("5", "order", "b"),
        ("6", "order", "c"),
        ("7", "", "x"),
    ]
    assert written[0]["why"] == "at is a day that does not exist; n is not a whole number"
    assert "also in row 6" in written[2]["why"]
    assert rows == read_facts(WANTED, Given("events", None, _written(tmp_path / "f.csv", HEAD + text.splitlines()[1])))


def test_rejects_of_an_earlier_run_go_away(tmp_path: Path) -> None:
    path, rejects = _written(tmp_path / "e.csv", "account,at\na,2026-01-31\n"), tmp_path / "rejects.csv"
    rejects.write_text("old", "utf-8")
    read_facts(ANY, Given("events", "e", path), rejects=str(rejects))
    assert not rejects.exists()


def test_three_bad_rows_among_many(tmp_path: Path) -> None:
    """The engine reads the file once more at most, and all three causes are told."""
    rows = [f"visit,a{i % 100},2026-01-31,,,p,{i}\n" for i in range(60_000)]
    rows[10_000] = "visit,,2026-01-31,,,p,1\n"
    rows[30_000] = "visit,a,03/04/2026,,,p,1\n"
    rows[50_000] = "order,a,2026-01-31,7,1.2.3,,\n"
    path = _written(tmp_path / "e.csv", HEAD + "".join(rows))
    used = []
    with duckdb.connect() as connection:
        gather = gathering(connection)

        def use(select: str) -> None:
            used.append(select)
            gather(select)

        file = open_facts(connection, WANTED, [Given("events", None, path)])[0]
        with pytest.raises(RowsError) as refused:
            take_in_facts(connection, file, use, table="gathered", rejects=None)
        assert len(used) == 1
        rejects = str(tmp_path / "rejects.csv")
        _, aside = take_in_facts(connection, file, use, table="gathered", rejects=rejects)
        assert len(used) == 3
        assert connection.execute("SELECT count(*), sum(bad) FROM gathered").fetchall() == [(59_997, 0)]
    found = [(each.row, each.heading, each.cause.name) for each in refused.value.problems.first]
    assert found == [
        (10_002, "account", "empty-account"),
        (30_002, "at", "date-order"),
        (50_002, "freight", "not-a-number"),
    ]
    assert aside is not None
    assert aside.rows == 3


def test_a_column_that_is_not_there_is_asked_for(tmp_path: Path) -> None:
    path = _written(tmp_path / "o.csv", "OrderNo,CustomerID,OrderDate,Freight charge\n")
    said = _refused(with_facts(ORDER), Given("events", "order", path))
    assert f"{path} lacks the columns of 2 fields that the rules read" in said
    assert (
        'the nearest heading is "Freight charge": write  from "Freight charge"  behind freight in the event order'
        in said
    )
    assert 'key from "' in said
    assert "The headings of " in said


@pytest.mark.parametrize(
    ("headings", "line"),
    [
        ("CustomerID,at", 'account from "CustomerID"'),
        ("Customer number,at", 'account from "Customer number"'),
        ("Account ID,at", 'account from "Account ID"'),
        ("id,at", 'account from "id"'),
        ("account,OrderDate", 'at from "OrderDate"'),
        ("account,Timestamp", 'at from "Timestamp"'),
        ("account,created_at", 'at from "created_at"'),
    ],
)
def test_the_obvious_heading_is_offered(tmp_path: Path, headings: str, line: str) -> None:
    """For the account also the heading of the accounts' own key."""
    said = _refused(ANY, Given("events", "e", _written(tmp_path / "e.csv", headings + "\n")))
    assert f"write  {line}  in the event e" in said


def test_a_value_that_is_not_there_is_asked_for(tmp_path: Path) -> None:
    said = _refused(
        with_facts(signal("intent")), Given("signals", "intent", _written(tmp_path / "s.csv", "account,at,x\n"))
    )
    assert "has no column for the value of the signal intent" in said
    assert 'value from "' in said


def test_a_shared_file_without_the_naming_column(tmp_path: Path) -> None:
    path = _written(tmp_path / "o.csv", "account,at\n")
    assert f"--events e={path}" in _refused(ANY, Given("events", None, path))
    several = _refused(WANTED, Given("events", None, path))
    assert f'{path} has no column "event"' in several
    assert f"--events NAME={path}  (NAME is one of order, visit)" in several
    assert 'no column "signal"' in _refused(with_facts(signal("s")), Given("signals", None, path))
    two = _written(tmp_path / "two.csv", "event,Event,EVENT,account,at\n")
    with duckdb.connect() as connection:
        assert open_facts(connection, ANY, [Given("events", None, two)])[0].names == ("e",)
    two = _written(tmp_path / "two.csv", "Event,EVENT,account,at\n")
    assert "rename all but one" in _refused(ANY, Given("events", None, two))


def test_a_shared_file_without_the_columns_of_an_event(tmp_path: Path) -> None:
    path = _written(tmp_path / "e.csv", "event,account,at,key,page,n\n")
    said = _refused(WANTED, Given("events", None, path))
    assert "has no column for the field freight of the event order" in said
    assert '--events order=FILE, with the columns "CustomerID", "OrderDate", "OrderID", "Freight"' in said


def test_rows_in_a_file_that_lacks_the_columns_of_their_event(tmp_path: Path) -> None:
    """Nothing is lost in silence: another file has the columns, but these rows are here."""
    full = Given("events", None, _written(tmp_path / "full.csv", HEAD + "order,a,2026-01-31,1,2,,\n"))
    part = Given(
        "events",
        None,
        _written(tmp_path / "part.csv", "event,account,at,page,n\nvisit,a,2026-01-31,p,1\norder,b,2026-01-31,,\n"),
    )
    problem = _problems(WANTED, full, part)[0]
    assert (problem.row, problem.heading, problem.value, problem.cause.name) == (
        3,
        "event",
        '"order"',
        "columns-lacking",
    )
    assert "the file has no column for the key of the event order" in problem.cause.words


def test_what_the_rules_read_needs_a_file() -> None:
    said = _refused(WANTED)
    assert "the rules read the events order, visit, and no file of them is given" in said
    assert 'Give --events order=FILE, with the columns "CustomerID", "OrderDate", "OrderID", "Freight"' in said
    assert "--events FILE" in said
    assert "the rules read the signal intent, and no file of it is given" in _refused(with_facts(signal("intent")))
    with duckdb.connect() as connection:
        assert open_facts(connection, with_facts(ORDER, unread=("order",)), []) == ()


def test_names_that_are_not_declared(tmp_path: Path) -> None:
    wanted, path = with_facts(ORDER, signal("intent")), str(tmp_path / "absent.csv")
    assert f"--events order={path}" in _refused(wanted, Given("events", "orders", path))
    assert f"--signals intent={path}" in _refused(wanted, Given("events", "intent", path))
    assert "the rules declare no signal" in _refused(ANY, Given("signals", None, path))


def test_what_is_no_file_of_facts(tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        with pytest.raises(FileError, match="there is no file"):
            open_facts(connection, ANY, [Given("events", "e", str(tmp_path / "absent.csv"))])
        with pytest.raises(FileError, match="is empty"):
            open_facts(connection, ANY, [Given("events", "e", _written(tmp_path / "e.csv", ""))])
        connection.execute(f"COPY (SELECT ['a'] AS account, DATE '2026-01-31' AS at) TO '{tmp_path / 'l.parquet'}'")
        with pytest.raises(FileError, match="not single values") as refused:
            open_facts(connection, ANY, [Given("events", "e", str(tmp_path / "l.parquet"))])
        assert refused.value.hints == ("The account of the event e needs a column of plain values.",)


def test_nothing_is_left_behind_when_a_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    good = tmp_path / "good.csv"
    good.write_bytes("account,at\n".encode("utf-16"))
    given = [Given("events", "e", str(good)), Given("events", "f", _written(tmp_path / "bad.csv", "x\n"))]
    with duckdb.connect() as connection, pytest.raises(HeadingError):
        open_facts(connection, with_facts(event("e"), event("f")), given)
    assert list((tmp_path / "temporary").iterdir()) == []


def test_json_keys_that_differ_by_event(tmp_path: Path) -> None:
    lines = [
        {"event": "order", "account": "a", "at": "2026-01-31", "key": "1", "freight": "x"},
        {"event": "visit", "account": "a", "at": "2026-01-31", "page": "p", "n": 1.5},
    ]
    path = _written(tmp_path / "e.jsonl", "\n".join(map(json.dumps, lines)))
    assert _places(WANTED, Given("events", None, path)) == [(1, "freight", "not-a-number"), (2, "n", "fraction")]
