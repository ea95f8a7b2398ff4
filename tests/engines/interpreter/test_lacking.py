"""What a condition lacks: its parts that are not true, how far off they are, and nothing that was not asked."""

from __future__ import annotations

import datetime as dt

import pytest

from tierlang.engines.interpreter.definitions import begin
from tierlang.engines.interpreter.facts import Account, Event, Memory, Observation, facts_of
from tierlang.engines.interpreter.lacking import Gap, Lack, lacks_of
from tierlang.engines.interpreter.trace import Outside, trace
from tierlang.engines.interpreter.trace_mobility import Remembered
from tierlang.pipeline import compile_sources
from tierlang.program.holdings import Holding, Occasion
from tierlang.program.numbers import SCALE
from tierlang.source import Source

DAY = dt.date(2026, 11, 1)
RULES = """
ruleset small "Small" {{ version "1" }}
account {{
  key id text
  field fit number in 0..100
  field staff whole in 0..
  field industry text
  field customer flag default false
  derive warm "Warm" = fit >= 50 and any visit within 30 days
}}
event visit
signal intent number in 0..100
owner dana "Dana Lee"
score priority {{ range 0..100  weigh 100% fit  missing unscored }}
tiers by priority {{
  tier one {{ range 80..  owner marketing dana  owner sales dana }}
  tier two {{ otherwise  owner marketing dana  owner sales dana }}
}}
mobility {{
  promote up {{ from two  to one  when {when}  owner dana }}
  demote down {{ from one  to two  when priority < 20  owner dana }}
}}
"""


def lacking(when: str, *, scores: tuple[tuple[dt.date, int | None], ...] = (), **values: object) -> tuple[Lack, ...]:
    """What the promotion lacks for an account that holds two."""
    loaded = compile_sources(Source("small.tier", RULES.format(when=when)))
    assert loaded.program is not None, loaded.diagnostics
    events = {"visit": tuple(Event(day) for day in values.pop("visits", ()))}  # type: ignore[attr-defined]
    intent = tuple(Observation(day, value * SCALE) for day, value in values.pop("intent", ()))  # type: ignore[attr-defined]
    numbers = {name: value * SCALE if type(value) is int else value for name, value in values.items()}
    account = Account("A-1", {"customer": False, **numbers}, events, {"intent": intent})  # type: ignore[dict-item]
    memory = Memory(Holding("A-1", "two", "two", dt.date(2026, 10, 2)), {"priority": scores})
    followed = trace(loaded.program, account, DAY, Outside(past=Remembered(memory, Occasion(False))))
    assert followed.mobility is not None
    return followed.mobility.triggers[0].asked.lacks


def test_a_condition_that_holds_lacks_nothing() -> None:
    assert lacking("fit >= 70 and not customer", fit=72) == ()


@pytest.mark.parametrize(
    ("when", "fit", "gap"),
    [
        ("fit >= 80", 72, Gap("fit", 72 * SCALE, ">=", 80 * SCALE)),
        ("80 <= fit", 72, Gap("fit", 72 * SCALE, ">=", 80 * SCALE)),
        ("fit < 40", 40, Gap("fit", 40 * SCALE, "<", 40 * SCALE)),
        ("fit + 3 > 90", 72, Gap("fit + 3", 75 * SCALE, ">", 90 * SCALE)),
    ],
)
def test_a_number_says_how_far_it_is(when: str, fit: int, gap: Gap) -> None:
    (lack,) = lacking(when, fit=fit)
    assert lack.gap == gap


def test_only_the_parts_that_fail_are_told() -> None:
    lacks = lacking('fit >= 80 and staff >= 10 and industry = "Banking"', fit=90, staff=5, industry="Media")
    assert [lack.text for lack in lacks] == ["staff >= 10", 'industry = "Banking"']
    assert [(read.name, read.value) for read in lacks[1].reads] == [("industry", "Media")]


def test_an_unknown_part_names_what_is_missing() -> None:
    (lack,) = lacking("fit >= 80 and staff >= 10", fit=90)
    assert (lack.unknown, lack.missing, lack.gap) == (True, ("staff",), None)


def test_one_of_several_would_do() -> None:
    (lack,) = lacking("fit >= 80 or (staff >= 10 and customer)", fit=72, staff=5)
    assert [[part.text for part in parts] for parts in lack.either] == [["fit >= 80"], ["staff >= 10", "customer"]]
    (some,) = lacking("at least 2 of [fit >= 50, staff >= 10, customer]", fit=72, staff=5)
    assert (some.of, [[part.text for part in parts] for parts in some.either]) == (1, [["staff >= 10"], ["customer"]])


def test_a_name_is_looked_into() -> None:
    (lack,) = lacking("warm", fit=72)
    assert lack.text == "warm"
    assert [part.text for part in lack.inside] == ["any visit within 30 days"]
    assert lacking("warm", fit=72, visits=[dt.date(2026, 10, 31)]) == ()


def test_what_has_to_last_says_since_when_it_does() -> None:
    (lack,) = lacking(
        "intent >= 80 for 3 weeks", fit=1, intent=[(dt.date(2026, 9, 1), 20), (dt.date(2026, 10, 20), 90)]
    )
    assert lack.lasting is not None
    assert (lack.lasting.since, lack.lasting.days, lack.lasting.needed) == (dt.date(2026, 10, 20), 13, 21)
    (never,) = lacking("intent >= 80 for 3 weeks", fit=1, intent=[(dt.date(2026, 10, 20), 10)])
    assert never.lasting is not None
    assert (never.lasting.since, never.lasting.days) == (None, 0)


def test_a_score_over_time_counts_the_days_that_the_ledger_has_seen() -> None:
    seen = ((dt.date(2026, 10, 12), 85 * SCALE),)
    (lack,) = lacking("priority >= 80 for 30 days", fit=90, scores=seen)
    assert (lack.unknown, lack.lasting is not None and lack.lasting.days) == (True, 21)
    assert lacking("priority >= 80 for 30 days", fit=90, scores=((dt.date(2026, 10, 1), 85 * SCALE),)) == ()


def test_days_in_the_tier_are_a_number_like_others() -> None:
    (lack,) = lacking("days in tier >= 60", fit=1)
    assert lack.gap is not None
    assert (lack.gap.value, lack.gap.bound) == (30 * SCALE, 60 * SCALE)


def test_asking_leaves_no_faults_behind() -> None:
    loaded = compile_sources(Source("small.tier", RULES.format(when="fit * 1B * 1B > 5 and staff > 3")))
    assert loaded.program is not None
    facts = facts_of(loaded.program, Account("A-1", {"fit": 90 * SCALE, "customer": False}), DAY, Memory())
    begin(loaded.program, facts.account, DAY)
    assert loaded.program.mobility is not None
    lacks_of(loaded.program.mobility.triggers[0].when, facts)
    assert facts.faults == []
