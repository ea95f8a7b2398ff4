"""Opening ledgers that are not there, not ledgers, not whole, not ours to write, or in use: clear words, and nothing changed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import pytest

from tests.ledger.plans import FIRST, LATER, PROGRAM, assign, connected, plan, recorded, rows, run, year
from tierlang.ledger.attached import attached
from tierlang.ledger.bring import bring
from tierlang.ledger.errors import LedgerError
from tierlang.ledger.head import head
from tierlang.ledger.record import record
from tierlang.ledger.troubles import trouble
from tierlang.ledger.verify import verify

BOTH = pytest.mark.parametrize("write", [False, True], ids=["read", "write"])


def refusal(path: str | Path, *, write: bool, wait: float = 0.2) -> LedgerError:
    """How the ledger is refused."""
    with pytest.raises(LedgerError) as raised, attached(connected(), str(path), write=write, wait=wait):
        pass
    assert str(path) in raised.value.message
    return raised.value


def everything(folder: Path) -> dict[str, bytes]:
    """All files of a folder."""
    return {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()}


def test_an_absent_file_reads_as_an_empty_ledger(tmp_path: Path) -> None:
    connection = connected()
    with attached(connection, str(tmp_path / "t.ledger"), write=False):
        assert head(connection) is None
        assert bring(connection, "ledger", PROGRAM, FIRST).unknown == ()
        assert connection.execute("SELECT count(*) FROM held").fetchall() == [(0,)]
        assert connection.execute("SELECT count(*) FROM ledger.holders").fetchall() == [(0,)]
        assert verify(connection).found == 0
    assert list(tmp_path.iterdir()) == []


def test_a_database_without_tables_is_an_empty_ledger(tmp_path: Path) -> None:
    place = tmp_path / "t.ledger"
    duckdb.connect(str(place)).close()
    connection = connected()
    with attached(connection, str(place), write=False):
        assert head(connection) is None
        assert connection.execute("SELECT count(*) FROM ledger.holders").fetchall() == [(0,)]
    recorded(connection, place, run("p1", FIRST), assign("A", "one"))
    assert rows(place, "SELECT account FROM ledger.holders") == [("A",)]


def test_a_new_ledger_appears_with_its_first_run(tmp_path: Path) -> None:
    connection, place = connected(), tmp_path / "t.ledger"
    relation = plan(connection, assign("A", "one"))
    with attached(connection, str(place), write=True):
        record(connection, "ledger", PROGRAM, run("p1", FIRST), relation)
        assert not place.exists()
    assert [each.name for each in tmp_path.iterdir()] == ["t.ledger"]


def test_without_a_run_or_after_an_error_no_ledger_appears(tmp_path: Path) -> None:
    connection, place = connected(), tmp_path / "t.ledger"
    with attached(connection, str(place), write=True):
        pass
    with pytest.raises(ZeroDivisionError):
        _recorded_and_then(connection, place, lambda: 1 // 0)
    assert list(tmp_path.iterdir()) == []


def _recorded_and_then(connection: duckdb.DuckDBPyConnection, place: Path, more: Callable[[], object]) -> None:
    with attached(connection, str(place), write=True):
        record(connection, "ledger", PROGRAM, run("p1", FIRST), plan(connection, assign("A", "one")))
        more()


def test_what_is_not_committed_is_rolled_back(tmp_path: Path) -> None:
    place = year(tmp_path / "t.ledger")
    connection = connected()
    with attached(connection, place, write=True):
        connection.execute("BEGIN TRANSACTION")
        record(connection, "ledger", PROGRAM, run("p4", LATER), plan(connection, assign("N", "one", LATER)))
    assert rows(place, "SELECT max(run) FROM ledger.runs") == [(3,)]


def test_a_ledger_can_be_opened_again_and_again_under_any_name(tmp_path: Path) -> None:
    place = year(tmp_path / "it's a ledger")
    connection = connected()
    for catalog in ("ledger", "other", "ledger"):
        with attached(connection, place, write=False, catalog=catalog):
            assert connection.execute(f"SELECT count(*) FROM {catalog}.holders").fetchall() == [(5,)]
    with (
        attached(connection, place, write=False),
        attached(connection, str(tmp_path / "none"), write=False, catalog="b"),
    ):
        assert connection.execute("SELECT count(*) FROM b.holders").fetchall() == [(0,)]


def _text(place: Path) -> None:
    place.write_text("account,tier\nA,one\n" * 900, encoding="utf-8")


def _foreign(place: Path) -> None:
    duckdb.connect(str(place)).execute("CREATE TABLE moves AS SELECT 1 AS run").close()


def _newer(place: Path) -> None:
    year(place)
    duckdb.connect(str(place)).execute("INSERT INTO about SELECT product, schema_version + 1 FROM about").close()


def _damaged(place: Path) -> None:
    year(place)
    content = bytearray(place.read_bytes())
    for place_in in range(12_288 + 100, len(content), 4_096):
        content[place_in] ^= 0xFF
    place.write_bytes(bytes(content))


STRANGERS: dict[str, tuple[Callable[[Path], object], str]] = {
    "text": (_text, "it is no DuckDB file"),
    "foreign": (_foreign, "is a DuckDB file, but no ledger of tierlang"),
    "empty": (lambda place: place.touch(), "is empty, so it is no ledger"),
    "folder": (lambda place: place.mkdir(), "is a folder"),
    "device": (lambda place: os.mkfifo(place), "is no ordinary file"),
    "newer": (_newer, "written by a newer tierlang (schema 2; this one knows 1)"),
    "damaged": (_damaged, "is damaged"),
}


@BOTH
@pytest.mark.parametrize("sort", STRANGERS)
def test_strangers_are_refused_and_not_touched(tmp_path: Path, sort: str, write: bool) -> None:
    make, why = STRANGERS[sort]
    place = tmp_path / "t.ledger"
    make(place)
    before = everything(tmp_path)
    assert why in refusal(place, write=write).message
    assert everything(tmp_path) == before


@BOTH
def test_a_ledger_cut_short_is_refused_wherever_it_ends(tmp_path: Path, write: bool) -> None:
    place = tmp_path / "t.ledger"
    year(place)
    whole = place.read_bytes()
    for length in (1, 100, 4_096, 5_000, 12_288, 20_000, len(whole) // 2, len(whole) - 4_096, len(whole) - 1):
        place.write_bytes(whole[:length])
        assert "damaged" in (told := refusal(place, write=write).message) or "cut short" in told or "no DuckDB" in told
        assert everything(tmp_path) == {"t.ledger": whole[:length]}


@BOTH
def test_a_folder_that_is_not_there(tmp_path: Path, write: bool) -> None:
    assert "there is no folder" in refusal(tmp_path / "nowhere" / "t.ledger", write=write).message


def weakly(code: str, *arguments: str, largest: int | None = None) -> subprocess.CompletedProcess[str]:
    """Run Python code in another process: with files of so many bytes at most, or else without the rights of an administrator."""
    weaken = "if os.geteuid() == 0: os.setuid(65_534)"
    if largest is not None:
        weaken = f"resource.setrlimit(resource.RLIMIT_FSIZE, ({largest}, {largest}))"
    text = f"{WEAK}\n{weaken}\ntry:\n    exec({code!r})\nexcept LedgerError as error:\n    print(error.message, *error.hints, sep='\\n')\n"
    command = [sys.executable, "-c", text, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])


WEAK = """
import encodings.idna, os, resource, sys
from pathlib import Path
from tests.ledger import plans
from tests.ledger.plans import FIRST, LATER, assign, connected, recorded, run
from tierlang.ledger.attached import attached
from tierlang.ledger.errors import LedgerError
from tierlang.ledger.record import record
recorded(connected(), Path(sys.argv[1]).with_name('warm'), run('warm', FIRST), assign('N', 'one'))
Path(sys.argv[1]).with_name('warm').unlink()
"""
APPLY = """
place, many = Path(sys.argv[1]), int(sys.argv[2])
day = LATER if place.exists() else FIRST
connection = connected()
plans.plan(connection, assign('N', 'one', day))
connection.execute("INSERT INTO planned BY NAME SELECT * REPLACE ('N' || md5(i::VARCHAR) AS key, md5(i::VARCHAR) AS reason) FROM planned, range($1) r(i)".replace('SELECT * REPLACE', 'SELECT * EXCLUDE (i) REPLACE'), [many])
with attached(connection, str(place), write=True, wait=0.2):
    record(connection, 'ledger', plans.PROGRAM, run('new', day), 'planned')
print('applied')
"""
READ = """
with attached(connected(), sys.argv[1], write=False, wait=0.2):
    print('read')
"""


@pytest.fixture
def open_folder(tmp_path: Path) -> Path:
    """A folder that every user of the machine may pass."""
    folder = Path("/tmp") / f"tierlang-{os.getpid()}-{tmp_path.name}"
    folder.mkdir()
    folder.chmod(0o777)
    return folder


@pytest.mark.parametrize(
    ("file", "folder", "said"),
    [(0o444, 0o777, "the file is read-only"), (0o666, 0o555, "is read-only"), (0o444, 0o555, "is read-only")],
)
def test_what_is_read_only_can_be_read_and_not_written(open_folder: Path, file: int, folder: int, said: str) -> None:
    place = open_folder / "t.ledger"
    year(place)
    place.chmod(file)
    open_folder.chmod(folder)
    before = everything(open_folder)
    try:
        assert weakly(READ, str(place)).stdout == "read\n"
        told = weakly(APPLY, str(place), "1")
        assert said in told.stdout, told
        assert everything(open_folder) == before
    finally:
        open_folder.chmod(0o777)
        place.unlink()
        open_folder.rmdir()


SOME_SIZES = (12_288, 900_000, 2_500_000)
"""How large a file may become, in bytes, where the disk is full at the begin, in the middle and near the end of what an apply writes."""
MORE_SIZES = (8_192, 300_000, 1_300_000, 3_500_000)


@pytest.mark.parametrize("first", [True, False], ids=["first", "later"])
def test_a_full_disk_changes_nothing(tmp_path: Path, first: bool) -> None:
    assert refusals(tmp_path, SOME_SIZES, first=first) >= 2


@pytest.mark.slow
@pytest.mark.parametrize("first", [True, False], ids=["first", "later"])
def test_a_disk_that_is_full_anywhere_changes_nothing(tmp_path: Path, first: bool) -> None:
    assert refusals(tmp_path, MORE_SIZES, first=first) >= 2


def refusals(tmp_path: Path, sizes: Sequence[int], *, first: bool) -> int:
    """How often an apply was refused for want of room, each time with nothing changed."""
    place = tmp_path / "t.ledger"
    if not first:
        year(place)
    before = [] if first else rows(place, "SELECT plan FROM ledger.runs ORDER BY run")
    refused = 0
    for largest in sizes:
        told = weakly(APPLY, str(place), "60000", largest=largest)
        assert told.returncode == 0, told.stderr
        if told.stdout == "applied\n":
            break
        refused += 1
        assert "the disk is full" in told.stdout, told.stdout
        left = sorted(each.name for each in tmp_path.iterdir() if not each.name.endswith(".wal"))
        assert left == ([] if first else ["t.ledger"])
        if not first:
            assert rows(place, "SELECT plan FROM ledger.runs ORDER BY run") == before
            connection = connected()
            with attached(connection, str(place), write=False):
                assert verify(connection).found == 0
    return refused


HOLD = """
import duckdb, sys, time
connection = duckdb.connect(sys.argv[1], read_only=sys.argv[2] == 'read')
print('open', flush=True)
time.sleep(float(sys.argv[3]))
"""


def holding(place: str, how: str, seconds: float) -> subprocess.Popen[str]:
    """Another process that has the file open for a while."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, place, how, str(seconds)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    return process


@pytest.mark.parametrize(("theirs", "write"), [("read", True), ("write", True), ("write", False)])
def test_who_has_it_open_is_named(tmp_path: Path, theirs: str, write: bool) -> None:
    place = year(tmp_path / "t.ledger")
    with holding(place, theirs, 60) as process:
        before = Path(place).read_bytes()
        told = refusal(place, write=write)
        assert f"(process {process.pid})" in told.message
        assert "python" in told.message
        assert Path(place).read_bytes() == before
        process.kill()


def test_readers_do_not_mind_each_other(tmp_path: Path) -> None:
    place = year(tmp_path / "t.ledger")
    with holding(place, "read", 60) as process:
        assert rows(place, "SELECT max(run) FROM ledger.runs") == [(3,)]
        process.kill()


def test_a_lock_is_waited_for(tmp_path: Path) -> None:
    place = year(tmp_path / "t.ledger")
    with holding(place, "write", 0.6):
        begin = time.monotonic()
        with attached(connected(), place, write=True, wait=20):
            assert time.monotonic() - begin < 15


def test_of_two_first_runs_one_wins(tmp_path: Path) -> None:
    place = tmp_path / "t.ledger"
    with pytest.raises(LedgerError, match="another process has made"):
        _recorded_and_then(
            connected(), place, lambda: recorded(connected(), place, run("p2", FIRST), assign("B", "two"))
        )
    assert rows(place, "SELECT account FROM ledger.holders") == [("B",)]
    assert [each.name for each in tmp_path.iterdir()] == ["t.ledger"]


def test_a_left_over_log_without_its_ledger(tmp_path: Path) -> None:
    (tmp_path / "t.ledger.wal").write_bytes(b"rest")
    with pytest.raises(LedgerError, match=r"lies t\.ledger\.wal"):
        recorded(connected(), tmp_path / "t.ledger", run("p1", FIRST), assign("A", "one"))
    assert everything(tmp_path) == {"t.ledger.wal": b"rest"}


def test_errors_that_are_not_of_the_ledger_stay_what_they_are(tmp_path: Path) -> None:
    connection = connected()
    with (
        pytest.raises(duckdb.IOException, match=r"nothing\.json"),
        attached(connection, year(tmp_path / "t"), write=False),
    ):
        connection.execute(f"FROM read_json('{tmp_path}/nothing.json')")


def test_a_file_of_a_newer_duckdb_is_not_called_damaged() -> None:
    said = "Trying to read a database file with version number 999, but we can only read versions between 64 and 67."
    told = trouble(duckdb.IOException(said), "t.ledger", "/x/t.ledger")
    assert told is not None
    assert "written by a newer DuckDB" in told.message
