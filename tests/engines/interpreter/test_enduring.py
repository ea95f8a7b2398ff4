"""Conditions on scores over time: what earlier runs observed, and this run's value."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.engines.interpreter.test_moving import AS_OF, BETWEEN, SINCE, account, rules
from tierlang.engines.interpreter.enduring import course_of
from tierlang.engines.interpreter.evaluate import evaluate, survey
from tierlang.program.holdings import Holding, Past
from tierlang.program.nodes import Enduring, Program
from tierlang.program.numbers import SCALE
from tierlang.program.outcome import Stopped

OF = rules(
    "demote faded { from one to two when low < 40 for 30 days }",
    more="score low { value fit }",
)
FIRST = AS_OF - dt.timedelta(days=29)
DAY = dt.timedelta(days=1)


def seen(*course: tuple[dt.date, float | None]) -> Past:
    """What the ledger says of one holder and its score."""
    values = tuple((day, None if value is None else round(value * SCALE)) for day, value in course)
    return Past({"k": Holding("k", "one", "one", SINCE)}, {("k", "low"): values})


@pytest.mark.parametrize(
    ("now", "course", "moves"),
    [
        (30, [(FIRST, 30)], True),
        (30, [(FIRST - 90 * DAY, 39)], True),
        (30, [(FIRST - DAY, 90), (FIRST, 30)], True),
        # One day short of the window, and a window that nobody saw the beginning of.
        (30, [(FIRST, 90), (FIRST + DAY, 30)], False),
        (30, [(FIRST + DAY, 30)], False),
        (30, [], False),
        # This run's value counts on its day, whatever was observed on it before.
        (50, [(FIRST, 30)], False),
        (30, [(FIRST, 30), (AS_OF, 90)], True),
        (50, [(FIRST, 30), (AS_OF, 30)], False),
        # Unscored for some days.
        (30, [(FIRST, 30), (FIRST + DAY, None), (FIRST + 2 * DAY, 30)], False),
    ],
)
def test_a_condition_must_have_held_on_every_day(
    now: float, course: list[tuple[dt.date, float | None]], moves: bool
) -> None:
    found = evaluate(OF, [account("k", now)], AS_OF, seen(*course), BETWEEN)
    assert not isinstance(found, Stopped)
    assert (found.decisions[0].tier == "two") == moves


def test_the_days_are_known_in_stretches() -> None:
    surveyed = survey(OF, [account("k", 30)], AS_OF, seen((FIRST + DAY, 50), (FIRST + 9 * DAY, 20)))
    assert not isinstance(surveyed, Stopped)
    facts = surveyed.everyone[0].facts
    (enduring,) = [each for each in (*OF.definitions, *OF.relative) if isinstance(each, Enduring)]
    assert [(each.first, each.last, each.value, each.answer) for each in course_of(enduring, facts)] == [
        (FIRST, FIRST, None, None),
        (FIRST + DAY, FIRST + 8 * DAY, 50 * SCALE, False),
        (FIRST + 9 * DAY, AS_OF - DAY, 20 * SCALE, True),
        (AS_OF, AS_OF, 30 * SCALE, True),
    ]


def test_an_unscored_day_answers_nothing_even_where_that_is_asked() -> None:
    of = rules("demote d { from one to two when (low = 0 or low != 0) for 2 days }", more="score low { value fit }")
    assert evaluate_tier(of, seen((AS_OF - DAY, None))) == "one"
    assert evaluate_tier(of, seen((AS_OF - DAY, 1))) == "two"


def evaluate_tier(of: Program, past: Past) -> str | None:
    """Where the holder ends."""
    found = evaluate(of, [account("k", 1)], AS_OF, past, BETWEEN)
    assert not isinstance(found, Stopped)
    return found.decisions[0].tier
