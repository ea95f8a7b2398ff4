"""Years of real snapshots and orders, replayed through the command line, held to the last stay against plain Python (`by_hand`)."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.real.by_hand import Seen, Stay, held_for, lived, months, percentiles, quarter, rounded
from tests.real.figures import DATA, RULES, SNAPSHOTS, cap_of, in_billions, real, rows_of
from tierlang.cli.main import main

pytestmark = real

SOME = ("2012-12-27", "2013-05-05", "2013-08-04", "2017-03-08", "2018-02-08", "2024-10-25", "2025-01-01")
CUSTOMERS = DATA / "northwind" / "customers.csv"
ORDERS = DATA / "northwind" / "orders.csv"


def replayed(folder: Path, *arguments: str) -> tuple[set[Stay], dict[str, list[dict[str, object]]]]:
    """A replay of which stays and ledger are kept: the stays, and the figures for machines. The ledger is verified."""
    stays, ledger = folder / "stays.csv", folder / "replay.ledger"
    more = ("-o", str(stays), "--ledger", str(ledger), "--format", "json", "-q")
    done = CliRunner().invoke(main, ["replay", *arguments, *more])
    assert done.exit_code == 0, done.stderr
    verified = CliRunner().invoke(main, ["ledger", "verify", str(ledger)])
    assert verified.exit_code == 0, verified.stdout
    found = {
        Stay(row["account"], row["tier"], row["start_date"], row["end_date"], row["cause"]) for row in rows_of(stays)
    }
    return found, json.loads(done.stdout)["replays"][0]


def whole(path: Path) -> list[dict[str, str]]:
    """The rows of a snapshot that have all their cells."""
    return [row for row in rows_of(path) if None not in row and None not in row.values()]


def company(path: Path) -> Seen:
    """What the rules see of the companies of a snapshot."""
    rows = {row["Symbol"]: row for row in whole(path)}
    caps = {key: cap_of(row) for key, row in rows.items()}
    unit = 1 if in_billions(path) else 10**9
    sizes = {key: None if cap is None else rounded(Fraction(cap) / unit, 4) for key, cap in caps.items()}
    rises = {key: rise_of(row) for key, row in rows.items()}
    by_size, by_rise = percentiles(sizes), percentiles(rises)

    def standing(key: str) -> Decimal | None:
        size, rise = by_size[key], by_rise[key]
        if size is None:
            return None
        whole_score = Fraction(size) if rise is None else Fraction(size) * 8 / 10 + Fraction(rise) * 2 / 10
        return rounded(whole_score, 2)

    def moved(key: str, tier: str, history: Sequence[tuple[dt.date, Decimal | None]]) -> str | None:
        day, score = history[-1]
        rise = rises[key]
        if tier == "two" and rise is not None and rise >= 100 and score is not None and score >= 80:
            return "one"
        return "two" if tier == "one" and held_for(history, day, months(day, -2), Decimal(70)) else None

    return Seen(dt.date.fromisoformat(path.stem), {key: standing(key) for key in rows}, by_standing, moved)


def rise_of(row: dict[str, str]) -> Decimal | None:
    """How far the price is above the year's low, in percent, rounded as the division is."""
    lower = {name.lower(): cell for name, cell in row.items()}
    ends = [Decimal(cell) for name in ("52 week low", "52 week high") if (cell := lower[name]) not in ("", "N/A")]
    price = lower["price"]
    if not ends or not min(ends) or price in ("", "N/A"):
        return None
    low = rounded(Fraction(min(ends)), 4)
    return (rounded(Fraction(rounded(Fraction(Decimal(price)), 4)) / Fraction(low), 4) - 1) * 100


def by_standing(score: Decimal | None, held: str | None) -> str:
    """The tier of a company that is placed; whoever holds one keeps it a little below the line."""
    if score is None:
        return "three"
    if score >= 85 or (held == "one" and score >= 80):
        return "one"
    return "two" if score >= 50 or (held == "two" and score >= 45) else "three"


def companies(folder: Path, paths: Sequence[Path]) -> None:
    """Replays the snapshots and holds every stay, every count of rows and of absent companies against Python."""
    rules = RULES / "sp500_program.tier"
    found, figures = replayed(folder, str(rules), *map(str, paths), "--rejects", str(folder / "bad.csv"))
    assert found == lived([company(path) for path in paths])
    absences(figures["dates"], paths)
    for path, date in zip(paths, figures["dates"], strict=True):
        bad = folder / f"bad.{path.stem}.csv"
        aside = len(rows_of(bad)) if bad.exists() else 0
        assert (date["accounts"], aside) == (len(whole(path)), len(rows_of(path)) - len(whole(path))), path.stem


def absences(dates: Sequence[dict[str, object]], paths: Sequence[Path]) -> None:
    """New, absent (closed ones too) and closed companies by what symbols the files have, and nothing else."""
    held: dict[str, int] = {}
    reviewed: dt.date | None = None
    for path, date in zip(paths, dates, strict=True):
        symbols, day = {row["Symbol"] for row in whole(path)}, dt.date.fromisoformat(path.stem)
        review = reviewed is None or quarter(day) > quarter(reviewed)
        reviewed = day if review else reviewed
        gone = {key: absent + review for key, absent in held.items() if key not in symbols}
        closed = {key for key, absent in gone.items() if absent == 2}
        new = symbols - set(held)
        held = dict.fromkeys(symbols, 0) | {key: absent for key, absent in gone.items() if key not in closed}
        assert (date["new"], date["closed"], date["absent"]) == (len(new), len(closed), len(gone)), path


def test_some_years_of_the_index_are_what_they_are_by_hand(tmp_path: Path) -> None:
    """Each heading, each unit and each word for "no value" once, reviews and gaps of years, companies that come and go."""
    companies(tmp_path, [path for path in SNAPSHOTS if path.stem in SOME])


@pytest.mark.slow
def test_fourteen_years_of_the_index_are_what_they_are_by_hand(tmp_path: Path) -> None:
    companies(tmp_path, SNAPSHOTS)


def test_rows_with_too_few_cells_stop_a_replay_and_are_named(tmp_path: Path) -> None:
    path = next(path for path in SNAPSHOTS if path.stem == "2013-05-05")
    done = CliRunner().invoke(main, ["replay", str(RULES / "sp500_program.tier"), str(path)])
    assert done.exit_code == 2
    assert "row 282" in done.stderr


def test_customers_that_go_quiet_for_two_quarters_are_demoted_at_the_next_plan(tmp_path: Path) -> None:
    """One file of customers, which says nothing of time, and the orders: every first of a month for two years."""
    dates = [months(dt.date(1996, 8, 1), number) for number in range(23)]
    arguments = [f"{day}={CUSTOMERS}" for day in dates]
    rules = RULES / "northwind_quiet.tier"
    found, figures = replayed(tmp_path, str(rules), *arguments, "--events", f"order={ORDERS}")
    assert found == lived([customers(day) for day in dates])
    demoted = [stay for stay in found if stay.tier == "sleeping" and stay.cause != "new"]
    assert len(demoted) == 45
    for stay in demoted:
        day = dt.date.fromisoformat(stay.start)
        assert not ordered(stay.account, months(day, -6), day), "two quarters without an order"
        before = months(day, -1)
        assert ordered(stay.account, months(before, -6), before), "which the plan of the month before could not say"
    assert [date["accounts"] for date in figures["dates"]] == [len(rows_of(CUSTOMERS))] * len(dates)


@cache
def orders() -> dict[str, list[dt.date]]:
    """The days on which each customer ordered."""
    found: dict[str, list[dt.date]] = {}
    for row in rows_of(ORDERS):
        found.setdefault(row["CustomerID"].strip(), []).append(dt.date.fromisoformat(row["OrderDate"][:10]))
    return found


def ordered(key: str, first: dt.date, last: dt.date) -> bool:
    """Whether the customer ordered between two days, both in."""
    return any(first <= day <= last for day in orders().get(key, []))


def customers(day: dt.date) -> Seen:
    """What the rules see of the customers on a day."""
    keys = [row["CustomerID"].strip() for row in rows_of(CUSTOMERS) if row["Country"] or row["Address"]]
    days = orders()

    def within(key: str, count: int) -> int:
        return sum(months(day, -count) <= at <= day for at in days.get(key, []))

    def pace(key: str) -> Decimal:
        half_year = within(key, 6)
        return Decimal(100 if half_year >= 6 else 60 if half_year >= 3 else 30 if half_year else 0)

    def moved(key: str, tier: str, history: Sequence[tuple[dt.date, Decimal | None]]) -> str | None:
        if tier == "sleeping":
            return "regular" if within(key, 1) else None
        if tier == "regular" and within(key, 6) >= 6:
            return "key"
        return None if within(key, 6) else "sleeping"

    return Seen(day, {key: pace(key) for key in keys}, by_pace, moved)


def by_pace(score: Decimal | None, held: str | None) -> str:
    """The tier of a customer that is placed."""
    assert score is not None
    if score == 100 or (held == "key" and score >= 60):
        return "key"
    return "regular" if score >= 30 else "sleeping"
