"""`--set`: a constant replaced for one run."""

from __future__ import annotations

import pytest

from tests.compiler.rulesets import OWNERS, compiled, loaded, ruleset
from tierlang.program.nodes import EventPoints

MORE = 'let seats = 10\nlet twice = seats * 2\nlet share = 5%\nlet where = "EMEA"\nlet day = 2026-01-01\nlet on = true'
TIERS = f"tiers by full {{ tier a {{ top share  capacity twice overflow out  {OWNERS} }}  tier b {{ otherwise  {OWNERS} }} }}"
TEXT = ruleset(fields="derive x = t = where and d > day and f = on", more=MORE, tiers=TIERS)


@pytest.mark.parametrize(
    ("settings", "seats", "percent"),
    [({}, 20, 500), ({"seats": "16"}, 32, 500), ({"seats": "2k", "share": "7.5%"}, 4_000, 750)],
)
def test_a_setting_replaces_a_constant_and_what_is_made_of_it(
    settings: dict[str, str], seats: int, percent: int
) -> None:
    tier = compiled(TEXT, settings).ladders[0].tiers[0]
    assert tier.top is not None
    assert (tier.capacities[0].seats, tier.top.percent) == (seats, percent)


@pytest.mark.parametrize("written", ['US "South"', '"US"', "1", "true"])
def test_a_text_needs_no_quotes(written: str) -> None:
    program = compiled(TEXT, {"where": written})
    assert written.strip('"') in repr(program.definitions[0])


@pytest.mark.parametrize(
    ("settings", "code", "words"),
    [
        ({"seat": "3"}, "unknown-setting", "did you mean `seats`?"),
        ({"full": "3"}, "unknown-setting", "it is a field"),
        ({"seats": "many"}, "bad-setting", "`--set seats=many` gives no constant"),
        ({"seats": "3 tiers"}, "bad-setting", "gives no constant"),
        ({"seats": "1,000"}, "bad-setting", "gives no constant"),
        ({"seats": ""}, "bad-setting", "gives no constant"),
        ({"seats": "3\nlet hidden = 4"}, "bad-setting", "gives no constant"),
        ({"day": "5"}, "bad-setting", "a whole number, but `day` is a date"),
    ],
)
def test_a_wrong_setting_is_explained(settings: dict[str, str], code: str, words: str) -> None:
    found = loaded(TEXT, settings).diagnostics
    assert [d.code for d in found] == [code]
    assert words in " ".join([found[0].message, *found[0].hints])


def test_a_setting_reaches_conditions_on_events_and_signals_and_their_points() -> None:
    text = ruleset(
        fields="derive a = any order where (freight > least) ever and intent > least for 3 weeks",
        more="let least = 3  let worth = 5  let most = 20  let kept = 75%  event order { field freight money }  signal intent number\n"
        "score s { points worth per order within 3 months keeping kept every month up to most }",
    )
    usual, changed = compiled(text), compiled(text, {"least": "4", "worth": "10", "most": "30", "kept": "50%"})
    assert "40000" not in repr(usual.facts)
    assert repr(changed.facts[:2]).count("40000") == 2
    points = changed.facts[2]
    assert isinstance(points, EventPoints)
    assert points.fading is not None
    assert (points.points, points.up_to, points.fading.amounts[1]) == (100_000, 300_000, 5 * 10**8)
