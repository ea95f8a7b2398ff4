"""Runs a query written by hand in DuckDB, from file to file: `python -m tests.bench.rivals.duckdb_sql QUERY ACCOUNTS OUT [NAME=VALUE]…`."""

import sys
from pathlib import Path

import duckdb

# The columns of the export, given so that the reader need not guess (which is faster, and keeps keys text).
COLUMNS = """{'id': 'VARCHAR', 'name': 'VARCHAR', 'domain': 'VARCHAR', 'industry': 'VARCHAR', 'country': 'VARCHAR',
    'employees': 'BIGINT', 'potential': 'DECIMAL(14,2)', 'fit': 'DOUBLE', 'intent': 'DOUBLE', 'customer': 'BOOLEAN',
    'ae': 'VARCHAR', 'touched': 'DATE'}"""

EVENT_COLUMNS = """{'event': 'VARCHAR', 'account': 'VARCHAR', 'at': 'DATE', 'channel': 'VARCHAR', 'role': 'VARCHAR',
    'amount': 'DECIMAL(14,2)'}"""


def reader(path: str, columns: str = COLUMNS) -> str:
    """The table function that reads the accounts, or the events."""
    if path.endswith(".parquet"):
        return f"read_parquet('{path}')"
    return f"read_csv('{path}', header = true, auto_detect = false, delim = ',', quote = '\"', columns = {columns})"


def main(query: str, accounts: str, out: str, *settings: str) -> None:
    """Fill in the query and copy its result to the file."""
    text = Path(query).read_text(encoding="utf-8").replace("{accounts}", reader(accounts))
    for setting in settings:
        name, _, value = setting.partition("=")
        text = text.replace("{" + name + "}", reader(value, EVENT_COLUMNS) if name == "events" else value)
    options = "(FORMAT parquet, COMPRESSION zstd)" if out.endswith(".parquet") else "(FORMAT csv, HEADER)"
    duckdb.connect().execute(f"COPY ({text}) TO '{out}' {options}")


if __name__ == "__main__":
    main(*sys.argv[1:])
