"""Customers, as customer success exports them."""

from __future__ import annotations

import datetime as dt

from samples.cells import Row, amount, by_day, event, flag_cell, german, mostly, observation
from samples.companies import Companies
from samples.dice import TODAY, Dice


def customer_lifecycle() -> dict[str, list[Row]]:
    """190 customers of a freight software, as customer success exports them, and what became of them."""
    dice, happened = Dice(3), Dice(31)
    events: list[Row] = []
    signals: list[Row] = []
    companies = Companies(dice)
    managers = ("Aiko Mori", "Brian Doyle", "Chiara Neri", "David Osei", "Eva Kranz")
    rows = []
    for number in range(1001, 1191):
        name, _ = companies.next()
        mood = dice.level(10, 0.95)  # how well it goes, 0 to 9
        arr = amount(dice, 6_000, 60_000, 500) if dice.chance(0.6) else amount(dice, 60_000, 480_000, 1000)
        before = (
            arr * 100 // dice.whole(84 + 2 * mood, 108 + 4 * mood) if mood >= 3 else arr * 100 // dice.whole(60, 100)
        )
        licences = max(3, arr // 1200)
        gone = dice.chance(0.3 if mood <= 1 else 0.02)
        end = dice.ago(10, 300) if gone and dice.chance(0.5) else dice.ago(-700, -5)
        young = not gone and dice.chance(0.06)
        since = dice.ago(20, 115) if young else dice.ago(400, 3000)
        row = {
            "Customer No": f"H-{number}",
            "Customer": name,
            "Segment": mostly(dice, 0.95, dice.pick(("Forwarder",) * 4 + ("Carrier", "Shipper", "Shipper", "Broker"))),
            "ARR": f"€{arr:,}" if dice.chance(0.8) else str(arr),
            "Licences": mostly(dice, 0.96, str(licences)),
            "Modules": ",".join(dice.some(("quotes", "customs", "tracking", "billing"), 0.35 + 0.05 * mood)),
            "Customer Since": german(since),
            "Rollout Steps Done": str(min(8, dice.whole(1, 4) + mood // 2)) if young else "",
            "Contract End": mostly(dice, 0.97, german(end)),
            "Cancelled": "yes" if gone and end >= TODAY else "no",
            "Internal": flag_cell(dice, 0.01),
            "CSM": mostly(dice, 0.9, dice.pick(managers)),
            "Country": dice.pick(("Germany", "Netherlands", "Poland", "Spain", "Sverige", "Türkiye")),
        }
        rows.append(row)
        lost = gone or dice.chance(0.06)
        events += _contract(happened, row["Customer No"], arr, arr if young else arr - before, since)
        events += _weeks(happened, row["Customer No"], mood, lost, since)
        events += _talks(happened, row["Customer No"], mood, since)
        events += _tickets(happened, row["Customer No"], mood, since)
        if not gone and happened.chance(0.9):
            signals += _users(happened, row["Customer No"], licences, 5 if young else mood, since)
    rows[3]["Contract End"] = german(TODAY)  # the last day of a contract is still in it
    rows[120]["Internal"] = "Yes"
    rows[58]["ARR"], rows[58]["Cancelled"] = "0", "yes"
    # On the line of "large", a hair under 10 % of growth.
    rows[41]["ARR"], rows[41]["Cancelled"] = "€100,000", "no"
    events = [row for row in events if (row["event"], row["account"]) != ("contract_change", "H-1042")]
    events.append(event("contract_change", "H-1042", dt.date(2026, 2, 3), amount="€9,050"))
    # The booking system keeps customers that were sold with a subsidiary, and bookings made ahead.
    events += [event("bookings", "H-0877", happened.ago(1, 200), shipments="12") for _ in range(4)]
    events += [event("bookings", "H-1007", dt.date(2026, 11, 9), shipments="3")]
    return {"accounts.csv": rows, "events.csv": _numbered(by_day(events)), "signals.csv": by_day(signals)}


def _numbered(events: list[Row]) -> list[Row]:
    """The tickets with the numbers that the help desk gave them."""
    for number, row in enumerate((row for row in events if row["event"] == "ticket"), 20411):
        row["number"] = f"T{number}"
    return events


def _days(dice: Dice, since: dt.date, count: int, reach: int) -> list[dt.date]:
    """Days of the last `reach` days on which they were a customer."""
    longest = min(reach, (TODAY - since).days)
    return [dice.ago(0, longest) for _ in range(count)]


def _contract(dice: Dice, account: str, arr: int, change: int, since: dt.date) -> list[Row]:
    """The changes of a year; a new customer's contract itself is one."""
    if since > TODAY - dt.timedelta(days=365):
        return [event("contract_change", account, since, amount=f"€{arr:,}")]
    parts = [change] if abs(change) < 20_000 else [change // 3, change - change // 3]
    days = _days(dice, since, len(parts), 360)
    return [event("contract_change", account, day, amount=f"€{part:,}") for part, day in zip(parts, days, strict=True)]


def _weeks(dice: Dice, account: str, mood: int, lost: bool, since: dt.date) -> list[Row]:
    """Bookings of each week with any; some slow down in the last quarter, and who is lost stopped half a year ago."""
    size, slower = dice.whole(4, 60), dice.chance(0.12 if mood <= 5 else 0.02)
    found = []
    for back in range(30):
        monday = TODAY - dt.timedelta(days=6 + 7 * back)
        if monday < since or (lost and back < 27) or not dice.chance(0.7 + 0.03 * mood):
            continue
        share = 50 if slower and back < 13 else 100
        found.append(event("bookings", account, monday, shipments=str(size * share * dice.whole(70, 130) // 10_000)))
    return found


def _talks(dice: Dice, account: str, mood: int, since: dt.date) -> list[Row]:
    kinds = ("check-in", "check-in", "business review", "training")
    days = _days(dice, since, dice.level(3 + mood), 220)
    found = [event("meeting", account, day, kind=dice.pick(kinds)) for day in days]
    for day in _days(dice, since, dice.level(4), 300):
        score = min(10, max(0, mood + dice.whole(-2, 3)))
        role = dice.pick(("decision maker", "user", "user"))
        found.append(event("survey", account, day, score=str(score), role=role))
    return found


def _tickets(dice: Dice, account: str, mood: int, since: dt.date) -> list[Row]:
    found = []
    for day in _days(dice, since, dice.level(9 - mood // 2), 330):
        open_until = day + dt.timedelta(days=dice.level(40))
        closed = open_until.isoformat() if open_until <= TODAY and dice.chance(0.96) else ""
        bad = dice.chance(0.12 if mood <= 3 else 0.04)
        found.append(event("ticket", account, day, number="", escalated="yes" if bad else "no", closed=closed))
    return found


def _users(dice: Dice, account: str, licences: int, mood: int, since: dt.date) -> list[Row]:
    """The people of each month, counted on its first day."""
    share = min(120, dice.whole(25, 60) + 7 * mood)
    months = [day for day in (dt.date(2026, month, 1) for month in (7, 8, 9, 10, 11)) if day >= since]
    return [
        observation("active_users", account, day, max(0, licences * (share + dice.whole(-5, 5)) // 100))
        for day in months
    ]
