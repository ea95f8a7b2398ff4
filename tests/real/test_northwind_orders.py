"""Northwind's orders as events of its customers: who orders, who has gone quiet, and what all of it is worth to the last cent."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter, defaultdict
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.real.figures import DATA, RULES, real, rows_of
from tests.rulesets.both import Both, run_both
from tierlang.accounts.facts import Given
from tierlang.cli.main import main

pytestmark = real

CUSTOMERS = DATA / "northwind" / "customers.csv"
ORDERS = DATA / "northwind" / "orders.csv"
RULES_OF_ORDERS = RULES / "northwind_orders.tier"
LAST_DAY = dt.date(1998, 5, 6)
YEAR_BEFORE = dt.date(1997, 5, 6)
LINE = ("OrderID", "CustomerID", "OrderDate", "ProductID", "UnitPrice", "Quantity", "Discount")


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The order lines with the customer and the day of their order, which the export keeps apart."""
    path = tmp_path_factory.mktemp("northwind") / "lines.csv"
    orders = {row["OrderID"]: row for row in rows_of(ORDERS)}
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, LINE, extrasaction="ignore")
        writer.writeheader()
        for row in rows_of(DATA / "northwind" / "order_details.csv"):
            writer.writerow({**row, **{name: orders[row["OrderID"]][name] for name in ("CustomerID", "OrderDate")}})
    return path


@cache
def _evaluated(lines: Path, day: dt.date) -> Both:
    facts = [Given("events", "order", str(ORDERS)), Given("events", "line", str(lines))]
    return run_both(RULES_OF_ORDERS, CUSTOMERS, day, facts=facts)


def days_of(day: dt.date) -> dict[str, list[dt.date]]:
    """The days on which each customer ordered, up to a day."""
    found: dict[str, list[dt.date]] = {row["CustomerID"].strip(): [] for row in rows_of(CUSTOMERS)}
    for row in rows_of(ORDERS):
        at = dt.datetime.fromisoformat(row["OrderDate"]).date()
        if at <= day:
            found[row["CustomerID"].strip()].append(at)
    return found


def tier_by_hand(days: list[dt.date], day: dt.date) -> str:
    if not days:
        return "never"
    idle = (day - max(days)).days
    if idle > 180:
        return "lapsed"
    if idle > 90:
        return "quiet"
    return "new" if (day - min(days)).days <= 180 else "healthy"


def revenue_by_hand(lines: Path, day: dt.date) -> dict[str, Decimal]:
    """The sum of price x quantity x (1 - discount) of each customer, each product rounded once to 4 digits."""
    step = Decimal("0.0001")
    found: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows_of(lines):
        if dt.datetime.fromisoformat(row["OrderDate"]).date() <= day:
            gross = (Decimal(row["UnitPrice"]) * Decimal(row["Quantity"])).quantize(step, ROUND_HALF_UP)
            found[row["CustomerID"].strip()] += (gross * (1 - Decimal(row["Discount"]))).quantize(step, ROUND_HALF_UP)
    return found


@pytest.mark.parametrize("day", [LAST_DAY, YEAR_BEFORE], ids=str)
def test_every_customer_stands_where_its_last_order_puts_it(lines: Path, day: dt.date) -> None:
    days = days_of(day)
    both = _evaluated(lines, day)
    assert {each.key.strip(): each.tier for each in both.assignments} == {
        key: tier_by_hand(found, day) for key, found in days.items()
    }
    counts = both.counts()
    assert all(counts[tier] for tier in ("healthy", "quiet", "never")), counts


def test_the_known_figures_of_the_last_day(lines: Path) -> None:
    counts = _evaluated(lines, LAST_DAY).counts()
    assert counts["never"] == 4
    assert (counts["quiet"] or 0) + counts["lapsed"] == 16
    assert counts["lapsed"] == 5


@pytest.mark.parametrize("day", [LAST_DAY, YEAR_BEFORE], ids=str)
def test_revenue_after_discount_is_exact(lines: Path, day: dt.date) -> None:
    by_hand = revenue_by_hand(lines, day)
    both = _evaluated(lines, day)
    for each in both.assignments:
        assert each.scores["revenue"] == by_hand[each.key.strip()] * 10_000, each.key
    total = Decimal(sum(each.scores["revenue"] or 0 for each in both.assignments)) / 10_000
    if day == LAST_DAY:
        assert total.quantize(Decimal("0.01"), ROUND_HALF_UP) == Decimal("1265793.04")


def test_orders_of_later_days_do_not_exist_yet(lines: Path) -> None:
    figures = {each.name: each for each in _evaluated(lines, YEAR_BEFORE).figures}
    after = sum(row["OrderDate"][:10] > YEAR_BEFORE.isoformat() for row in rows_of(ORDERS))
    assert (figures["order"].rows, figures["order"].later, figures["order"].unknown) == (830 - after, after, 0)


def test_marks_say_what_python_says_of_orders_that_wait(lines: Path) -> None:
    waiting = {
        row["CustomerID"].strip()
        for row in rows_of(ORDERS)
        if not row["ShippedDate"] and (LAST_DAY - dt.date.fromisoformat(row["OrderDate"][:10])).days > 14
    }
    marked = {each.key for each in _evaluated(lines, LAST_DAY).assignments if "waiting" in each.marks}
    assert marked == waiting != set()


def test_through_the_command_line_with_a_file_for_each_event(lines: Path, tmp_path: Path) -> None:
    output = tmp_path / "tiers.csv"
    done = CliRunner().invoke(
        main,
        [
            *("eval", str(RULES_OF_ORDERS), str(CUSTOMERS), "--as-of", LAST_DAY.isoformat(), "-o", str(output)),
            *("--events", f"order={ORDERS}", "--events", f"line={lines}"),
        ],
    )
    assert done.exit_code == 0, done.stderr
    assert "830 order events" in done.stderr
    assert "2,155 line events" in done.stderr
    written = rows_of(output)
    by_hand = {key: tier_by_hand(days, LAST_DAY) for key, days in days_of(LAST_DAY).items()}
    assert Counter(row["tier"] for row in written) == Counter(by_hand.values())
    total = sum((Decimal(row["revenue"]) for row in written), Decimal())
    assert total.quantize(Decimal("0.01")) == Decimal("1265793.04")


def test_an_export_appended_to_itself_is_refused_by_its_order_numbers(lines: Path, tmp_path: Path) -> None:
    twice = tmp_path / "orders.csv"
    text = ORDERS.read_text(encoding="utf-8")
    twice.write_text(text + text.split("\n", 1)[1], encoding="utf-8")
    done = CliRunner().invoke(
        main,
        [
            *("eval", str(RULES_OF_ORDERS), str(CUSTOMERS), "--as-of", LAST_DAY.isoformat()),
            *("--events", f"order={twice}", "--events", f"line={lines}"),
        ],
    )
    assert done.exit_code == 2
    assert "10248" in done.stderr
