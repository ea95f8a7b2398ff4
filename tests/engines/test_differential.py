"""The interpreter and the SQL engine on generated programs and accounts: they must never disagree."""

from __future__ import annotations

import random

import attrs
import duckdb
import hypothesis
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.engines.decided import decided, expected_of
from tests.engines.typed import figures, fill, fill_facts, fill_past
from tests.strategies import FOCUSES, Case, cases, lived_cases
from tierlang.engines.interpreter.evaluate import Outcome, evaluate, place, survey
from tierlang.engines.interpreter.trace import Outside, trace
from tierlang.engines.interpreter.trace_ladder import Decided
from tierlang.engines.sql.evaluated import Evaluated
from tierlang.engines.sql.run import Run
from tierlang.program.holdings import DAYS_IN_TIER, HELD_TIER
from tierlang.program.outcome import Stopped

RELAXED = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)

# A cursor has temporary tables of its own, and is opened much faster than a database.
DATABASE = duckdb.connect(config={"threads": 1})


def by_sql(case: Case, connection: duckdb.DuckDBPyConnection) -> Evaluated | Stopped:
    """The case on DuckDB."""
    select = fill(connection, case.program, case.accounts)
    run = Run(connection, case.program, as_of=case.as_of, past=fill_past(connection, case))
    run.score(select)
    for table in fill_facts(connection, case):
        run.gather(table.number, table.select, table.names)
    found = run.place()
    if case.program.events or case.program.signals:
        assert run.figures == figures(case)
    return found


def agree(case: Case) -> Outcome | Stopped:
    """Fail where the engines differ; else say what both found."""
    expected = evaluate(case.program, case.accounts, case.as_of, case.past, case.occasion)
    with DATABASE.cursor() as connection:
        found = by_sql(case, connection)
        if isinstance(expected, Stopped) or isinstance(found, Stopped):
            assert found == expected
            return expected
        for one, other in zip(found.assignments(), expected.assignments, strict=True):
            assert one == other
        assert found.summary == expected.summary
        if case.past is not None:
            assert decided(connection, found) == expected_of(case, expected)
    return expected


def all_agree(seed: int, examples: int, *, past: bool = False) -> None:
    """So many cases of one run of hypothesis; it makes many examples of a run from each other, so several runs see more. The seed says what they are large in."""

    @hypothesis.seed(seed)
    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=RELAXED)
    @given((lived_cases if past else cases)(FOCUSES[seed % len(FOCUSES)]))
    def run(case: Case) -> None:
        agree(case)

    run()


@pytest.mark.parametrize("seed", range(9))
def test_the_engines_agree(seed: int) -> None:
    all_agree(seed, 25)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 112))
def test_the_engines_agree_on_thousands_of_cases(seed: int) -> None:
    all_agree(seed, 150)


@pytest.mark.parametrize("seed", range(4))
def test_the_engines_agree_on_accounts_with_a_past(seed: int) -> None:
    all_agree(seed, 20, past=True)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(200, 212))
def test_the_engines_agree_on_thousands_of_cases_with_a_past(seed: int) -> None:
    all_agree(seed, 150, past=True)


@settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=RELAXED)
@given(cases())
def test_explain_is_told_what_the_run_found(case: Case) -> None:
    surveyed = survey(case.program, case.accounts, case.as_of)
    with DATABASE.cursor() as connection:
        found = by_sql(case, connection)
        if isinstance(surveyed, Stopped) or isinstance(found, Stopped):
            return
        assert found.inside("no such account") is None
        outcome = place(case.program, surveyed, case.as_of)
        assert isinstance(outcome, Outcome)
        together = list(zip(case.accounts, surveyed.everyone, outcome.assignments, strict=True))
        for account, judged, assignment in together[:3]:
            inside = found.inside(account.key)
            assert inside is not None
            assert inside.assignment == assignment
            decided = tuple(
                Decided(
                    {tier: top is not None and top.inside for tier, top in stages.tops.items()}, stages.placement.tier
                )
                for stages in inside.ladders
            )
            traced = trace(case.program, account, case.as_of, Outside(inside.percentiles, decided))
            known = {each.definition.name: each.value for each in traced.definitions}
            known |= {each.fact.name: each.value for each in traced.facts}
            known |= {each.signal.name: each.value for each in traced.signals}
            assert known | {HELD_TIER: "", DAYS_IN_TIER: None} == judged.facts.defined
            for way, stages in zip(traced.ladders, inside.ladders, strict=True):
                reason = stages.placement.reason
                assert reason.count("; over capacity of ") == len(stages.moves)
                if stages.moves:
                    assert stages.placement.tier == stages.moves[-1].to
                if judged.exclusion is None:
                    assert (way.base.name if way.base else None) == stages.base
                    assert (way.start.name if way.start else None) == stages.adjusted


# --- what may not decide anything ---------------------------------------------------------------------------------------------------


@settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=RELAXED)
@given(cases(), st.integers(0, 2**32))
def test_the_order_of_rows_decides_nothing(case: Case, seed: int) -> None:
    _same_in_any_order(case, seed)


@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=RELAXED)
@given(lived_cases(), st.integers(0, 2**32))
def test_the_order_of_rows_decides_nothing_about_accounts_with_a_past(case: Case, seed: int) -> None:
    _same_in_any_order(case, seed)


def _same_in_any_order(case: Case, seed: int) -> None:
    people = list(case.accounts)
    random.Random(seed).shuffle(people)
    shuffled = attrs.evolve(case, accounts=tuple(people), shuffle=case.shuffle + 1)
    with DATABASE.cursor() as connection, DATABASE.cursor() as other:
        before, after = by_sql(case, connection), by_sql(shuffled, other)
        if isinstance(before, Stopped) or isinstance(after, Stopped):
            assert isinstance(before, Stopped)
            assert isinstance(after, Stopped)
            assert (before.fault_count, before.conflict_count) == (after.fault_count, after.conflict_count)
            return
        assert before.summary == after.summary
        assert {each.key: each for each in before.assignments()} == {each.key: each for each in after.assignments()}
        assert [each.key for each in after.assignments()] == [each.key for each in people]
        if case.past is not None:
            rows, others = decided(connection, before), decided(other, after)
            assert {row["key"]: row for row in rows} == {row["key"]: row for row in others}


COPIES = 20_000


def placed_with(case: Case, threads: int) -> tuple[Stopped | None, list[tuple[object, ...]]]:
    """The case with every account many times, so that DuckDB has work for several threads: all results, in order, as one hash per column."""
    with duckdb.connect(config={"threads": threads}) as connection:
        fill(connection, case.program, case.accounts)
        connection.execute(
            "CREATE TABLE many AS SELECT accounts.* REPLACE (key || '#' || copy AS key) "
            f"FROM range({COPIES}) AS copies(copy), accounts ORDER BY copy, accounts.rowid"
        )
        run = Run(connection, case.program, as_of=case.as_of)
        run.score("SELECT * FROM many")
        for table in fill_facts(connection, case):
            # Every account is there many times, its facts once for each of them.
            many = f"SELECT facts.* REPLACE (account || '#' || copy AS account) FROM ({table.select}) AS facts, range({COPIES}) AS copies(copy)"
            run.gather(table.number, many, table.names)
        found = run.place()
        if isinstance(found, Stopped):
            return found, []
        connection.execute(f"CREATE TABLE result AS SELECT * FROM ({found.select(found.columns)})")
        moved = "SELECT count(*) FROM many LEFT JOIN result ON many.rowid = result.rowid WHERE many.key IS DISTINCT FROM result.key"
        assert connection.execute(moved).fetchall() == [(0,)], "the result is not in the order of the input"
        hashes = ", ".join(f'bit_xor(hash(key, "{column}"))' for column in found.columns)
        return None, [*connection.execute(f"SELECT {hashes} FROM result").fetchall(), (found.summary,)]


@settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=RELAXED, phases=(Phase.generate,))
@given(cases().filter(lambda case: 4 <= len(case.accounts) <= 12 and len(case.program.ladders[0].tiers) > 2))
def test_the_number_of_threads_decides_nothing(case: Case) -> None:
    assert placed_with(case, 1) == placed_with(case, 4)
