"""Workspaces of a product database."""

from __future__ import annotations

import datetime as dt

from samples.cells import Row, by_day, employees_cell, event, mostly, observation
from samples.companies import Companies
from samples.dice import TODAY, Dice


def product_led() -> dict[str, list[Row]]:
    """280 workspaces of a product database, and what its tracking saw."""
    dice, happened = Dice(2), Dice(21)
    events: list[Row] = []
    signals: list[Row] = []
    companies = Companies(dice)
    features = ("slack", "jira", "api", "sso", "audit_log", "templates", "video")
    rows = []
    for number in range(1, 281):
        name, domain = companies.next()
        size = dice.level(8, 0.1)
        plan = dice.pick(("Free",) * 5 + ("Trial", "Starter", "Starter", "Starter", "Team", "Pro", "Business"))
        seats = 1 + dice.level(12 if plan in ("Free", "Trial") else 60, 0.15)
        awake = dice.chance(0.72)
        users = dice.whole(1, seats) if awake else 0
        signed = dice.ago(20, 900)
        seen = max(signed, dice.ago(0, 21)) if awake else max(signed, dice.ago(40, 500))
        free = dice.chance(0.25)
        prices = {"Starter": 8, "Team": 14, "Pro": 14, "Business": 24}
        row = {
            "workspace_id": f"ws_{number * 7919 % 100_000:05d}",
            "company_name": mostly(dice, 0.4 if free else 0.97, name, "null"),
            "email_domain": dice.pick(("mailbox.example", "Postbox.example", "freemail.example")) if free else domain,
            "plan": plan,
            "employees": mostly(dice, 0.3 if free else 0.88, employees_cell(dice, size)),
            "industry": mostly(dice, 0.7, dice.pick(("Software", "Agency", "Education", "Retail", "Healthcare"))),
            "seats": str(seats),
            "features_used": "|".join(dice.some(features, 0.34 if awake else 0.08)),
            "mrr": str(seats * prices.get(plan, 0)),
            "signed_up": signed.isoformat(),
            "cancelled_on": "",
            "sales_rep": mostly(dice, 0.8, dice.pick(("Kim Dahl", "Luis Prado"))) if size >= 5 else "",
        }
        if not awake and dice.chance(0.25):
            row["cancelled_on"] = max(signed, dice.ago(5, 200)).isoformat()
        if free and dice.chance(0.2):
            seen, users = signed, 0
        rows.append(row)
        events += _events(happened, row["workspace_id"], signed, seen, users)
        signals += _weeks(happened, row["workspace_id"], signed, users)
    rows[12]["company_name"] = "TEST load generator"
    rows[90]["company_name"], rows[90]["email_domain"] = "Plotboard", "plotboard.example"
    rows[201]["email_domain"] = "inkwall.example"
    rows[33]["cancelled_on"] = "\\N"
    # Tracking goes on for workspaces that were deleted, and one laptop lives in next year.
    events += [event("active_day", "ws_00000", happened.ago(0, 9), boards="1") for _ in range(3)]
    events += [event("active_day", rows[4]["workspace_id"], dt.date(2027, 11, 1), boards="2")]
    return {"accounts.csv": rows, "events.csv": by_day(events), "signals.csv": by_day(signals)}


def _events(dice: Dice, workspace: str, signed: dt.date, seen: dt.date, users: int) -> list[Row]:
    """The days with somebody from the sign-up to the day last seen, invitations and limits; the tracker keeps 120 days of a workspace."""
    start = max(signed, seen - dt.timedelta(days=120))
    days = {seen, start}
    for _ in range(dice.level(4 + 2 * users, 0.2)):
        days.add(start + dt.timedelta(days=dice.whole(0, (seen - start).days)))
    found = [event("active_day", workspace, day, boards=str(1 + dice.level(2 + users))) for day in sorted(days)]
    for _ in range(dice.level(2 + users // 2)):
        day = seen - dt.timedelta(days=dice.whole(0, min(90, (seen - signed).days)))
        found.append(event("invite", workspace, day, accepted="true" if dice.chance(0.45) else "false"))
    for _ in range(dice.level(1 + users // 3)):
        day = seen - dt.timedelta(days=dice.whole(0, min(60, (seen - signed).days)))
        limit = dice.pick(("boards", "boards", "guests", "history", "sso", "audit_log"))
        found.append(event("limit_hit", workspace, day, limit=limit))
    return found


def _weeks(dice: Dice, workspace: str, signed: dt.date, users: int) -> list[Row]:
    """The people of the last four weeks, counted on Mondays; a week without anybody has no row."""
    mondays = (TODAY - dt.timedelta(days=6 + 7 * back) for back in (3, 2, 1, 0))
    counted = ((monday, users + dice.whole(-1, 1)) for monday in mondays if users and monday >= signed)
    return [observation("weekly_users", workspace, monday, people) for monday, people in counted if people > 0]
