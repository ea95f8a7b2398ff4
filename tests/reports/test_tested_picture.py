"""Conditions with the values of their parts below them, as people read them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.golden import assert_golden
from tierlang.engines.interpreter.facts import Account, Event
from tierlang.pipeline import compile_sources
from tierlang.program.numbers import SCALE
from tierlang.program.outcome import Stopped
from tierlang.program.values import Value
from tierlang.reports.tested_picture import one_line, picture
from tierlang.source import Source
from tierlang.testing.looking import look
from tierlang.testing.run import ran_on

GOLDEN = Path(__file__).parent / "golden" / "pictures.txt"

RULES = """\
ruleset pictured { reviewed 2026-01-01 }
let big = 1M
account {
  key id text
  field fit number in 0..100
  field employees whole
  field industry text
  field customer flag default false
  field touched date
  field name text
  field tech tags
  field potential money
  derive large = employees >= 1000 or potential >= big
}
event visit { field page text }
signal surge number in 0..100 lasts 14 days
owner dana "Dana"
score priority { value fit }
tiers by priority {
  tier one { range 80..  owner marketing dana  owner sales dana }
  tier two { range 50..<80  owner marketing dana  owner sales dana }
  rest untiered
}
tiers segment { tier vip { when fit > 60 }  rest untiered }
"""

CONDITIONS = (
    "fit >= 80 and employees > 500",
    'industry not in ["Banking", "Insurance"]',
    "not (customer or fit is missing)",
    "touched within 90 days",
    "not (touched within 90 days)",
    'count of visit where (page = "x") within 30 days >= 2',
    "days since visit > 3",
    "tier is not one and fit >= 80",
    "(tier is one or two) and any visit within 30 days",
    "segment is vip",
    "large and potential >= big",
    'tech contains "aws" and name starts with "Ac"',
    "at least 2 of [fit >= 50, customer, employees > 3]",
    "(fit + employees) / 2 >= max(fit, 90)",
    "(if customer then 3 else fit) > 5",
    'by industry { "Banking" -> 5  otherwise -> 3  missing -> 0 } > 4',
    "percentile of fit >= 90",
    "surge >= 80 for 3 weeks",
    'priority > 50 # comment "here"\n  and\n   name = "a # b"',
    'fit >= 10 and fit <= 90 and employees >= 100 and potential >= 1M and industry = "A very long name indeed" and touched within 2 quarters',
    'name != "' + "x" * 30 + '" and industry != "' + "y" * 50 + '"\n or customer',
)


@pytest.fixture(scope="module")
def pictures() -> dict[str, list[str]]:
    """Every condition as a mark of one ruleset, asked of one account."""
    marks = "".join(f"mark m{at} when {text}\n" for at, text in enumerate(CONDITIONS))
    program = compile_sources(Source("pictured.tier", RULES + marks)).program
    assert program is not None
    values: dict[str, Value] = {
        "fit": 62 * SCALE + SCALE // 2,
        "employees": 1200 * SCALE,
        "industry": "Banking",
        "customer": False,
        "touched": dt.date(2026, 2, 1),
        "name": "Acme",
        "tech": ("aws", "gcp"),
    }
    account = Account("a", values, {"visit": (Event(dt.date(2026, 3, 1), {"page": "x"}),)})
    ran = ran_on(program, [account], dt.date(2026, 3, 15))
    assert not isinstance(ran, Stopped)
    return {
        text: picture(look(mark.when, ran.facts["a"])) for text, mark in zip(CONDITIONS, program.marks, strict=True)
    }


def test_pictures_that_people_read(pictures: dict[str, list[str]]) -> None:
    assert_golden(GOLDEN, "\n\n".join("\n".join(lines) for lines in pictures.values()) + "\n")


@pytest.mark.parametrize("text", CONDITIONS)
def test_every_bar_leads_down_to_a_value(pictures: dict[str, list[str]], text: str) -> None:
    condition, *rows = pictures[text]
    if not rows or not rows[0].startswith("|"):
        return
    for column in (at for at, sign in enumerate(rows[0]) if sign == "|"):
        below = [row[column] if column < len(row) else " " for row in rows[1:]]
        first = next(at for at, sign in enumerate(below) if sign != "|")
        assert below[first] != " "
        assert condition[column] != " "


def test_a_statement_of_several_lines_is_shown_on_one() -> None:
    source = Source("x.tier", 'expect a >= 1   # why "not"\n    and\tname = "x  # y"')
    line = one_line(source.span(0, len(source.text)))
    assert line.text == 'expect a >= 1 and name = "x  # y"'
    assert line.column(source.text.index("name")) == line.text.index("name")
    assert line.column(len(source.text)) is None
