"""Figures of events: which events count, and what they come to."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from tests.engines.building import (
    AMOUNT,
    CUSTOMER,
    DONE,
    DUE,
    FIT,
    STAGE,
    VISIT,
    const,
    ladder,
    learned,
    num,
    on,
    program,
    when,
)
from tierlang.engines.interpreter.events import Fate, look_at
from tierlang.engines.interpreter.facts import Account, Event
from tierlang.program import expressions as x
from tierlang.program import nodes as n
from tierlang.program.calendar import Duration
from tierlang.program.numbers import LIMIT, SCALE
from tierlang.program.values import Kind, Value

REST = n.Tier("rest", otherwise=True)
AT = x.Attribute("at", Kind.DATE)


def aggregate(
    function: n.AggregateFunction,
    attribute: x.Attribute | None = None,
    window: Duration | None = None,
    where: x.Expression | None = None,
) -> n.Aggregate:
    condition = None if where is None else when(where)
    return n.Aggregate("figure", Kind.NUMBER, "visit", function, attribute, condition, window, "the figure")


def value(fact: n.Fact, *events: Event, as_of: str = "2026-03-31", of: n.EventType = VISIT, **fields: Value) -> Value:
    """What the figure is for an account with these events."""
    known = learned(
        program(ladder=ladder(REST), events=(of,), facts=(fact,)),
        Account("a", fields, {"visit": events}),
        dt.date.fromisoformat(as_of),
    )
    assert known.faults == []
    return known.defined[fact.name]


def faults(fact: n.Fact, *events: Event, of: n.EventType = VISIT) -> list[str]:
    plain = program(ladder=ladder(REST), events=(of,), facts=(fact,))
    return learned(plain, Account("a", {}, {"visit": events})).faults


@pytest.mark.parametrize(
    ("as_of", "window", "day", "counts"),
    [
        ("2026-03-31", Duration(90, "day"), "2025-12-31", True),
        ("2026-03-31", Duration(90, "day"), "2025-12-30", False),
        ("2026-03-31", Duration(90, "day"), "2026-03-31", True),
        ("2026-03-31", Duration(90, "day"), "2026-04-01", False),
        ("2026-03-31", None, "0001-01-01", True),
        ("2026-03-31", None, "2026-04-01", False),
        ("2026-03-31", Duration(1, "month"), "2026-02-28", True),
        ("2026-03-31", Duration(1, "month"), "2026-02-27", False),
        ("2024-03-31", Duration(1, "month"), "2024-02-29", True),
        ("2024-02-29", Duration(1, "year"), "2023-02-28", True),
        ("2024-02-29", Duration(1, "year"), "2023-02-27", False),
        ("2024-02-29", Duration(1, "quarter"), "2023-11-29", True),
        ("2024-02-29", Duration(2, "week"), "2024-02-15", True),
        ("2024-02-29", Duration(2, "week"), "2024-02-14", False),
        ("2026-03-31", Duration(9_999, "year"), "0001-01-01", True),
    ],
)
def test_both_ends_of_a_window_are_in(as_of: str, window: Duration | None, day: str, counts: bool) -> None:
    assert value(aggregate("any", window=window), on(day), as_of=as_of) is counts
    assert value(aggregate("count", window=window), on(day), on(day), as_of=as_of) == 2 * SCALE * counts


def test_every_function_without_events() -> None:
    for function, nothing in (
        ("any", False),
        ("count", 0),
        ("sum", 0),
        ("distinct", 0),
        ("largest", None),
        ("smallest", None),
        ("latest", None),
        ("days since", None),
    ):
        attribute = AMOUNT if function in ("sum", "distinct", "largest", "smallest", "latest") else None
        assert value(aggregate(function, attribute)) == nothing  # type: ignore[arg-type]
        later = on("2026-04-01", amount=1)
        assert value(aggregate(function, attribute), later) == nothing  # type: ignore[arg-type]


def test_events_without_the_attribute_are_left_out_of_what_reads_it() -> None:
    events = (on("2026-03-01", amount=5), on("2026-03-30"), on("2026-02-01", amount=-7), on("2026-02-02", amount=5))
    assert value(aggregate("count"), *events) == num(4)
    assert value(aggregate("sum", AMOUNT), *events) == num(3)
    assert value(aggregate("distinct", AMOUNT), *events) == num(2)
    assert value(aggregate("largest", AMOUNT), *events) == num(5)
    assert value(aggregate("smallest", AMOUNT), *events) == num(-7)
    assert value(aggregate("latest", AMOUNT), *events) == num(5)
    assert value(aggregate("days since"), *events) == num(1)
    assert value(aggregate("sum", AMOUNT), on("2026-03-30")) == 0


def test_the_latest_of_one_day_is_the_greatest() -> None:
    day = "2026-03-30"
    texts = (on(day, stage="Z"), on(day, stage="a"), on(day, stage="Ü"), on("2026-03-29", stage="ß"))
    assert value(aggregate("latest", STAGE), *texts) == "Ü"
    assert value(aggregate("latest", DONE), on(day, done=False), on(day, done=True)) is True
    assert value(aggregate("latest", AMOUNT), on(day, amount=2), on(day, amount=10), on(day)) == num(10)
    dates = (on(day, due=dt.date(2026, 5, 1)), on(day, due=dt.date(2025, 5, 1)))
    assert value(aggregate("latest", DUE), *dates) == dt.date(2026, 5, 1)
    assert value(aggregate("largest", AT), *dates) == dt.date(2026, 3, 30)
    assert value(aggregate("distinct", AT), *dates, on("2026-01-01")) == num(2)


def test_where_reads_the_event_and_the_account_and_must_be_true() -> None:
    matches = aggregate("count", where=x.Compare(">=", AMOUNT, FIT))
    events = (on("2026-03-01", amount=5), on("2026-03-01", amount=4), on("2026-03-01"))
    assert value(matches, *events, fit=num(5)) == num(1)
    assert value(matches, *events) == 0
    assert value(aggregate("any", where=CUSTOMER), *events, customer=True) is True
    recent = aggregate("count", where=x.Compare("<", x.DaysSince(AT), const(30)))
    assert value(recent, on("2026-03-01"), on("2026-03-02"), on("2026-03-31")) == num(2)


def test_derives_of_events_are_found_for_each_event_and_read_each_other() -> None:
    double = n.EventDerive("double", Kind.NUMBER, x.Arithmetic("*", AMOUNT, const(2)), "amount * 2")
    read = x.Attribute("double", Kind.NUMBER)
    more = n.EventDerive("more", Kind.NUMBER, x.Arithmetic("+", read, const(1)), "double + 1")
    of = attrs.evolve(VISIT, derives=(double, more))
    events = (on("2026-03-01", amount=5), on("2026-03-02", amount=7), on("2026-03-03"))
    assert value(aggregate("sum", x.Attribute("more", Kind.NUMBER)), *events, of=of) == num(26)
    where = x.Compare(">", read, const(10))
    assert value(aggregate("count", where=where), *events, of=of) == num(1)


def test_faults_are_those_of_what_is_read_of_any_event_up_to_the_date() -> None:
    steep = x.Arithmetic("*", AMOUNT, x.Constant(LIMIT - 1, Kind.NUMBER))
    of = attrs.evolve(VISIT, derives=(n.EventDerive("steep", Kind.NUMBER, steep, "steep"),))
    read = x.Attribute("steep", Kind.NUMBER)
    long_ago, later = on("2001-01-01", amount=5), on("2026-04-01", amount=5)
    month = Duration(1, "month")
    assert faults(aggregate("sum", read, month), long_ago, of=of) == ["the figure"]
    assert faults(aggregate("count", None, month, x.Compare(">", read, const(1))), long_ago, of=of) == ["the figure"]
    assert faults(aggregate("count", None, month, x.Compare(">", steep, const(1))), long_ago) == ["the figure"]
    assert faults(aggregate("sum", read), later, of=of) == []
    assert faults(aggregate("sum", AMOUNT), long_ago, of=of) == []
    huge = Event(dt.date(2026, 3, 1), {"amount": LIMIT - 1})
    assert faults(aggregate("sum", AMOUNT), huge, huge) == ["the figure"]
    assert faults(aggregate("sum", AMOUNT), huge, on("2026-03-01", amount=-1)) == []


def test_each_event_says_why_it_does_not_count() -> None:
    fact = aggregate("sum", AMOUNT, Duration(30, "day"), x.Compare("=", STAGE, const("won")))
    events = (
        on("2026-04-01", stage="won", amount=1),
        on("2026-02-28", stage="won", amount=1),
        on("2026-03-20", stage="lost", amount=1),
        on("2026-03-20", amount=1),
        on("2026-03-20", stage="won"),
        on("2026-03-01", stage="won", amount=1),
    )
    of = program(ladder=ladder(REST), events=(VISIT,), facts=(fact,))
    seen = look_at(fact, learned(of, Account("a", {}, {"visit": events})))
    assert [each.fate for each in seen] == [Fate.AFTER, Fate.BEFORE, Fate.NO, Fate.UNKNOWN, Fate.LACKING, Fate.COUNTS]
    assert seen[3].missing == ("stage",)
    assert seen[5].attributes["amount"] == num(1)


# --- points for events --------------------------------------------------------------------------------------------------------------


def points(each: float, fading: n.Fading | None = None, up_to: float | None = None) -> n.EventPoints:
    limit = None if up_to is None else num(str(up_to))
    return n.EventPoints("earned", "visit", num(str(each)), None, None, fading, limit, "the points")


def fading(every: Duration, *amounts: float) -> n.Fading:
    return n.Fading(every, tuple(num(str(amount)) * SCALE for amount in amounts))


@pytest.mark.parametrize(
    ("as_of", "every", "day", "period"),
    [
        ("2026-03-31", Duration(30, "day"), "2026-03-31", 0),
        ("2026-03-31", Duration(30, "day"), "2026-03-02", 0),
        ("2026-03-31", Duration(30, "day"), "2026-03-01", 1),
        ("2026-03-31", Duration(30, "day"), "2026-01-31", 1),
        ("2026-03-31", Duration(30, "day"), "2026-01-30", 2),
        # A month before 31 March is the last of February, two months before it 31 January.
        ("2026-03-31", Duration(1, "month"), "2026-03-01", 0),
        ("2026-03-31", Duration(1, "month"), "2026-02-28", 1),
        ("2026-03-31", Duration(1, "month"), "2026-02-01", 1),
        ("2026-03-31", Duration(1, "month"), "2026-01-31", 2),
        ("2026-03-31", Duration(1, "month"), "2025-12-31", 3),
        ("2024-03-30", Duration(1, "month"), "2024-02-29", 1),
        ("2024-03-30", Duration(1, "month"), "2024-01-30", 2),
        ("2024-02-29", Duration(1, "year"), "2023-03-01", 0),
        ("2024-02-29", Duration(1, "year"), "2023-02-28", 1),
        ("2024-02-29", Duration(1, "quarter"), "2023-11-29", 1),
        ("2024-02-29", Duration(1, "quarter"), "2023-11-30", 0),
        ("2026-03-31", Duration(1, "month"), "2025-11-30", None),
        ("2026-03-31", Duration(1, "month"), "0001-01-01", None),
        ("2026-03-31", Duration(1, "month"), "2026-04-01", None),
        # The calendar begins here, and weeks are counted on.
        ("0001-01-06", Duration(1, "week"), "0001-01-01", 0),
        ("0001-01-08", Duration(1, "week"), "0001-01-01", 1),
    ],
)
def test_periods_are_counted_back_from_the_as_of_date(
    as_of: str, every: Duration, day: str, period: int | None
) -> None:
    found = value(points(8, fading(every, 8, 4, 2, 1)), on(day), as_of=as_of)
    assert found == (0 if period is None else num((8, 4, 2, 1)[period]))


def test_points_are_added_exactly_and_rounded_once() -> None:
    third = n.Fading(Duration(1, "day"), (num(1) * SCALE, 3_333 * SCALE // 2, 5_000))
    day_before, two_before = on("2026-03-30"), on("2026-03-29")
    assert value(points(1, third), day_before) == 1_667
    assert value(points(1, third), day_before, day_before) == 3_333
    assert value(points(1, third), two_before) == 1
    assert value(points(1, third), two_before, two_before, two_before) == 2
    minus = n.Fading(Duration(1, "day"), (-num(1) * SCALE, -5_000))
    assert value(points(-1, minus), day_before) == -1
    assert value(points(-1, minus), day_before, day_before) == -1


def test_up_to_cuts_what_was_rounded_on_either_side() -> None:
    three = [on("2026-03-30")] * 3
    assert value(points(30, up_to=60), *three) == num(60)
    assert value(points(30, up_to=90), *three) == num(90)
    assert value(points(-30, up_to=-60), *three) == num(-60)
    assert value(points(30), *three, on("2026-04-01")) == num(90)
    assert value(points(30, up_to=60)) == 0


def test_only_points_that_up_to_does_not_cut_can_be_out_of_bounds() -> None:
    huge = n.EventPoints("earned", "visit", LIMIT - 1, None, None, None, None, "the points")
    twice = [on("2026-03-30")] * 2
    assert faults(huge, *twice) == ["the points"]
    assert faults(attrs.evolve(huge, up_to=LIMIT - 1), *twice) == []
    fact = points(5, fading(Duration(1, "week"), 5))
    of = program(ladder=ladder(REST), events=(VISIT,), facts=(fact,))
    seen = look_at(fact, learned(of, Account("a", {}, {"visit": (on("2026-03-24"), on("2026-03-25"))})))
    assert [each.fate for each in seen] == [Fate.FADED, Fate.COUNTS]
