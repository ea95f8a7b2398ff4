"""A CRM export, before anything is sold."""

from __future__ import annotations

from samples.cells import Row, american, amount, employees_cell, flag_cell, money_cell, mostly, twins
from samples.companies import Companies
from samples.dice import Dice


def sales_driven() -> list[Row]:
    """260 accounts of a CRM export, with a vendor's lookalike score for two in three."""
    dice = Dice(1)
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
        row["Last Activity"] = mostly(dice, 0.35 + 0.1 * known, american(dice.ago(1, 400)))
        row["Demo Requested"] = mostly(dice, 0.12, american(dice.ago(1, 200)))
        row["Customer"] = flag_cell(dice, 0.04)
        row["Opted Out"] = mostly(dice, 0.9, flag_cell(dice, 0.03))
        row["Account Manager"] = mostly(dice, 0.75, dice.pick(managers))
        row["Inside Rep"] = mostly(dice, 0.9, dice.pick(reps))
    rows[40]["Website"] = "Paylume.example"
    rows[111]["Website"] = "rostrio.example"
    rows[7]["Account Name"], rows[7]["Website"] = "Brightlane Inc.", "brightlane.example"
    twins(rows, 61, 62, ("Account ID", "Account Name", "Website", "Account Manager", "Inside Rep"))
    return rows
