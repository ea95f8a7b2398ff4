"""A ruleset that reads events and a signal, and files of them, for the commands."""

from __future__ import annotations

from pathlib import Path

import attrs

RULES = """\
ruleset shop "Who orders" {{ }}
account {{
  key   id      text from "CustomerID"
  field name    text from "Name"
  field arr     money default 0
}}
event order "Order" {{
  account from "CustomerID"  at from "OrderDate"  key from "OrderID"
  field freight money from "Freight"
}}
event visit {{ field minutes whole in 0.. }}
signal intent number in 0..100 lasts 14 days
owner dana "Dana Lee"
score recent {{
  range 0..100
  points 20 per order where (freight > 5) within 90 days up to 60
  points 5 per visit within 30 days
  points 30 "Interested" when intent >= 50 for 3 days
}}
mark loyal "Orders often" when count of order ever >= 3
tiers by recent {{
  tier one "One" {{ range 50..  owner marketing dana  owner sales dana }}
  tier two "Two" {{ range 1..<50  owner marketing dana  owner sales dana }}
  tier three {{ otherwise  owner marketing dana  owner sales dana }}
}}
tiers coverage "Coverage" {{
  tier named {{ when tier is one  play sales "Call" {{ when arr > 1000 }} }}
  tier pool {{ otherwise }}
}}
{more}
"""
CUSTOMERS = "CustomerID,Name,arr\nALFKI,Alfreds,5000\nBERGS,Berglunds,10\nCHOPS,Chops,\n0015,Lion,\n"
ORDERS = """\
OrderID,CustomerID,OrderDate,Freight
1,ALFKI,2026-11-20,10.5
2,ALFKI,2026-10-01,32.38
3,ALFKI,2025-01-01,8
4,BERGS,2026-11-19,3
5,CHOPS,2026-11-30,50
"""
VISITS = "account,at,minutes\nBERGS,2026-11-10,12\nBERGS,2026-11-11,\n"
INTENT = "account,at,value\nALFKI,2026-11-15,80\nBERGS,2026-11-21,99\nCHOPS,2026-10-01,99\n"
EVENTS = """\
event,account,at,key,freight,minutes
order,ALFKI,2026-11-20,1,10.5,
order,ALFKI,2026-10-01,2,32.38,
visit,BERGS,2026-11-10,,,12
order,ALFKI,2025-01-01,3,8,
order,BERGS,2026-11-19,4,3,
visit,BERGS,2026-11-11,,,
order,CHOPS,2026-11-30,5,50,
"""
SIGNALS = (
    "signal,account,at,value\nintent,ALFKI,2026-11-15,80\nintent,BERGS,2026-11-21,99\nintent,CHOPS,2026-10-01,99\n"
)

AS_OF = ("--as-of", "2026-11-22")
PLACES = [("ALFKI", "one"), ("BERGS", "two"), ("CHOPS", "three"), ("0015", "three")]
"""Where the accounts end by these files: 20+20+30 points, 5+5, none, none."""


@attrs.frozen
class Shop:
    """The files in a folder of their own, where the commands run."""

    folder: Path

    def write(self, name: str, text: str) -> str:
        """One more file; gives its path in the folder."""
        (self.folder / name).write_text(text, encoding="utf-8")
        return name

    def rules(self, more: str = "") -> str:
        """The rules, with more of them at their end."""
        return self.write("shop.tier", RULES.format(more=more))

    @property
    def both(self) -> tuple[str, str]:
        """The rules and the accounts."""
        return self.rules(), self.write("customers.csv", CUSTOMERS)

    @property
    def orders(self) -> str:
        """The orders alone, under their own headings."""
        return self.write("orders.csv", ORDERS)

    @property
    def facts(self) -> tuple[str, ...]:
        """The options for a file of each."""
        visits, intent = self.write("visits.csv", VISITS), self.write("intent.csv", INTENT)
        return ("--events", f"order={self.orders}", "--events", f"visit={visits}", "--signals", f"intent={intent}")

    @property
    def others(self) -> tuple[str, ...]:
        """The options for visits and intent, without the orders."""
        return self.facts[2:]
