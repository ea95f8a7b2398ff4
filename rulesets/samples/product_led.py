"""Workspaces of a product database."""

from __future__ import annotations

from samples.cells import Row, employees_cell, mostly
from samples.companies import Companies
from samples.dice import Dice


def product_led() -> list[Row]:
    """280 workspaces of a product database."""
    dice = Dice(2)
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
            "weekly_active_users": str(users) if awake or dice.chance(0.5) else "",
            "invites_30d": str(dice.level(9)) if awake else "0",
            "features_used": "|".join(dice.some(features, 0.34 if awake else 0.08)),
            "mrr": str(seats * prices.get(plan, 0)),
            "signed_up": signed.isoformat(),
            "last_seen": seen.isoformat(),
            "cancelled_on": "",
            "sales_rep": mostly(dice, 0.8, dice.pick(("Kim Dahl", "Luis Prado"))) if size >= 5 else "",
        }
        if not awake and dice.chance(0.25):
            row["cancelled_on"] = max(signed, dice.ago(5, 200)).isoformat()
        if free and dice.chance(0.2):
            row["last_seen"], row["weekly_active_users"] = row["signed_up"], "0"
        rows.append(row)
    rows[12]["company_name"] = "TEST load generator"
    rows[90]["company_name"], rows[90]["email_domain"] = "Plotboard", "plotboard.example"
    rows[201]["email_domain"] = "inkwall.example"
    rows[33]["cancelled_on"] = "\\N"
    return rows
