"""One account explained: every factor, and never another result than that of the whole run."""

from __future__ import annotations

import datetime as dt

import attrs
from hypothesis import HealthCheck, given, settings

from tests.engines.building import (
    AE,
    AMOUNT,
    AS_OF,
    ATTRIBUTION,
    CUSTOMER,
    FIT,
    STAGE,
    VALUE,
    VISIT,
    account,
    at_least,
    const,
    from_,
    ladder,
    num,
    on,
    program,
    seen,
    when,
)
from tests.strategies import Case, cases, lived_cases
from tierlang.engines.interpreter.asking import ConditionTrace
from tierlang.engines.interpreter.evaluate import evaluate, place, survey
from tierlang.engines.interpreter.events import Fate
from tierlang.engines.interpreter.facts import Account
from tierlang.engines.interpreter.matching import Answer
from tierlang.engines.interpreter.reads import Read
from tierlang.engines.interpreter.scores import EventsLine
from tierlang.engines.interpreter.trace import Outside, trace
from tierlang.engines.interpreter.trace_ladder import Decided
from tierlang.engines.interpreter.trace_mobility import Remembered
from tierlang.program import expressions as x
from tierlang.program import nodes as n
from tierlang.program.calendar import Duration
from tierlang.program.holdings import DAYS_IN_TIER, HELD_TIER
from tierlang.program.numbers import SCALE
from tierlang.program.outcome import Stopped
from tierlang.program.values import Kind, Value


def test_a_trace_says_what_kept_an_account_out_of_each_tier() -> None:
    hidden = n.Derive("hidden_1", Kind.FLAG, x.Not(CUSTOMER), "not customer", hidden=True)
    percentile = n.Percentile("hidden_2", FIT, None, None, "percentile of fit")
    gate = when(
        x.AllOf((x.Defined("hidden_1", Kind.FLAG), x.Compare(">", x.Defined("hidden_2", Kind.NUMBER), VALUE))),
        "the gate",
    )
    top = n.Top(500, None, FIT, None, "5%")
    tiers = (
        n.Tier("one", line=from_(80), gate=gate),
        n.Tier("two", top=top),
        n.Tier("three", gate=at_least(FIT, 10)),
        n.Tier("four", otherwise=True),
    )
    of = program(
        hidden,
        ladder=ladder(*tiers),
        relative=(percentile,),
        exclusions=(n.Exclusion("out", at_least(VALUE, 5)),),
        pins=(n.Pin("a", "one", AS_OF - dt.timedelta(days=1), None, None),),
    )
    found = trace(of, account("a", fit=79), AS_OF, Outside({"hidden_2": num(60)}, (Decided({"two": False}),)))
    one, two, three, four = found.own.tried
    assert (one.line, one.value, one.why_not) == (Answer.NO, num(79), ("line", "gate"))
    assert one.gate is not None
    assert one.gate.answer is Answer.UNKNOWN
    assert one.gate.missing == ("customer", "value")
    assert one.gate.reads == (Read("customer", None), Read("percentile of fit", num(60)), Read("value", None))
    assert (two.top, two.why_not) == (Answer.NO, ("top",))
    assert (three.fits, three.why_not, four.fits) == (True, (), True)
    assert found.own.base is tiers[2]
    assert found.own.start is tiers[2]
    assert (found.pin, found.pin_in_force) == (of.pins[0], False)
    assert found.exclusions[0].asked.missing == ("value",)
    assert [each.value for each in found.definitions] == [None, num(60)]


def test_a_missing_compiler_made_value_is_blamed_on_its_own_words() -> None:
    ratio = n.Derive("hidden_1", Kind.NUMBER, x.Arithmetic("/", FIT, VALUE), "fit / value", hidden=True)
    gate = when(x.Compare(">", x.Defined("hidden_1", Kind.NUMBER), FIT), "fit / value > fit")
    of = program(ratio, ladder=ladder(n.Tier("one", gate=gate)))
    found = trace(of, account("a", fit=1, value=0), AS_OF, Outside())
    assert found.own.tried[0].gate is not None
    assert found.own.tried[0].gate.missing == ("fit / value",)
    assert found.definitions[0].missing == ()


def test_a_trace_says_which_events_counted_and_which_did_not_and_why() -> None:
    test = when(x.Compare("=", STAGE, const("won")), 'stage = "won"')
    fact = n.Aggregate("e1", Kind.NUMBER, "visit", "sum", AMOUNT, test, Duration(30, "day"), "sum of visit.amount …")
    earned = n.EventPoints("e2", "visit", num(10), None, None, None, num(25), "10 per visit up to 25")
    score = n.Score("heat", n.PointSum((n.PointsPerEvent(x.Defined("e2", Kind.NUMBER), earned.text),)), None, None, 2)
    gate = when(x.Compare(">", x.Defined("e1", Kind.NUMBER), const(5)), "enough")
    of = program(score, ladder=ladder(n.Tier("one", gate=gate)), events=(VISIT,), facts=(fact, earned))
    events = (on("2026-03-02", stage="won", amount=3), on("2026-04-01"), on("2026-03-30"), on("2026-02-01", amount=9))
    found = trace(of, Account("a", {}, {"visit": events}), AS_OF, Outside())
    first = found.facts[0]
    assert (first.value, first.since) == (num(3), dt.date(2026, 3, 1))
    assert [(each.event.at.isoformat(), each.fate) for each in first.events] == [
        ("2026-04-01", Fate.AFTER),
        ("2026-03-30", Fate.UNKNOWN),
        ("2026-03-02", Fate.COUNTS),
        ("2026-02-01", Fate.BEFORE),
    ]
    assert found.own.tried[0].gate is not None
    assert found.own.tried[0].gate.reads == (Read("sum of visit.amount …", num(3)),)
    scored = found.definitions[0].scored
    assert scored is not None
    line = scored.lines[0]
    assert isinstance(line, EventsLine)
    assert (line.gained, found.fact(line.fact).value) == (num(25), num(25))
    assert [each.worth for each in found.fact(line.fact).events] == [None, *[num(10) * SCALE] * 3]


def test_a_trace_says_which_observation_is_in_force_and_which_days_broke_a_condition() -> None:
    signal = n.Signal("intent", None, ATTRIBUTION, n.Field("intent", Kind.NUMBER), Duration(14, "day"))
    high = x.Compare(">=", x.Attribute("intent", Kind.NUMBER), const(80))
    held = n.Sustained("s1", "intent", high, Duration(3, "week"), "intent >= 80 for 3 weeks")
    mark = n.Mark("surging", when(x.Defined("s1", Kind.FLAG), held.text))
    of = program(ladder=ladder(n.Tier("one", otherwise=True)), signals=(signal,), facts=(held,), marks=(mark,))
    observed = (seen("2026-03-15", 10), seen("2026-03-15", 85), seen("2026-03-20", 70), seen("2026-03-22", 90))
    found = trace(of, Account("a", {}, {}, {"intent": (*observed, seen("2026-04-05", 1))}), AS_OF, Outside())
    now = found.signals[0]
    assert (now.value, now.at, now.until, now.counts) == (num(90), dt.date(2026, 3, 22), dt.date(2026, 4, 5), True)
    assert (now.same_day, now.later) == (1, 1)
    assert [(each.first.day, each.last.day, each.value, each.answer) for each in found.facts[0].days] == [
        (11, 14, None, None),
        (15, 19, num(85), True),
        (20, 21, num(70), False),
        (22, 31, num(90), True),
    ]
    assert [each.first.day for each in found.facts[0].broken] == [11, 20]
    assert (found.facts[0].value, found.facts[0].since) == (False, dt.date(2026, 3, 11))
    assert (found.marks[0].asked.answer, found.marks[0].asked.reads) == (Answer.NO, (Read(held.text, False),))
    old = trace(of, Account("a", {}, {}, {"intent": (seen("2026-03-16", 10),)}), AS_OF, Outside()).signals[0]
    assert (old.value, old.observed, old.until, old.counts) == (None, num(10), dt.date(2026, 3, 30), False)
    never = trace(of, Account("a", {}), AS_OF, Outside()).signals[0]
    assert (never.at, never.until, never.counts) == (None, None, False)


def test_a_trace_says_what_each_adjustment_did_and_follows_every_ladder() -> None:
    tiers = tuple(
        n.Tier(name, gate=when(x.Not(CUSTOMER), "not customer") if name == "one" else None) for name in ("one", "two")
    )
    raise_ = n.Shift(1, at_least(FIT, 1), "Open deal")
    lower = n.Shift(-1, at_least(FIT, 50), "Slow")
    floor = n.Bound("floor", "one", when(x.InTier(0, ("two",)), "tier is two"), "Board")
    own = attrs.evolve(
        ladder(*tiers, n.Tier("three", otherwise=True), by=None), shifts=(raise_, lower), floors=(floor,)
    )
    own = attrs.evolve(
        own,
        tiers=(
            own.tiers[0],
            attrs.evolve(
                tiers[1], gate=at_least(VALUE, 3), plays=(n.Play("sales", "Call", when=when(CUSTOMER, "customer")),)
            ),
            own.tiers[2],
        ),
    )
    view = ladder(n.Tier("named", gate=when(x.InTier(0, ("two",)), "tier is two")), by=None, name="coverage")
    mark = n.Mark("m", when(x.InTier(1, ("named",)), "coverage is named"))
    of = program(ladder=own, ladders=(own, view), placing_order=(0, 1), marks=(mark,))
    outside = Outside({}, (Decided({}, "two"), Decided({}, "named")))
    found = trace(of, account("a", fit=7, value=4, customer=True), AS_OF, outside)
    first, second = found.ladders
    assert (first.base, first.start, first.ended) == (own.tiers[1], own.tiers[1], own.tiers[1])
    assert [
        (each.adjustment, each.asked.answer, each.step.words if each.step else None) for each in first.adjustments
    ] == [
        (raise_, Answer.YES, "; not raised, as the conditions of one do not hold: Open deal"),
        (lower, Answer.NO, None),
        (floor, Answer.YES, "; not floored, as the conditions of one do not hold: Board"),
    ]
    assert first.adjustments[2].asked.reads == (Read("tier", "two"),)
    assert [(each.play.label, each.holds) for each in first.plays] == [("Call", True)]
    assert (second.base, second.ended) == (view.tiers[0], view.tiers[0])
    assert second.tried[0].gate is not None
    assert second.tried[0].gate.reads == (Read("tier", "two"),)
    assert (found.marks[0].asked.answer, found.marks[0].asked.reads) == (Answer.YES, (Read("coverage", "named"),))
    pinned = attrs.evolve(of, pins=(n.Pin("a", "three", None, None, None),))
    first = trace(pinned, account("a", fit=7), AS_OF, outside).own
    assert (first.adjusted, first.adjustments, first.start) == (None, (), own.tiers[2])


def test_a_trace_blames_lookups_and_says_what_they_gave() -> None:
    lookup = n.Lookup("plans", ("ae",), (n.LookupColumn("base", Kind.NUMBER),), ((("kim",), (num(5),)),))
    base = x.LookedUp("plans", "base", (AE,), Kind.NUMBER)
    of = program(ladder=ladder(n.Tier("one", gate=when(x.Compare(">", base, const(1))))), lookups=(lookup,))

    def asked(**values: Value) -> ConditionTrace | None:
        return trace(of, Account("a", values), AS_OF, Outside()).own.tried[0].gate

    known, unknown, absent = asked(ae="kim"), asked(ae="lee"), asked()
    assert known is not None
    assert unknown is not None
    assert absent is not None
    assert known.reads == (Read("plans.base", num(5)), Read("ae", "kim"))
    assert (unknown.missing, absent.missing) == (("plans.base",), ("ae",))


@settings(max_examples=150, deadline=None)
@given(cases())
def test_a_trace_of_one_account_agrees_with_the_whole_run(case: Case) -> None:
    surveyed = survey(case.program, case.accounts, case.as_of)
    if isinstance(surveyed, Stopped):
        _faults_agree(case, surveyed)
        return
    outcome = place(case.program, surveyed, case.as_of)
    if isinstance(outcome, Stopped):
        return
    for judged, assignment, each in zip(surveyed.everyone, outcome.assignments, case.accounts, strict=True):
        known = {name: value for name, value in judged.facts.defined.items() if name not in (HELD_TIER, DAYS_IN_TIER)}
        percentiles = {d.name: known[d.name] for d in case.program.relative if isinstance(d, n.Percentile)}
        decided = tuple(
            Decided({tier: each.key in result.inside for tier, result in placed.tops.items()}, placement.tier)
            for placed, placement in zip(outcome.placed, assignment.placements, strict=True)
        )
        found = trace(case.program, each, case.as_of, Outside(percentiles, decided))
        assert (found.excluded.name if found.excluded else None) == assignment.excluded
        traced = {d.definition.name: d.value for d in found.definitions} | {f.fact.name: f.value for f in found.facts}
        assert traced | {s.signal.name: s.value for s in found.signals} == known
        assert found.faults == ()
        assert tuple(mark.mark.name for mark in found.marks if mark.asked.answer is Answer.YES) == assignment.marks
        for way, placement in zip(found.ladders, assignment.placements, strict=True):
            assert (way.ended.name if way.ended else None) == placement.tier
            if "over capacity" not in placement.reason:
                assert way.start is way.ended
            if way.adjusted is not None:
                assert way.adjusted.words in placement.reason
            assert tuple(at for at, play in enumerate(way.plays) if play.holds) == placement.plays
            if placement.tier is not None:
                assert way.clusters.get(placement.tier) == placement.cluster
        for each_traced in found.definitions:
            if each_traced.scored is not None and each_traced.scored.value is None:
                assert each_traced.scored.body is None


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(lived_cases())
def test_a_trace_of_an_account_with_a_past_agrees_with_the_whole_run(case: Case) -> None:
    surveyed = survey(case.program, case.accounts, case.as_of, case.past)
    outcome = surveyed if isinstance(surveyed, Stopped) else place(case.program, surveyed, case.as_of, case.occasion)
    if isinstance(outcome, Stopped) or isinstance(surveyed, Stopped) or case.past is None or case.occasion is None:
        return
    decisions = {each.key: each for each in outcome.decisions}
    for judged, assignment, each in zip(surveyed.everyone, outcome.assignments, case.accounts, strict=True):
        facts, decision = judged.facts, decisions.get(each.key)
        assert facts.memory is not None
        percentiles = {d.name: facts.defined[d.name] for d in case.program.relative if isinstance(d, n.Percentile)}
        decided = tuple(
            Decided({tier: each.key in result.inside for tier, result in placed.tops.items()}, placement.tier)
            for placed, placement in zip(outcome.placed, assignment.placements, strict=True)
        )
        past = Remembered(facts.memory, case.occasion, decision)
        found = trace(case.program, each, case.as_of, Outside(percentiles, decided, past))
        assert {d.definition.name: d.value for d in found.definitions}.items() <= facts.defined.items()
        assert found.faults == ()
        moving = found.mobility
        assert moving is not None
        if decision is None or judged.exclusion is not None or case.occasion.review:
            continue
        counts = [each for each in moving.triggers if each.counts]
        path = outcome.placed[0].paths[each.key]
        if case.occasion.freeze is None and path.course is not None and path.course.fired is not None:
            assert [each.trigger.name for each in counts] == [decision.trigger]
            assert all(each.holds and each.from_here for each in counts)
        if path.course is not None and path.course.fresh is not None:
            assert found.own.base is path.base
            assert found.own.start is path.course.start


def _faults_agree(case: Case, stopped: Stopped) -> None:
    """Faults that do not hang on the population are found for one each too."""
    if any(isinstance(each, n.Percentile) for each in case.program.relative):
        return
    people = {each.key: each for each in case.accounts}
    for fault in stopped.faults:
        assert trace(case.program, people[fault.key], case.as_of, Outside()).faults[0] == fault.where
    assert evaluate(case.program, case.accounts, case.as_of) == stopped
