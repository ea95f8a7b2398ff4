"""Plain questions about small rulesets, as somebody would ask them."""

from __future__ import annotations

import datetime as dt

from tests.lint.frame import completed
from tierlang.analysis.answers import Impossible, Open, Possible
from tierlang.analysis.claims import both, no_tier, satisfies, takes
from tierlang.analysis.model import Model
from tierlang.analysis.writing import as_test
from tierlang.pipeline import compile_sources
from tierlang.program.expressions import Compare, Constant, Defined
from tierlang.program.nodes import Program
from tierlang.program.numbers import SCALE
from tierlang.program.values import Kind
from tierlang.source import Source

AS_OF = dt.date(2026, 11, 22)

TIERS = """
tiers by s {
  match first
  rest untiered
  tier one { range 80..  when employees >= 500 }
  tier two { range 50.. }
  tier three { range 60..  when customer }
}
"""
SCORE = """
score s {
  range 0..100
  points by employees { 1_000.. -> 40  100..<1_000 -> 30  ..<100 -> 10  missing -> 0 }
  points 30 when industry in ["Banking", "Insurance"]
  points 20 per demo_request within 90 days up to 30
}
"""


def program_of(text: str) -> Program:
    """A fragment, made a ruleset and compiled."""
    loaded = compile_sources(Source("example.tier", completed(text)))
    assert loaded.program is not None, loaded.diagnostics
    return loaded.program


def test_a_tier_behind_one_that_takes_all_of_its_accounts_is_empty() -> None:
    program = program_of(SCORE + TIERS)
    model, ladder = Model(program, AS_OF), program.ladders[0]
    assert isinstance(model.possible(takes(ladder, 0)), Possible)
    assert isinstance(model.possible(takes(ladder, 2)), Impossible)
    assert isinstance(model.possible(satisfies(ladder, ladder.tiers[2])), Possible)
    assert isinstance(model.possible(no_tier(ladder)), Possible)


def test_what_a_score_really_reaches_is_found_with_accounts_at_both_ends() -> None:
    program = program_of(SCORE.replace("up to 30", "up to 15") + TIERS)
    extent = Model(program, AS_OF).extent(Defined("s", Kind.NUMBER))
    assert (extent.low, extent.high, extent.exact) == (0, 85 * SCALE, True)
    assert extent.high_witness is not None
    assert extent.high_witness.account.values["employees"] == 1_000 * SCALE


def test_a_sum_that_no_lines_make_is_impossible() -> None:
    program = program_of(SCORE + TIERS)
    score = Defined("s", Kind.NUMBER)
    model = Model(program, AS_OF)
    between = both(
        Compare(">", score, Constant(90 * SCALE, Kind.NUMBER)), Compare("<", score, Constant(100 * SCALE, Kind.NUMBER))
    )
    assert isinstance(model.possible(between), Impossible)


def test_windows_of_one_event_hang_together() -> None:
    program = program_of(
        "account {\n  derive fresh = any meeting within 30 days\n  derive seen = any meeting within 90 days\n}\n"
        + SCORE
        + TIERS
    )
    model = Model(program, AS_OF)
    fresh, seen = Defined("fresh", Kind.FLAG), Defined("seen", Kind.FLAG)
    unseen = Compare("=", seen, Constant(False, Kind.FLAG))
    assert isinstance(model.possible(both(fresh, unseen)), Impossible)
    earlier = model.possible(both(seen, Compare("=", fresh, Constant(False, Kind.FLAG))))
    assert isinstance(earlier, Possible)
    (meeting,) = earlier.witness.account.events["meeting"]
    assert dt.timedelta(30) < AS_OF - meeting.at <= dt.timedelta(90)


def test_a_witness_is_small_and_written_as_a_test() -> None:
    program = program_of(SCORE + TIERS)
    answer = Model(program, AS_OF).possible(takes(program.ladders[0], 1))
    assert isinstance(answer, Possible)
    block = as_test(program, answer.witness, "second best", ["tier two"])
    assert block.startswith('test "second best" {\n  as of 2026-11-22\n  given {')
    assert "customer" not in block, "a default is not written"
    again = compile_sources(Source("example.tier", completed(SCORE + TIERS) + "\n" + block))
    assert again.program is not None, again.diagnostics
    assert again.program.tests[0].accounts[0].key == "account"


def test_the_order_of_questions_does_not_matter() -> None:
    program = program_of(SCORE + TIERS)
    claims = [takes(program.ladders[0], at) for at in range(3)]
    there, back = Model(program, AS_OF), Model(program, AS_OF)
    forwards = [there.possible(claim) for claim in claims]
    backwards = [back.possible(claim) for claim in reversed(claims)]
    assert forwards == backwards[::-1]
    assert not any(isinstance(answer, Open) for answer in forwards)


def test_an_account_without_observations_cannot_be_at_fault_for_one() -> None:
    """Every observation of this signal is out of bounds, so only accounts that have none are placed; the generated case 's0' once had none at all."""
    asks = "(intent >= 80 or (if intent >= 80 then huge else huge) * huge > 0) for 30 days"
    program = program_of(f"let huge = 9_999_999_999_999\nsignal intent number\nexclude hot when {asks}\n{SCORE}{TIERS}")
    assert isinstance(
        Model(program, AS_OF).possible(satisfies(program.ladders[0], program.ladders[0].tiers[0])), Possible
    )


def test_the_first_day_there_is_has_no_yesterday() -> None:
    program = program_of(f"signal intent number in 0..100\nexclude hot when intent > 50 for 3 weeks\n{SCORE}{TIERS}")
    model = Model(program, dt.date.min)
    assert not isinstance(model.possible(satisfies(program.ladders[0], program.ladders[0].tiers[0])), Impossible)
