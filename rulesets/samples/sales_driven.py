"""A CRM export, before anything is sold."""

from __future__ import annotations

import datetime as dt

from samples.cells import Row, american, amount, by_day, employees_cell, flag_cell, money_cell, mostly, twins
from samples.companies import Companies
from samples.dice import Dice

GIVEN = (
    "Alex",
    "Bo",
    "Casey",
    "Dana",
    "Eli",
    "Fran",
    "Gail",
    "Hugo",
    "Ida",
    "Jo",
    "Kai",
    "Lou",
    "Max",
    "Nils",
    "Oona",
    "Pia",
)
FAMILY = (
    "Adler",
    "Bloom",
    "Cole",
    "Dietz",
    "Ewing",
    "Foss",
    "Gray",
    "Hale",
    "Ibsen",
    "Jung",
    "Kerr",
    "Lowe",
    "Munro",
    "Nash",
)


def sales_driven() -> dict[str, list[Row]]:
    """260 accounts of a CRM export, with a vendor's lookalike score for two in three, and the CRM's activities."""
    dice, happened = Dice(1), Dice(11)
    activities: list[Row] = []
    companies = Companies(dice)
    managers = ("Olivia Grant", "Diego Funes", "Sara Lind")
    reps = ("Ken Abara", "Mia Rossi", "Paul Novak", "Tara Quinn")
    rows = []
    for number in range(1, 261):
        name, domain = companies.next()
        size = dice.level(8, 0.25)
        rows.append(
            {
                "Account ID": f"{number:04d}",
                "Account Name": name,
                "Website": mostly(dice, 0.95, domain),
                "Industry": mostly(
                    dice,
                    0.93,
                    dice.pick(
                        ("Manufacturing", "Retail", "Healthcare", "Health Care", "Professional Services", "Consulting",
                         "Software", "Hospitality", "Public Sector")
                    ),
                ),
                "Billing Country": dice.pick(("United States",) * 6 + ("Canada", "United Kingdom", "Ireland", "Germany", "Germany", "France", "Brazil")),
            }
        )  # fmt: skip
        row = rows[-1]
        row["Employees"] = mostly(dice, 0.9, employees_cell(dice, size))
        row["Annual Revenue"] = mostly(
            dice, 0.85, money_cell(dice, amount(dice, 40_000 * (4**size) // 3, 60_000 * (4**size), 1000)), "N/A"
        )
        row["Headcount Growth %"] = mostly(dice, 0.7, str(dice.whole(-80, 300) / 10), "-")
        row["Lookalike Score"] = mostly(dice, 0.66, str(min(100, dice.whole(5, 60) + 5 * size)))
        row["Technologies"] = ";".join(
            dice.some(("Workday", "SAP", "Personio", "ADP", "Paychex", "Slack", "NetSuite"), 0.16)
        )
        known = dice.level(7, 0.2)
        row["Known Contacts"] = str(known)
        row["Customer"] = flag_cell(dice, 0.04)
        row["Opted Out"] = mostly(dice, 0.9, flag_cell(dice, 0.03))
        row["Account Manager"] = mostly(dice, 0.75, dice.pick(managers))
        row["Inside Rep"] = mostly(dice, 0.9, dice.pick(reps))
        activities += _activities(happened, row["Account ID"], known)
    rows[40]["Website"] = "Paylume.example"
    rows[111]["Website"] = "rostrio.example"
    rows[7]["Account Name"], rows[7]["Website"] = "Brightlane Inc.", "brightlane.example"
    twins(rows, 61, 62, ("Account ID", "Account Name", "Website", "Account Manager", "Inside Rep"))
    activities += [_activity(happened, "0999", happened.ago(1, 90), "Email", "Answered", "Pat Moss") for _ in range(2)]
    activities += [_activity(happened, "0017", happened.ago(-12, -4), "Meeting", "", "Kim Sole")]
    return {"accounts.csv": rows, "activities.csv": _numbered(activities)}


def _activities(dice: Dice, account: str, known: int) -> list[Row]:
    """What sales did about an account, and what came back; `known` people are there to speak with."""
    if not dice.chance(0.45 + 0.08 * known):
        return []
    people = [f"{dice.pick(GIVEN)} {dice.pick(FAMILY)}" for _ in range(max(1, known))]
    found = []
    for _ in range(1 + dice.level(4 + 2 * known)):
        kind = dice.pick(("Call", "Call", "Email", "Email", "Email", "Meeting", "Video call", "Trade fair"))
        outcome = "-" if kind == "Trade fair" else "Held" if dice.chance(0.6) else "Refused"
        if kind in ("Call", "Email"):
            outcome = "Answered" if dice.chance(0.25 + 0.05 * known) else "No answer"
        found.append(_activity(dice, account, dice.ago(1, 400 - 30 * known), kind, outcome, dice.pick(people)))
    if dice.chance(0.04):
        day = dice.ago(1, 25)
        found += [_activity(dice, account, day, "Call", "No answer", dice.pick(people)) for _ in range(5)]
        found += [_activity(dice, account, dice.ago(1, 25), "Email", "No answer", dice.pick(people)) for _ in range(6)]
    if dice.chance(0.05):
        found += [_activity(dice, account, dice.ago(3, 80), "Meeting", "Refused", dice.pick(people)) for _ in range(2)]
    if dice.chance(0.12):
        found.append(_activity(dice, account, dice.ago(1, 200), "Demo request", "", dice.pick(people)))
    return found


def _activity(dice: Dice, account: str, day: dt.date, kind: str, outcome: str, person: str) -> Row:
    return {
        "Activity ID": day.isoformat(),
        "Account ID": account,
        "Date": american(day),
        "Type": kind,
        "Contact": mostly(dice, 0.95, person),
        "Outcome": outcome,
    }


def _numbered(activities: list[Row]) -> list[Row]:
    """In the order of their days, with the numbers that the CRM gave them."""
    ordered = by_day(activities, "Activity ID")
    for number, row in enumerate(ordered, 1):
        row["Activity ID"] = f"00T{number:06d}"
    return ordered
