"""Who held what on a day of the past, by the names that things have today."""

from __future__ import annotations

import datetime as dt

from tierlang.ledger.views import ASSIGNMENTS, HOLDERS, STANDING


def holders_at(catalog: str, day: dt.date) -> str:
    """A SELECT with the columns of the view `holders`, of that day: what all runs as of it or earlier have left."""
    runs = f"SELECT * FROM {catalog}.runs WHERE as_of <= DATE '{day.isoformat()}'"
    return f"""
        WITH runs AS ({runs}), moves AS (SELECT * FROM {catalog}.moves WHERE run IN (SELECT run FROM runs)), names AS (SELECT * FROM {catalog}.names),
          standing AS ({STANDING.select}), assignments AS ({ASSIGNMENTS.select})
        {HOLDERS.select}
    """
