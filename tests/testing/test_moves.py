"""Tests of rules about accounts that hold a tier: what counts as a move, what a tier means while a move waits, and what a failure tells."""

from __future__ import annotations

import json

import pytest

from tests.compiler.rulesets import compiled
from tierlang.program import nodes as n
from tierlang.reports.tested import RulesetRun, failure_text
from tierlang.reports.tested_json import outcomes_json
from tierlang.testing import results
from tierlang.testing.chances import chances
from tierlang.testing.coverage import split
from tierlang.testing.run import run_test, run_tests

OWNERS = "owner marketing dana  owner sales dana"
RULES = f"""ruleset r {{ review every quarter }}
owner dana "Dana"
account {{
  key id text
  field fit number required
  field money number default 0
  field quiet flag default false
  field out flag default false
}}
exclude gone when out
score low {{ value fit }}
tiers by fit {{
  tier one {{ range 80..  keep while fit >= 70  {OWNERS} }}
  tier two {{ range 50..<80  {OWNERS} }}
  tier three {{ otherwise  {OWNERS} }}
}}
mobility {{
  freeze 2026-12-15..2027-01-02
  hold grace "Grace" when fit = 77
  promote funded {{ from two, three to one when money >= 10 and fit >= 50 owner dana }}
  promote asked {{ from three to two when money = 5 owner dana approve by dana }}
  demote quiet {{ from one to two when quiet owner dana }}
  demote faded {{ from two to three when low < 40 for 30 days owner dana }}
}}
"""


def ran(given: str, *expects: str, as_of: str = "2026-11-15") -> results.TestResult:
    """What became of one test."""
    lines = "\n".join(f"  expect {each}" for each in expects)
    return run_test(*last(f'test "t" {{\n  as of {as_of}\n  given {{ {given} }}\n{lines}\n}}'))


def last(text: str) -> tuple[n.Program, n.Test]:
    """The program with this test, and the test."""
    program = compiled(RULES + text)
    return program, program.tests[-1]


def failed(given: str, *expects: str, as_of: str = "2026-11-15") -> list[str]:
    """The lines that a failure tells below its head."""
    found = ran(given, *expects, as_of=as_of)
    assert not found.passed
    return [line.strip() for line in failure_text(compiled(RULES), found).splitlines()[2:]]


FUNDED = "fit = 60  money = 20  tier two since 2026-10-01"


@pytest.mark.parametrize(
    ("given", "expect", "met"),
    [
        (FUNDED, "move", True),
        (FUNDED, "move funded", True),
        (FUNDED, "move funded to one", True),
        (FUNDED, "move to one", True),
        (FUNDED, "move to three", False),
        (FUNDED, "move quiet", False),
        (FUNDED, "move out", False),
        (FUNDED, "no move", False),
        (FUNDED, "tier one", True),
        # A move that waits for approval counts, and so does its tier.
        ("fit = 10  money = 5  tier three since 2026-10-01", "move asked to two", True),
        ("fit = 10  money = 5  tier three since 2026-10-01", "tier two", True),
        ("fit = 10  money = 5  tier three since 2026-10-01", "no move", False),
        # One that waits for anything else does not.
        (f"{FUNDED} settled until 2026-11-16", "move", False),
        (f"{FUNDED} settled until 2026-11-16", "no move", True),
        (f"{FUNDED} settled until 2026-11-15", "move funded", True),
        ("fit = 77  quiet = true  tier one since 2026-10-01", "no move", True),
        # At a review lines and `keep while` decide.
        ("fit = 60  tier one since 2026-10-01  review due", "move to two", True),
        ("fit = 70  tier one since 2026-10-01  review due", "no move", True),
        ("fit = 60  tier one since 2026-10-01", "no move", True),
        # Who is excluded leaves.
        ("fit = 60  out = true  tier one since 2026-10-01", "move out", True),
        ("fit = 60  out = true  tier one since 2026-10-01", "no move", False),
        # What was observed of a score.
        ("fit = 30  tier two since 2026-01-01  score low 2026-10-17 = 30", "move faded to three", True),
        ("fit = 30  tier two since 2026-01-01  score low 2026-10-18 = 30", "no move", True),
        ("fit = 30  tier two since 2026-01-01  score low 2026-10-01 = 30  score low 2026-11-01 = 50", "no move", True),
    ],
)
def test_what_counts_as_a_move(given: str, expect: str, met: bool) -> None:
    assert ran(given, expect).passed == met


def test_in_a_freeze_no_review_is_due_and_nobody_moves() -> None:
    assert ran(f"{FUNDED}  review due", "no move", "tier two", as_of="2026-12-15").passed
    assert ran(f"{FUNDED}  review due", "no move", as_of="2027-01-03").passed
    assert ran("fit = 90  tier two since 2026-10-01  review due", "move to one", as_of="2027-01-03").passed


def test_a_failure_says_what_was_decided_and_shows_the_trigger_that_did_not_fire() -> None:
    assert failed("fit = 40  money = 20  tier two since 2026-10-01", "move funded to one") == [
        "28 | expect move funded to one",
        "= came: tier two: stays: nothing moves it between reviews",
        "= promote funded: its condition does not hold",
        "20 | money >= 10 and fit >= 50",
        "| |     |     |   |   |",
        "| 20    true  |   40  false",
        "|             false",
    ]


def test_a_failure_says_why_a_trigger_was_not_asked() -> None:
    def why(given: str) -> str:
        return failed(given, "move quiet")[-1]

    assert why("fit = 60  tier two since 2026-10-01") == (
        "= demote quiet: it moves accounts from one; this one holds two"
    )
    assert why("fit = 60  quiet = true  tier one since 2026-10-01  review due") == (
        "= demote quiet: triggers are not asked when a review is due"
    )
    assert why("fit = 60  quiet = true  tier one since 2026-10-01  settled until 2026-12-01") == (
        "= came: tier one: stays, settled until 2026-12-01; without that: demoted to two by quiet: quiet"
    )


def test_a_failure_tells_a_tier_from_the_one_once_approved() -> None:
    assert failed("fit = 10  money = 5  tier three since 2026-10-01", "tier three") == [
        "28 | expect tier three",
        "= came: tier three: waits for approval by Dana: promoted to two by asked: money = 5",
        "= once approved: tier two, which is what `expect` goes by",
    ]


def test_a_failure_shows_the_keep_while_that_did_not_keep_the_account() -> None:
    assert failed("fit = 60  tier one since 2026-10-01  review due", "tier one") == [
        "28 | expect tier one",
        "= came: tier two: fit 60 in 50..<80",
        "= not one: fit 60 is not in 80..",
        "= not one: its `keep while` does not hold",
        "13 | fit >= 70",
        "| |   |",
        "| 60  false",
    ]


def test_machines_are_told_what_was_decided() -> None:
    found = ran("fit = 10  money = 5  tier three since 2026-10-01", "tier three")
    report = json.loads(outcomes_json([RulesetRun("r.tier", compiled(RULES), (found,))], []))
    (miss,) = report["rulesets"][0]["tests"][0]["misses"]
    assert miss["decision"] == {"cause": None, "trigger": "asked", "proposed": "two", "waits_for": "approval"}


def test_coverage_counts_triggers_holds_and_keeps() -> None:
    text = "\n".join(
        f'test "t{at}" {{ as of 2026-11-15 given {{ {given} }} expect {expect} }}'
        for at, (given, expect) in enumerate(
            [
                (FUNDED, "move funded"),
                ("fit = 77  quiet = true  tier one since 2026-10-01", "no move"),
                ("fit = 70  tier one since 2026-10-01  review due", "no move"),
                ("fit = 50", "tier two"),
            ]
        )
    )
    program = compiled(RULES + text)
    decided, _ = split(program, run_tests(program))
    sorts = ("triggers", "holds", "keeps")
    assert {(each.what, each.never) for each in chances(program) if each.sort in sorts} - {
        (each.what, each.never) for each in decided
    } == {
        ("promote funded", "never false"),
        ("promote asked", "never fires"),
        ("promote asked", "never false"),
        ("demote quiet", "never false"),
        ("demote faded", "never fires"),
        ("tier one keep while fit >= 70", "never lets go"),
    }
