"""Northwind's customers: text only, a key that ends in a blank, two rows that are no customers."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from functools import cache
from pathlib import Path

from click.testing import CliRunner

from tests.real.figures import DATA, RULES, real, rows_of
from tests.rulesets.both import Both, run_both
from tierlang.cli.main import main

pytestmark = real

CUSTOMERS = DATA / "northwind" / "customers.csv"
NORTHWIND = RULES / "northwind.tier"
CORE = {"Germany": 1, "France": 1, "UK": 1, "Austria": 1, "Switzerland": 1, "Belgium": 1}
AMERICAS = ("USA", "Canada", "Mexico", "Brazil", "Venezuela", "Argentina")


@cache
def evaluated() -> Both:
    return run_both(NORTHWIND, CUSTOMERS, dt.date(1998, 5, 6))


def contact_by_hand(row: dict[str, str]) -> int:
    title = row["ContactTitle"]
    points = 50 if "Owner" in title or "Manager" in title else 0
    points += {"Owner": 30, "Sales Manager": 20, "Marketing Manager": 20}.get(title, 5)
    points += 10 if row["Fax"] else 0
    return points + (10 if row["Phone"].startswith("(") else 0)


def test_all_customers_are_there_in_the_order_of_the_file() -> None:
    rows = rows_of(CUSTOMERS)
    assert len(rows) == 93
    assert [each.key.strip() for each in evaluated().assignments] == [row["CustomerID"].strip() for row in rows]


def test_the_junk_rows_are_excluded_by_name_and_nobody_else() -> None:
    excluded = {each.key.strip(): each.reason for each in evaluated().assignments if each.excluded}
    assert excluded == {"Val2": "excluded: Not a customer", "VALON": "excluded: Not a customer"}


def test_the_key_that_ends_in_a_blank_keeps_its_account() -> None:
    (key,) = [each.key for each in evaluated().assignments if each.key.startswith("Val2")]
    assert key == "Val2 "


def test_scores_are_those_computed_by_hand() -> None:
    rows = {row["CustomerID"]: row for row in rows_of(CUSTOMERS)}
    for each in evaluated().assignments:
        if not each.excluded:
            assert each.scores["contact"] == contact_by_hand(rows[each.key]) * 10_000, each.key


def test_no_more_than_eight_of_a_country_are_key_and_the_americas_hold_thirty() -> None:
    rows = {row["CustomerID"]: row for row in rows_of(CUSTOMERS)}
    both = evaluated()
    wanted = Counter(row["Country"] for row in rows.values() if row["Country"] in CORE and contact_by_hand(row) >= 50)
    seated = Counter(rows[each.key]["Country"] for each in both.assignments if each.tier == "key")
    assert seated == {country: min(8, count) for country, count in wanted.items()}
    americas = sum(row["Country"] in AMERICAS for row in rows.values())
    assert both.counts()["americas"] == min(30, americas)


def test_through_the_command_line_the_file_has_one_line_for_each_customer(tmp_path: Path) -> None:
    output = tmp_path / "northwind.csv"
    done = CliRunner().invoke(
        main, ["eval", str(NORTHWIND), str(CUSTOMERS), "--as-of", "1998-05-06", "-o", str(output)]
    )
    assert done.exit_code == 0, done.stderr
    written = {row["key"]: (row["tier"], row["reason"]) for row in rows_of(output)}
    assert written == {each.key: (each.tier or "", each.reason) for each in evaluated().assignments}
