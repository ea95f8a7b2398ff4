"""A small ledger filled by hand: one account with two lives, a merge, a rename, a pin, absences and an overridden breaker."""

from __future__ import annotations

from pathlib import Path

import duckdb

from tierlang.ledger.schema import PRODUCT, SCHEMA_VERSION, TABLES
from tierlang.ledger.views import VIEWS

# run, as_of, review, freeze, version
RUNS = (
    (1, "2026-01-01", True, None, "2026.1"),
    (2, "2026-02-10", False, None, "2026.1"),
    (3, "2026-04-01", True, None, "2026.2"),
    (4, "2026-05-01", False, "Year end", "2026.2"),
    (5, "2026-07-01", True, None, "2026.2"),
    (6, "2026-10-01", True, None, "2026.2"),
    (7, "2027-01-01", True, None, "2026.2"),
)
# run, account, kind, cause, trigger, from, tier, from_base, base, since, settled, pinned, absences, score, reason, word, approver
MOVES = (
    (1, "A-1", "assign", "new", None, None, "gold", None, "gold", "2026-01-01", None, False, 0, "55", "priority 55 in 50..", None, None),
    (1, "A-2", "assign", "new", None, None, None, None, None, "2026-01-01", None, False, 0, "12.5", "no tier: priority 12.5", None, None),
    (1, "A-3", "assign", "new", None, None, "gold", None, "gold", "2026-01-01", None, False, 0, "70", "priority 70 in 50..", None, None),
    (2, "A-1", "move", "trigger", "funded", "gold", "one", "gold", "one", "2026-02-10", "2026-05-10", False, 0, "58", "promoted to one by funded: Fresh funding", "Sam Ortiz", "Dana Lee"),
    (3, "A-3", "close", "exclusion", None, "two", None, "two", None, None, None, False, 0, None, "excluded: Rivals", None, None),
    (4, "A-1", "stay", None, None, "one", "one", "one", "one", "2026-02-10", "2026-05-10", True, 0, "58", "pinned by dana", "Dana Lee", None),
    (5, "A-1", "stay", "absence", None, "one", "one", "one", "one", "2026-02-10", None, True, 1, None, "absent", None, None),
    (6, "A-1", "close", "absence", None, "one", None, "one", None, "2026-02-10", None, False, 2, None, "absent at two reviews in a row", None, None),
    (7, "A-1", "assign", "new", None, None, "two", None, "two", "2027-01-01", None, False, 0, "51", "priority 51 in 50..", None, None),
)  # fmt: skip
OBSERVATIONS = (
    (1, "A-1", "score", "priority", "2026-01-01", "55", None),
    (2, "A-1", "score", "priority", "2026-02-10", "58", None),
    (5, "A-1", "score", "priority", "2026-07-01", None, None),
    (7, "A-1", "score", "priority", "2027-01-01", "51", None),
    (2, "A-1", "signal", "intent", "2026-02-10", None, "82"),
)


def write_ledger(path: Path) -> str:
    """Make the file and give its name."""
    with duckdb.connect(str(path)) as connection:
        for each in (*TABLES, *VIEWS):
            connection.execute(each.ddl)
        connection.execute("INSERT INTO about VALUES (?, ?)", [PRODUCT, SCHEMA_VERSION])
        for run, as_of, review, freeze, version in RUNS:
            row = [run, f"plan-{run}", as_of, review, freeze, "saas_abm", version, f"rules-{version}", None, "priority"]
            row += ["data", "{}", "5.0", "digest", f"print-{run}", f"{as_of} 08:00:00", "tester"]
            connection.execute(f"INSERT INTO runs VALUES ({', '.join('?' * len(row))})", row)
        for table, rows in (("moves", MOVES), ("observations", OBSERVATIONS)):
            connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
        connection.execute("INSERT INTO overrides VALUES (2, 'breaker', NULL, NULL, 'agreed with the board')")
        connection.execute("INSERT INTO renames VALUES (3, 'tier', 'gold', 'two')")
    return str(path)
