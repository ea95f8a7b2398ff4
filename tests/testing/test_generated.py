"""Generated programs and accounts as tests: what a run says is what a test may expect, and anything else fails."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.strategies import Case, cases
from tierlang.engines.interpreter.facts import Account
from tierlang.program import nodes as n
from tierlang.program.outcome import Assignment, Stopped
from tierlang.testing.chances import chances
from tierlang.testing.coverage import cover, split
from tierlang.testing.results import Ran
from tierlang.testing.run import account_of, ran_on, run_test, run_tests

RELAXED = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)

few = settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=RELAXED)


def ran(case: Case) -> Ran:
    """The case's population placed; cases that stop are left out."""
    found = ran_on(case.program, case.accounts, case.as_of)
    assume(not isinstance(found, Stopped) and len(case.accounts) > 0)
    assert isinstance(found, Ran)
    return found


def given_of(account: Account) -> n.GivenAccount:
    """The account as a test gives it."""
    return n.GivenAccount(
        account.key,
        account.key,
        tuple(account.values.items()),
        tuple(
            n.GivenEvent(name, event.at, tuple(event.values.items()))
            for name, events in account.events.items()
            for event in events
        ),
        tuple(n.GivenObservation(name, one.at, one.value) for name, seen in account.signals.items() for one in seen),
    )


def expects_of(program: n.Program, came: Assignment) -> list[n.Expect]:
    """Everything that can be expected of where an account ended."""
    marks = [n.ExpectMark(came.key, mark.name, mark.name not in came.marks) for mark in program.marks]
    if came.excluded is not None:
        return [n.ExpectExcluded(came.key, came.excluded), *marks]
    return [n.ExpectTier(came.key, came.tier), n.ExpectExcluded(came.key, None, True), *marks]


def flipped(program: n.Program, expect: n.Expect) -> n.Expect:
    """An expectation that cannot be met where this one is."""
    if isinstance(expect, n.ExpectTier):
        names = [None, *(tier.name for tier in program.ladders[0].tiers)]
        return attrs.evolve(expect, tier=names[(names.index(expect.tier) + 1) % len(names)])
    assert isinstance(expect, n.ExpectExcluded | n.ExpectMark)
    return attrs.evolve(expect, negated=not expect.negated)


def block_of(case: Case, expects: list[n.Expect]) -> n.Test:
    """A test of the whole population."""
    return n.Test("generated", case.as_of, tuple(given_of(account) for account in case.accounts), tuple(expects))


@few
@given(cases(), st.integers(0, 2**32))
def test_what_a_run_says_may_be_expected_and_nothing_else(case: Case, number: int) -> None:
    expects = [each for came in ran(case).outcome.assignments for each in expects_of(case.program, came)]
    assert run_test(case.program, block_of(case, expects)).misses == ()
    at = number % len(expects)
    wrong = flipped(case.program, expects[at])
    result = run_test(case.program, block_of(case, [*expects[:at], wrong, *expects[at + 1 :]]))
    assert [miss.expect for miss in result.misses] == [wrong]


@few
@given(cases())
def test_a_given_account_is_the_account_that_is_run(case: Case) -> None:
    for account in case.accounts:
        again = account_of(case.program, given_of(account))
        assert (again.key, again.values, again.signals) == (account.key, account.values, account.signals)
        assert {name: [each.at for each in events] for name, events in again.events.items()} == {
            name: [each.at for each in events] for name, events in account.events.items()
        }


def _may_stand_in_cells(account: Account) -> bool:
    """Whether the door could have read its texts: what is blank there is missing, and no text keeps white space at its ends."""
    events = [value for each in account.events.values() for event in each for value in event.values.values()]
    signals = [one.value for seen in account.signals.values() for one in seen]
    texts = [each for each in (account.key, *account.values.values(), *events, *signals) if isinstance(each, str)]
    return all(text and text == text.strip() for text in texts)


def never_impossible(case: Case) -> None:
    """What the case's accounts show is not called impossible, and everything is accounted for."""
    assume(all(map(_may_stand_in_cells, case.accounts)))
    found = ran(case)
    every = [(chance.what, chance.never) for chance in chances(case.program)]
    # Two lines may go by the same label; nobody could tell them apart here.
    shown = {
        each
        for each, chance in zip(every, chances(case.program), strict=True)
        if chance.seen(found) and every.count(each) == 1
    }
    coverage = cover(case.program, (), case.as_of)
    assert not shown & {(chance.what, chance.never) for chance in coverage.impossible}
    done, of = coverage.share()
    assert (done, of) == (0, len(coverage.undecided))
    assert len(coverage.undecided) + len(coverage.impossible) == len(chances(case.program))


@settings(few, max_examples=5)
@given(cases())
def test_coverage_never_calls_impossible_what_accounts_show(case: Case) -> None:
    never_impossible(case)


@pytest.mark.slow
@settings(few, max_examples=150, derandomize=False, database=None)
@given(cases())
def test_coverage_never_calls_impossible_what_accounts_show_in_many_cases(case: Case) -> None:
    never_impossible(case)


@few
@given(cases())
def test_tests_decide_what_their_accounts_show(case: Case) -> None:
    found = ran(case)
    program = attrs.evolve(case.program, tests=(block_of(case, []),))
    decided, left = split(program, run_tests(program))
    shown = [chance.seen(found) for chance in chances(program)]
    assert (len(decided), len(left)) == (sum(shown), len(shown) - sum(shown))
