"""tierlang in process, its rules and connection made once: reads a Parquet file, writes one. `… ACCOUNTS OUT`."""

from __future__ import annotations

import datetime as dt
import json
import sys
import time

import duckdb

from tierlang import pipeline
from tierlang.accounts.accounts import open_accounts
from tierlang.accounts.writing import write
from tierlang.engines.sql.evaluated import Evaluated
from tierlang.engines.sql.run import Run

RULES = "tests/bench/rules/score.tier"
COLUMNS = ("key", "tier", "label", "priority", "reason")

if __name__ == "__main__":
    accounts, out = sys.argv[1:]
    program = pipeline.load(RULES).program
    assert program is not None

    def evaluate() -> None:
        """From file to file."""
        assert program is not None
        with duckdb.connect() as connection:
            file = open_accounts(connection, program, accounts)
            run = Run(connection, program, as_of=dt.date(2026, 11, 1))
            run.want(COLUMNS)
            run.score(file.select)
            placed = run.place()
            assert isinstance(placed, Evaluated)
            write(connection, placed.select(COLUMNS), out)
            file.close()

    evaluate()
    started = time.perf_counter()
    evaluate()
    seconds = time.perf_counter() - started
    with duckdb.connect() as connection:
        row = connection.execute(f"SELECT count(*) FROM read_parquet('{out}')").fetchone()
    print(json.dumps({"rows": row[0] if row else 0, "seconds": seconds}))
