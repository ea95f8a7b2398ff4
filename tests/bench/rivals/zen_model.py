"""The score and the tiers as ZEN expressions (GoRules): named steps, which a decision graph runs in order."""

from __future__ import annotations

import re

STEPS = {
    "size": (
        "employees == null ? 0 : employees >= 5000 ? 100 : employees >= 1000 ? 85 : employees >= 200 ? 60"
        " : employees >= 50 ? 30 : 10"
    ),
    "market": (
        'industry == null ? 0 : industry in ["Banking", "Insurance"] ? 100 : industry in ["Software", "Telecom"] ? 80'
        ' : industry in ["Health", "Energy"] ? 65 : industry in ["Manufacturing", "Logistics"] ? 45'
        ' : industry == "Public Sector" ? 30 : 20'
    ),
    "worth": (
        "potential == null ? 0 : potential >= 1000000 ? 100 : potential >= 250000 ? 75 : potential >= 50000 ? 45"
        " : potential >= 10000 ? 20 : 5"
    ),
    "present": "50 + (fit == null ? 0 : 30) + (intent == null ? 0 : 20)",
    "total": "30 * (fit ?? 0) + 20 * (intent ?? 0) + 20 * $.size + 15 * $.market + 15 * $.worth",
    "priority": "$.present > 50 ? round($.total / $.present, 2) : null",
}
TIER = 'priority == null ? "nurture" : priority >= 80 ? "one" : priority >= 60 ? "two" : priority >= 35 ? "three" : "nurture"'


def graph() -> dict[str, object]:
    """A decision graph of one expression node."""
    steps = {**STEPS, "tier": TIER.replace("priority", "$.priority")}
    expressions = [{"id": name, "key": name, "value": value} for name, value in steps.items()]
    return {
        "contentType": "application/vnd.gorules.decision",
        "nodes": [
            {"id": "in", "type": "inputNode", "name": "in"},
            {
                "id": "rules",
                "type": "expressionNode",
                "name": "rules",
                "content": {"expressions": expressions, "passThrough": False},
            },
            {"id": "out", "type": "outputNode", "name": "out"},
        ],
        "edges": [
            {"id": "first", "sourceId": "in", "targetId": "rules", "type": "edge"},
            {"id": "second", "sourceId": "rules", "targetId": "out", "type": "edge"},
        ],
    }


def priority_alone() -> str:
    """The score as one expression, its steps written out in place."""
    text = STEPS["priority"]
    while "$." in text:
        text = re.sub(r"\$\.(\w+)", lambda name: f"({STEPS[name[1]]})", text)
    return text
