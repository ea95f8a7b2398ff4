"""Rows that cannot be used: each named with its row, column, value and cause; left aside as they came when asked."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.accounts.programs import field, program, read, read_all
from tierlang.accounts.accounts import open_accounts
from tierlang.accounts.errors import HeadingError, RowsError
from tierlang.accounts.setting_aside import check
from tierlang.program.nodes import Program
from tierlang.program.values import Kind

WANTED = program(
    field("n", Kind.WHOLE, low=0),
    field("day", Kind.DATE),
    field("kind", Kind.TEXT, one_of=("Banking", "Software")),
    missing=("", "N/A"),
)


def _written(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8", newline="")
    return path


def _problems(wanted: Program, path: Path) -> list[tuple[int, str | None, str]]:
    with pytest.raises(RowsError) as refused:
        read(wanted, path)
    return [(each.row, each.heading, each.cause.name) for each in refused.value.problems.first]


def _table(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_bad_cell_is_named_with_its_row(tmp_path: Path) -> None:
    """Rows count as in a spreadsheet: a cell with newlines is in one row, a blank line is one."""
    text = 'id,n,day,kind\na,1,2026-01-01,Banking\n"b\nb",x,2026-02-30,Bankin\n\n,3,03/04/2026,N/A\nc,-1,,\na,1.5,,\n'
    assert _problems(WANTED, _written(tmp_path / "a.csv", text)) == [
        (2, "id", "duplicate-key"),
        (3, "n", "not-a-number"),
        (3, "day", "no-such-day"),
        (3, "kind", "not-one-of"),
        (5, "id", "empty-key"),
        (5, "day", "date-order"),
        (6, "n", "out-of-range"),
        (7, "n", "fraction"),
        (7, "id", "duplicate-key"),
    ]


def test_a_problem_says_value_cause_and_what_fits(tmp_path: Path) -> None:
    path = _written(tmp_path / "a.csv", "id,n,day,kind\na,1,,Bankin\nb,1,,\nb,2,,\n")
    with pytest.raises(RowsError) as refused:
        read(WANTED, path)
    kind, first, second = refused.value.problems.first
    assert (kind.file, kind.value, kind.detail) == (str(path), '"Bankin"', 'the nearest is "Banking"')
    assert kind.cause.fits == '"Banking", "Software"'
    assert (first.detail, second.detail) == ("also in row 4", "also in row 3")
    assert refused.value.problems.rows == 3
    assert any("--rejects" in hint for hint in refused.value.hints)


def test_the_first_twenty_and_the_count_of_the_rest(tmp_path: Path) -> None:
    rows = "".join(f"k{i},{'x' if i % 2 else 'NaN'},,\n" for i in range(1_000))
    with pytest.raises(RowsError) as refused:
        read(WANTED, _written(tmp_path / "a.csv", "id,n,day,kind\n" + rows))
    problems = refused.value.problems
    assert [each.row for each in problems.first] == list(range(2, 22))
    assert {each.cause.name: each.count for each in problems.counts} == {"not-finite": 500, "not-a-number": 500}
    assert [len(places) for _, places in problems.grouped()] == [10, 10]


def test_a_table_without_trouble_is_not_read_again(tmp_path: Path) -> None:
    path = _written(tmp_path / "a.csv", "id,n,day,kind\na,1,,\n")
    with duckdb.connect() as connection:
        accounts = open_accounts(connection, WANTED, str(path))
        connection.execute(f"CREATE TEMP TABLE scored AS SELECT key, bad FROM ({accounts.select})")
        path.unlink()
        assert check(connection, accounts, "scored") is None


def test_rows_of_the_wrong_width(tmp_path: Path) -> None:
    text = "id,n,day,kind\na,1,,\nb,1\nc,1,,,,x\nd,1,,,,\n"
    assert _problems(WANTED, _written(tmp_path / "a.csv", text)) == [
        (3, None, "too-few-cells"),
        (4, None, "too-many-cells"),
    ]


@pytest.mark.parametrize(
    ("text", "row", "cause"),
    [
        ('id,n,day,kind\na,1,,\n"b,1,,\nc,1,,\n', 3, "unclosed-quote"),
        ('id,n,day,kind\na,1,,\n"b" x,1,,\nc,1,,\n', 3, "quote"),
        ('id,n,day,kind\n"a\\"x",1,,\n', 2, "quote"),
    ],
)
def test_broken_quotes_cannot_be_left_aside(tmp_path: Path, text: str, row: int, cause: str) -> None:
    path, rejects = _written(tmp_path / "a.csv", text), tmp_path / "rejects.csv"
    with pytest.raises(RowsError) as refused:
        read(WANTED, path, rejects=str(rejects))
    assert (refused.value.problems.first[0].row, refused.value.problems.first[0].cause.name) == (row, cause)
    assert not rejects.exists()


def test_rows_longer_than_the_limit_are_told(tmp_path: Path) -> None:
    text = f"id,n,day,kind\na,1,,\nb,1,,{'x' * 2_100_000}\n"
    assert _problems(WANTED, _written(tmp_path / "a.csv", text)) == [(3, None, "too-long")]


def test_nul_bytes_are_told(tmp_path: Path) -> None:
    wanted = program(field("name", Kind.TEXT))
    assert _problems(wanted, _written(tmp_path / "a.csv", "id,name\na,é\0x\nb\0,y\nc,z\n")) == [
        (2, "name", "nul"),
        (3, "id", "nul"),
    ]


def test_mixed_line_ends_are_no_fault(tmp_path: Path) -> None:
    text = 'id,n,day,kind\r\na,1,,Banking\n"b",2,,"Soft\r\nware"\r\nc,3,,\r\n'
    wanted = program(field("n", Kind.WHOLE), field("kind", Kind.TEXT))
    assert read(wanted, _written(tmp_path / "a.csv", text)) == [
        ("a", 1, "Banking"),
        ("b", 2, "Soft\r\nware"),
        ("c", 3, None),
    ]


def test_rejects_are_written_as_they_came(tmp_path: Path) -> None:
    text = 'id,n,more,day,kind\na,1,x,,\nb,1\n"c\nd", 7 ,,2026-01-01,\ne,1,,,,surplus\nf,x,=1+1,,\ng,1,,,\ng,2,,,\n'
    path, rejects = _written(tmp_path / "a.csv", text), tmp_path / "rejects.csv"
    rows, accounts = read_all(WANTED, path, rejects=str(rejects))
    assert [row[:2] for row in rows] == [("a", 1), ("c\nd", 7)]
    written = _table(rejects)
    assert [row["row"] for row in written] == ["3", "5", "6", "7", "8"]
    assert [row["id"] for row in written] == ["b", "e", "f", "g", "g"]
    assert (written[2]["n"], written[2]["more"]) == ("x", "=1+1")
    assert written[1]["surplus 1"] == "surplus"
    assert "fewer cells" in written[0]["why"]
    assert written[2]["why"] == "n is not a whole number"
    assert "also in row 8" in written[3]["why"]
    assert accounts.headings == ("id", "n", "more", "day", "kind")


def test_rejects_keep_the_headings_of_the_file(tmp_path: Path) -> None:
    """Ours give way, so that the fields still find their columns when the rejects are put right."""
    path, rejects = _written(tmp_path / "a.csv", "id,row,Why,arr\na,R1,W1,x\n"), tmp_path / "rejects.csv"
    wanted = program(field("row", Kind.TEXT), field("arr", Kind.NUMBER))
    assert read(wanted, path, rejects=str(rejects)) == []
    assert _table(rejects) == [
        {"row 2": "2", "why 2": "arr is not a number", "id": "a", "row": "R1", "Why": "W1", "arr": "x"}
    ]
    rejects.write_text(rejects.read_text("utf-8").replace(",x", ",5"), "utf-8")
    assert read(wanted, rejects) == [("a", "R1", 50_000)]


def test_rejects_of_undecodable_rows(tmp_path: Path) -> None:
    path, rejects = tmp_path / "a.csv", tmp_path / "rejects.csv"
    path.write_bytes(b"id,n,day,kind\na,1,,\nM\xfcller,1,,\nb,2,,\n")
    assert [row[0] for row in read(WANTED, path, rejects=str(rejects))] == ["a", "b"]
    assert [(row["row"], row["id"]) for row in _table(rejects)] == [("3", "M\\xfcller")]


def test_rejects_of_json_lines(tmp_path: Path) -> None:
    lines = [
        '{"id":"a","n":1,"day":null,"kind":null}',
        "",
        '{"id":"b","n":"x"}',
        "[1]",
        '{"id":',
        '{"id":"c","id":"d"}',
        '{"id":"e","n":2}',
        '{"id":"e"}',
    ]
    path, rejects = _written(tmp_path / "a.jsonl", "\n".join(lines)), tmp_path / "rejects.jsonl"
    assert _problems(WANTED, path) == [
        (3, "n", "not-a-number"),
        (4, None, "not-an-object"),
        (5, None, "not-json"),
        (6, None, "doubled-name"),
        (7, "id", "duplicate-key"),
        (8, "id", "duplicate-key"),
    ]
    assert [row[0] for row in read(WANTED, path, rejects=str(rejects))] == ["a"]
    written = [json.loads(line) for line in rejects.read_text("utf-8").splitlines()]
    assert [(row["row"], row["line"]) for row in written] == [(i + 1, lines[i]) for i in (2, 3, 4, 5, 6, 7)]


def test_rejects_of_parquet_keep_their_types(tmp_path: Path) -> None:
    path, rejects = tmp_path / "a.parquet", tmp_path / "rejects.parquet"
    wanted = program(field("n", Kind.WHOLE), field("day", Kind.DATE, date_format="MM/DD/YYYY"))
    with duckdb.connect() as connection:
        query = "SELECT range::VARCHAR AS id, range / 2 AS n, DATE '2026-01-31' AS day, [range] AS more FROM range(4)"
        connection.execute(f"COPY ({query}) TO '{path}'")
        assert [row[0] for row in read(wanted, path, rejects=str(rejects))] == ["0", "2"]
        found = connection.execute(f"SELECT * FROM '{rejects}'").fetchall()
    assert [(row[0], row[1], row[3], row[5]) for row in found] == [
        (2, "n is not a whole number", 0.5, [1]),
        (4, "n is not a whole number", 1.5, [3]),
    ]


def test_many_rows_left_aside_keep_the_order(tmp_path: Path) -> None:
    rows = "".join(f"k{i},{'x' if i % 3 == 0 else i},,\n" for i in range(100_000))
    path = _written(tmp_path / "a.csv", "id,n,day,kind\n" + rows)
    kept = read(WANTED, path, rejects=str(tmp_path / "rejects.csv"))
    assert [row[1] for row in kept] == [i for i in range(100_000) if i % 3]


def test_missing_headings_name_field_headings_and_nearest(tmp_path: Path) -> None:
    path = _written(tmp_path / "a.csv", "Account ID,Emploees,Kind of thing\n1,2,3\n")
    wanted = program(
        field("employees", Kind.WHOLE, "Employees", "Headcount"), field("kind", Kind.TEXT), field("zzz", Kind.TEXT)
    )
    with pytest.raises(HeadingError) as refused:
        read(wanted, path)
    assert [(fault.field, fault.asked, fault.nearest) for fault in refused.value.faults] == [
        ("id", ("id",), "Account ID"),
        ("employees", ("Employees", "Headcount"), "Emploees"),
        ("kind", ("kind",), "Kind of thing"),
        ("zzz", ("zzz",), None),
    ]
    assert refused.value.headings == ("Account ID", "Emploees", "Kind of thing")
    assert 'from "Emploees"' in "\n".join(refused.value.hints)


def test_the_first_heading_the_file_has_is_read(tmp_path: Path) -> None:
    path = _written(tmp_path / "a.csv", "ID,Id, name ,Straße\n1,2,3,4\n")
    name = field("name", Kind.TEXT, "Title", "Name")
    assert read(program(name, key=field("id", Kind.TEXT, "Id")), path) == [("2", "3")]
    assert read(program(name, key=field("id", Kind.TEXT, "Nr", "ID", "Id")), path) == [("1", "3")]
    assert read(program(key=field("id", Kind.TEXT, "STRASSE")), path) == [("4",)]
    with pytest.raises(HeadingError, match="2 columns that could be the field id") as refused:
        read(program(name), path)
    assert refused.value.faults[0].doubled == ("ID", "Id")


def test_doubled_headings_matter_only_where_they_are_read(tmp_path: Path) -> None:
    path = _written(tmp_path / "a.csv", "id,x,x,,\na,1,2,3,4\n")
    assert read(program(), path) == [("a",)]
    with pytest.raises(HeadingError, match="could be the field x"):
        read(program(field("x", Kind.TEXT)), path)
