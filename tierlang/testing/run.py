"""Running the tests of a ruleset: each is a small population of its own, placed by the interpreter. Start reading here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from tierlang.engines.interpreter.evaluate import place, survey
from tierlang.engines.interpreter.facts import Account, Event, Observation
from tierlang.program import nodes
from tierlang.program.holdings import Occasion, Past
from tierlang.program.outcome import Stopped
from tierlang.program.values import Value
from tierlang.testing.expecting import miss_of
from tierlang.testing.past import occasion_of, past_of
from tierlang.testing.results import Ran, TestResult

ANY_DAY = dt.date(2000, 1, 1)
"""The date of tests that have none, which is only possible where nothing depends on it."""


def run_tests(program: nodes.Program, only: Callable[[nodes.Test], bool] | None = None) -> tuple[TestResult, ...]:
    """Every test of the program (`only`: those for which this is true), in the order in which they are written."""
    return tuple(run_test(program, test) for test in program.tests if only is None or only(test))


def run_test(program: nodes.Program, test: nodes.Test) -> TestResult:
    """Place the test's accounts and compare what came with what was expected."""
    as_of = test.as_of or ANY_DAY
    past, occasion = (past_of(test), occasion_of(program, test, as_of)) if test.has_past else (None, None)
    ran = ran_on(program, [account_of(program, given) for given in test.accounts], as_of, past, occasion)
    if isinstance(ran, Stopped):
        return TestResult(test, None, ran, ())
    missed = [miss_of(program, expect, ran, as_of) for expect in test.expects]
    return TestResult(test, ran, None, tuple(miss for miss in missed if miss is not None))


def ran_on(
    program: nodes.Program,
    accounts: Sequence[Account],
    as_of: dt.date,
    past: Past | None = None,
    occasion: Occasion | None = None,
) -> Ran | Stopped:
    """The accounts judged and placed, with all that was found on the way; with an occasion, as a run that knows the past."""
    surveyed = survey(program, accounts, as_of, past)
    if isinstance(surveyed, Stopped):
        return surveyed
    outcome = place(program, surveyed, as_of, occasion)
    if isinstance(outcome, Stopped):
        return outcome
    return Ran(
        surveyed,
        outcome,
        {judged.facts.key: judged.facts for judged in surveyed.everyone},
        {each.key: each for each in outcome.assignments},
        occasion,
        {each.key: each for each in outcome.decisions},
    )


def account_of(program: nodes.Program, given: nodes.GivenAccount) -> Account:
    """The account that a test gives, as the interpreter takes it; attributes of its events that are not given have their default."""
    defaults = {event.name: {field.name: field.default for field in event.fields} for event in program.events}
    events: dict[str, tuple[Event, ...]] = {}
    for each in given.events:
        present: dict[str, Value] = {name: value for name, value in each.values if value is not None}
        happened = Event(each.at, {**defaults[each.event], **present})
        events[each.event] = (*events.get(each.event, ()), happened)
    signals: dict[str, tuple[Observation, ...]] = {}
    for seen in given.observations:
        signals[seen.signal] = (*signals.get(seen.signal, ()), Observation(seen.at, seen.value))
    return Account(given.key, dict(given.values), events, signals)
