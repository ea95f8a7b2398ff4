"""What tests have decided, on the shipped rulesets: proposals compile, pass and decide what they were made for."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pytest

from tests.rulesets.test_rulesets import AS_OF, NAMES, RULESETS, evaluated
from tierlang.analysis.answers import Witness
from tierlang.analysis.writing import as_test
from tierlang.formatter.layout import formatted
from tierlang.pipeline import compile_sources, load
from tierlang.program.nodes import Program
from tierlang.program.outcome import Stopped
from tierlang.source import Source
from tierlang.testing.chances import chances
from tierlang.testing.coverage import Coverage, cover, day_of
from tierlang.testing.run import ran_on, run_test, run_tests

TODAY = dt.date(2026, 11, 22)

every_ruleset = pytest.mark.parametrize("name", NAMES)


def rules(name: str, more: str = "") -> Program:
    """A shipped ruleset without its tests, and with these instead."""
    path = RULESETS / name / f"{name}.tier"
    text = path.read_text(encoding="utf-8").replace('use "tests.tier"', "")
    loaded = compile_sources(Source(str(path), f"{text}\n{more}"))
    assert loaded.program is not None, [(each.message, each.span.text) for each in loaded.diagnostics]
    return loaded.program


@cache
def untested(name: str) -> tuple[Program, Coverage]:
    """A shipped ruleset without tests, and what is proposed for it."""
    program = rules(name)
    return program, cover(program, (), TODAY)


@every_ruleset
def test_proposals_compile_pass_and_decide_what_they_were_made_for(name: str) -> None:
    _, coverage = untested(name)
    assert len(coverage.proposals) > 15
    program = rules(name, "\n".join(coverage.proposals))
    results = run_tests(program)
    assert [result.test.label for result in results if not result.passed] == []
    wanted = {(each.chance.what, each.chance.never) for each in coverage.undecided if each.proposal is not None}
    after = cover(program, results, TODAY)
    assert wanted <= {(chance.what, chance.never) for chance in after.decided}
    assert after.proposals == ()


@every_ruleset
def test_proposals_stand_in_the_one_layout(name: str) -> None:
    text = "\n".join(untested(name)[1].proposals)
    assert formatted(Source("proposed.tier", text)) == text


@every_ruleset
def test_nearly_everything_gets_a_proposal_and_the_rest_a_reason(name: str) -> None:
    _, coverage = untested(name)
    without = [each for each in coverage.undecided if each.proposal is None]
    assert all(each.why for each in without)
    # What only an account with a past shows has no proposal, and says so.
    without = [each for each in without if each.chance.needs is None]
    assert len(without) <= 0.1 * len(coverage.undecided)


@every_ruleset
def test_nothing_that_sample_accounts_show_is_called_impossible(name: str) -> None:
    program, coverage = untested(name)
    found = ran_on(program, evaluated(name).accounts, AS_OF)
    assert not isinstance(found, Stopped)
    shown = {(chance.what, chance.never) for chance in chances(program) if chance.seen(found)}
    assert not shown & {(chance.what, chance.never) for chance in coverage.impossible}


@every_ruleset
def test_sample_accounts_written_as_tests_pass_and_fail_when_another_tier_is_expected(name: str) -> None:
    program = rules(name)
    blocks: list[str] = []
    for number, account in enumerate(evaluated(name).accounts[:40]):
        found = ran_on(program, [account], AS_OF)
        assert not isinstance(found, Stopped)
        (came,) = found.outcome.assignments
        told = f"excluded as {came.excluded}" if came.excluded else f"tier {came.tier}" if came.tier else "untiered"
        blocks.append(as_test(program, Witness(account, AS_OF), f"sample {number}", [told]))
    right = rules(name, "\n".join(blocks))
    assert [result.test.label for result in run_tests(right) if not result.passed] == []
    other = {tier.name: program.ladders[0].tiers[at - 1].name for at, tier in enumerate(program.ladders[0].tiers)}
    wrong = [block for block in blocks if "expect tier" in block]
    for name_of, another in other.items():
        wrong = [block.replace(f"expect tier {name_of}\n", f"expect tier ~{another}\n") for block in wrong]
    flipped = rules(name, "\n".join(wrong).replace("expect tier ~", "expect tier "))
    assert wrong
    assert [result.test.label for result in run_tests(flipped) if result.passed] == []


@every_ruleset
def test_the_shipped_tests_pass_and_decide_every_tier_exclusion_gate_adjustment_and_mark(name: str) -> None:
    program = load(str(RULESETS / name / f"{name}.tier")).program
    assert program is not None
    results = [run_test(program, test) for test in program.tests]
    assert len(results) >= 10
    assert [result.test.label for result in results if not result.passed] == []
    coverage = cover(program, results, TODAY)
    left = [each.chance for each in coverage.undecided if each.chance.sort not in ("score lines", "plays")]
    lasting = ("never false", "never keeps", "never lets go")
    left = [each for each in left if each.needs is None or each.never not in lasting]
    assert [f"{chance.what}: {chance.never}" for chance in left] == []
    done, of = coverage.share()
    assert done >= 0.8 * of


def test_the_date_of_proposals_is_that_of_most_tests() -> None:
    program, _ = untested("saas_abm")
    assert day_of(program, (), TODAY) == program.reviewed
    both = rules(
        "saas_abm", "".join(block(f"t{at}", day) for at, day in enumerate(("2026-03-01", "2026-04-01", "2026-03-01")))
    )
    assert day_of(both, run_tests(both), TODAY) == dt.date(2026, 3, 1)


def block(label: str, day: str) -> str:
    """A test as of a day."""
    return f'test "{label}" {{ as of {day}  given {{ name = "x" }}  expect excluded as unreachable }}\n'
