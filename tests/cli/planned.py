"""A ruleset with rules of moves, its accounts as they change, and a ledger, for the commands that plan and apply."""

from __future__ import annotations

from pathlib import Path

import attrs
from click.testing import Result

from tests.cli.files import tierlang

RULES = """\
ruleset small "Small" {{ version "1"  review every quarter }}
account {{
  key   id       text
  field fit      number in 0..100
  field funded   flag default false
  field quiet    flag default false
  field customer flag default false
}}
owner dana "Dana Lee"
owner sam  "Sam Ortiz"
exclude customers "Customers" when customer
score priority {{ range 0..100  weigh 100% fit  missing unscored }}
tiers by priority {{
  tier one   "One"   {{ range 80..     owner marketing dana  owner sales sam  {one} }}
  tier two   "Two"   {{ range 60..<80  owner marketing dana  owner sales sam  {two} }}
  tier three "Three" {{ otherwise      owner marketing dana  owner sales sam }}
}}
mobility {{
  breaker 50% at review 60%
  promote funding "Fresh money" {{ from two, three  up 1  when funded  owner sam  approve by dana  cooldown 60 days }}
  demote  silence "Quiet"       {{ from one, two    to three  when quiet  owner dana }}
  {more}
}}
"""
FIRST = "id,fit,funded,quiet,customer\nA,90,,,\nB,70,,,\nC,70,,,\nD,10,,,\nE,10,,,yes\n"
DAY = "2026-10-01"
"""The first day of a quarter."""


@attrs.frozen
class Office:
    """A folder with the files, in which the commands run."""

    folder: Path

    def rules(self, more: str = "", one: str = "", two: str = "", name: str = "small.tier") -> str:
        return self.write(name, RULES.format(more=more, one=one, two=two))

    def write(self, name: str, text: str) -> str:
        (self.folder / name).write_text(text, encoding="utf-8")
        return name

    def read(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def accounts(self, **changed: str) -> str:
        """The accounts, of which some have other cells (`A="90,yes,,"`; none: the account is gone) or are new."""
        rows = dict(line.split(",", 1) for line in FIRST.splitlines())
        rows |= changed
        return self.write("accounts.csv", "".join(f"{key},{cells}\n" for key, cells in rows.items() if cells))

    def plan(self, as_of: str = DAY, *more: str, output: str = "plan.json") -> Result:
        return tierlang(
            "plan", "small.tier", "accounts.csv", "--ledger", "small.ledger", "--as-of", as_of, "-o", output, *more
        )

    def apply(self, *more: str, plan: str = "plan.json") -> Result:
        return tierlang("apply", plan, *more)

    def run(self, as_of: str, *more: str) -> Result:
        """A plan that is applied at once."""
        planned = self.plan(as_of)
        assert planned.exit_code == 0, planned.stderr
        result = self.apply(*more)
        assert result.exit_code == 0, result.stderr
        return result

    def begun(self) -> None:
        """The rules, the accounts, and a first run on the first day."""
        self.rules()
        self.accounts()
        self.run(DAY)

    def holders(self) -> dict[str, str | None]:
        """Who holds what by the ledger, with its own eyes."""
        import duckdb

        connection = duckdb.connect(str(self.folder / "small.ledger"), read_only=True)
        try:
            return dict(connection.execute("SELECT account, tier FROM holders ORDER BY account").fetchall())
        finally:
            connection.close()

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """What the ledger answers."""
        import duckdb

        connection = duckdb.connect(str(self.folder / "small.ledger"), read_only=True)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()
