"""Makes a past: snapshots of the accounts month by month, a ledger that has seen twenty of them, and a first plan.

Run as a program of its own (`python -m tests.bench.pasts FOLDER ROWS`), once for each size.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import duckdb

from tests.bench.accounts import path_of
from tests.bench.measure import python, run

MONTHS = 12
RUNS = 20
FIRST = dt.date(2025, 11, 1)
RULES = Path("tests/bench/rules/mobility.tier")

# A twentieth of the accounts gets another intent each month, a hundredth another fit.
_SNAPSHOT = """
SELECT * REPLACE (
    CASE WHEN hash(id || 'i{month}') % 20 = 0 THEN round((hash(id || 'j{month}') % 10000)::DOUBLE / 100, 2) ELSE intent END AS intent,
    CASE WHEN hash(id || 'f{month}') % 100 = 0 THEN round((hash(id || 'g{month}') % 1000)::DOUBLE / 10, 1) ELSE fit END AS fit
)
FROM read_parquet('{before}')
"""


def folder_of(data: Path, rows: int) -> Path:
    """Where the past of this many accounts is."""
    return data / f"past-v1-{rows}"


def snapshots_of(data: Path, rows: int) -> list[Path]:
    """The snapshots, by month."""
    return [folder_of(data, rows) / f"{_day(month).isoformat()}.parquet" for month in range(MONTHS)]


def spoken_of(data: Path, rows: int) -> Path:
    """The first snapshot as the CSV file that most people have."""
    return folder_of(data, rows) / "accounts.csv"


def ledger_of(data: Path, rows: int) -> Path:
    """The ledger that has seen twenty runs."""
    return folder_of(data, rows) / "seen.ledger"


def first_plan_of(data: Path, rows: int) -> Path:
    """The first plan of all accounts, against a ledger that is not there yet."""
    return folder_of(data, rows) / "first.json"


def first_ledger_of(data: Path, rows: int) -> Path:
    """The ledger that the first plan speaks of."""
    return folder_of(data, rows) / "first.ledger"


def next_day() -> dt.date:
    """The day of the plan that follows on those twenty runs."""
    return _day(RUNS)


def _day(month: int) -> dt.date:
    months = FIRST.month - 1 + month
    return dt.date(FIRST.year + months // 12, months % 12 + 1, 1)


def make(data: Path, rows: int) -> None:
    """Write what is not there yet."""
    folder_of(data, rows).mkdir(exist_ok=True)
    before = path_of(data, rows, "parquet")
    for month, path in enumerate(snapshots_of(data, rows)):
        if not path.exists():
            part = path.with_suffix(".part")
            query = _SNAPSHOT.format(month=month, before=before)
            with duckdb.connect() as connection:
                connection.execute(f"COPY ({query}) TO '{part}' (FORMAT parquet, COMPRESSION zstd)")
            part.rename(path)
        before = path
    spoken = spoken_of(data, rows)
    if not spoken.exists():
        with duckdb.connect() as connection:
            connection.execute(f"COPY (FROM read_parquet('{snapshots_of(data, rows)[0]}')) TO '{spoken}.part' (HEADER)")
        Path(f"{spoken}.part").rename(spoken)
    ledger = ledger_of(data, rows)
    if not ledger.exists():
        part = ledger.with_suffix(".part")
        part.unlink(missing_ok=True)
        paths = snapshots_of(data, rows)
        dated = [f"{_day(number).isoformat()}={paths[number % MONTHS]}" for number in range(RUNS)]
        run(python("-m", "tierlang", "replay", str(RULES), *dated, "--ledger", str(part), "--format", "json"))
        part.rename(ledger)
    plan = first_plan_of(data, rows)
    if not plan.exists():
        arguments = [str(RULES), str(snapshots_of(data, rows)[0]), "--as-of", FIRST.isoformat()]
        to = ["--ledger", str(first_ledger_of(data, rows)), "-o", str(plan), "--quiet"]
        run(python("-m", "tierlang", "plan", *arguments, *to))


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]))
