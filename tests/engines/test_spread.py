"""How fields and scores spread: the two engines count the same."""

from __future__ import annotations

import datetime as dt

import hypothesis
import pytest
from hypothesis import given, settings

from tests.engines.test_differential import DATABASE, RELAXED
from tests.engines.typed import fill, fill_facts
from tests.strategies import FOCUSES, Case, cases
from tierlang.engines.interpreter.evaluate import Survey, survey
from tierlang.engines.interpreter.facts import Account
from tierlang.engines.interpreter.spread import field_figures, score_figures
from tierlang.engines.sql.run import Run
from tierlang.pipeline import compile_sources
from tierlang.program.nodes import Program
from tierlang.program.outcome import Stopped
from tierlang.source import Source

TAGGED = """
ruleset tagged "Tagged" { reviewed 2026-10-01 }
account {
  key id text
  field lines tags one of "motor", "cyber", "life"
}
owner dana "Dana"
tiers {
  tier one { when lines contains "cyber"  owner marketing dana  owner sales dana }
  tier two { otherwise  owner marketing dana  owner sales dana }
}
"""


def test_an_account_counts_for_each_of_its_tags() -> None:
    program = compile_sources(Source("tagged.tier", TAGGED)).program
    assert program is not None
    tags: list[tuple[str, ...]] = [("cyber", "motor"), ("cyber",), ()]
    accounts = tuple(Account(f"A-{at}", {"lines": each}) for at, each in enumerate(tags))
    assert both(Case(program, accounts, dt.date(2026, 11, 1)))
    (lines,) = field_figures(program, _surveyed(program, accounts))
    assert (lines.missing, dict(lines.values)) == (1, {"motor": 1, "cyber": 2, "life": 0})


def _surveyed(program: Program, accounts: tuple[Account, ...]) -> Survey:
    surveyed = survey(program, accounts, dt.date(2026, 11, 1))
    assert isinstance(surveyed, Survey)
    return surveyed


def both(case: Case) -> bool:
    """Whether the run gave figures; they were compared."""
    surveyed = survey(case.program, case.accounts, case.as_of)
    with DATABASE.cursor() as connection:
        every = tuple(field.name for field in case.program.fields)
        run = Run(connection, case.program, as_of=case.as_of, carry=every)
        run.score(fill(connection, case.program, case.accounts))
        for table in fill_facts(connection, case):
            run.gather(table.number, table.select, table.names)
        result = run.place()
        if isinstance(surveyed, Stopped) or isinstance(result, Stopped):
            return False
        assert result.field_figures() == field_figures(case.program, surveyed)
        assert result.score_figures() == score_figures(case.program, surveyed)
    return True


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (1, 2))])
def test_the_engines_count_the_same(seed: int) -> None:
    compared = []

    @hypothesis.seed(seed)
    @settings(max_examples=40, deadline=None, database=None, suppress_health_check=RELAXED)
    @given(cases(FOCUSES[seed % len(FOCUSES)]))
    def run(case: Case) -> None:
        compared.append(both(case))

    run()
    assert any(compared)
