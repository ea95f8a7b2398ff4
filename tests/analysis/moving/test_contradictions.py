"""What contradicts itself by its form is true of no values; and the plain cases are seen."""

from __future__ import annotations

import datetime as dt
import itertools
import random

import pytest

from tests.analysis.test_model import program_of
from tierlang.analysis.claims import FALSE
from tierlang.analysis.moving.contradictions import contradict
from tierlang.engines.interpreter.expressions import value_of
from tierlang.engines.interpreter.facts import Account, Facts
from tierlang.program.expressions import AllOf, AnyOf, Compare, Constant, Expression, FirstOf, Input, IsMissing, Not
from tierlang.program.numbers import SCALE
from tierlang.program.values import Kind, Value

FLAGS = [Input(name, Kind.FLAG) for name in "ab"]
NUMBER = Input("n", Kind.NUMBER)
VALUES = (None, False, True)
NUMBERS = (None, 10 * SCALE, 20 * SCALE, 25 * SCALE, 30 * SCALE)


def number(value: int) -> Constant:
    return Constant(value * SCALE, Kind.NUMBER)


def claim(dice: random.Random, depth: int) -> Expression:
    if depth == 0 or dice.random() < 0.2:
        compared = Compare(dice.choice(("<", "<=", ">", ">=", "=", "!=")), NUMBER, number(dice.choice((10, 20, 30))))
        plain: list[Expression] = [*FLAGS, compared, compared, IsMissing(NUMBER), IsMissing(FLAGS[0])]
        return dice.choice(plain)
    parts = tuple(claim(dice, depth - 1) for _ in range(dice.choice((2, 3))))
    none = FirstOf((parts[0], FALSE))
    joined: list[Expression] = [AllOf(parts), AllOf(parts), AnyOf(parts), Not(parts[0]), none, Not(none)]
    return dice.choice(joined)


def is_possible(test: Expression) -> bool:
    program = program_of("")
    nobody = Account("x", {})
    for a, b, n in itertools.product(VALUES, VALUES, NUMBERS):
        inputs: dict[str, Value] = {"a": a, "b": b, "n": n}
        if value_of(test, Facts(program, nobody, dt.date(2026, 11, 1), inputs), "") is True:
            return True
    return False


@pytest.mark.parametrize("seed", range(20))
def test_what_contradicts_itself_is_never_true(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(60):
        test = AllOf(tuple(claim(dice, 2) for _ in range(3)))
        if contradict(test):
            assert not is_possible(test), test


A, B = FLAGS
FIFTY, SIXTY = Compare("<", NUMBER, number(50)), Compare(">=", NUMBER, number(60))
SEEN: list[tuple[Expression, ...]] = [
    (A, Not(A)),
    (A, Not(FirstOf((A, FALSE)))),
    (AllOf((A, B)), Not(FirstOf((AllOf((A, B)), FALSE)))),
    (AnyOf((A, B)), Not(FirstOf((A, FALSE))), Not(FirstOf((B, FALSE)))),
    (Not(FirstOf((AllOf((A, Not(B))), FALSE))), A, Not(B)),
    (FIFTY, SIXTY),
    (SIXTY, Not(FirstOf((Compare(">=", NUMBER, number(55)), FALSE)))),
    (Compare("=", NUMBER, number(10)), Compare(">", NUMBER, number(10))),
]


@pytest.mark.parametrize("claims", SEEN, ids=str)
def test_plain_contradictions_are_seen(claims: tuple[Expression, ...]) -> None:
    assert contradict(*claims)


@pytest.mark.parametrize(
    "claims",
    [(A, B), (Not(FirstOf((A, FALSE))), Not(Not(A)), B), (FIFTY, Not(SIXTY)), (AnyOf((A, B)), Not(A))],
    ids=str,
)
def test_nothing_else_is(claims: tuple[Expression, ...]) -> None:
    assert not contradict(*claims) or not is_possible(AllOf(claims))
