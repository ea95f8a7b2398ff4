"""One account explained: every factor, and never another result than that of the whole run."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings

from tests.engines.building import AS_OF, CUSTOMER, FIT, VALUE, account, at_least, from_, ladder, num, program, when
from tests.strategies import Case, cases
from tierlang.engines.interpreter.evaluate import evaluate, place, survey
from tierlang.engines.interpreter.matching import Answer
from tierlang.engines.interpreter.reads import Read
from tierlang.engines.interpreter.trace import Outside, trace
from tierlang.engines.interpreter.trace_ladder import Decided
from tierlang.program import expressions as x
from tierlang.program import nodes as n
from tierlang.program.outcome import Stopped
from tierlang.program.values import Kind


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
        known = judged.facts.defined
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


def _faults_agree(case: Case, stopped: Stopped) -> None:
    """Faults that do not hang on the population are found for one account too."""
    if any(isinstance(each, n.Percentile) for each in case.program.relative):
        return
    people = {each.key: each for each in case.accounts}
    for fault in stopped.faults:
        assert trace(case.program, people[fault.key], case.as_of, Outside()).faults[0] == fault.where
    assert evaluate(case.program, case.accounts, case.as_of) == stopped
