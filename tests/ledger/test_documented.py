"""The page about the ledger says what its tables and views are made of, and its query runs."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from tests.ledger.plans import year
from tierlang.ledger.schema import TABLES, Table
from tierlang.ledger.views import VIEWS, View

PAGE = (Path(__file__).parents[2] / "docs" / "ledger.md").read_text(encoding="utf-8")


def section(thing: Table | View) -> str:
    """How the page describes a table or view."""
    rows = [f"| `{column.name}` | {column.type} | {column.meaning} |" for column in thing.columns]
    return "\n".join(
        [f"### {thing.name}", "", thing.meaning, "", "| column | type | what |", "|---|---|---|", *rows, ""]
    )


@pytest.mark.parametrize("thing", [*TABLES, *VIEWS], ids=lambda thing: thing.name)
def test_the_page_describes_it(thing: Table | View) -> None:
    assert section(thing) in PAGE


def test_the_page_describes_nothing_else() -> None:
    assert set(re.findall(r"^### (\w+)$", PAGE, re.MULTILINE)) == {thing.name for thing in (*TABLES, *VIEWS)}


def test_its_query_runs(tmp_path: Path) -> None:
    query = re.search(r"```sql\n(.*?)```", PAGE, re.DOTALL)
    assert query is not None
    found = duckdb.connect(year(tmp_path / "t.ledger"), read_only=True).execute(query[1]).fetchall()
    assert [(str(day), tier, accounts) for day, tier, accounts in found][:4] == [
        ("2026-01-31", "one", 2),
        ("2026-01-31", "three", 1),
        ("2026-01-31", "two", 1),
        ("2026-01-31", None, 1),
    ]
