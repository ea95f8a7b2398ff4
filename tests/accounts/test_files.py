"""Files of every usual make are read; others are refused in plain words."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest
import zstandard

from tests.accounts.programs import field, program, read, read_all
from tierlang.accounts.accounts import open_accounts
from tierlang.accounts.errors import DataError, FileError, RowsError
from tierlang.accounts.files import Options
from tierlang.program.values import Kind

WANTED = program(field("name", Kind.TEXT, "Name"), field("arr", Kind.MONEY, "ARR"))
ROWS = [("0015", "Müller & Söhne", 12_345_000), ("b", 'says "hi",\nthen leaves', None)]
TEXT = 'id,Name,ARR\n0015,Müller & Söhne,"$1,234.50"\nb,"says ""hi"",\nthen leaves",\n'


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(tmp_path: Path, encoding: str, ending: str) -> None:
    path = _written(tmp_path / "a.csv", TEXT.replace("\n", ending).encode(encoding))
    assert read(WANTED, path) == [ROWS[0], ("b", f'says "hi",{ending}then leaves', None)]


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("cp1252", "windows-1252"), ("latin-1", "latin-1"), ("utf-16-le", "utf-16-le"), ("utf-8", "UTF8")],
)
def test_other_encodings_are_read_when_said(tmp_path: Path, encoding: str, said: str) -> None:
    assert read(WANTED, _written(tmp_path / "a.csv", TEXT.encode(encoding)), Options(encoding=said)) == ROWS


def test_another_encoding_unsaid_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RowsError) as refused:
        read(WANTED, _written(tmp_path / "a.csv", TEXT.encode("cp1252")))
    problem = refused.value.problems.first[0]
    assert (problem.row, problem.heading, problem.cause.name, problem.value) == (
        2,
        "Name",
        "undecodable",
        '"M\\xFCller & S\\xF6hne"',
    )
    assert "--encoding" in problem.cause.fits
    with pytest.raises(FileError, match="every other byte"):
        read(WANTED, _written(tmp_path / "a.csv", TEXT.encode("utf-16-le")))
    with pytest.raises(FileError, match="a heading has bytes"):
        read(WANTED, _written(tmp_path / "a.csv", "id,Größe\n".encode("cp1252")))
    with pytest.raises(FileError, match="no encoding named"):
        read(WANTED, tmp_path / "a.csv", Options(encoding="klingon"))
    with pytest.raises(FileError, match="is not utf-16 text"):
        read(WANTED, _written(tmp_path / "a.csv", b"\xff\xfea\0b"))


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators_are_found(tmp_path: Path, separator: str) -> None:
    text = TEXT.replace('"$1,234.50"', "1234.50").replace("id,Name,ARR", separator.join(("id", "Name", "ARR")))
    text = (
        text.replace("0015,Müller & Söhne,", separator.join(("0015", "Müller & Söhne", "")))
        .replace("b,", f"b{separator}")
        .replace('",\n', f'"{separator}\n')
    )
    text = text.replace(f'hi""{separator}', 'hi"",')
    assert read(WANTED, _written(tmp_path / "a.csv", text.encode())) == ROWS


@pytest.mark.parametrize(("sign", "shown"), [(",", "','"), ("\t", "tab")])
def test_headings_taken_for_one_are_a_wrong_separator(tmp_path: Path, sign: str, shown: str) -> None:
    path = _written(tmp_path / "a.csv", sign.join(["id", "Name", "ARR"]).encode() + b"\n")
    with pytest.raises(DataError) as refused:
        read(WANTED, path, Options(separator=";"))
    said = "\n".join(refused.value.hints)
    assert f"All headings were taken for one. Give --separator {shown}" in said
    assert "nearest heading" not in said


def test_the_separator_that_gives_the_wanted_columns_wins(tmp_path: Path) -> None:
    path = _written(tmp_path / "a.csv", b"id;Name;ARR;a,b,c,d,e\nx;y;1;1,2,3,4,5\nz;y;1;1,2,3,4,5\n")
    assert read(WANTED, path) == [("x", "y", 10_000), ("z", "y", 10_000)]
    with pytest.raises(DataError, match=r"lacks the columns|no column"):
        read(WANTED, path, Options(separator=","))


def test_excels_separator_line_and_blank_lines_before_the_headings(tmp_path: Path) -> None:
    assert read(WANTED, _written(tmp_path / "a.csv", b"sep=;\r\nid;Name;ARR\r\nx;y,z;1\r\n")) == [("x", "y,z", 10_000)]
    with pytest.raises(RowsError) as refused:
        read(WANTED, _written(tmp_path / "a.csv", b"\n\nid,Name,ARR\nx,y,1\n\n\nz,y,1.7.1\n"))
    assert [problem.row for problem in refused.value.problems.first] == [7]


def test_packed_files(tmp_path: Path) -> None:
    """The magic bytes decide, not the name; several members one after the other are one file."""
    half = len(TEXT.encode()) // 2
    parts = TEXT.encode()[:half], TEXT.encode()[half:]
    for name, data in {
        "a.csv.gz": gzip.compress(TEXT.encode()),
        "b.csv": gzip.compress(parts[0]) + gzip.compress(parts[1]),
        "c.csv.zst": zstandard.compress(TEXT.encode()),
        "d.csv.zst": zstandard.compress(parts[0]) + zstandard.compress(parts[1]),
        "e.csv.gz": gzip.compress(TEXT.encode("utf-16")),
        "f.csv.gz": TEXT.encode(),
    }.items():
        assert read(WANTED, _written(tmp_path / name, data)) == ROWS


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
@pytest.mark.parametrize("packing", ["gz", "zst"])
def test_files_cut_short_are_refused(tmp_path: Path, suffix: str, packing: str) -> None:
    rows = [
        f"{i},name {i * 7919},{i}\n"
        if suffix == "csv"
        else json.dumps({"id": str(i), "Name": f"{i * 7919}", "ARR": i}) + "\n"
        for i in range(60_000)
    ]
    data = (("id,Name,ARR\n" if suffix == "csv" else "") + "".join(rows)).encode()
    packed = gzip.compress(data) if packing == "gz" else zstandard.compress(data)
    with pytest.raises(FileError, match="unpacked to its end"):
        read(WANTED, _written(tmp_path / f"a.{suffix}.{packing}", packed[:-1_000]))


def test_parquet(tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        query = "SELECT '0015' AS id, 'Müller & Söhne' AS \"Name\", CAST(1234.5 AS DOUBLE) AS \"ARR\" UNION ALL SELECT 'b', 'says \"hi\",\nthen leaves', NULL"
        connection.execute(f"COPY ({query}) TO '{tmp_path / 'a.parquet'}'")
        connection.execute(f"COPY (SELECT 'x' AS id, [1] AS \"Name\", 1 AS \"ARR\") TO '{tmp_path / 'lists.parquet'}'")
    assert read(WANTED, tmp_path / "a.parquet") == ROWS
    with pytest.raises(FileError, match="holds INTEGER"):
        read(WANTED, tmp_path / "lists.parquet")
    data = (tmp_path / "a.parquet").read_bytes()
    with pytest.raises(FileError, match="cannot be read as Parquet"):
        read(WANTED, _written(tmp_path / "short.parquet", data[:-50]))
    with pytest.raises(FileError, match="is not a Parquet file"):
        read(WANTED, _written(tmp_path / "csv.parquet", TEXT.encode()))
    with pytest.raises(FileError, match="packed Parquet"):
        read(WANTED, _written(tmp_path / "a.parquet.gz", gzip.compress(data)))


def test_json_lines(tmp_path: Path) -> None:
    lines = [
        {"id": "0015", "Name": "Müller & Söhne", "ARR": 1234.5},
        {"ARR": None, "id": "b", "Name": 'says "hi",\nthen leaves', "more": {"x": 1}},
    ]
    data = "\n\n".join(json.dumps(line) for line in lines).encode()
    for name, content in {
        "a.jsonl": data,
        "b.ndjson.gz": gzip.compress(data),
        "c": data,
        "d.jsonl": b"\xef\xbb\xbf" + data,
    }.items():
        assert read(WANTED, _written(tmp_path / name, content)) == ROWS


def test_json_lists_are_tags_and_numbers_their_shortest_text(tmp_path: Path) -> None:
    wanted = program(field("tech", Kind.TAGS, split=";"), field("n", Kind.TEXT), field("flag", Kind.FLAG))
    lines = [
        b'{"id":"a","tech":["b"," a ",""],"n":12345678901234567890123,"flag":true}',
        b'{"id":"b","tech":"y; x","n":1.10}',
        b'{"id":"c"}',
    ]
    assert read(wanted, _written(tmp_path / "a.jsonl", b"\n".join(lines))) == [
        ("a", ["a", "b"], "12345678901234567890123", True),
        ("b", ["x", "y"], "1.1", None),
        ("c", [], None, None),
    ]


def test_a_json_name_that_comes_late_is_found(tmp_path: Path) -> None:
    lines = [b'{"id":"%d","Name":"%s"}' % (i, b"x" * 30) for i in range(40_000)] + [b'{"id":"last","Name":"y","ARR":5}']
    rows = read(WANTED, _written(tmp_path / "a.jsonl", b"\n".join(lines)))
    assert (len(rows), rows[-1]) == (40_001, ("last", "y", 50_000))


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.json", b'[{"id":1},\n{"id":2}]', "one JSON array"),
        ("a.json", b'{\n"id":1\n}', "no line that is a JSON object"),
        ("a.jsonl", b"id,Name\n", "not JSON lines"),
        ("a.xlsx", b"PK\x03\x04....", "Excel workbook"),
        ("a.csv", b"", "is empty"),
        ("a.csv", b"\n\n", "has no headings"),
        ("a.csv", b"\xef\xbb\xbf", "has no headings"),
        ("a.csv.gz", gzip.compress(b"", mtime=0), "has no headings"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    with pytest.raises(FileError, match=words):
        read(WANTED, _written(tmp_path / name, data))


def test_places_without_a_file(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="there is no file"):
        read(WANTED, tmp_path / "absent.csv")
    with pytest.raises(FileError, match="is a folder"):
        read(WANTED, tmp_path)


def test_headings_alone_are_no_accounts(tmp_path: Path) -> None:
    assert read(WANTED, _written(tmp_path / "a.csv", b"id,Name,ARR")) == []


def test_names_with_signs_that_databases_expand(tmp_path: Path) -> None:
    for name in ("a*.csv", "a[1].csv", "it's.csv", "a?.csv"):
        _written(tmp_path / name, b"id,Name,ARR\n" + name.encode() + b",y,1\n")
    assert read(WANTED, tmp_path / "a*.csv") == [("a*.csv", "y", 10_000)]
    assert read(WANTED, tmp_path / "a[1].csv") == [("a[1].csv", "y", 10_000)]
    assert read(WANTED, tmp_path / "it's.csv") == [("it's.csv", "y", 10_000)]


@pytest.mark.parametrize(
    "data", [TEXT.encode(), gzip.compress(TEXT.encode()), TEXT.encode("utf-16")], ids=["utf-8", "gzip", "utf-16"]
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    rows, accounts = read_all(WANTED, "-")
    assert rows == ROWS
    assert accounts.label == "standard input"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_read_once(tmp_path: Path) -> None:
    pipe = tmp_path / "accounts.csv"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(TEXT.encode(),))
    writer.start()
    assert read(WANTED, pipe) == ROWS
    writer.join()


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    path = _written(tmp_path / "a.csv", TEXT.encode("utf-16"))
    with duckdb.connect() as connection:
        accounts = open_accounts(connection, WANTED, str(path))
        assert len(list((tmp_path / "temporary").iterdir())) == 1
        accounts.close()
    assert list((tmp_path / "temporary").iterdir()) == []


def test_order_is_kept(tmp_path: Path) -> None:
    count = 300_000
    path = _written(tmp_path / "a.csv", b"id,Name,ARR\n" + b"".join(b"%d,x,%d\n" % (i, i % 7) for i in range(count)))
    rows: list[tuple[Any, ...]] = read(WANTED, path)
    assert [row[0] for row in rows] == [str(i) for i in range(count)]


@pytest.mark.parametrize("kind", [Kind.WHOLE, Kind.NUMBER])
@pytest.mark.parametrize("missing", [("",), ("", "nan")])
def test_a_double_of_parquet_that_is_no_number(tmp_path: Path, kind: Kind, missing: tuple[str, ...]) -> None:
    """DuckDB answers `x < 10` by the file's own least and greatest value, which say nothing about NaN."""
    path = tmp_path / "a.parquet"
    rows = "VALUES ('a', 1.0::DOUBLE), ('b', NULL), ('c', 'nan'::DOUBLE), ('d', 2.0)"
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT * FROM ({rows}) t(id, x)) TO '{path}'")
    wanted = program(field("x", kind), missing=missing)
    if missing == ("",):
        with pytest.raises(RowsError) as refused:
            read(wanted, path)
        assert [each.cause.name for each in refused.value.problems.counts] == ["not-finite"]
    else:
        unit = 1 if kind is Kind.WHOLE else 10_000
        assert read(wanted, path) == [("a", unit), ("b", None), ("c", None), ("d", 2 * unit)]
