"""Makes the accounts that every contestant reads: plausible CRM exports, the same on every machine, made once.

Run as a program of its own (`python -m tests.bench.generate FOLDER ROWS…`), so that the benchmark's own process stays small.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import duckdb

from tests.bench.accounts import FORMATS, path_of

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

_MACROS = (
    "CREATE MACRO share(i, salt) AS (hash(i * 64 + salt) >> 12)::DOUBLE / 4503599627370496.0",
    "CREATE MACRO pick(i, salt, n) AS 1 + floor(n * share(i, salt))::INTEGER",
)


def make(folder: Path, rows: int) -> None:
    """Write the accounts of one size as CSV and Parquet, unless they are there; a half-written file never keeps its name."""
    wanted = [path_of(folder, rows, suffix) for suffix in FORMATS]
    if all(path.exists() for path in wanted):
        return
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        for macro in _MACROS:
            connection.execute(macro)
        parquet, csv = path_of(folder, rows, "parquet"), path_of(folder, rows, "csv")
        half = folder / "half-written"
        connection.execute(f"COPY ({_QUERY.replace('?', str(rows))}) TO '{half}' (FORMAT parquet)")
        os.replace(half, parquet)
        connection.execute(f"COPY (SELECT * FROM read_parquet('{parquet}')) TO '{half}' (FORMAT csv, HEADER)")
        os.replace(half, csv)


if __name__ == "__main__":
    for size in sys.argv[2:]:
        make(Path(sys.argv[1]), int(size))
