"""Makes the accounts that every contestant reads: plausible CRM exports, the same on every machine, made once.

Run as a program of its own (`python -m tests.bench.generate FOLDER ROWS…`, with `events` before the numbers of accounts that get events too),
so that the benchmark's own process stays small.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import duckdb

from tests.bench.accounts import EVENTS_EACH, FORMATS, events_path_of, path_of

# Every column is a function of the row number and a salt, never of random(), so that the files do not depend on threads.
# `share(i, salt)` is a number in [0, 1).
_QUERY = """
WITH numbered AS (
    SELECT i, ((i * 2654435761 + 97531) % 4294967296)::BIGINT AS code FROM range(?) AS t(i)
), drawn AS (
    SELECT
        i,
        '001Qx' || lpad(code::VARCHAR, 10, '0') AS id,
        ['Blue', 'North', 'Bright', 'Iron', 'Clear', 'Red', 'Silver', 'Grand', 'Open', 'Prime', 'Swift', 'Quiet'][pick(i, 1, 12)] AS front,
        ['Harbor', 'Ridge', 'Field', 'Stone', 'River', 'Point', 'Bridge', 'Forge', 'Cloud', 'Grove'][pick(i, 2, 10)] AS back,
        ['Inc', 'LLC', 'GmbH', 'Ltd', 'SA', 'Group'][pick(i, 3, 6)] AS form,
        ['Banking', 'Software', 'Insurance', 'Health', 'Manufacturing', 'Retail', 'Energy', 'Telecom', 'Education', 'Logistics',
         'Media', 'Public Sector'][1 + floor(12 * pow(share(i, 4), 1.4))::INTEGER] AS industry,
        ['US', 'US', 'US', 'DE', 'GB', 'FR', 'NL', 'SE', 'ES', 'CA'][pick(i, 5, 10)] AS country,
        round(pow(10, 0.7 + 4.3 * pow(share(i, 6), 1.8)))::BIGINT AS staff,
        share(i, 7) AS spread,
        least(100, greatest(0, 12 + 38 * (share(i, 8) + share(i, 9)) + 16 * share(i, 6))) AS fit,
        100 * pow(share(i, 10), 2.2) AS intent
    FROM numbered
)
SELECT
    id,
    front || ' ' || back || ' ' || form AS name,
    lower(front || back) || i::VARCHAR || '.example' AS domain,
    CASE WHEN share(i, 20) >= 0.02 THEN industry END AS industry,
    country,
    CASE WHEN share(i, 21) >= 0.03 THEN staff END AS employees,
    CASE WHEN share(i, 22) >= 0.06 THEN round(staff * (40 + 900 * pow(spread, 3)), 2)::DECIMAL(14, 2) END AS potential,
    CASE WHEN share(i, 23) >= 0.04 THEN floor(fit * 10) / 10 END AS fit,
    CASE WHEN share(i, 24) >= 0.08 THEN floor(intent * 100) / 100 END AS intent,
    share(i, 25) < 0.17 AS customer,
    CASE WHEN share(i, 26) >= 0.02 THEN 'ae' || lpad((1 + floor(200 * pow(share(i, 11), 1.2)))::INTEGER::VARCHAR, 3, '0') END AS ae,
    DATE '2026-11-01' - floor(900 * pow(share(i, 27), 2))::INTEGER AS touched
FROM drawn
ORDER BY i
"""

# A few accounts have most of the events, as everywhere; the file is in no order of accounts or days.
_EVENTS = """
WITH drawn AS (
    SELECT
        ['engagement', 'engagement', 'engagement', 'usage', 'usage', 'usage', 'order', 'demo_request', 'support_ticket', 'funding_round'][pick(i, 1, 10)] AS event,
        '001Qx' || lpad(((floor($accounts * pow(share(i, 2), 1.5))::BIGINT * 2654435761 + 97531) % 4294967296)::BIGINT::VARCHAR, 10, '0') AS account,
        DATE '2026-11-01' - floor(730 * share(i, 3))::INTEGER AS "at",
        ['web', 'email', 'event', 'phone', 'webinar'][pick(i, 4, 5)] AS channel,
        'role ' || pick(i, 5, 40) AS role,
        round(10 + 100000 * pow(share(i, 6), 3), 2)::DECIMAL(14, 2) AS amount,
        i
    FROM range($events) AS t(i)
)
SELECT
    event, account, "at",
    CASE WHEN event = 'engagement' THEN channel END AS channel,
    CASE WHEN event = 'engagement' THEN role END AS role,
    CASE WHEN event IN ('order', 'funding_round') THEN amount END AS amount
FROM drawn
ORDER BY i
"""

_MACROS = (
    "CREATE MACRO share(i, salt) AS (hash(i * 64 + salt) >> 12)::DOUBLE / 4503599627370496.0",
    "CREATE MACRO pick(i, salt, n) AS 1 + floor(n * share(i, salt))::INTEGER",
)


def make(folder: Path, rows: int) -> None:
    """Write the accounts of one size as CSV and Parquet, unless they are there."""
    _write({suffix: path_of(folder, rows, suffix) for suffix in FORMATS}, _QUERY.replace("?", str(rows)))


def make_events(folder: Path, rows: int) -> None:
    """Write the events of the accounts of one size, in the same way."""
    query = _EVENTS.replace("$accounts", str(rows)).replace("$events", str(rows * EVENTS_EACH))
    _write({suffix: events_path_of(folder, rows, suffix) for suffix in FORMATS}, query)


def _write(paths: dict[str, Path], query: str) -> None:
    """The rows as Parquet, and the same as CSV; a half-written file never keeps its name."""
    if all(path.exists() for path in paths.values()):
        return
    half = paths["parquet"].parent / "half-written"
    half.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        for macro in _MACROS:
            connection.execute(macro)
        connection.execute(f"COPY ({query}) TO '{half}' (FORMAT parquet)")
        os.replace(half, paths["parquet"])
        connection.execute(f"COPY (SELECT * FROM read_parquet('{paths['parquet']}')) TO '{half}' (FORMAT csv, HEADER)")
        os.replace(half, paths["csv"])


if __name__ == "__main__":
    folder, *sizes = sys.argv[1:]
    with_events = sizes[sizes.index("events") + 1 :] if "events" in sizes else []
    for size in dict.fromkeys(each for each in sizes if each != "events"):
        make(Path(folder), int(size))
    for size in with_events:
        make_events(Path(folder), int(size))
