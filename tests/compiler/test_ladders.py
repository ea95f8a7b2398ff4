"""Ladders as meant: lines, tops, capacities, and whether intervals alone keep the tiers apart."""

from __future__ import annotations

import pytest

from tests.compiler.rulesets import OWNERS, compiled, ruleset
from tierlang.program.expressions import Input
from tierlang.program.nodes import Capacity, Line, Top
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
