"""Seven thousand customers of a carrier: flags in two spellings, eleven bills that are one blank, four lifecycle tiers."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

from click.testing import CliRunner

from tests.real.figures import DATA, RULES, real, rows_of
from tests.rulesets.both import Both, run_both
from tierlang.cli.main import main

pytestmark = real

CUSTOMERS = DATA / "telco" / "Telco-Customer-Churn.csv"
TELCO = RULES / "telco.tier"
AS_OF = dt.date(2026, 11, 1)


@cache
def evaluated() -> Both:
    return run_both(TELCO, CUSTOMERS, AS_OF)


def loyalty_by_hand(row: dict[str, str]) -> int:
    tenure = int(row["tenure"])
    points = 40 if tenure >= 48 else 25 if tenure >= 24 else 15 if tenure >= 12 else 0
    points += {"Two year": 35, "One year": 20, "Month-to-month": 0}[row["Contract"]]
    points += 10 if "automatic" in row["PaymentMethod"] else 0
    points += 5 if row["PaperlessBilling"] == "Yes" else 0
    points += (
        10
        if [row["OnlineSecurity"], row["TechSupport"], row["InternetService"] == "DSL"].count("Yes")
        + (row["InternetService"] == "DSL")
        >= 2
        else 0
    )
    if row["TotalCharges"].strip() and tenure:
        step = Decimal("0.0001")
        average = (Decimal(row["TotalCharges"]) / tenure).quantize(step, ROUND_HALF_UP)
        threshold = (average * Decimal("1.05")).quantize(step, ROUND_HALF_UP)
        points -= 10 if Decimal(row["MonthlyCharges"]) > threshold else 0
    return max(0, min(100, points))


def tier_by_hand(row: dict[str, str]) -> str:
    if row["Churn"] == "Yes":
        return "churned_out"
    if int(row["tenure"]) >= 48 and Decimal(row["MonthlyCharges"]) >= 80:
        return "strategic"
    return "healthy" if loyalty_by_hand(row) >= 30 else "at_risk"


def test_every_customer_is_where_python_puts_it() -> None:
    rows = {row["customerID"]: row for row in rows_of(CUSTOMERS)}
    both = evaluated()
    assert len(both.assignments) == len(rows) == 7_043
    for each in both.assignments:
        assert each.scores["loyalty"] == loyalty_by_hand(rows[each.key]) * 10_000, each.key
        assert each.tier == tier_by_hand(rows[each.key]), each.key
    assert both.counts()["churned_out"] == 1_869
    assert both.summary.own.untiered == 0


def test_the_eleven_blank_bills_are_missing_and_the_run_says_what_that_decided() -> None:
    both = evaluated()
    assert sum(account.values["total"] is None for account in both.accounts) == 11
    said = dict(both.summary.doubts)
    assert said["score loyalty: `rising` is unknown, so no points"] == 11


def test_through_the_command_line_the_counts_are_those_of_the_file(tmp_path: Path) -> None:
    output = tmp_path / "telco.csv"
    done = CliRunner().invoke(
        main, ["eval", str(TELCO), str(CUSTOMERS), "--as-of", AS_OF.isoformat(), "-o", str(output)]
    )
    assert done.exit_code == 0, done.stderr
    written = Counter(row["tier"] for row in rows_of(output))
    assert written == Counter(tier_by_hand(row) for row in rows_of(CUSTOMERS))
