"""What the solver proves and finds: the language's own arithmetic at its edges, texts, missing parts, events, and what it owns up to not knowing."""

from __future__ import annotations

import datetime as dt

import pytest

from tierlang.analysis.answers import Answer, Impossible, Open, Possible
from tierlang.analysis.solver import Solver
from tierlang.engines.interpreter.facts import Account
from tierlang.pipeline import compile_sources
from tierlang.program.nodes import Program
from tierlang.source import Source

TODAY = dt.date(2026, 11, 1)

FRAME = """
ruleset example {{ reviewed 2026-10-01 }}
account {{
  key id text
  {fields}
}}
{others}
mark claim when {claim}
owner dana "Dana"
tiers {{
  tier one {{
    otherwise
    owner marketing dana
    owner sales dana
  }}
}}
"""


def program_of(claim: str, fields: str, others: str = "") -> Program:
    loaded = compile_sources(
        Source("example.tier", FRAME.format(claim=claim, fields=fields.replace(" field ", "\n  field "), others=others))
    )
    assert loaded.program is not None, [(each.message, each.span.text) for each in loaded.diagnostics]
    return loaded.program


def asked(claim: str, fields: str, others: str = "") -> Answer:
    program = program_of(claim, fields, others)
    return Solver(program, TODAY).possible(program.marks[0].when.test)


def account(answer: Answer) -> Account:
    assert isinstance(answer, Possible), answer
    return answer.witness.account


IMPOSSIBLE = [
    # numbers
    ("a > 5 and a < 5.0001", "field a number", ""),
    ("a > 5 and a < 6", "field a whole", ""),
    ("round(a, 2) > 5 and round(a, 2) < 5.01", "field a number", ""),
    ("round(a, 2) = 0.5 and a < 0.495", "field a number", ""),
    ("a < b and b < c and c < a", "field a number field b number field c number", ""),
    ("a + b > 10 and a < 5 and b <= 5", "field a number field b number", ""),
    ("a * 0.5 >= 3 and a < 5.9999", "field a number", ""),
    ("a / b >= 0.5 and a <= 0.4 * b and b > 10", "field a number in 0.. field b number in 0..", ""),
    ("a / b > 2 and b = 0", "field a number field b number", ""),
    ("abs(a) < 0", "field a number", ""),
    ("min(a, b) > a", "field a number field b number", ""),
    ("max(a, 3) < 3", "field a number", ""),
    ("clamp(a, 0, 10) > 10", "field a number", ""),
    # missing parts
    ("a > 5 and b is missing and a + b > 0", "field a number field b number", ""),
    ("not (a > 5) and a is missing", "field a number", ""),
    ("a is missing", "field a number default 3", ""),
    ("first of [a, 7] is missing", "field a number", ""),
    # texts and tags
    ('t = "Acme" and t = "Beta"', "field t text", ""),
    ('t contains "Bank of" and not (t contains "Bank")', "field t text", ""),
    ('t starts with "TEST " and not (t contains "EST")', "field t text", ""),
    ('t starts with "A" and t starts with "B"', "field t text", ""),
    ('t = "Acme Bank" and not (t ends with "Bank")', "field t text", ""),
    ('t = u and t = "x" and u != "x"', "field t text field u text", ""),
    ('tags contains "a" and not (tags contains "a")', "field tags tags", ""),
    # dates
    ("d within 30 days and days since d > 31", "field d date", ""),
    ("d < e and days since d < days since e", "field d date field e date", ""),
    # events
    ("any v within 30 days and no v within 90 days", "", "event v"),
    ("count of v within 30 days > count of v within 90 days", "", "event v"),
    ("days since v > 30 and any v within 30 days", "", "event v"),
    ("any v where (amount >= 10) within 30 days and no v within 30 days", "", "event v { field amount money in 0.. }"),
    ("sum of v.amount within 30 days < 0", "", "event v { field amount money in 0.. }"),
    ("distinct v.who within 30 days > count of v within 30 days", "", "event v { field who text required }"),
    # signals
    ("s >= 80 for 3 weeks and s < 80", "", "signal s number in 0..100"),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "fields", "others"), IMPOSSIBLE, ids=lambda each: each[:50])
def test_it_is_proved_that_there_is_no_such_account(claim: str, fields: str, others: str) -> None:
    assert asked(claim, fields, others) == Impossible()


POSSIBLE = [
    ("a > 5 and a < 5.0002", "field a number", ""),
    ("round(a, 2) = 0.5 and a < 0.4951", "field a number", ""),
    ("a * 0.5 > a * 0.4999 and a < 0.01", "field a number", ""),
    ("a * b = 6 and a > 1 and b > 1", "field a whole in 0..100 field b whole in 0..100", ""),
    ("a / b >= 0.5 and b > 10 and a < 8", "field a whole in 0.. field b whole in 0..", ""),
    ('t contains "Bank" and not (t starts with "Bank") and t != "West Bank"', "field t text", ""),
    ('t starts with "TEST " and t ends with "Inc"', "field t text", ""),
    ('t is not missing and t != "a" and t != u', "field t text field u text", ""),
    ('tags contains "a" and not (tags contains "b")', "field tags tags", ""),
    ("days since d = 31", "field d date", ""),
    ("count of v within 30 days = 2 and count of v within 90 days = 5", "", "event v"),
    ("no v within 30 days and any v within 90 days", "", "event v"),
    ("days since v = 45", "", "event v"),
    ("sum of v.amount within 30 days = 1234.5", "", "event v { field amount money in 0.. }"),
    ("distinct v.who within 30 days >= 4", "", "event v { field who text }"),
    ("latest v.stage ever = \"won\" and any v where (stage = \"lost\") within 1 year", "", "event v { field stage text }"),
    ("s >= 80 for 3 weeks", "", "signal s number in 0..100 lasts 7 days"),
    ("s >= 80 and not (s >= 80 for 3 weeks)", "", "signal s number in 0..100"),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "fields", "others"), POSSIBLE, ids=lambda each: each[:50])
def test_an_example_is_found(claim: str, fields: str, others: str) -> None:
    assert isinstance(asked(claim, fields, others), Possible)


SCORE = "score s {{ range 0..100  weigh 50% a  weigh 30% b  weigh 20% c  missing {missing}{round} }}"
PARTS = "field a number in 0..100 field b number in 0..100 field c number in 0..100"


def test_a_share_divides_by_what_is_there() -> None:
    share = SCORE.format(missing="share down to 50%", round="  round to 0")
    assert account(asked("s = 100 and a = 100 and b is missing", PARTS, share)).values["b"] is None
    assert asked("s is not missing and a is missing and b is missing", PARTS, share) == Impossible()
    # 50 and 20 of 70 parts: 71.43 and 28.57.
    assert asked("s = 71 and a = 100 and c = 0 and b is missing", PARTS, share) != Impossible()
    assert asked("s = 72 and a = 100 and c = 0 and b is missing", PARTS, share) == Impossible()


def test_zero_and_unscored() -> None:
    zero, unscored = SCORE.format(missing="zero", round=""), SCORE.format(missing="unscored", round="")
    assert asked("s > 50 and b is missing and c is missing", PARTS, zero) == Impossible()
    assert isinstance(asked("s = 50 and b is missing and c is missing", PARTS, zero), Possible)
    assert asked("s > 0 and b is missing", PARTS, unscored) == Impossible()


def test_lines_that_apply_to_some() -> None:
    score = "score s { range 0..100  weigh 60% a  weigh 40% b when c > 5  weights scaled  missing zero }"
    assert asked("s < 60 and a = 100 and c <= 5", PARTS, score) == Impossible()
    assert isinstance(asked("s = 60 and a = 100 and c > 5", PARTS, score), Possible)


def test_a_rounding_is_half_away_from_zero() -> None:
    score = "score s { value a * 0.5 }"
    assert isinstance(asked("s = 0.0001 and a = 0.0001", "field a number", score), Possible)
    assert isinstance(asked("s = -0.0001 and a = -0.0001", "field a number", score), Possible)
    assert asked("s = 0 and a = 0.0001", "field a number", score) == Impossible()


def test_the_range_clamps_before_the_rounding() -> None:
    score = "score s { range 0..10  points 8 when a > 1  points 8 when b > 1  points -20 when c > 1 }"
    assert asked("s > 8 and s < 10", PARTS, score) == Impossible()
    assert isinstance(asked("s = 0 and c > 1 and a > 1 and b > 1", PARTS, score), Possible)


def test_bands_and_the_best_of_some() -> None:
    score = """score s {
      points by a { 50.. -> 10  20..<50 -> 5  otherwise -> 0  missing -> 2 }
      best of { points 7 when b > 1  points 3 when c > 1 }
    }"""
    assert asked("s = 10 and a >= 50 and b is missing and c > 1", PARTS, score) == Impossible()
    assert isinstance(asked("s = 13 and a >= 50", PARTS, score), Possible)
    assert asked("s > 17", PARTS, score) == Impossible()
    assert account(asked("s = 2", PARTS, score)).values["a"] is None


def test_points_per_event_fade() -> None:
    score = "score s { points 20 per v within 1 year halving every 30 days up to 40 }"
    assert isinstance(asked("s = 10 and count of v within 1 year = 1", "", "event v\n" + score), Possible)
    assert not isinstance(asked("s > 20 and count of v within 1 year = 1", "", "event v\n" + score), Possible)
    assert asked("s > 40", "", "event v\n" + score) == Impossible()


def test_a_product_that_is_too_hard_is_said_to_be() -> None:
    answer = asked(
        "a * a * a + b * b * b = c * c * c and a > 3 and b > 3 and c > 3",
        "field a whole in 0..1000 field b whole in 0..1000 field c whole in 0..1000",
    )
    assert isinstance(answer, Open | Impossible)
    if isinstance(answer, Open):
        assert "product" in answer.why
        assert answer.span is not None
        assert answer.span.text.startswith(("a * a", "b * b", "c * c"))


def test_an_example_is_plain() -> None:
    found = account(
        asked('a > 71.2345 and b is missing and t != "x"', "field a number field b number field t text field u text")
    )
    assert found.values["a"] == 80 * 10_000
    assert found.values.get("u") is None


def test_the_same_question_has_the_same_answer_whatever_was_asked_before() -> None:
    program = program_of('a + b > 7 and not (t contains "x")', "field a number field b number field t text")
    fresh = Solver(program, TODAY).possible(program.marks[0].when.test)
    other = Solver(program, TODAY)
    other.extent(program_input(program, "a"))
    assert other.possible(program.marks[0].when.test) == fresh


def program_input(program: Program, name: str):  # type: ignore[no-untyped-def]
    from tierlang.program.expressions import Input

    return Input(name, next(field.kind for field in program.fields if field.name == name))


def test_the_extent_of_a_score() -> None:
    from tierlang.program.expressions import Defined
    from tierlang.program.values import Kind

    program = program_of(
        "s > 1",
        "field a number in 0..100 field b number in 0..100",
        "score s { range 0..100  points 40 when a > 5  points 45 when b > 5  points -10 when a <= 5 }",
    )
    extent = Solver(program, TODAY).extent(Defined("s", Kind.NUMBER))
    assert (extent.low, extent.high) == (0, 85 * 10_000)
    assert extent.exact
