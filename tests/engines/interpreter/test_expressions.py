"""Single expressions against truths worked out by hand."""

from __future__ import annotations

import datetime as dt
from itertools import product

import pytest

from tests.engines.building import CUSTOMER, FIT, INDUSTRY, TECH, TOUCHED, VALUE, account, const, facts, ladder, program
from tierlang.engines.interpreter.expressions import value_of
from tierlang.engines.interpreter.facts import facts_of
from tierlang.program import expressions as x
from tierlang.program import nodes as n
from tierlang.program.calendar import Duration
from tierlang.program.numbers import LIMIT, SCALE
from tierlang.program.values import Kind, Value

TRUTHS = {True: const(True), False: const(False), None: const(None, Kind.FLAG)}


def value(expression: x.Expression, **values: Value | float) -> Value:
    known = facts(**values)
    result = value_of(expression, known, "here")
    assert known.faults == []
    return result


@pytest.mark.parametrize(("left", "right"), list(product(TRUTHS, repeat=2)))
def test_and_and_or_are_decided_by_what_is_known(left: bool | None, right: bool | None) -> None:
    both, either = x.AllOf((TRUTHS[left], TRUTHS[right])), x.AnyOf((TRUTHS[left], TRUTHS[right]))
    assert value(both) is (False if False in (left, right) else None if None in (left, right) else True)
    assert value(either) is (True if True in (left, right) else None if None in (left, right) else False)


def test_not_missing_is_missing() -> None:
    assert value(x.Not(TRUTHS[None])) is None
    assert value(x.Not(TRUTHS[True])) is False


@pytest.mark.parametrize(
    ("parts", "count", "expected"),
    [
        ((True, None, False), 1, True),
        ((True, None, False), 2, None),
        ((True, None, False), 3, False),
        ((None, None), 1, None),
        ((False, False), 1, False),
        ((True, True, None), 2, True),
    ],
)
def test_at_least_counts_what_could_still_be_true(
    parts: tuple[bool | None, ...], count: int, expected: bool | None
) -> None:
    assert value(x.AtLeast(count, tuple(TRUTHS[part] for part in parts))) is expected


@pytest.mark.parametrize(
    ("operator", "left", "right", "expected"),
    [
        ("+", 1, 2, 30_000),
        ("-", 1, 2, -10_000),
        ("*", 0.0001, 0.5, 1),
        ("*", -0.0001, 0.5, -1),
        ("*", 0.0001, 0.4999, 0),
        ("/", 1, 3, 3_333),
        ("/", 2, 3, 6_667),
        ("/", -1, 8, -1_250),
        ("/", 0.0001, -2, -1),
        ("/", 5, 0, None),
        ("/", None, 0, None),
        ("+", 1, None, None),
    ],
)
def test_arithmetic_rounds_half_away_once(
    operator: str, left: float | None, right: float | None, expected: int | None
) -> None:
    assert value(x.Arithmetic(operator, const(left), const(right))) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("number", "digits", "expected"),
    [
        (2.5, 0, 3),
        (-2.5, 0, -3),
        (2.4999, 0, 2),
        (0.0005, 3, 0.001),
        (-0.0005, 3, -0.001),
        (79.995, 2, 80),
        (1.2345, 4, 1.2345),
    ],
)
def test_round_is_half_away_from_zero(number: float, digits: int, expected: float) -> None:
    assert value(x.Rounded(const(number), digits)) == const(expected).value


def test_least_and_greatest_skip_missing_only_when_told() -> None:
    parts = (FIT, VALUE, const(7))
    assert value(x.Extreme("least", parts, skip_missing=False), fit=3) is None
    assert value(x.Extreme("least", parts, skip_missing=True), fit=3) == 3 * SCALE
    assert value(x.Extreme("greatest", parts, skip_missing=True), fit=3) == 7 * SCALE
    assert value(x.Extreme("greatest", (FIT, VALUE), skip_missing=True)) is None


def test_first_of_takes_what_is_there_and_if_takes_else_when_unknown() -> None:
    assert value(x.FirstOf((FIT, VALUE)), value=2) == 2 * SCALE
    assert value(x.FirstOf((FIT, VALUE))) is None
    choice = x.Choose((x.Branch(CUSTOMER, const(1)),), const(2))
    assert value(choice) == 2 * SCALE
    assert value(choice, customer=True) == SCALE


def test_comparisons_with_a_missing_side_are_missing() -> None:
    assert value(x.Compare("=", FIT, FIT)) is None
    assert value(x.Compare("!=", INDUSTRY, const("Bank"))) is None
    assert value(x.OneOf(INDUSTRY, ("Bank",))) is None
    assert value(x.IsMissing(x.Compare("=", FIT, FIT))) is True
    assert value(x.TextMatch("contains", INDUSTRY, const("a"))) is None


def test_texts_compare_exactly_and_nothing_in_them_is_a_pattern() -> None:
    assert value(x.Compare("=", INDUSTRY, const("bank")), industry="Bank") is False
    assert value(x.TextMatch("contains", INDUSTRY, const("%")), industry="Bank") is False
    assert value(x.TextMatch("contains", INDUSTRY, const("")), industry="Bank") is True
    assert value(x.TextMatch("starts with", INDUSTRY, const("B")), industry="Bank") is True
    assert value(x.TextMatch("ends with", INDUSTRY, const("nk")), industry="Bank") is True


def test_tags_are_never_missing() -> None:
    assert value(x.HasTag(TECH, const("sql"))) is False
    assert value(x.HasTag(TECH, const("sql")), tech=("python", "sql")) is True
    assert value(x.HasTag(TECH, const(None, Kind.TEXT)), tech=("sql",)) is None


def test_days_count_from_the_as_of_date() -> None:
    assert value(x.DaysSince(TOUCHED), touched=dt.date(2026, 3, 1)) == 30 * SCALE
    assert value(x.DaysSince(TOUCHED), touched=dt.date(2026, 4, 1)) == -SCALE
    assert value(x.AsOf(Duration(1, "month"))) == dt.date(2026, 2, 28)
    assert value(x.AsOf(Duration(90, "day"), 1)) == dt.date(2026, 6, 29)


def test_a_number_out_of_bounds_is_a_fault_even_where_it_decides_nothing() -> None:
    plain = program(ladder=ladder(n.Tier("one", otherwise=True)))
    known = facts_of(plain, account("a"), dt.date(2026, 3, 31))
    too_big = x.Arithmetic("+", x.Constant(LIMIT - 1, Kind.NUMBER), x.Constant(1, Kind.NUMBER))
    decided = x.AnyOf((const(True), x.Compare("=", too_big, const(1))))
    assert value_of(decided, known, "the words") is True
    assert known.faults == ["the words"]
    assert value_of(x.Arithmetic("-", too_big, const(1)), known, "again") is None
    assert value_of(x.Constant(LIMIT - 1, Kind.NUMBER), known, "never") == LIMIT - 1
    assert known.faults == ["the words", "again"]


def test_rounding_up_to_the_limit_is_a_fault() -> None:
    known = facts()
    assert value_of(x.Rounded(x.Constant(LIMIT - 1, Kind.NUMBER), 0), known, "round") is None
    assert known.faults == ["round"]


def test_a_lookup_is_missing_where_no_row_fits_or_an_item_is_missing() -> None:
    columns = (n.LookupColumn("base", Kind.NUMBER), n.LookupColumn("word", Kind.TEXT))
    rows = ((("Bank", True), (5, "yes")), (("Bank", False), (7, None)))
    lookup = n.Lookup("plans", ("industry", "customer"), columns, rows)
    of = program(ladder=ladder(n.Tier("one", otherwise=True)), lookups=(lookup,))

    def found(column: str, **values: Value | float) -> Value:
        read = x.LookedUp("plans", column, (INDUSTRY, CUSTOMER), Kind.NUMBER)
        return value_of(read, facts_of(of, account("a", **values), dt.date(2026, 3, 31)), "here")

    assert found("base", industry="Bank", customer=True) == 5
    assert found("base", industry="Bank", customer=False) == 7
    assert found("word", industry="Bank", customer=False) is None
    assert found("base", industry="bank", customer=True) is None
    assert found("base", industry="Bank") is None
