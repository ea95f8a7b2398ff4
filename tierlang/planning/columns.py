"""The columns of the relation `planned`, which is also what a line of a plan file holds."""

from __future__ import annotations

PLANNED = "planned"
"""The relation that `decide` makes and `apply` reads back from a plan file."""

COLUMNS: dict[str, str] = {
    "key": "VARCHAR",
    "act": "VARCHAR",
    "cause": "VARCHAR",
    "trigger": "VARCHAR",
    "from_tier": "VARCHAR",
    "tier": "VARCHAR",
    "from_base": "VARCHAR",
    "base": "VARCHAR",
    "since": "DATE",
    "settled_until": "DATE",
    "pinned": "BOOLEAN",
    "absences": "UTINYINT",
    "proposed": "VARCHAR",
    "waits": "VARCHAR",
    "approver": "VARCHAR",
    "score": "DECIMAL(18,4)",
    "reason": "VARCHAR",
    "scores": "MAP(VARCHAR, DECIMAL(18,4))",
    "signals": "MAP(VARCHAR, VARCHAR)",
}
"""Every column with its type in DuckDB. `act` is what becomes of an account: `assign` gives it its first place (or the first after it was closed), `move`, `close`, `stay` changes what is known of it without a move, `wait`,
`observe` only records what was seen."""
