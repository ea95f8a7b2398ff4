"""The real data beside the checkout, read by Python alone: what the product's answers are held against."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

DATA = Path(__file__).parents[3] / "shared" / "data"
RULES = Path(__file__).parent / "rules"
SNAPSHOTS = tuple(sorted((DATA / "sp500" / "snapshots").glob("*.csv")))

real = [
    pytest.mark.real,
    pytest.mark.skipif(not DATA.is_dir(), reason=f"the real data is not there: no folder {DATA}"),
]

_UNITS = {"B": 10**9, "M": 10**6}


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file; a row that is too short has None for the rest."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def cap_of(row: dict[str, str]) -> Decimal | None:
    """A market capitalization in the unit of the file (2012: dollars), None where there is none."""
    cell = row.get("Market Cap", row.get("market capitalization"))
    if cell in (None, "", "N/A"):
        return None
    assert cell is not None
    if cell[-1] in _UNITS:
        return Decimal(cell[:-1]) * _UNITS[cell[-1]]
    return Decimal(cell)


def in_billions(path: Path) -> bool:
    """Whether a snapshot counts plain billions: those after 2012 and before 2018."""
    return "2013" <= path.stem[:4] <= "2017"
