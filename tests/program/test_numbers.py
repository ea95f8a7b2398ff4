"""The one arithmetic, against exact fractions."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tierlang.program.numbers import LIMIT, SCALE, half, in_limits, number_text, product, quotient, round_to

numbers = st.integers(1 - LIMIT, LIMIT - 1)


def _half_away(exact: Fraction) -> int:
    floor = abs(exact) + Fraction(1, 2)
    whole = floor.numerator // floor.denominator
    return -whole if exact < 0 else whole


@given(numbers, numbers)
@example(5, 1_000)
@example(-5, 1_000)
def test_a_product_is_the_exact_product_rounded_once(left: int, right: int) -> None:
    assert product(left, right) == _half_away(Fraction(left * right, SCALE))


@given(numbers, numbers)
@example(1, 0)
@example(-1, -3)
def test_a_quotient_is_the_exact_quotient_rounded_once_and_missing_by_zero(left: int, right: int) -> None:
    assert quotient(left, right) == (None if right == 0 else _half_away(Fraction(left * SCALE, right)))


@given(numbers, st.integers(0, 4))
def test_rounding_keeps_the_digits_asked_for_and_moves_by_half_a_step_at_most(number: int, digits: int) -> None:
    rounded = round_to(number, digits)
    step = 10 ** (4 - digits)
    assert rounded % step == 0
    assert 2 * abs(rounded - number) <= step
    assert abs(rounded) >= abs(number) or 2 * abs(rounded - number) < step, "a tie goes away from zero"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (835_000, "83.5"),
        (-2_500, "-0.25"),
        (12_000_000, "1200"),
        (1, "0.0001"),
        (LIMIT - 1, "99999999999999.9999"),
    ],
)
def test_numbers_are_written_as_the_shortest_plain_decimal(number: int, text: str) -> None:
    assert number_text(number) == text


@given(numbers)
def test_a_written_number_reads_back(number: int) -> None:
    assert Fraction(number_text(number)) == Fraction(number, SCALE)


def test_the_limit_itself_is_out() -> None:
    assert in_limits(LIMIT - 1)
    assert in_limits(1 - LIMIT)
    assert not in_limits(LIMIT)
    assert not in_limits(-LIMIT)


def test_half_is_away_from_zero_on_both_sides() -> None:
    assert [half(n, 2) for n in (-3, -1, 1, 3)] == [-2, -1, 1, 2]
