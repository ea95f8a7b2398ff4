"""What the generated cases reach: a differential test is worth as much as the cases it sees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import hypothesis
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.engines.reaching.in_facts import FACTS, HAPPENED, in_facts, in_happened
from tests.engines.reaching.in_ladders import LADDERS, in_ladders
from tests.engines.reaching.in_nodes import EXPRESSIONS, MOBILE, NODES, OPERATORS, OPTIONS, in_nodes
from tests.engines.reaching.in_outcome import OUTCOMES, in_outcome
from tests.engines.reaching.in_past import PAST, in_past
from tests.strategies import FOCUSES, Case, cases, lived_cases
from tierlang.engines.interpreter.evaluate import Survey, evaluate, place, survey

# Hypothesis makes many examples of one run from each other; several runs see more.
SEEDS = range(60)
EXAMPLES = 25


def words(case: Case) -> Iterator[str]:
    """Everything that the case reaches."""
    yield from in_nodes(case.program)
    yield from in_ladders(case.program)
    yield from in_facts(case)
    surveyed = survey(case.program, case.accounts, case.as_of)
    if isinstance(surveyed, Survey):
        yield from in_happened(case, [(each.facts, each.exclusion is not None) for each in surveyed.everyone])
        yield from in_outcome(case, place(case.program, surveyed, case.as_of))
    else:
        yield from in_outcome(case, surveyed)


@pytest.mark.slow
def test_the_cases_reach_every_node_and_every_feature() -> None:
    reached: Counter[str] = Counter()

    for seed in SEEDS:

        @hypothesis.seed(seed)
        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        )
        @given(cases(FOCUSES[seed % len(FOCUSES)]))
        def collect(case: Case) -> None:
            reached.update(set(words(case)))

        collect()
    wanted = EXPRESSIONS | NODES | OPERATORS | OPTIONS | LADDERS | FACTS | HAPPENED | OUTCOMES
    assert sorted(wanted - reached.keys()) == []
    assert sorted(word for word in wanted if reached[word] < 2) == [], "reached only once: too thin to rely on"


@pytest.mark.slow
def test_the_cases_with_a_past_reach_every_way_of_an_account() -> None:
    reached: Counter[str] = Counter()

    for seed in range(100):

        @hypothesis.seed(seed)
        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        )
        @given(lived_cases(FOCUSES[seed % len(FOCUSES)]))
        def collect(case: Case) -> None:
            outcome = evaluate(case.program, case.accounts, case.as_of, case.past, case.occasion)
            reached.update({*in_past(case, outcome), *in_nodes(case.program)})

        collect()
    wanted = PAST | MOBILE
    assert sorted(wanted - reached.keys()) == []
    assert sorted(word for word in wanted if reached[word] < 2) == [], "reached only once: too thin to rely on"
