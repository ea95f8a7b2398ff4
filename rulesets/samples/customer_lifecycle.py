"""Customers, as customer success exports them."""

from __future__ import annotations

from samples.cells import Row, amount, flag_cell, german, mostly
from samples.companies import Companies
from samples.dice import TODAY, Dice


def customer_lifecycle() -> list[Row]:
    """190 customers of a freight software, as customer success exports them."""
    dice = Dice(3)
    companies = Companies(dice)
    managers = ("Aiko Mori", "Brian Doyle", "Chiara Neri", "David Osei", "Eva Kranz")
    rows = []
    for number in range(1001, 1191):
        name, _ = companies.next()
        mood = dice.level(10, 0.95)  # how well it goes, 0 to 9
        arr = amount(dice, 6_000, 60_000, 500) if dice.chance(0.6) else amount(dice, 60_000, 480_000, 1000)
        before = (
            arr * 100 // dice.whole(75 + 2 * mood, 105 + 4 * mood) if mood >= 3 else arr * 100 // dice.whole(60, 100)
        )
        licences = max(3, arr // 1200)
        gone = dice.chance(0.3 if mood <= 1 else 0.02)
        end = dice.ago(10, 300) if gone and dice.chance(0.5) else dice.ago(-700, -5)
        row = {
            "Customer No": f"H-{number}",
            "Customer": name,
            "Segment": mostly(dice, 0.95, dice.pick(("Forwarder",) * 4 + ("Carrier", "Shipper", "Shipper", "Broker"))),
            "ARR": f"€{arr:,}" if dice.chance(0.8) else str(arr),
            "ARR 12 Months Ago": mostly(dice, 0.85, f"€{before // 100 * 100:,}"),
            "Licences": mostly(dice, 0.96, str(licences)),
            "Active Users (30d)": mostly(
                dice, 0.85, str(licences * min(120, dice.whole(12, 50) + 8 * mood) // 100), "n/a"
            ),
            "Modules": ",".join(dice.some(("quotes", "customs", "tracking", "billing"), 0.35 + 0.05 * mood)),
            "NPS": mostly(dice, 0.5, str(min(10, max(0, mood + dice.whole(-1, 3)))), "–"),
            "Open Tickets": str(dice.level(12)),
            "Escalated": flag_cell(dice, 0.15 if mood <= 2 else 0.02),
            "Last Meeting": mostly(dice, 0.8, german(dice.ago(1, 220 - 15 * mood))),
            "Last Login": mostly(dice, 0.97, german(dice.ago(0, 110 - 11 * mood))),
            "Contract End": mostly(dice, 0.97, german(end)),
            "Cancelled": "yes" if gone and end >= TODAY else "no",
            "Internal": flag_cell(dice, 0.01),
            "CSM": mostly(dice, 0.9, dice.pick(managers)),
            "Country": dice.pick(("Germany", "Netherlands", "Poland", "Spain", "Sverige", "Türkiye")),
        }
        rows.append(row)
    rows[3]["Contract End"] = german(TODAY)  # the last day of a contract is still in it
    rows[58]["ARR"], rows[58]["Cancelled"] = "0", "yes"
    rows[41]["ARR"], rows[41]["ARR 12 Months Ago"] = (
        "€100,000",
        "€90,950",
    )  # on the line of "large", a hair under 10 %
    rows[41]["Cancelled"] = rows[41]["Escalated"] = "no"
    return rows
