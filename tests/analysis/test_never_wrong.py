"""Generated programs and accounts: what is proved of all accounts holds for each of them, and every example is one."""

from __future__ import annotations

import hypothesis
import pytest
from hypothesis import HealthCheck, given, settings

from tests.analysis.claims_of import claims_of, is_readable
from tests.strategies import FOCUSES, Case, cases
from tierlang.analysis.answers import Extent, Impossible, Possible
from tierlang.analysis.confirm import confirmed, known_of, readable
from tierlang.analysis.model import Model
from tierlang.engines.interpreter.evaluate import Survey, survey
from tierlang.engines.interpreter.expressions import value_of
from tierlang.engines.interpreter.facts import Account, Facts
from tierlang.program.expressions import Defined, Expression
from tierlang.program.nodes import Program, Score

RELAXED = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)


class CellsOnly(Model):
    """The model without the solver below it: that has tests of its own."""

    def _solved(self, claim: Expression, eligible: bool) -> None:
        return None

    def _better(self, known: Extent, value: object, given: object) -> Extent:
        return known


def survivors(case: Case) -> list[tuple[Facts, bool]]:
    """The accounts of the case that a run accepts, each with all that is known of it in that population, and whether it is eligible."""
    accounts = [each for each in case.accounts if is_readable(each) and _is_sound(case.program, each, case)]
    found = survey(case.program, accounts, case.as_of)
    assert isinstance(found, Survey)
    return [(each.facts, each.exclusion is None) for each in found.everyone]


def _is_sound(program: Program, account: Account, case: Case) -> bool:
    found = survey(program, [account], case.as_of)
    return isinstance(found, Survey)


def check(case: Case) -> None:
    """Ask everything of the case, and hold the answers against its accounts."""
    model = CellsOnly(case.program, case.as_of)
    everyone = survivors(case)
    for claim in claims_of(case.program):
        for eligible in (True, False):
            answer = model.possible(claim, eligible=eligible)
            if isinstance(answer, Possible):
                assert confirmed(case.program, answer.witness.account, case.as_of, claim, eligible=eligible)
            elif isinstance(answer, Impossible):
                for facts, is_eligible in everyone:
                    if (is_eligible or not eligible) and readable(claim, facts):
                        assert value_of(claim, facts, "") is not True or facts.faults, (claim, facts.account)
    for definition in case.program.definitions:
        if isinstance(definition, Score):
            check_extent(model, Defined(definition.name, definition.kind), everyone)


def check_extent(model: Model, value: Defined, everyone: list[tuple[Facts, bool]]) -> None:
    """No account is outside, and the accounts at the ends have these values."""
    extent = model.extent(value)
    numbers = [facts.defined[value.name] for facts, eligible in everyone if eligible]
    for number in numbers:
        if number is not None:
            assert extent.low is not None
            assert extent.high is not None
            assert isinstance(number, int)
            assert extent.low <= number <= extent.high
    for end, witness in ((extent.low, extent.low_witness), (extent.high, extent.high_witness)):
        if witness is not None:
            facts = known_of(model.program, witness.account, model.as_of, eligible=True)
            assert facts is not None
            assert facts.defined[value.name] == end


def all_hold(seed: int, examples: int) -> None:
    """So many cases of one run of hypothesis."""

    @hypothesis.seed(seed)
    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=RELAXED)
    @given(cases(FOCUSES[seed % len(FOCUSES)]))
    def run(case: Case) -> None:
        check(case)

    run()


@pytest.mark.parametrize("seed", range(3))
def test_no_answer_is_wrong(seed: int) -> None:
    all_hold(seed, 25)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(113, 117))
def test_no_answer_is_wrong_in_many_cases(seed: int) -> None:
    all_hold(seed, 100)
