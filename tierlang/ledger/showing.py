"""What of a ledger is shown and written out, as SELECTs in an order that does not depend on the machine."""

from __future__ import annotations

from tierlang.ledger.schema import TABLES
from tierlang.ledger.views import VIEWS

_ORDERS = {
    "about": "schema_version",
    "runs": "run",
    "rules": "run",
    "moves": "run, account",
    "observations": "run, account, kind, name",
    "overrides": "run, kind, trigger, account",
    "renames": "run, kind, old",
    "names": "kind, name, from_run",
    "standing": "account",
    "assignments": "account, run",
    "holders": "account",
}

EXPORTED = ("holders", "assignments", *(table.name for table in TABLES), "names", "standing")
"""Everything that can be written out, what people ask for first."""


def everything_of(catalog: str, name: str, *, flat: bool) -> str:
    """All rows of a table or view; `flat`: texts instead of what a CSV cell cannot hold."""
    assert name in EXPORTED
    columns = [column for thing in (*TABLES, *VIEWS) if thing.name == name for column in thing.columns]
    nested = [column.name for column in columns if column.type.endswith("[]")]
    replaced = ", ".join(f"CAST(to_json({each}) AS VARCHAR) AS {each}" for each in nested)
    shown = f"* REPLACE ({replaced})" if flat and nested else "*"
    return f"SELECT {shown} FROM {catalog}.{name} ORDER BY {_ORDERS[name]}"


RUN_COLUMNS = (
    "run",
    "as_of",
    "review",
    "freeze",
    "ruleset",
    "version",
    "assigned",
    "moved",
    "closed",
    "holders",
    "approvals",
    "override",
    "applied_at",
    "applied_by",
    "plan",
)


def runs(catalog: str) -> str:
    """The runs with what they did (`RUN_COLUMNS`); `holders` are the accounts that are open after it."""
    return f"""
        SELECT r.run, r.as_of, r.review, r.freeze, r.ruleset, r.version, coalesce(m.assigned, 0) AS assigned, coalesce(m.moved, 0) AS moved, coalesce(m.closed, 0) AS closed,
          sum(coalesce(m.assigned, 0) - coalesce(m.closed, 0)) OVER (ORDER BY r.run)::BIGINT AS holders,
          coalesce(o.approvals, 0) AS approvals, o.override, r.applied_at, r.applied_by, r.plan
        FROM {catalog}.runs r
        LEFT JOIN (
          SELECT run, count(*) FILTER (kind = 'assign') AS assigned, count(*) FILTER (kind = 'move') AS moved, count(*) FILTER (kind = 'close') AS closed
          FROM {catalog}.moves GROUP BY run) m ON m.run = r.run
        LEFT JOIN (
          SELECT run, count(*) FILTER (kind = 'approval') AS approvals, any_value(reason) FILTER (kind = 'breaker') AS override
          FROM {catalog}.overrides GROUP BY run) o ON o.run = r.run
        ORDER BY r.run
    """
