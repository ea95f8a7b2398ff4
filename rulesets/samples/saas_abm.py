"""A target market, large enough to fill every tier."""

from __future__ import annotations

from samples.cells import Row, amount, employees_cell, flag_cell, money_cell, mostly
from samples.companies import Companies
from samples.dice import Dice

ABM_INDUSTRIES = (
    "Banking", "Financial Services", "Insurance", "Payments", "FinTech", "Hospitals", "Pharma", "Biotech", "Medical Devices", "Software",
    "SaaS", "Internet", "Media", "Manufacturing", "Manufacturing", "Logistics", "Energy",
)  # fmt: skip


def saas_abm() -> list[Row]:
    """3,000 accounts: enough to fill 25, 200 and 2,000 seats and to have some left."""
    dice = Dice(4)
    companies = Companies(dice)
    pairs = tuple(zip(("Nora Beck", "Omar Aziz", "Petra Hahn", "Quentin Roy", "Rosa Vidal", "Stefan Ilic", "Tanya Volkov", "Umar Shah",
                       "Vera Nagy", "Will Tran", "Xenia Frey", "Yusuf Kaya"),
                      ("Ada Holm", "Ben Choi", "Cleo Marsh", "Dev Patel", "Elif Demir", "Finn Walsh") * 2, strict=True))  # fmt: skip
    rows = []
    for number in range(1, 3001):
        name, domain = companies.next()
        pull = dice.level(10, 0.3)  # how good a target it is, 0 to 9
        size = min(7, dice.level(5, 0.4) + pull // 3)
        warm = dice.level(10, 0.1 + 0.06 * pull)
        ae, sdr = dice.pick(pairs)
        row = {
            "Account ID": f"A-{number:05d}",
            "Account Name": name,
            "Website": mostly(dice, 0.985, domain),
            "Billing Country": dice.pick(
                ("United States",) * 7 + ("Canada", "United Kingdom", "Germany", "France", "Australia", "Sweden")
            ),
            "Industry": mostly(dice, 0.95, dice.pick(ABM_INDUSTRIES)),
            "Employees": mostly(dice, 0.92, employees_cell(dice, size)),
            "Potential ARR": mostly(
                dice,
                0.8,
                money_cell(dice, amount(dice, 8_000 + 9_000 * pull, 60_000 + 12_000 * pull * pull, 1000)),
                "#N/A",
            ),
            "Subsidiaries": mostly(dice, 0.6, str(dice.level(4 + 2 * size))),
            "CRM": mostly(
                dice, 0.75, dice.pick(("Salesforce", "Salesforce", "Salesforce", "HubSpot", "Dynamics", "Zoho"))
            ),
            "Incumbent Vendor": mostly(
                dice, 0.35, dice.pick(("Opaline", "Gridlark", "Vantrove", "Spreadsheets", "In-house"))
            ),
            "Logo Account": flag_cell(dice, 0.02 + 0.04 * pull),
            "Partner Introduction": flag_cell(dice, 0.08),
            "Intent Score": mostly(dice, 0.66, str(min(100, dice.whole(0, 40) + 6 * warm))),
            "Web Visits 90d": str(dice.level(6 + 8 * warm)),
            "People Engaged 90d": str(dice.level(1 + warm)),
            "Last Meeting": mostly(dice, 0.05 * warm, dice.ago(1, 300 - 20 * warm).isoformat()),
            "Unsubscribed": flag_cell(dice, 0.01),
            "Is Customer": flag_cell(dice, 0.03),
            "AE": mostly(dice, 0.5 + 0.05 * pull, ae),
            "SDR": mostly(dice, 0.4 + 0.06 * pull, sdr),
        }
        rows.append(row)
    for at, website in ((150, "gridlark.example"), (1712, "Opaline.example"), (2500, "keystone-labs.example")):
        rows[at]["Website"] = website
    rows[640]["Billing Country"] = "Cuba"
    return rows
