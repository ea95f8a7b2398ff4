"""Results appear whole or not at all, and read back as they were."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tierlang.accounts.errors import OutputError
from tierlang.accounts.writing import write, write_all

SELECT = """SELECT * FROM (VALUES
    ('0015', '=1+1', CAST(83.50 AS DECIMAL(18,2)), TRUE, DATE '2026-01-31', ['a', 'b']),
    ('b', 'says "hi", twice
over', NULL, FALSE, NULL, [])) AS t(key, name, score, flag, day, tags)"""


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


def test_csv_is_plain_and_keeps_cells_as_they_are(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    write(connection, SELECT, str(tmp_path / "out.csv"))
    lines = (tmp_path / "out.csv").read_text("utf-8")
    assert lines.startswith("key,name,score,flag,day,tags\n0015,=1+1,83.50,true,2026-01-31,a;b\n")
    assert '"says ""hi"", twice\nover"' in lines


def test_the_suffix_says_the_form(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    for name in ("out.csv.gz", "out.csv.zst", "out.parquet", "out.jsonl", "out.jsonl.gz"):
        write(connection, SELECT, str(tmp_path / name))
    assert gzip.decompress((tmp_path / "out.csv.gz").read_bytes()).startswith(b"key,")
    assert (tmp_path / "out.parquet").read_bytes().startswith(b"PAR1")
    first = json.loads((tmp_path / "out.jsonl").read_text("utf-8").splitlines()[0])
    assert (first["key"], first["tags"], first["day"]) == ("0015", ["a", "b"], "2026-01-31")
    for name in ("out", "out.xlsx", "out.parquet.gz"):
        with pytest.raises(OutputError, match="does not say in which form"):
            write(connection, SELECT, str(tmp_path / name))


def test_a_failing_result_leaves_what_was_there(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text("before")
    for failing in (
        "SELECT error('no') FROM range(3)",
        "SELECT CASE WHEN range > 99999 THEN error('no') END FROM range(200000)",
    ):
        with pytest.raises(duckdb.Error):
            write(connection, failing, str(tmp_path / "out.csv"))
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]
    assert (tmp_path / "out.csv").read_text() == "before"


def test_several_files_are_written_all_or_none(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    paths = [str(tmp_path / f"{name}.csv") for name in ("one", "two")]
    with pytest.raises(duckdb.Error):
        write_all(connection, {paths[0]: "SELECT 1 AS a", paths[1]: "SELECT error('no') AS a"})
    assert list(tmp_path.iterdir()) == []
    write_all(connection, {paths[0]: "SELECT 1 AS a", paths[1]: "SELECT 2 AS a"})
    assert [Path(path).read_text() for path in paths] == ["a\n1\n", "a\n2\n"]


def test_places_that_cannot_be_written_are_told(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="no such file or directory"):
        write(connection, SELECT, str(tmp_path / "absent" / "out.csv"))
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(OutputError, match="is a folder"):
        write(connection, SELECT, str(tmp_path / "folder.csv"))


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full here")
def test_a_full_disk_is_told(connection: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(OSError, match="No space left"):
        write(connection, SELECT, "/dev/full", "csv")


def test_links_are_followed_and_rights_kept(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text("before")
    (tmp_path / "real.csv").chmod(0o640)
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    write(connection, "SELECT 1 AS a", str(tmp_path / "link.csv"))
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text() == "a\n1\n"
    assert (tmp_path / "real.csv").stat().st_mode & 0o777 == 0o640


def test_standard_output_gets_csv(
    connection: duckdb.DuckDBPyConnection, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    write(connection, "SELECT 'é' AS a", None)
    assert capfdbinary.readouterr().out == "a\né\n".encode()
