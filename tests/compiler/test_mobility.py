"""What the `mobility` block and `keep while` mean: the held tier, the past of scores, triggers, names of before, merged accounts."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.compiler.rulesets import OWNERS, codes, compiled, definition, loaded, ruleset
from tierlang.pipeline import compile_sources, load
from tierlang.program import expressions as x
from tierlang.program import nodes as n
from tierlang.program.calendar import Duration
from tierlang.program.holdings import DAYS_IN_TIER, HELD_TIER
from tierlang.program.numbers import SCALE
from tierlang.program.reach import reaches_of
from tierlang.program.values import Kind
from tierlang.source import Source

GOOD = Path(__file__).parent / "cases" / "good_mobility.tier"
SCORES = "score fit { value full  range 0..100 }\nscore place { value percentile of n }\nsignal heat number"
TIERS = f"""
tiers by fit {{
  tier one {{ range 80..  KEEP  {OWNERS} }}
  tier two {{ range 60..<80  {OWNERS} }}
  tier three {{ otherwise  {OWNERS} }}
}}
tiers book by fit {{ tier near {{ range 50.. }}  tier far {{ otherwise }} }}
"""
HELD = x.Defined(HELD_TIER, Kind.TEXT)
DAYS = x.Defined(DAYS_IN_TIER, Kind.WHOLE)


def text_of(block: str = "", keep: str = "") -> str:
    mobility = f"mobility {{ {block} }}" if block else ""
    return ruleset(more=f"{SCORES}\n{mobility}", tiers=TIERS.replace("KEEP", keep))


def moving(block: str) -> tuple[n.Program, n.Mobility]:
    """A program with this in its `mobility` block."""
    program = compiled(text_of(block))
    assert program.mobility is not None
    return program, program.mobility


def held(condition: str) -> x.Expression:
    """What a condition of a hold means."""
    _, mobility = moving(f"hold h when {condition}")
    return mobility.holds[0].when.test


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("tier is one", x.OneOf(HELD, ("one",))),
        ("tier is one or three", x.OneOf(HELD, ("one", "three"))),
        ("tier is not one", x.Not(x.OneOf(HELD, ("one",)))),
        ("tier is missing", x.OneOf(HELD, ("",))),
        ("tier is not missing", x.Not(x.OneOf(HELD, ("",)))),
        ("tier is one or f", x.AnyOf((x.OneOf(HELD, ("one",)), x.Input("f", Kind.FLAG)))),
        ("days in tier > 5", x.Compare(">", DAYS, x.Constant(5 * SCALE, Kind.WHOLE))),
    ],
)
def test_in_rules_about_moves_the_tier_is_the_held_one(written: str, meant: x.Expression) -> None:
    assert held(written) == meant


def test_keep_and_triggers_ask_the_ledger_as_holds_do() -> None:
    program = compiled(text_of("promote p { to one  when tier is three }", keep="keep while days in tier > 5"))
    assert program.mobility is not None
    assert program.mobility.triggers[0].when.test == x.OneOf(HELD, ("three",))
    keep = program.ladders[0].tiers[0].keep
    assert keep is not None
    assert keep.text == "days in tier > 5"
    assert x.inputs_of(keep.test) == (DAYS,)


def test_other_ladders_are_asked_as_of_this_run_and_are_placed_before() -> None:
    program, mobility = moving("hold h when book is near and tier is one and n > 5 and f")
    assert mobility.holds[0].when.test == x.AllOf(
        (
            x.InTier(1, ("near",)),
            x.Defined("tier is one", Kind.FLAG),
            x.Defined("n > 5", Kind.FLAG),
            x.Input("f", Kind.FLAG),
        )
    )
    hidden = definition(program, "tier is one")
    assert isinstance(hidden, n.Derive)
    assert hidden.hidden
    assert hidden.value == x.OneOf(HELD, ("one",))
    assert program.placing_order == (1, 0)


def test_a_first_ladder_with_a_name_is_asked_by_it_too() -> None:
    text = text_of("hold h when main is one").replace("tiers by fit", "tiers main by fit")
    mobility = compiled(text).mobility
    assert mobility is not None
    assert mobility.holds[0].when.test == x.OneOf(HELD, ("one",))


def test_the_past_of_a_score_is_a_definition_behind_the_score() -> None:
    program, mobility = moving(
        "hold a when fit < 40 for 30 days\n hold b when (fit < 40) for 30 days and place > 5 for 1 quarter"
    )
    below = n.Enduring(
        "fit < 40 for 30 days",
        "fit",
        x.Compare("<", x.Attribute("fit", Kind.NUMBER), x.Constant(40 * SCALE, Kind.WHOLE)),
        Duration(30, "day"),
        "fit < 40 for 30 days",
    )
    assert [each for each in program.definitions if isinstance(each, n.Enduring)] == [below]
    assert [type(each) for each in program.relative] == [n.Percentile, n.Score, n.Enduring]
    names = [each.name for each in program.definitions]
    assert names.index("fit") < names.index("fit < 40 for 30 days")
    assert mobility.holds[0].when.test == x.Defined("fit < 40 for 30 days", Kind.FLAG)
    assert mobility.holds[1].when.test == x.AllOf(
        (x.Defined("fit < 40 for 30 days", Kind.FLAG), x.Defined("place > 5 for 1 quarter", Kind.FLAG))
    )


def test_a_time_over_a_score_and_a_signal_is_said_of_each() -> None:
    program, mobility = moving("hold a when (fit < 40 and heat > 5) for 2 weeks")
    assert [fact.name for fact in program.facts] == ["heat > 5 for 2 weeks"]
    assert mobility.holds[0].when.test == x.AllOf(
        (x.Defined("fit < 40 for 2 weeks", Kind.FLAG), x.Defined("heat > 5 for 2 weeks", Kind.FLAG))
    )


def test_what_was_observed_of_a_score_may_be_any_number() -> None:
    program, _ = moving("hold a when fit < 40 for 30 days")
    reaches = reaches_of(program)
    assert reaches.of(x.Defined("fit", Kind.NUMBER)).bounds.high == 100 * SCALE
    past = reaches.inside("fit").of(x.Attribute("fit", Kind.NUMBER))
    assert past.missing
    assert past.bounds.high > 10**6 * SCALE


def test_a_program_without_moves_reads_nothing_of_the_past() -> None:
    program = compiled(text_of())
    assert program.mobility is None
    assert not any(isinstance(each, n.Enduring) for each in (*program.definitions, *program.relative))


@pytest.mark.parametrize(
    ("lines", "sources", "to", "steps"),
    [
        ("promote t { from three, two  to one  when f }", ("two", "three"), "one", None),
        ("promote t { to one  when f }", ("two", "three"), "one", None),
        ("promote t { to two  when f }", ("three",), "two", None),
        ("promote t { up 1  when f }", ("two", "three"), None, 1),
        ("demote t { to three  when f }", ("one", "two"), "three", None),
        ("demote t { down 2  when f }", ("one", "two"), None, 2),
        ("demote t { from one  down 1  when f }", ("one",), None, 1),
    ],
)
def test_a_trigger_knows_where_it_moves_from(
    lines: str, sources: tuple[str, ...], to: str | None, steps: int | None
) -> None:
    _, mobility = moving(lines)
    (trigger,) = mobility.triggers
    assert (trigger.sources, trigger.to, trigger.steps) == (sources, to, steps)
    assert (trigger.owner, trigger.approver, trigger.cooldown) == (None, None, None)


def test_everything_a_block_can_say() -> None:
    program = load(str(GOOD)).program
    assert program is not None
    mobility = program.mobility
    assert mobility is not None
    assert [trigger.name for trigger in mobility.triggers] == ["funded", "surge", "two", "quiet", "weak"]
    funded = mobility.triggers[0]
    assert (funded.direction, funded.label, funded.was) == ("promote", "Fresh funding", ("money",))
    assert funded.owner is not None
    assert funded.approver is not None
    assert (funded.owner.name, funded.approver.name, funded.cooldown) == ("sam", "dana", Duration(90, "day"))
    assert [(hold.name, hold.label, hold.both_ways) for hold in mobility.holds] == [
        ("new_owner", "Grace", False),
        ("fresh", None, True),
    ]
    assert mobility.freezes == (
        n.Freeze(dt.date(2026, 12, 15), dt.date(2027, 1, 2), "Year end"),
        n.Freeze(dt.date(2026, 11, 27), dt.date(2026, 11, 27)),
    )
    assert mobility.breaker == n.Breaker(1_000, 3_000)
    assert mobility.cooldown == Duration(60, "day")
    assert mobility.retired == (n.Retired("gold", "two"), n.Retired("silver", None))
    assert mobility.merges == (n.Merge("a-1", "a-3"), n.Merge("a-2", "a-3"), n.Merge("b-1", "b-2"))
    assert program.ladders[0].was == ("ladder",)
    assert [tier.was for tier in program.ladders[0].tiers] == [("top_tier", "key_tier"), (), ()]
    assert program.scores[0].was == ("importance",)


def test_a_breaker_without_a_share_of_reviews_has_one_share() -> None:
    _, mobility = moving("breaker 12.5%")
    assert mobility.breaker == n.Breaker(1_250, 1_250)


def test_what_a_test_gives_of_the_past() -> None:
    program = load(str(GOOD)).program
    assert program is not None
    funded, review, quiet = program.tests
    (account,) = funded.accounts
    assert account.holding == n.GivenHolding("two", dt.date(2026, 10, 1), dt.date(2026, 11, 1))
    assert account.scores == (
        n.GivenScore("priority", dt.date(2026, 10, 1), 62 * SCALE),
        n.GivenScore("priority", dt.date(2026, 11, 1), None),
    )
    assert funded.expects[0] == n.ExpectMove("account", "one", trigger="funded")
    assert (funded.review, review.review, funded.has_past) == (False, True, True)
    assert [each.holding and each.holding.tier for each in review.accounts] == [None, "one", None]
    assert review.accounts[0].holding == n.GivenHolding(None, dt.date(2026, 10, 1))
    assert review.expects[:2] == (n.ExpectMove("a", "two"), n.ExpectMove("b", "three"))
    assert quiet.expects == (n.ExpectMove("account", negated=True),)
    out = 'test "t" { as of 2026-01-01 given { full = 1 w = 1 tier two since 2025-12-01 } expect move out }'
    assert compiled(text_of() + out).tests[0].expects == (n.ExpectMove("account", out=True),)


def test_who_reads_what_a_block_names() -> None:
    program = compiled(
        text_of(
            "hold h when n > 5\n promote p { from two  to one  when f and fit > 5 for 3 days  owner dana  approve by dana }\n retired gold to three"
        )
        + 'test "t" { as of 2026-01-01 given { full = 1 w = 1 tier two since 2025-12-01 score fit 2025-12-01 = 5 } expect no move }\n'
        + 'test "u" { as of 2026-01-01 given { full = 1 w = 1 tier two since 2025-12-01 } expect move p to one }'
    )
    read = {(name.sort, name.name): (len(name.uses), len(name.tested)) for name in program.names}
    assert read[("trigger", "p")] == (0, 1)
    assert read[("hold", "h")] == (0, 0)
    assert read[("owner", "dana")] == (8, 0)
    assert (read[("tier", "one")], read[("tier", "two")], read[("tier", "three")]) == ((1, 1), (1, 2), (1, 0))
    assert (read[("field", "n")][0], read[("field", "f")][0]) == (2, 1)
    assert read[("score", "fit")] == (3, 1)


def test_triggers_and_holds_have_names_of_their_own() -> None:
    _, mobility = moving("hold f when f\n promote f { to one  when f }\n demote fit { to three  when f }")
    assert [hold.name for hold in mobility.holds] == ["f"]
    assert [trigger.name for trigger in mobility.triggers] == ["f", "fit"]
    assert codes(text_of("hold a when f\n hold a when f")) == ["doubled-name"]


@pytest.mark.parametrize("change", ["left out", "doubled", "first half"])
def test_a_damaged_block_is_complained_about_and_nothing_breaks(change: str) -> None:
    lines = GOOD.read_text(encoding="utf-8").splitlines()
    for at, line in enumerate(lines):
        instead = {"left out": [], "doubled": [line, line], "first half": [line[: len(line) // 2]]}[change]
        text = "\n".join([*lines[:at], *instead, *lines[at + 1 :]])
        found = compile_sources(Source(str(GOOD), text))
        assert (found.program is None) == any(each.is_error for each in found.diagnostics), line


def test_nothing_is_complained_of_twice_where_a_trigger_cannot_be_read() -> None:
    found = loaded(text_of("promote p { to one  when n >  owner dana }\n demote d { wen f  to three }")).diagnostics
    assert [each.code for each in found if each.code in ("no-when", "no-target", "unknown-name")] == []
    assert found
