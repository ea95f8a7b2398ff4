"""A target market, large enough to fill every tier."""

from __future__ import annotations

import datetime as dt

from samples.cells import Row, amount, by_day, employees_cell, event, flag_cell, money_cell, mostly, observation
from samples.companies import Companies
from samples.dice import Dice

ABM_INDUSTRIES = (
    "Banking", "Financial Services", "Insurance", "Payments", "FinTech", "Hospitals", "Pharma", "Biotech", "Medical Devices", "Software",
    "SaaS", "Internet", "Media", "Manufacturing", "Manufacturing", "Logistics", "Energy",
)  # fmt: skip

ROLES = ("Analyst", "RevOps", "Sales Operations", "VP Sales", "CRO", "CFO", "IT")
PAGES = ("home", "home", "blog", "blog", "product", "product", "docs", "customers", "pricing")
CHANNELS = ("webinar", "email", "email", "dinner", "download", "trade fair")


PAIRS = tuple(zip(("Nora Beck", "Omar Aziz", "Petra Hahn", "Quentin Roy", "Rosa Vidal", "Stefan Ilic", "Tanya Volkov", "Umar Shah",
                   "Vera Nagy", "Will Tran", "Xenia Frey", "Yusuf Kaya"),
                  ("Ada Holm", "Ben Choi", "Cleo Marsh", "Dev Patel", "Elif Demir", "Finn Walsh") * 2, strict=True))  # fmt: skip


def saas_abm() -> dict[str, list[Row]]:
    """3,000 accounts, enough to fill 25, 200 and 2,000 seats and to have some left, and what they did."""
    dice, happened = Dice(4), Dice(41)
    events: list[Row] = []
    signals: list[Row] = []
    companies = Companies(dice)
    rows = []
    for number in range(1, 3001):
        row, warm = target(dice, companies, f"A-{number:05d}")
        rows.append(row)
        events += _events(happened, row["Account ID"], warm)
        signals += _surge(happened, row["Account ID"], warm)
    for at, website in ((150, "gridlark.example"), (1712, "Opaline.example"), (2500, "keystone-labs.example")):
        rows[at]["Website"] = website
    rows[640]["Billing Country"] = "Cuba"
    # The web tracker still knows an account that the CRM has merged away, and the calendar knows meetings to come.
    events += [event("visit", "A-03117", happened.ago(2, 90), page="pricing") for _ in range(7)]
    events += [event("meeting", "A-00020", happened.ago(-20, -3), person="A-00020/1", role="CFO")]
    return {"accounts.csv": rows, "events.csv": by_day(events), "signals.csv": by_day(signals)}


def target(dice: Dice, companies: Companies, key: str, lift: float = 0.3) -> tuple[Row, int]:
    """A company as the CRM has it, and how warm it is to us, 0 to 9; `lift` (0 to 1) makes for better ones."""
    name, domain = companies.next()
    pull = dice.level(10, lift)  # how good a target it is, 0 to 9
    size = min(7, dice.level(5, 0.4) + pull // 3)
    warm = dice.level(10, 0.05 + 0.075 * pull)
    ae, sdr = dice.pick(PAIRS)
    row = {
        "Account ID": key,
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
        "CRM": mostly(dice, 0.75, dice.pick(("Salesforce", "Salesforce", "Salesforce", "HubSpot", "Dynamics", "Zoho"))),
        "Incumbent Vendor": mostly(
            dice, 0.35, dice.pick(("Opaline", "Gridlark", "Vantrove", "Spreadsheets", "In-house"))
        ),
        "Logo Account": flag_cell(dice, 0.02 + 0.04 * pull),
        "Partner Introduction": flag_cell(dice, 0.08),
        "Unsubscribed": flag_cell(dice, 0.01),
        "Is Customer": flag_cell(dice, 0.03),
        "AE": mostly(dice, 0.5 + 0.05 * pull, ae),
        "SDR": mostly(dice, 0.4 + 0.06 * pull, sdr),
    }
    return row, warm


def _events(dice: Dice, account: str, warm: int) -> list[Row]:
    """What an account did with us in a good year; `warm` is 0 to 9."""
    people = [f"{account}/{number}" for number in range(1, 2 + dice.level(1 + warm))]
    roles = {person: dice.pick(ROLES) for person in people}
    reach = 360 - 30 * warm
    found = [
        event("visit", account, dice.ago(0, reach), page=dice.pick(PAGES))
        for _ in range(dice.level(2 + warm + warm // 2))
    ]
    for _ in range(dice.level(2 + warm)):
        person = dice.pick(people)
        found.append(
            event(
                "response", account, dice.ago(0, reach), person=person, role=roles[person], channel=dice.pick(CHANNELS)
            )
        )
    for _ in range(dice.level(max(1, warm - 1))):
        person = dice.pick(people)
        found.append(event("meeting", account, dice.ago(0, 250 - 23 * warm), person=person, role=roles[person]))
    if dice.chance(0.02 * warm):
        found.append(event("evaluation", account, dice.ago(0, 300), stage="started"))
        if dice.chance(0.75):
            found.append(event("evaluation", account, dice.ago(0, 120), stage=dice.pick(("won", "lost", "lost"))))
    if dice.chance(0.06):
        found.append(event("funding", account, dice.ago(0, 400), amount=str(dice.whole(3, 90) * 1_000_000)))
    if dice.chance(0.08):
        found.append(event("new_leader", account, dice.ago(0, 400), role=dice.pick(("CRO", "CFO", "VP Sales", "CIO"))))
    return found


def _surge(dice: Dice, account: str, warm: int) -> list[Row]:
    """The vendor's weekly score: every Monday for a third of the market; some it lost sight of in summer."""
    if not dice.chance(0.36):
        return []
    last = dt.date(2026, 10, 26) if dice.chance(0.85) else dt.date(2026, 8, 3)
    start = min(100, dice.whole(0, 45) + 6 * warm)
    days = (last - dt.timedelta(weeks=week) for week in (3, 2, 1, 0))
    return [observation("surge", account, day, max(0, min(100, start + dice.whole(-6, 6)))) for day in days]
