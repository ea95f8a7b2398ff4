"""A named list, and the accounts of a security vendor."""

from __future__ import annotations

import datetime as dt

from samples.cells import Row, amount, by_day, employees_cell, event, flag_cell, money_cell, mostly
from samples.companies import Companies
from samples.dice import Dice


def _named() -> tuple[tuple[str, str], ...]:
    companies = Companies(Dice(5))
    return tuple(companies.next() for _ in range(500))


NAMED = _named()


def _named_500() -> list[Row]:
    return [{"rank": str(rank), "company": name, "domain": domain} for rank, (name, domain) in enumerate(NAMED, 1)]


def enterprise_security() -> dict[str, list[Row]]:
    """The list of the 500 largest companies, all invented; 300 accounts: those of the list that the field team works, and whoever came by."""
    dice, happened = Dice(6), Dice(61)
    events: list[Row] = []
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
            "Next Audit": mostly(dice, 0.3, dice.ago(-500, -3).isoformat()),
            "Tool Renewal": mostly(dice, 0.4, dice.ago(-400, 60).isoformat()),
            "Do Not Contact": flag_cell(dice, 0.02),
            "AE": mostly(dice, 0.93, dice.pick(("Anton Vries", "Bea Lang", "Carl Otieno", "Dina Sato")))
            if named
            else "",
        }
        rows.append(row)  # fmt: skip
        events += _events(happened, row["Account ID"], named)
    rows[9]["Domain"], rows[9]["Account"] = "sentrique.example", "Sentrique"
    rows[154]["Domain"], rows[154]["Account"] = "keystone-labs.example", "Keystone Labs"
    rows[200]["Country"] = "Iran"
    events += [event("briefing", "S-0311", happened.ago(3, 60)) for _ in range(3)]  # merged away in the CRM
    events += [event("meeting", "S-0012", dt.date(2026, 11, 17), role="CISO")]  # agreed, not held
    return {
        "named_500.csv": _named_500(),
        "accounts.csv": rows,
        "events.csv": _numbered(by_day(events)),
    }


def _events(dice: Dice, account: str, named: bool) -> list[Row]:
    """Breaches, orders, tenders, meetings and briefings of the last years; the field team meets the named ones more."""
    found = [event("briefing", account, dice.ago(0, 300)) for _ in range(dice.level(14))]
    for _ in range(dice.level(8 if named else 4)):
        role = dice.pick(("CISO", "Security architect", "Security architect", "IT", "Auditor", "Procurement"))
        found.append(event("meeting", account, dice.ago(1, 420), role=role))
    if dice.chance(0.12):
        found.append(event("breach", account, dice.ago(5, 700), records=mostly(dice, 0.8, str(10 ** dice.whole(3, 7)))))
    if dice.chance(0.08):
        found.append(event("order", account, dice.ago(5, 500), regulator=dice.pick(("FINMA", "BaFin", "HHS", "FCA"))))
    for _ in range(2 if dice.chance(0.06) else 1 if dice.chance(0.12) else 0):
        day = dice.ago(5, 330)
        recent = day > dt.date(2026, 8, 1)
        outcome = "open" if recent and dice.chance(0.8) else dice.pick(("lost", "lost", "won", "withdrawn"))
        found.append(event("tender", account, day, outcome=outcome))
    return found


def _numbered(events: list[Row]) -> list[Row]:
    """The tenders with the numbers that sales gave them."""
    for number, row in enumerate((row for row in events if row["event"] == "tender"), 1):
        row["tender_no"] = f"R-{number:03d}"
    return events
