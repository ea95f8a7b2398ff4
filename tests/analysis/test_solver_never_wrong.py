"""The solver on generated programs: what accounts do is never called impossible, and its examples are what they are said to be."""

from __future__ import annotations

from collections.abc import Iterator

import hypothesis
import pytest
from hypothesis import HealthCheck, given, settings

from tests.analysis.claims_of import claims_of
from tests.analysis.test_never_wrong import CellsOnly
from tests.strategies import FOCUSES, Case, cases
from tierlang.analysis.answers import Impossible, Open, Possible
from tierlang.analysis.confirm import confirmed
from tierlang.analysis.solver import Solver
from tierlang.engines.interpreter.definitions import Judged
from tierlang.engines.interpreter.evaluate import Survey, survey
from tierlang.engines.interpreter.expressions import value_of
from tierlang.engines.interpreter.facts import Account
from tierlang.program.expressions import (
    AllOf,
    Compare,
    Constant,
    Defined,
    Expression,
    IsMissing,
    Not,
    OneOf,
    reads_tiers,
)
from tierlang.program.nodes import Condition, Derive, Program
from tierlang.program.values import Kind

RELAXED = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)


def conditions(program: Program) -> Iterator[Condition]:
    """Conditions that read no tier."""
    for exclusion in program.exclusions:
        yield exclusion.when
    for ladder in program.ladders:
        yield from (tier.gate for tier in ladder.tiers if tier.gate is not None)
        yield from (shift.when for shift in ladder.shifts)
        yield from (bound.when for bound in (*ladder.floors, *ladder.caps))
        for tier in ladder.tiers:
            yield from (play.when for play in tier.plays if play.when is not None)
    yield from (mark.when for mark in program.marks)


def claims(program: Program, judged: Judged) -> Iterator[Expression]:
    """What is true of this account: every condition as it came out, every definition at its very value."""
    for condition in conditions(program):
        if not reads_tiers(condition.test):
            yield as_it_is(condition.test, judged)
    for each in (*program.definitions, *program.facts, *program.relative):
        kind = each.kind if isinstance(each, Derive) or hasattr(each, "kind") else Kind.NUMBER
        if kind is not Kind.TAGS:
            yield as_it_is(Defined(each.name, kind), judged)


def as_it_is(expression: Expression, judged: Judged) -> Expression:
    """That the expression has the value that it has."""
    value = value_of(expression, judged.facts, "")
    if value is None:
        return IsMissing(expression)
    if isinstance(value, bool):
        return expression if value else Not(expression)
    if isinstance(value, str):
        return OneOf(expression, (value,))
    assert not isinstance(value, tuple)
    return Compare("=", expression, Constant(value, Kind.NUMBER if isinstance(value, int) else Kind.DATE))


def readable(account: Account) -> bool:
    """Whether cells could say it: a text of nothing but white space is a missing one."""
    values = [account.values, *(event.values for events in account.events.values() for event in events)]
    texts = [value for each in values for value in each.values() if isinstance(value, str)]
    texts += [seen.value for some in account.signals.values() for seen in some if isinstance(seen.value, str)]
    return all(text.strip() for text in [account.key, *texts])


def look(case: Case) -> tuple[int, int, int]:
    """How many questions were answered which way."""
    surveyed = survey(case.program, case.accounts, case.as_of)
    if not isinstance(surveyed, Survey):
        return 0, 0, 0
    solver = Solver(case.program, case.as_of)
    possible = impossible = open_ = 0
    for judged in [each for each in surveyed.everyone if readable(each.facts.account)][:2]:
        everything = list(claims(case.program, judged))[:12]
        for claim in [*everything, AllOf(tuple(everything[:3]))]:
            if not everything:
                continue
            eligible = judged.exclusion is None
            answer = solver.possible(claim, eligible)
            assert not isinstance(answer, Impossible), (claim, judged.facts.account)
            opposite = solver.possible(Not(claim), eligible)
            impossible += isinstance(opposite, Impossible)
            for asked, found in ((claim, answer), (Not(claim), opposite)):
                if isinstance(found, Possible):
                    possible += 1
                    assert confirmed(case.program, found.witness.account, case.as_of, asked, eligible=eligible)
                else:
                    open_ += 1
    return possible, impossible, open_


@pytest.mark.parametrize("seed", range(3))
def test_what_accounts_do_is_possible(seed: int) -> None:
    never_wrong(seed, 6)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(213, 217))
def test_what_accounts_do_is_possible_in_many_cases(seed: int) -> None:
    never_wrong(seed, 100)


def never_wrong(seed: int, examples: int) -> None:
    @hypothesis.seed(seed)
    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=RELAXED)
    @given(cases(FOCUSES[seed % len(FOCUSES)]))
    def run(case: Case) -> None:
        look(case)

    run()


@pytest.mark.parametrize("seed", range(30, 33))
def test_cells_and_the_solver_agree(seed: int) -> None:
    @hypothesis.seed(seed)
    @settings(max_examples=5, deadline=None, database=None, suppress_health_check=RELAXED)
    @given(cases(FOCUSES[seed % len(FOCUSES)]))
    def run(case: Case) -> None:
        cells, solver = CellsOnly(case.program, case.as_of), Solver(case.program, case.as_of)
        for claim in list(claims_of(case.program))[:25]:
            one, other = cells.possible(claim), solver.possible(claim)
            if not isinstance(one, Open) and not isinstance(other, Open):
                assert type(one) is type(other), claim

    run()
