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


def scaled(missing: str | None, floor: int = 0) -> n.Score:
    """40 % of fit, 20 % of value for customers, 40 % of warmth above a need of 5: not all of it applies to everybody."""
    lines = (
        n.WeighLine(4_000, FIT, "fit", at_least(NEED, 0)),
        n.WeighLine(2_000, VALUE, "value", when(CUSTOMER, "customer")),
        n.WeighLine(4_000, WARMTH, "warmth", at_least(NEED, 5)),
    )
    return score(n.Weighing(lines, missing, floor, scaled=True), None, None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("missing", "floor", "values", "expected"),
    [
        (None, 0, {"need": 9, "customer": True, "fit": 10, "value": 20, "warmth": 30}, "20"),
        (None, 0, {"need": 9, "customer": False, "fit": 10, "value": 20, "warmth": 30}, "20"),
        (None, 0, {"need": 1, "customer": True, "fit": 10, "value": 40, "warmth": 30}, "20"),
        (None, 0, {"need": 1, "customer": True, "fit": 10, "value": 20, "warmth": 30}, "13.33"),
        (None, 0, {"need": 1, "fit": 10, "value": 20, "warmth": 30}, "10"),
        (None, 0, {"need": -1, "customer": False, "fit": 10}, None),
        ("zero", 0, {"customer": False, "fit": 10}, None),
        ("zero", 0, {"need": 1, "customer": True, "value": 30}, "10"),
        ("unscored", 0, {"need": 1, "customer": True, "value": 30}, None),
        ("unscored", 0, {"need": 1, "customer": False, "fit": 7}, "7"),
        ("share", 0, {"need": 1, "customer": True, "value": 30}, "30"),
        ("share", 3_334, {"need": 1, "customer": True, "value": 30}, None),
        ("share", 3_333, {"need": 1, "customer": True, "value": 30}, "30"),
        ("share", 0, {"need": 1, "customer": False, "value": 30}, None),
    ],
)
def test_scaled_weights_divide_by_what_applies(
    missing: str | None, floor: int, values: dict[str, Value | float], expected: str | None
) -> None:
    assert score_of(scaled(missing, floor), facts(**values)).value == (None if expected is None else num(expected))


def test_a_line_that_does_not_apply_says_so() -> None:
    fit, value, warmth = score_of(scaled("zero"), facts(fit=10, need=1, warmth=3)).lines
    assert isinstance(fit, WeighedLine)
    assert isinstance(value, WeighedLine)
    assert isinstance(warmth, WeighedLine)
    assert (fit.applies, fit.contribution, fit.when) == (True, Fraction(num(10)), "at least 0")
    assert (value.applies, value.contribution, value.missing) == (None, None, ("customer",))
    assert (warmth.applies, warmth.contribution, warmth.missing) == (False, None, ())


def test_a_part_out_of_bounds_is_a_fault_also_where_its_line_does_not_apply() -> None:
    steep = x.Arithmetic("*", FIT, x.Constant(LIMIT - 1, Kind.NUMBER))
    lines = (n.WeighLine(5_000, VALUE, "value"), n.WeighLine(5_000, steep, "steep", when(CUSTOMER, "customer")))
    known = facts(fit=5, value=3, customer=False)
    assert score_of(score(n.Weighing(lines, "zero", scaled=True)), known).value == num(3)
    assert known.faults == ["score priority"]


def test_points_for_events_stand_beside_others_and_always_hold_in_a_best_of() -> None:
    earned = x.Defined("earned", Kind.NUMBER)
    known = facts(fit=60)
    known.defined["earned"] = num(-30)
    line = n.PointsPerEvent(earned, "-10 per visit")
    both = score(n.PointSum((line, n.PointLine(num(5), at_least(FIT, 50)))), None, None)
    assert score_of(both, known).value == num(-25)
    assert score_of(score(n.PointSum((n.BestOf((line,)),)), None, None), known).value == num(-30)
    best = n.BestOf((line, n.PointLine(num(5), at_least(FIT, 70))))
    assert score_of(score(n.PointSum((best,)), None, None), known).value == num(-30)
