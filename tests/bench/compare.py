"""Says how two results differ, account by account: `python -m tests.bench.compare OURS THEIRS` prints one JSON object."""

from __future__ import annotations

import json
import sys

import duckdb

_COLUMNS = "{'key': 'VARCHAR', 'tier': 'VARCHAR', 'label': 'VARCHAR', 'priority': 'DECIMAL(9,2)', 'reason': 'VARCHAR'}"


def _reader(path: str) -> str:
    if path.endswith(".parquet"):
        return f"read_parquet('{path}')"
    options = "header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"'"
    return f"read_csv('{path}', {options}, columns = {_COLUMNS})"


def differences(ours: str, theirs: str) -> dict[str, int]:
    """How many accounts stand in only one result, and how many differ in each column."""
    differing = ", ".join(
        f"count(*) FILTER (a.key IS NOT NULL AND b.key IS NOT NULL AND a.{column} IS DISTINCT FROM b.{column}) AS {column}"
        for column in ("tier", "label", "priority", "reason")
    )
    query = f"""
        SELECT count(*) AS accounts, count(*) FILTER (a.key IS NULL OR b.key IS NULL) AS alone, {differing}
        FROM {_reader(ours)} AS a FULL JOIN {_reader(theirs)} AS b ON a.key = b.key
    """
    with duckdb.connect() as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return dict(zip(("accounts", "alone", "tier", "label", "priority", "reason"), row, strict=True))


if __name__ == "__main__":
    print(json.dumps(differences(*sys.argv[1:])))
