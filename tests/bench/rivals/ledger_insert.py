"""A first plan written into a database by hand: its records as rows of moves, its scores as rows of observations, in one transaction."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

_TYPES = (
    "key VARCHAR", "act VARCHAR", "cause VARCHAR", "trigger VARCHAR", "from_tier VARCHAR", "tier VARCHAR", "from_base VARCHAR", "base VARCHAR",
    "since DATE", "settled_until DATE", "pinned BOOLEAN", "absences UTINYINT", "approver VARCHAR", "score DECIMAL(18, 4)", "reason VARCHAR",
    "scores MAP(VARCHAR, DECIMAL(18, 4))",
)  # fmt: skip


def main(plan: str, target: str) -> None:
    """Insert the records of the plan."""
    Path(target).unlink(missing_ok=True)
    columns = ", ".join(f"{name}: '{kind}'" for name, kind in (each.split(" ", 1) for each in _TYPES))
    with duckdb.connect(target) as connection:
        connection.execute("BEGIN")
        kept = [each for each in _TYPES if not each.startswith("scores")]
        connection.execute(f"CREATE TABLE moves (run INTEGER, {', '.join(kept)})")
        connection.execute(
            "CREATE TABLE observations (run INTEGER, key VARCHAR, kind VARCHAR, name VARCHAR, day DATE, number DECIMAL(18, 4), words VARCHAR)"
        )
        source = f"read_json('{plan}', format = 'newline_delimited', columns = {{{columns}}})"
        connection.execute(f"CREATE TEMP TABLE records AS FROM {source} WHERE key IS NOT NULL")
        connection.execute("INSERT INTO moves SELECT 1, * EXCLUDE (scores) FROM records")
        connection.execute(
            "INSERT INTO observations SELECT 1, key, 'score', entry.key, since, entry.value, NULL FROM"
            " (SELECT key, since, unnest(map_entries(scores)) AS entry FROM records)"
        )
        connection.execute("COMMIT")


if __name__ == "__main__":
    main(*sys.argv[1:])
