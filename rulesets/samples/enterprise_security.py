"""A named list, and the accounts of a security vendor."""

from __future__ import annotations

from samples.cells import Row, amount, employees_cell, flag_cell, money_cell, mostly
from samples.companies import Companies
from samples.dice import Dice


def _named() -> tuple[tuple[str, str], ...]:
    companies = Companies(Dice(5))
    return tuple(companies.next() for _ in range(500))


NAMED = _named()


def named_500() -> list[Row]:
    """The list of the 500 largest companies, all invented."""
    return [{"rank": str(rank), "company": name, "domain": domain} for rank, (name, domain) in enumerate(NAMED, 1)]


def enterprise_security() -> list[Row]:
    """300 accounts: the list's companies that the field team works, and everybody else who came by."""
    dice = Dice(6)
    listed = {domain for _, domain in NAMED}
    others = Companies(Dice(7))
    rows = []
    for number in range(1, 301):
        named = dice.chance(0.2)
        name, domain = dice.pick(NAMED) if named else others.next()
        while (domain in listed) != named or any(row["Domain"] == domain for row in rows):
            name, domain = dice.pick(NAMED) if named else others.next()
        size = dice.whole(5, 7) if named else dice.level(7, 0.3)
        budget = amount(dice, 20_000 * (2**size), 60_000 * (2**size), 5000)
        row = {
            "Account ID": f"S-{number:04d}",
            "Account": name,
            "Domain": domain.upper() if dice.chance(0.05) else mostly(dice, 1 if named else 0.93, domain),
            "Country": dice.pick(("United States",) * 5 + ("Germany", "Japan", "United Kingdom", "Brazil")),
            "Industry": mostly(
                dice,
                0.92,
                dice.pick(
                    (
                        "Banking",
                        "Banking",
                        "Insurance",
                        "Healthcare",
                        "Hospitals",
                        "Utilities",
                        "Telecom",
                        "Government",
                        "Retail",
                        "Software",
                        "Manufacturing",
                        "Media",
                    )
                ),
                "unknown",
            ),
            "Employees": mostly(dice, 0.93, employees_cell(dice, size)),
            "Security Budget": mostly(dice, 0.7, money_cell(dice, budget), "n/a"),
            "Certifications": "/".join(dice.some(("ISO 27001", "SOC 2", "PCI DSS", "HIPAA"), 0.3)),
            "Security Stack": "/".join(dice.some(("Sentrique", "Fortalis", "Homegrown", "Wardline"), 0.2)),
            "Last Known Breach": mostly(dice, 0.12, dice.ago(5, 1200).isoformat()),
            "Next Audit": mostly(dice, 0.3, dice.ago(-500, -3).isoformat()),
            "Tool Renewal": mostly(dice, 0.4, dice.ago(-400, 60).isoformat()),
            "CISO Known": flag_cell(dice, 0.4 if named else 0.15),
            "Meetings This Year": str(dice.level(7 if named else 4)),
            "Emails Opened 90d": str(dice.level(20)),
            "Do Not Contact": flag_cell(dice, 0.02),
            "AE": mostly(dice, 0.93, dice.pick(("Anton Vries", "Bea Lang", "Carl Otieno", "Dina Sato")))
            if named
            else "",
        }
        rows.append(row)  # fmt: skip
    rows[9]["Domain"], rows[9]["Account"] = "sentrique.example", "Sentrique"
    rows[154]["Domain"], rows[154]["Account"] = "keystone-labs.example", "Keystone Labs"
    rows[200]["Country"] = "Iran"
    return rows
