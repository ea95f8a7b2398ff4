"""Makes the sample data of the shipped rulesets: invented companies and what they did, with the dirt that real exports have.

    python rulesets/make_samples.py            # writes the accounts, events and signals of every ruleset, and the named list
    python rulesets/make_samples.py --check    # says which of them differ, and writes nothing

Every Python from 3.11 writes the same bytes: only `random.Random(seed).random()` is used, whose sequence Python promises to keep.
All domains end in `.example`, so that no invented company is anybody's.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable
from pathlib import Path

from samples.cells import Row
from samples.customer_lifecycle import customer_lifecycle
from samples.enterprise_security import enterprise_security
from samples.product_led import product_led
from samples.saas_abm import saas_abm
from samples.saas_abm_year import saas_abm_year
from samples.sales_driven import sales_driven

HERE = Path(__file__).parent

SAMPLES: tuple[tuple[str, Callable[[], dict[str, list[Row]]]], ...] = (
    ("sales_driven", sales_driven),
    ("product_led", product_led),
    ("customer_lifecycle", customer_lifecycle),
    ("saas_abm", saas_abm),
    ("saas_abm", saas_abm_year),
    ("enterprise_security", enterprise_security),
)


def csv_bytes(rows: list[Row]) -> bytes:
    """The rows as a UTF-8 CSV file with a heading line; what a row does not have is empty."""
    text = io.StringIO()
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    writer = csv.DictWriter(text, fieldnames=headings, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")


def main(arguments: list[str]) -> int:
    """Write the files, or with --check only compare them."""
    differing = 0
    for folder, make in SAMPLES:
        for name, rows in make().items():
            content = csv_bytes(rows)
            target = HERE / folder / name
            if "--check" not in arguments:
                target.parent.mkdir(exist_ok=True)
                target.write_bytes(content)
            elif not target.exists() or target.read_bytes() != content:
                print(f"{target} is not what make_samples.py makes")
                differing += 1
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
