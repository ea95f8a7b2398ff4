"""A desk where somebody plans and applies, day by day: a tiny ruleset, a few accounts, one ledger."""

from __future__ import annotations

import json
from pathlib import Path

import attrs
import duckdb
from click.testing import Result

from tests.cli.files import plain, tierlang

LEDGER = "tiers.ledger"
RULES = """\
ruleset desk "The desk" {{ version "1"  {review} }}
account {{
  key   id    text
  field fit   number in 0..100
  field rise  flag default false
  field fall  flag default false
  field out   flag default false
  field keep  flag default false
}}
event touch
event order
owner dana "Dana Lee"
owner sam  "Sam Ortiz"
exclude customers "Customers" when out
score priority {{ range 0..100  weigh 100% fit  missing unscored }}
tiers by priority {{
  tier one   "One"   {{ range 80..     owner marketing dana  owner sales sam }}
  tier two   "Two"   {{ range 60..<80  owner marketing dana  owner sales sam }}
  tier three "Three" {{ otherwise      owner marketing dana  owner sales sam }}
}}
mobility {{
  {mobility}
}}
{more}
"""
QUARTERS = "review every quarter"
TRIGGERS = """\
  promote rising  "On the rise" { from two, three  up 1      when rise  owner sam }
  demote  falling "On the way"  { from one, two    to three  when fall  owner dana }
"""


@attrs.frozen
class Desk:
    """A folder in which the commands run. Accounts are words: `A="90"`, or `A="70 rise"` with flags that are true."""

    folder: Path

    def rules(self, mobility: str = TRIGGERS, *, review: str = QUARTERS, more: str = "", **changed: str) -> None:
        """Writes the rules; `changed` replaces a text of the file by another (given as `was=…, now=…`)."""
        text = RULES.format(review=review, mobility=mobility, more=more)
        if changed:
            assert changed["was"] in text
            text = text.replace(changed["was"], changed["now"])
        self.write("rules.tier", text)

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def accounts(self, **rows: str) -> None:
        flags = ("rise", "fall", "out", "keep")
        lines = ["id,fit,rise,fall,out,keep"]
        for key, words in rows.items():
            fit, *true = words.split()
            assert set(true) <= set(flags)
            lines.append(",".join([key, fit, *("yes" if flag in true else "" for flag in flags)]))
        self.write("accounts.csv", "\n".join(lines) + "\n")

    def facts(self, *rows: str) -> None:
        """Events, each `touch A 2026-10-01`; runs read them from here on."""
        lines = [",".join(row.split()) for row in rows]
        self.write("facts.csv", "\n".join(["event,account,at", *lines]) + "\n")

    def plan(self, as_of: str, *more: str, output: str = "plan.json") -> Result:
        facts = ("--events", "facts.csv") if (self.folder / "facts.csv").exists() else ()
        where = ("rules.tier", "accounts.csv", "--ledger", LEDGER, "--as-of", as_of, "-o", output)
        return tierlang("plan", *where, *facts, *more)

    def apply(self, *more: str, plan: str = "plan.json") -> Result:
        return tierlang("apply", plan, *more)

    def verify(self) -> None:
        """Everything in the ledger follows from what was before, and every fingerprint is right."""
        verified = tierlang("ledger", "verify", LEDGER)
        assert verified.exit_code == 0, verified.stdout

    def run(self, as_of: str, *more: str, **rows: str) -> str:
        """A plan for these accounts (none: those of the last run), applied at once; what the plan said, on one line."""
        if rows:
            self.accounts(**rows)
        planned = self.plan(as_of)
        assert planned.exit_code == 0, planned.stderr
        applied = self.apply(*more)
        assert applied.exit_code == 0, applied.stderr
        return plain(planned.stdout)

    def refused(self, as_of: str, *more: str) -> str:
        """A plan that is not made; why, on one line. The ledger is as it was."""
        before = (self.folder / LEDGER).read_bytes()
        result = self.plan(as_of, *more)
        assert result.exit_code == 2, result.stdout
        assert (self.folder / LEDGER).read_bytes() == before
        return plain(result.stderr)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """What the ledger answers to anybody who opens it."""
        connection = duckdb.connect(str(self.folder / LEDGER), read_only=True)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()

    def holders(self) -> dict[object, object]:
        """Who holds what now."""
        return dict(self.rows("SELECT account, tier FROM holders ORDER BY account"))  # type: ignore[arg-type]

    def life(self, account: str) -> list[str]:
        """What the ledger says of an account, run by run: `2: two -> one review`."""
        rows = self.rows(
            "SELECT run, kind, coalesce(from_tier, '-'), coalesce(tier, '-'), cause FROM moves"
            f" WHERE account = '{account}' AND kind <> 'stay' ORDER BY run"
        )
        return [f"{run}: {before} -> {tier} {cause}" for run, _, before, tier, cause in rows]

    def record(self, key: str, plan: str = "plan.json") -> dict[str, object]:
        """What a plan says of one account."""
        lines = (self.folder / plan).read_text(encoding="utf-8").splitlines()
        return next(found for line in lines[1:-1] if (found := json.loads(line))["key"] == key)

    def moved(self, plan: str = "plan.json") -> dict[object, object]:
        """Who would move by a plan, and where to."""
        lines = (self.folder / plan).read_text(encoding="utf-8").splitlines()
        found = [json.loads(line) for line in lines[1:-1]]
        return {each["key"]: each["tier"] for each in found if each["act"] == "move"}
