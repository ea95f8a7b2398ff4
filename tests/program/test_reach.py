"""Bounds and may-be-missing are sound: no generated account has a value outside what the program said was possible."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.strategies import Case, cases
from tierlang.engines.interpreter.evaluate import Survey, survey
from tierlang.program.expressions import Defined
from tierlang.program.numbers import in_limits
from tierlang.program.reach import Bounds, reaches_of
from tierlang.program.values import Kind


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.sampled_from((None, "facts")).flatmap(cases))
def test_no_value_lies_outside_its_reach(case: Case) -> None:
    surveyed = survey(case.program, case.accounts, case.as_of)
    if not isinstance(surveyed, Survey):
        return
    reaches = reaches_of(case.program)
    program = case.program
    for definition in (*program.facts, *program.signals, *program.definitions, *program.relative):
        reach = reaches.of(Defined(definition.name, definition.kind))
        for judged in surveyed.everyone:
            value = judged.facts.defined[definition.name]
            if value is None:
                assert reach.missing, definition
            elif definition.kind.is_numeric:
                assert isinstance(value, int)
                assert reach.bounds.low <= value <= reach.bounds.high, definition
            else:
                assert definition.kind in (Kind.FLAG, Kind.TEXT, Kind.DATE, Kind.TAGS)


def test_bounds_that_cannot_be_kept_are_clipped_to_what_is_no_fault() -> None:
    wide = Bounds(-(10**30), 10**30)
    assert not wide.fits
    assert in_limits(wide.clipped().low)
    assert in_limits(wide.clipped().high)
    assert Bounds(10**20, 10**21).clipped().low <= Bounds(10**20, 10**21).clipped().high
