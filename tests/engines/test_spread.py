"""How fields and scores spread: the two engines count the same."""

from __future__ import annotations

import hypothesis
import pytest
from hypothesis import given, settings

from tests.engines.test_differential import DATABASE, RELAXED
from tests.engines.typed import fill, fill_facts
from tests.strategies import FOCUSES, Case, cases
from tierlang.engines.interpreter.evaluate import survey
from tierlang.engines.interpreter.spread import field_figures, score_figures
from tierlang.engines.sql.run import Run
from tierlang.program.outcome import Stopped


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


@pytest.mark.parametrize("seed", range(3))
def test_the_engines_count_the_same(seed: int) -> None:
    compared = []

    @hypothesis.seed(seed)
    @settings(max_examples=40, deadline=None, database=None, suppress_health_check=RELAXED)
    @given(cases(FOCUSES[seed % len(FOCUSES)]))
    def run(case: Case) -> None:
        compared.append(both(case))

    run()
    assert any(compared)
