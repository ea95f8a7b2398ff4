"""A small ruleset and its accounts, as files for the commands."""

from __future__ import annotations

import re
from pathlib import Path

from click.testing import CliRunner, Result

from tierlang.cli.main import main

ROOT = Path(__file__).parents[2]
SAAS_FOLDER = ROOT / "rulesets" / "saas_abm"
SAAS = (str(SAAS_FOLDER / "saas_abm.tier"), str(SAAS_FOLDER / "accounts.csv"))
SAAS_FACTS = ("--events", str(SAAS_FOLDER / "events.csv"), "--signals", str(SAAS_FOLDER / "signals.csv"))

RULES = """\
ruleset small "Small" {{ version "1" }}
let seats = 1
account {{
  key   id        text
  field name      text
  field fit       number in 0..100
  field label     text
  field potential money
}}
owner dana "Dana Lee"
exclude rival "Rivals" when name = "Rival"
score priority {{
  range 0..100
  weigh 100% fit
  missing unscored
}}
tiers by priority {{
  tier one "One" {{ range 80..  capacity seats overflow down  owner marketing dana  owner sales dana }}
  tier two "Two" {{ otherwise  owner marketing dana  owner sales dana }}
}}
{more}
"""
ACCOUNTS = """\
id,name,fit,label,potential
0015,Acme,90,gold,"$1,234.50"
A-2,Bolt,95,,2M
A-3,Coil,,,
A-4,Rival,99,,
"""
BAD_ACCOUNTS = ACCOUNTS + '0015,Again,50,,\nA-6,Late,500,,"1,7"\n'


def write_rules(folder: Path, more: str = "", name: str = "small.tier") -> str:
    path = folder / name
    path.write_text(RULES.format(more=more), encoding="utf-8")
    return str(path)


def write_accounts(folder: Path, text: str = ACCOUNTS, name: str = "accounts.csv") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def tierlang(*arguments: str, stdin: bytes | None = None) -> Result:
    """Runs the command line in this process; a traceback of ours fails the test, whatever the test looks at."""
    result = CliRunner().invoke(main, list(arguments), input=stdin)
    assert "Traceback" not in result.stderr, result.stderr
    return result


def plain(text: str) -> str:
    """One line of words, for looking for a sentence that may be wrapped."""
    return re.sub(r"\s+", " ", text)
