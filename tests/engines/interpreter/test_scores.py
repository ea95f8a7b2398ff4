"""Scores against truths worked out by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from tests.engines.building import CUSTOMER, FIT, INDUSTRY, NEED, VALUE, WARMTH, at_least, const, facts, num, when
from tierlang.engines.interpreter.scores import BestLine, PointsLine, TableLine, WeighedLine, score_of
from tierlang.program import expressions as x
from tierlang.program import nodes as n
from tierlang.program.numbers import LIMIT
from tierlang.program.values import Kind, Value

PARTS = ((4_000, FIT), (3_000, VALUE), (1_000, WARMTH), (2_000, NEED))


def score(body: Any, low: int | None = 0, high: int | None = 100, digits: int = 2) -> n.Score:
    return n.Score("priority", body, None if low is None else num(low), None if high is None else num(high), digits)


def weighing(missing: Any, floor: int = 0) -> n.Score:
    return score(n.Weighing(tuple(n.WeighLine(weight, part, part.name) for weight, part in PARTS), missing, floor))


@pytest.mark.parametrize(
    ("missing", "floor", "known", "expected"),
    [
        ("share", 0, {"fit": 90, "value": 60, "warmth": 30, "need": 45}, "66"),
        ("share", 0, {"warmth": 100}, "100"),
        ("share", 6_000, {"warmth": 100}, None),
        ("share", 6_000, {"fit": 80, "need": 50}, "70"),
        ("share", 6_001, {"fit": 80, "need": 50}, None),
        # 0.4 * 10 + 0.3 * 11 = 7.3 over 0.7 is 10.428571…
        ("share", 0, {"fit": 10, "value": 11}, "10.43"),
        ("share", 0, {}, None),
        ("zero", 0, {"fit": 80, "need": 50}, "42"),
        ("zero", 0, {}, "0"),
        ("unscored", 0, {"fit": 80, "value": 10, "need": 50}, None),
        ("unscored", 0, {"fit": 80, "value": 10, "warmth": 0, "need": 50}, "45"),
    ],
)
def test_weights_40_30_10_20(missing: str, floor: int, known: dict[str, Value | float], expected: str | None) -> None:
    scored = score_of(weighing(missing, floor), facts(**known))
    assert scored.value == (None if expected is None else num(expected))


def test_a_weighing_keeps_what_each_part_gave() -> None:
    scored = score_of(weighing("share", 6_000), facts(fit=10, value=11))
    assert scored.lines == (
        WeighedLine("fit", 4_000, num(10), Fraction(num(4) * 10, 7), ()),
        WeighedLine("value", 3_000, num(11), Fraction(num(33), 7), ()),
        WeighedLine("warmth", 1_000, None, None, ("warmth",)),
        WeighedLine("need", 2_000, None, None, ("need",)),
    )
    assert scored.body == Fraction(num(73), 7)
    assert not scored.clamped


def test_a_score_is_clamped_before_it_is_rounded_and_rounded_once() -> None:
    # A first rounding to 4 digits would give 79.9950 and then 80.00; exactly it is 79.99495.
    halves = n.Weighing((n.WeighLine(5_000, FIT, "fit"), n.WeighLine(5_000, VALUE, "value")))
    assert score_of(score(halves), facts(fit=79.9949, value=79.995)).value == num("79.99")
    scored = score_of(score(n.Formula(FIT, "fit")), facts(fit=130))
    assert (scored.body, scored.clamped, scored.value) == (Fraction(num(130)), True, num(100))
    assert score_of(score(n.Formula(FIT, "fit")), facts(fit=79.995)).value == num(80)
    assert score_of(score(n.Formula(FIT, "fit"), None, None), facts(fit=-79.995)).value == num(-80)


def test_a_condition_earns_points_only_if_it_is_true() -> None:
    body = n.PointSum(
        (n.PointLine(num(40), at_least(FIT, 80)), n.PointLine(num(5), when(x.Not(CUSTOMER), "not customer")))
    )
    scored = score_of(score(body), facts(fit=80))
    assert scored.value == num(40)
    assert scored.lines == (
        PointsLine("at least 80", None, num(40), True, num(40), ()),
        PointsLine("not customer", None, num(5), None, 0, ("customer",)),
    )
    assert score_of(score(body), facts()).value == 0


def test_a_table_takes_the_first_row_that_is_true() -> None:
    rows = (
        n.TableRow(x.OneOf(INDUSTRY, ("Bank", "Health")), num(20), '"Bank", "Health"'),
        n.TableRow(x.OneOf(INDUSTRY, ("Bank",)), num(99), '"Bank"'),
    )
    table = n.PointTable(INDUSTRY, rows, num(3), num(-7), "industry")
    asked = score(n.PointSum((table,)), None, None)
    assert score_of(asked, facts(industry="Bank")).value == num(20)
    assert score_of(asked, facts(industry="bank")).value == num(3)
    assert score_of(asked, facts()).value == num(-7)
    bare = n.PointTable(INDUSTRY, rows, None, None, "industry")
    assert score_of(score(n.PointSum((bare,))), facts()).value == 0
    assert score_of(asked, facts()).lines == (TableLine("industry", None, None, "missing", num(-7)),)


def test_best_of_is_the_largest_that_holds_and_0_where_none_does() -> None:
    lines = (n.PointLine(num(-10), at_least(FIT, 50)), n.PointLine(num(-20), at_least(FIT, 20)))
    best = score(n.PointSum((n.BestOf(lines),)), None, None)
    assert score_of(best, facts(fit=60)).value == num(-10)
    assert score_of(best, facts(fit=30)).value == num(-20)
    assert score_of(best, facts(fit=10)).value == 0
    assert score_of(best, facts()).value == 0
    table = n.PointTable(FIT, (), num(-30), num(-40), "fit")
    with_table = score(n.PointSum((n.BestOf((*lines, table)),)), None, None)
    assert score_of(with_table, facts(fit=10)).value == num(-30)
    line = score_of(with_table, facts()).lines[0]
    assert isinstance(line, BestLine)
    assert line.gained == num(-40)


def test_a_formula_with_a_missing_part_leaves_the_account_unscored() -> None:
    formula = n.Formula(x.Arithmetic("+", FIT, x.Arithmetic("*", const(10), VALUE)), "fit + 10 * value")
    assert score_of(score(formula, digits=1), facts(fit=1, value=2.026)).value == num("21.3")
    scored = score_of(score(formula), facts(fit=1))
    assert scored.value is None
    assert scored.body is None


def test_only_the_result_of_a_score_can_be_out_of_bounds() -> None:
    huge = n.WeighLine(10_000, x.Constant(LIMIT - 1, Kind.NUMBER), "huge")
    twice = n.Weighing((huge, huge))
    known = facts()
    assert score_of(score(twice), known).value == num(100)
    assert known.faults == []
    assert score_of(score(twice, None, None), known).value is None
    assert known.faults == ["score priority"]


def test_a_formula_is_blamed_by_its_own_words() -> None:
    known = facts(fit=10**13)
    body = n.Formula(x.Arithmetic("*", FIT, FIT), "fit * fit")
    assert score_of(score(body), known).value is None
    assert known.faults == ["fit * fit"]
