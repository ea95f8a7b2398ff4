"""Signals: which observation counts on a day, and conditions that must have held for some time."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.engines.building import ATTRIBUTION, const, ladder, learned, num, program, seen
from tierlang.engines.interpreter.facts import Account, Observation
from tierlang.engines.interpreter.signals import lasts_until
from tierlang.program import expressions as x
from tierlang.program import nodes as n
from tierlang.program.calendar import Duration
from tierlang.program.numbers import LIMIT
from tierlang.program.values import Kind, Value

REST = n.Tier("rest", otherwise=True)
INTENT = x.Attribute("intent", Kind.NUMBER)
HIGH = x.Compare(">=", INTENT, const(80))
DAYS_14, MONTH = Duration(14, "day"), Duration(1, "month")


def signal(lasts: Duration | None = None, kind: Kind = Kind.NUMBER) -> n.Signal:
    return n.Signal("intent", None, ATTRIBUTION, n.Field("intent", kind), lasts)


def now(of: n.Signal, *observations: Observation, as_of: str = "2026-03-31") -> Value:
    """The signal's value as of the date."""
    one = Account("a", {}, {}, {"intent": observations})
    return learned(program(ladder=ladder(REST), signals=(of,)), one, dt.date.fromisoformat(as_of)).defined["intent"]


def held(
    duration: Duration,
    *observations: Observation,
    lasts: Duration | None = None,
    test: x.Expression = HIGH,
    as_of: str = "2026-03-31",
) -> Value:
    """Whether the condition held."""
    fact = n.Sustained("held", "intent", test, duration, "the sustained condition")
    of = program(ladder=ladder(REST), signals=(signal(lasts),), facts=(fact,))
    one = Account("a", {}, {}, {"intent": observations})
    known = learned(of, one, dt.date.fromisoformat(as_of))
    assert known.faults == []
    return known.defined["held"]


@pytest.mark.parametrize(
    ("lasts", "observed", "as_of", "counts"),
    [
        (DAYS_14, "2026-03-17", "2026-03-31", True),
        (DAYS_14, "2026-03-16", "2026-03-31", False),
        (DAYS_14, "2026-03-31", "2026-03-31", True),
        (DAYS_14, "2026-04-01", "2026-03-31", False),
        (None, "0001-01-01", "2026-03-31", True),
        (MONTH, "2026-02-28", "2026-03-31", True),
        (MONTH, "2026-02-28", "2026-04-01", False),
        (MONTH, "2026-01-31", "2026-02-28", True),
        (MONTH, "2026-01-31", "2026-03-01", False),
        (MONTH, "2024-01-31", "2024-02-29", True),
        (Duration(1, "year"), "2024-02-29", "2025-02-28", True),
        (Duration(1, "year"), "2024-02-29", "2025-03-01", False),
        (Duration(1, "year"), "2023-02-28", "2024-02-29", True),
    ],
)
def test_an_observation_counts_on_its_day_and_as_long_as_it_lasts(
    lasts: Duration | None, observed: str, as_of: str, counts: bool
) -> None:
    assert now(signal(lasts), seen(observed, 5), as_of=as_of) == (num(5) if counts else None)
    until = lasts_until(signal(lasts), dt.date.fromisoformat(observed))
    if observed <= as_of:
        assert (until is None or dt.date.fromisoformat(as_of) <= until) == counts


def test_of_one_day_the_greatest_counts_and_a_missing_one_ends_what_was() -> None:
    assert now(signal(), seen("2026-03-01", 90), seen("2026-03-02", 5), seen("2026-03-02", 7)) == num(7)
    assert now(signal(), seen("2026-03-02", None), seen("2026-03-02", 7)) == num(7)
    assert now(signal(), seen("2026-03-01", 90), seen("2026-03-02", None)) is None
    assert now(signal(), seen("2026-03-01", 90), seen("2026-04-02", 5)) == num(90)
    assert now(signal(kind=Kind.TEXT), seen("2026-03-01", "Z"), seen("2026-03-01", "a")) == "a"
    assert now(signal(kind=Kind.FLAG), seen("2026-03-01", True), seen("2026-03-01", False)) is True
    # What ran out does not come back, though an older one might have lasted.
    assert now(signal()) is None


def test_for_covers_as_many_days_as_it_says() -> None:
    three_weeks = Duration(3, "week")
    assert held(three_weeks, seen("2026-03-11", 80)) is True
    assert held(three_weeks, seen("2026-03-12", 80)) is None
    assert held(three_weeks, seen("2026-03-10", 5), seen("2026-03-11", 80)) is True
    assert held(three_weeks, seen("2026-03-11", 5), seen("2026-03-12", 80)) is False
    assert held(three_weeks, seen("2026-03-01", 80), seen("2026-03-31", 79)) is False
    assert held(three_weeks, seen("2026-03-01", 80), seen("2026-04-01", 79)) is True
    assert held(MONTH, seen("2026-03-01", 80)) is True
    assert held(MONTH, seen("2026-02-28", 5), seen("2026-03-01", 80)) is True
    assert held(MONTH, seen("2026-03-01", 5), seen("2026-03-02", 80)) is False
    assert held(Duration(1, "day"), seen("2026-03-30", 5), seen("2026-03-31", 80)) is True


def test_one_false_day_is_enough_and_one_uncovered_day_leaves_it_open() -> None:
    week = Duration(1, "week")
    gap = (seen("2026-03-20", 90), seen("2026-03-30", 90))
    assert held(week, *gap, lasts=Duration(4, "day")) is None
    assert held(week, *gap, lasts=Duration(5, "day")) is None
    assert held(week, *gap, lasts=Duration(9, "day")) is True
    assert held(week, *gap, seen("2026-03-31", 1), lasts=Duration(4, "day")) is False
    assert held(week, *gap, seen("2026-03-28", None), lasts=Duration(30, "day")) is None
    assert held(week) is None
    assert held(week, test=x.IsMissing(INTENT)) is True
    assert held(week, seen("2026-03-28", 1), test=x.IsMissing(INTENT)) is False


def test_each_day_has_the_greatest_observation_of_its_day() -> None:
    both = (seen("2026-03-01", 90), seen("2026-03-15", 10), seen("2026-03-15", 85))
    assert held(Duration(3, "week"), *both) is True


def test_a_number_out_of_bounds_for_any_observation_is_a_fault_even_before_the_days() -> None:
    steep = x.Compare(">", x.Arithmetic("*", INTENT, x.Constant(LIMIT - 1, Kind.NUMBER)), const(0))
    fact = n.Sustained("held", "intent", steep, Duration(1, "day"), "the sustained condition")
    of = program(ladder=ladder(REST), signals=(signal(),), facts=(fact,))

    def faults(*observations: Observation) -> list[str]:
        return learned(of, Account("a", {}, {}, {"intent": observations})).faults

    assert faults(seen("2001-01-01", 5), seen("2026-03-01", 0)) == ["the sustained condition"]
    assert faults(seen("2026-04-01", 5), seen("2026-03-01", 0)) == []
    assert faults(seen("2026-03-01", 5), seen("2026-03-01", 0)) == ["the sustained condition"]
    assert faults() == []
