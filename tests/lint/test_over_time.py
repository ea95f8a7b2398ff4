"""Mobility that is sensible stays quiet; what looks almost like it and goes wrong does not."""

from __future__ import annotations

import pytest

from tests.lint.test_run import found
from tierlang.diagnostics.diagnostic import Diagnostic, Severity

OVER_TIME = (
    "approver-without-tier", "constant-condition", "flapping-triggers", "keep-against-line", "long-cooldown", "never-firing-trigger", "no-mobility",
    "one-way-mobility", "past-freeze", "trigger-against-target", "trigger-on-arrival", "trigger-without-owner", "undone-demotion", "undone-promotion", "unknown-slips-by",
)  # fmt: skip


def tiers(*lines: str) -> str:
    return "tiers by priority {\n  " + "\n  ".join(lines) + "\n}\n"


def mobility(*lines: str) -> str:
    return "mobility {\n  " + "\n  ".join(lines) + "\n}\n"


PLAIN = tiers("tier one { range 80.. }", "tier two { range 60..<80 }", "tier three { otherwise }")
KEPT = tiers(
    "tier one {\n    range 80..\n    keep while priority >= 75 or intent >= 70\n  }",
    "tier two {\n    range 60..<80\n    keep while priority >= 55\n  }",
    "tier three { otherwise }",
)
SURGE = "promote surging { from two  to one  when intent >= 80 and not on_hold  owner dana }"
PAUSED = "demote paused { from one, two  to three  when on_hold  owner sam }"
CAPPED = KEPT.replace("}\n  tier two", '}\n  cap at three "On hold" when on_hold\n  tier two')

QUIET = {
    "what promotes asks for what demotes, keep and cap carry both over a review": CAPPED + mobility("cooldown 60 days", SURGE, PAUSED),
    "a round of funding lifts an account once, and silence takes it down": CAPPED
    + mobility(
        "cooldown 60 days",
        "promote asked { from two  to one  when any demo_request within 30 days and not on_hold  owner dana }",
        PAUSED,
    ),
    "a promotion for an event is over at the review": PLAIN.replace("}\n  tier two", '}\n  cap at three "On hold" when on_hold\n  tier two', 1)
    + mobility(
        "cooldown 60 days",
        "promote asked { from two, three  to one  when any demo_request within 30 days and not on_hold  owner dana }",
        PAUSED,
    ),
    "demotion for a score that has been low for long": KEPT
    + mobility(
        "cooldown 30 days",
        "promote risen { from two  to one  when priority >= 90  owner dana }",
        "demote faded { from one  to two  when (priority < 70 for 60 days) and intent < 40  owner sam }",
    ),
    "who has been in a tier for long": KEPT
    + mobility(
        "promote risen { from two  to one  when priority >= 85 and days in tier >= 30  owner dana }",
        "demote stale { from one  to two  when days in tier > 365 and priority < 70 and intent < 40  owner sam }",
    ),
    "two triggers of one direction, the one that asks for more first": CAPPED
    + mobility(
        "cooldown 60 days",
        "promote hot { from three  to one  when intent >= 90 and priority >= 75 and not on_hold  owner dana }",
        "promote warm { from three  to two  when intent >= 80 and priority >= 55 and not on_hold  owner dana }",
        PAUSED,
    ),
    "a hold for new owners": CAPPED + mobility("cooldown 60 days", "hold grace when newsletter", SURGE, PAUSED),
    "a freeze at the end of the year, and the one before it": CAPPED
    + mobility("freeze 2025-12-15..2026-01-02", "freeze 2026-12-15..2027-01-02", SURGE, PAUSED),
    "a cool-down of a review period": CAPPED + mobility("cooldown 1 quarter", SURGE, PAUSED),
    "the boss of an owner approves": 'owner vera "Vera" { email "vera@example.com"  team "Sales" }\n' + CAPPED
    + mobility("cooldown 60 days", SURGE.replace("owner dana", "owner dana  approve by vera"), PAUSED),
    "somebody without a team approves": 'owner vera "Vera" { email "vera@example.com" }\n' + CAPPED
    + mobility("cooldown 60 days", SURGE.replace("owner dana", "owner dana  approve by vera"), PAUSED),
    "names that were changed, and a tier that is gone": CAPPED + mobility("cooldown 60 days", SURGE, PAUSED, "retired gold to two"),
    "a keep on the line that lets who is in stay without the condition": tiers(
        "match first", "tier one {\n    range 80..  when not customer\n    keep while priority >= 80\n  }", "tier two { otherwise }"
    ),
    "up and down by one tier": CAPPED
    + mobility("cooldown 60 days", "promote warm { up 1  when intent >= 70 and priority >= 75 and not on_hold  owner dana }", PAUSED),
}  # fmt: skip


@pytest.mark.parametrize("name", QUIET)
def test_what_is_sensible_is_left_alone(name: str) -> None:
    told = found(QUIET[name], *OVER_TIME)
    assert [(each.code, each.message) for each in told] == []


QUIETED = "demote quiet { from one  to two  when no engagement within 90 days  owner sam }"
LOUD = [
    ("flapping-triggers", KEPT + mobility(SURGE, "demote quiet { from one  to two  when no engagement within 90 days  owner sam }")),
    ("flapping-triggers", KEPT + mobility("promote up { up 1  when fit >= 50  owner dana }", "demote down { down 1  when worth < 50  owner sam }")),
    ("flapping-triggers", KEPT + mobility("promote a { from three  to two  when fit >= 50  owner dana }", "promote b { from two  to one  when worth >= 50  owner dana }", "demote c { from one  to three  when intent < 50  owner sam }")),
    ("flapping-triggers", KEPT + mobility("promote risen { from two  to one  when days in tier >= 30 and fit >= 50  owner dana }", "demote stale { from one  to two  when days in tier >= 90  owner sam }")),
    ("flapping-triggers", KEPT + mobility("promote risen { from two  to one  when fit >= 50  owner dana }", "demote faded { from one  to two  when priority < 70 for 60 days  owner sam }")),
    ("undone-promotion", PLAIN + mobility(SURGE)),
    ("undone-promotion", PLAIN.replace("tier one", 'raise 1 "Surging" when intent >= 80\n  tier one', 1) + mobility("promote surging { from two, three  to one  when intent >= 80  owner dana }")),
    ("undone-promotion", KEPT + mobility("promote asked { from two  to one  when any demo_request within 3 years  owner dana }")),
    ("undone-demotion", KEPT + mobility(QUIETED)),
    ("undone-demotion", KEPT.replace("tier one", 'cap at two "Quiet" when no engagement within 1 year\n  tier one', 1) + mobility(QUIETED)),
    ("never-firing-trigger", KEPT + mobility("promote up { from two  to one  when tier is three  owner dana }")),
    ("never-firing-trigger", KEPT + mobility("hold all when fit >= 0 or on_hold", QUIETED)),
    ("never-firing-trigger", KEPT + mobility("demote deep { from one  to three  when intent < 20  owner sam }", "demote deeper { from one  to three  when intent < 10  owner sam }")),
    ("trigger-against-target", tiers("match first", "tier one { range 80..  when not customer }", "tier two { otherwise }") + mobility("promote up { up 1  when customer  owner dana }")),
    ("trigger-on-arrival", KEPT + mobility("demote weak { from two  to three  when priority < 80  owner sam }")),
    ("one-way-mobility", KEPT + mobility(QUIETED)),
    ("long-cooldown", KEPT + mobility("cooldown 4 months", SURGE, PAUSED)),
    ("long-cooldown", KEPT + mobility(SURGE.replace("owner dana", "owner dana  cooldown 2 quarters"), PAUSED)),
    ("past-freeze", KEPT + mobility("freeze 2025-12-15..2026-01-02", SURGE, PAUSED)),
    ("keep-against-line", tiers("tier one {\n    range 60..  when not customer\n    keep while priority >= 65\n  }", "tier two { otherwise }")),
    ("constant-condition", KEPT + mobility("hold grace when fit > 60 and fit < 50", SURGE, PAUSED)),
    ("constant-condition", KEPT + mobility(SURGE, "demote all { from one  to two  when fit >= 0  owner sam }")),
    ("unknown-slips-by", KEPT + mobility(SURGE, "demote quiet { from one  to two  when days since engagement > 90  owner sam }")),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "fragment"), LOUD, ids=lambda value: str(value)[-60:].replace("\n", " "))
def test_what_goes_wrong_is_told(rule: str, fragment: str) -> None:
    told = [each for each in found(fragment, *OVER_TIME) if each.code == rule]
    assert told
    assert all(each.hints for each in told)


def flapping(*lines: str) -> Diagnostic:
    (told,) = found(KEPT + mobility(*lines), "flapping-triggers")
    return told


def test_a_round_has_its_days() -> None:
    told = flapping("cooldown 30 days", SURGE.replace("owner dana", "owner dana  cooldown 90 days"), QUIETED)
    assert told.severity is Severity.WARNING
    assert told.hints[0] == (
        "2026-11-01: `surging` moves it from two to one; 2027-01-30: `quiet` moves it back from one to two; 2027-03-01: `surging` again, and so on"
    )
    assert told.example is not None
    assert "tier two since" in told.example
    assert "expect move surging to one" in told.example


def test_a_round_that_needs_new_events_each_time_is_worth_a_note() -> None:
    asked = "promote asked { from two  to one  when any demo_request within 30 days  owner dana }"
    assert flapping("cooldown 60 days", asked, QUIETED).severity is Severity.NOTE
    assert flapping("cooldown 10 days", asked, QUIETED).severity is Severity.WARNING


def test_a_date_that_grows_old_makes_no_round_for_ever() -> None:
    touched = "promote touched { from two  to one  when touched within 14 days  owner dana }"
    assert flapping("cooldown 60 days", touched, QUIETED).severity is Severity.NOTE


def test_news_that_was_known_when_the_account_came_in_moves_it_once() -> None:
    news = "promote asked { from two  to one  when days since demo_request < days in tier  owner dana }"
    assert flapping("cooldown 60 days", news, QUIETED).severity is Severity.NOTE
    assert found(PLAIN + mobility("cooldown 60 days", news), "undone-promotion") == []


def test_a_score_that_has_to_last_is_given_to_the_test_that_shows_it() -> None:
    told = flapping(
        "cooldown 30 days",
        "promote risen { from two  to one  when fit >= 50  owner dana }",
        "demote faded { from one  to two  when priority < 70 for 60 days  owner sam }",
    )
    assert told.example is not None
    assert "score priority 2026-09-02 = " in told.example


def test_without_reviews_no_review_undoes_anything() -> None:
    header = 'ruleset example "Example" { reviewed 2026-10-01 }\n'
    assert found(header + PLAIN + mobility(SURGE), "undone-promotion") == []


def test_one_direction_is_worse_without_reviews() -> None:
    header = 'ruleset example "Example" { reviewed 2026-10-01 }\n'
    (told,) = found(header + KEPT + mobility(SURGE), "one-way-mobility")
    assert told.severity is Severity.WARNING
    (told,) = found(KEPT + mobility(SURGE), "one-way-mobility")
    assert told.severity is Severity.NOTE


@pytest.mark.parametrize("cooldown", ["5_000 years", "900_000 weeks"])
def test_a_round_that_outlasts_the_calendar_is_none(cooldown: str) -> None:
    moving = mobility(
        f"cooldown {cooldown}",
        "promote large { from two  to one  when intent >= 80  owner dana }",
        "demote paused { from one  to two  when on_hold  owner sam }",
    )
    assert not found(PLAIN + moving, "flapping-triggers", "undone-promotion", "undone-demotion")


def test_a_keep_in_a_hole_of_the_score_is_told_where_the_next_scores_are() -> None:
    steps = """score steps { range 0..100  points by fit { 80.. -> 80  60..<80 -> 65  ..<60 -> 0  missing -> 0 } }
tiers by steps { tier one { range 80..  keep while steps >= 75 }  tier two { otherwise } }
"""
    (finding,) = found(steps, "keep-against-line")
    assert finding.hints[0].startswith("below the line `steps` is 65 or less, never between")


def test_the_examples_of_a_trigger_that_two_rules_tell_of_can_be_kept_together() -> None:
    moving = mobility(
        "cooldown 30 days",
        "promote large { from two  to one  when intent >= 80  owner dana }",
        "demote paused { from one  to two  when on_hold  owner sam }",
    )
    examples = [
        each.example or "" for each in found(PLAIN + moving, "flapping-triggers", "undone-promotion", "undone-demotion")
    ]
    labels = [line for example in examples for line in example.splitlines() if line.startswith("test ")]
    assert len(labels) == 6
    assert len(set(labels)) == 6
