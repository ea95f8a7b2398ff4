"""Ladders as meant: lines, tops, capacities, and whether intervals alone keep the tiers apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.compiler.rulesets import OWNERS, codes, compiled, ruleset
from tierlang.pipeline import load
from tierlang.program.expressions import (
    AllOf,
    AnyOf,
    AtLeast,
    Constant,
    Defined,
    Expression,
    Input,
    InTier,
    IsMissing,
    Not,
    parts_of,
    reads_tiers,
)
from tierlang.program.nodes import Bound, Capacity, Condition, Line, Mark, Play, Shift, Top
from tierlang.program.values import Kind

FULL = Input("full", Kind.NUMBER)


def tiers(*lines: str, start: str = "") -> str:
    """A ladder by `full` with one tier for each text of lines."""
    inside = "\n".join(f"tier t{at} {{ {line}  {OWNERS} }}" for at, line in enumerate(lines))
    return f"tiers by full {{ {start}\n{inside}\n}}"


def test_lines_are_shown_as_written_with_constants_as_numbers() -> None:
    program = compiled(
        ruleset(more="let high = 80", tiers=tiers("range over high", "range 60..high", "range 1_0..<60", "range ..<10"))
    )
    assert [tier.line for tier in program.ladders[0].tiers] == [
        Line(800_000, None, True, False, "over 80"),
        Line(600_000, 800_000, False, False, "60..80"),
        Line(100_000, 600_000, False, True, "1_0..<60"),
        Line(None, 100_000, False, True, "..<10"),
    ]


def test_tops_count_or_share() -> None:
    program = compiled(ruleset(more="let best = 5%", tiers=tiers("top best", "top 25 by w per t", "otherwise")))
    assert [tier.top for tier in program.ladders[0].tiers] == [
        Top(500, None, FULL, None, "5%"),
        Top(None, 25, Input("w", Kind.WHOLE), Input("t", Kind.TEXT), "25 by w per t"),
        None,
    ]


def test_capacities_stand_per_first_and_count_whole_seats() -> None:
    lines = "range 80.. capacity 10..seats overflow down capacity 2 per t overflow to t1"
    program = compiled(ruleset(more="let seats = 5 * 5", tiers=tiers(lines, "otherwise")))
    assert program.ladders[0].tiers[0].capacities == (
        Capacity(2, None, Input("t", Kind.TEXT), "to", "t1", "2 per t"),
        Capacity(25, 10, None, "down", None, "25"),
    )


@pytest.mark.parametrize(
    ("lines", "separate"),
    [
        (("range 80..", "range 60..<80"), True),
        (("range 80.. when f", "range 60..<80"), True),
        (("range 80.. when f", "range 60.. when not f"), False),
        (("range 80..", "when f"), False),
        (("range 80..", "otherwise"), True),
    ],
)
def test_intervals_decide_whether_a_run_must_look_for_conflicts(lines: tuple[str, ...], separate: bool) -> None:
    rest = "" if "otherwise" in lines else "rest untiered"
    ladder = compiled(ruleset(tiers=tiers(*lines, start=f"match unique {rest}"))).ladders[0]
    assert (ladder.unique, ladder.separate) == (True, separate)


FLAG, W = Input("f", Kind.FLAG), Input("w", Kind.WHOLE)
HIDDEN = Defined("n > 3", Kind.FLAG)

VIEWS = f"""
tiers by full {{
  tier one {{ range 80..  {OWNERS} }}  tier two {{ range 60..<80  {OWNERS} }}  tier three {{ otherwise  {OWNERS} }}
  LINES
}}
tiers coverage "Coverage" by w {{ tier named {{ range 10.. GATE }}  rest untiered }}
"""


def several(*lines: str, gate: str = "", more: str = "") -> str:
    """A ladder of three tiers with more lines, and a view with a gate."""
    text = VIEWS.replace("LINES", "\n  ".join(lines)).replace("GATE", f"when {gate}" if gate else "")
    return ruleset(more=more, tiers=text)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("tier is one", InTier(0, ("one",))),
        ("tier is not one", Not(InTier(0, ("one",)))),
        ("tier is two or one or two", InTier(0, ("two", "one"))),
        ("coverage is named", InTier(1, ("named",))),
        ("tier is one or two or f", AnyOf((InTier(0, ("one", "two")), FLAG))),
        (
            "f or tier is one or two or coverage is named",
            AnyOf((FLAG, InTier(0, ("one", "two")), InTier(1, ("named",)))),
        ),
        ("(tier is one or two) or three", InTier(0, ("one", "two", "three"))),
        ("not (tier is one or two) and f", AllOf((Not(InTier(0, ("one", "two"))), FLAG))),
        ("tier is one and n > 3", AllOf((InTier(0, ("one",)), HIDDEN))),
        ("tier is one and not f", AllOf((InTier(0, ("one",)), Defined("not f", Kind.FLAG)))),
        ("tier is one and yes", AllOf((InTier(0, ("one",)), Constant(True, Kind.FLAG)))),
        (
            "at least 2 of [tier is one, n > 3, f]",
            AtLeast(2, (InTier(0, ("one",)), HIDDEN, FLAG)),
        ),
        ("(tier is one and n > 3) is missing", IsMissing(AllOf((InTier(0, ("one",)), HIDDEN)))),
    ],
)
def test_questions_for_tiers_read_flags_by_name(written: str, meant: Expression) -> None:
    program = compiled(several(more=f"let yes = true\nmark m when {written}"))
    assert program.marks == (Mark("m", Condition(meant, written)),)


def test_the_parts_without_tiers_are_hidden_definitions_where_they_can_be_computed() -> None:
    program = compiled(
        several(more="mark m when tier is one and n > 3 and percentile of n > 50  mark same when tier is two and n > 3")
    )
    assert [(each.name, each.text) for each in program.definitions] == [("n > 3", "n > 3")]  # type: ignore[union-attr]
    assert [each.name for each in program.relative] == ["percentile of n", "percentile of n > 50"]


def parts(expression: Expression) -> list[Expression]:
    return [expression, *(inner for part in parts_of(expression) for inner in parts(part))]


def test_conditions_with_tiers_are_made_of_names() -> None:
    program = load(str(Path(__file__).parent / "cases" / "good_ladders.tier")).program
    assert program is not None
    gates = [tier.gate for ladder in program.ladders for tier in ladder.tiers]
    shifts = [shift.when for ladder in program.ladders for shift in ladder.shifts]
    bounds = [bound.when for ladder in program.ladders for bound in (*ladder.floors, *ladder.caps)]
    plays = [play.when for ladder in program.ladders for tier in ladder.tiers for play in tier.plays]
    tests = [when.test for when in (*gates, *shifts, *bounds, *plays, *(mark.when for mark in program.marks)) if when]
    asking = [test for test in tests if reads_tiers(test)]
    assert len(asking) > 10
    allowed = (AllOf, AnyOf, AtLeast, Constant, Defined, Input, InTier, IsMissing, Not)
    assert [part for test in asking for part in parts(test) if not isinstance(part, allowed)] == []
    known = {definition.name for definition in (*program.definitions, *program.relative)}
    assert [
        each for test in asking for each in parts(test) if isinstance(each, Defined) and each.name not in known
    ] == []
    assert sorted(program.placing_order) == [0, 1, 2]


def test_figures_of_events_are_read_by_name() -> None:
    more = "event demo  signal heat number  mark m when tier is one and (any demo ever or no demo within 30 days) and heat > 3"
    program = compiled(several(more=more))
    fact = program.facts[0].name
    assert reads_tiers(program.marks[0].when.test)
    assert {part.name for part in parts(program.marks[0].when.test) if isinstance(part, Defined)} == {
        "any demo ever or no demo within 30 days",
        "heat > 3",
    }
    assert fact in {part.name for part in parts(program.definitions[0].value) if isinstance(part, Defined)}  # type: ignore[union-attr]


def test_a_condition_without_tiers_stays_whole() -> None:
    program = compiled(several("raise 1 when f and n > 3"))
    assert isinstance(program.ladders[0].shifts[0].when.test, AllOf)
    assert program.definitions == ()


def test_ladders_stand_as_written_and_are_placed_after_those_they_ask() -> None:
    program = compiled(several("floor at two when coverage is named or tier is three"))
    assert [ladder.name for ladder in program.ladders] == [None, "coverage"]
    assert program.placing_order == (1, 0)
    assert [ladder.name for ladder in program.in_placing_order] == ["coverage", None]
    assert compiled(several(gate="tier is one")).placing_order == (0, 1)


@pytest.mark.parametrize(
    ("lines", "gate", "found"),
    [
        ("raise 1 when coverage is named", "tier is one", ["cycle"]),
        ("cap at two when coverage is named", "tier is one", ["cycle"]),
        ("raise 1 when tier is two", "", []),
        ("", "coverage is named", ["cycle"]),
        ("", "tier is one", []),
    ],
)
def test_ladders_may_not_wait_for_each_other(lines: str, gate: str, found: list[str]) -> None:
    assert codes(several(lines, gate=gate)) == found


def test_plays_and_marks_ask_for_every_ladder_without_a_circle() -> None:
    text = several(gate="tier is one", more="mark m when coverage is named").replace(
        "range 80..", 'range 80.. play sales "Call" { when tier is one and coverage is named }'
    )
    assert compiled(text).ladders[0].tiers[0].plays == (
        Play(
            "sales",
            "Call",
            when=Condition(AllOf((InTier(0, ("one",)), InTier(1, ("named",)))), "tier is one and coverage is named"),
        ),
    )


def test_adjustments_by_their_sort_and_as_written() -> None:
    ladder = compiled(
        several(
            'lower by_one "Quiet" when f',
            "cap at two when n > 3",
            "raise 2 when f",
            'floor at two "Past" when f',
            more="let by_one = 1",
        )
    ).ladders[0]
    f = Condition(FLAG, "f")
    assert ladder.shifts == (Shift(-1, f, "Quiet"), Shift(2, f, "f"))
    assert ladder.floors == (Bound("floor", "two", f, "Past"),)
    assert [(cap.tier, cap.shown) for cap in ladder.caps] == [("two", "n > 3")]


def test_capacities_stand_in_one_order_and_sums_keep_their_fractions() -> None:
    ladder = compiled(
        several(
            "capacity least..10.5 of full overflow out",
            "capacity 5 overflow out",
            "capacity 1k of w per t overflow out",
            "capacity 2 per t overflow out",
            more="let least = 2.5",
        )
    ).ladders[0]
    t = Input("t", Kind.TEXT)
    assert ladder.capacities == (
        Capacity(2, None, t, "out", None, "2 per t"),
        Capacity(10_000_000, None, t, "out", None, "1k of w per t", W),
        Capacity(5, None, None, "out", None, "5"),
        Capacity(105_000, 25_000, None, "out", None, "10.5 of full", FULL),
    )


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ("floor at two when f", []),
        ("floor at three when f", ["useless-bound"]),
        ("floor at three when f  capacity 5 overflow out", []),
        ("cap at three when f", []),
        ("cap at one when f", ["useless-bound"]),
    ],
)
def test_bounds_that_can_do_nothing_are_refused(lines: str, found: list[str]) -> None:
    assert codes(several(lines)) == found


def test_a_floor_at_the_worst_tier_lifts_those_without_a_tier() -> None:
    start = f"tiers by full {{ tier one {{ range 80..  {OWNERS} }}"
    assert codes(ruleset(tiers=f"{start} rest untiered  floor at one when f }}")) == []
    gated = f"{start} tier two {{ when f {OWNERS} }} tier three {{ otherwise {OWNERS} }} floor at three when f }}"
    assert codes(ruleset(tiers=gated)) == ["useless-bound"]


def test_views_round_their_scores_for_people_and_need_no_owners() -> None:
    text = ruleset(
        more="score a { value full }  score b { value full }  score c { value full }",
        tiers=f"tiers by a {{ tier x {{ otherwise {OWNERS} }} }}  tiers view by b {{ tier x {{ otherwise }} }}",
    )
    assert [score.digits for score in compiled(text).scores] == [2, 2, 4]


def test_pins_place_on_the_first_ladder() -> None:
    assert codes(several(more='pin "a" to named')) == ["other-ladder"]
    assert [pin.tier for pin in compiled(several(more='pin "a" to two')).pins] == ["two"]


@pytest.mark.parametrize("line", ["80..", "60..<80", "..60", "over 80", "over 60..80", "over 60..<80"])
def test_a_line_is_told_as_it_was_written(line: str) -> None:
    rest = f"tier rest {{ otherwise  {OWNERS} }}"
    program = compiled(ruleset(tiers=f"tiers by full {{ tier a {{ range {line}  {OWNERS} }} {rest} }}"))
    told = program.ladders[0].tiers[0].line
    assert told is not None
    assert told.text == line
