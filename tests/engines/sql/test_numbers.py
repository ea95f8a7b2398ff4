"""The arithmetic in SQL against the arithmetic of the language, number by number, with the numbers that tempt an engine to err."""

from __future__ import annotations

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engines.building import AS_OF, FIT, VALUE, account, ladder, num, program
from tests.engines.typed import fill
from tierlang.engines.interpreter.facts import Account
from tierlang.engines.sql.evaluated import Evaluated
from tierlang.engines.sql.run import Run
from tierlang.program import expressions as x
from tierlang.program import nodes as n
from tierlang.program.numbers import LIMIT, in_limits, product, quotient, round_to
from tierlang.program.outcome import Stopped

RELAXED = (HealthCheck.too_slow, HealthCheck.function_scoped_fixture)
NUMBERS = st.one_of(
    st.integers(-30, 30),
    st.integers(-50, 50).map(lambda each: each * 5_000),
    st.sampled_from(
        [
            0,
            1,
            -1,
            4_999,
            5_000,
            5_001,
            -5_000,
            LIMIT - 1,
            1 - LIMIT,
            10**14,
            -(10**14),
            2**31,
            2**31 - 1,
            2**63 // 20_000,
        ]
    ),
    st.integers(1 - LIMIT, LIMIT - 1),
)
ONE = ladder(n.Tier("one", otherwise=True))


@pytest.fixture(scope="module")
def connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def formula(value: x.Expression, digits: int = 4) -> n.Program:
    return program(n.Score("s", n.Formula(value, "the formula"), None, None, digits), ladder=ONE)


def by_sql(connection: duckdb.DuckDBPyConnection, of: n.Program, *accounts: Account) -> Evaluated | Stopped:
    run = Run(connection, of, as_of=AS_OF)
    run.score(fill(connection, of, accounts))
    return run.place()


def values(
    connection: duckdb.DuckDBPyConnection, of: n.Program, pairs: list[tuple[int, int]]
) -> list[int | None] | Stopped:
    accounts = [Account(str(place), {"fit": a, "value": b}) for place, (a, b) in enumerate(pairs)]
    found = by_sql(connection, of, *accounts)
    return found if isinstance(found, Stopped) else [each.scores["s"] for each in found.assignments()]


@settings(max_examples=60, deadline=None, suppress_health_check=RELAXED)
@given(
    operator=st.sampled_from(["+", "-", "*", "/"]), pairs=st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=20)
)
def test_operations_are_exact_or_faults(
    connection: duckdb.DuckDBPyConnection, operator: str, pairs: list[tuple[int, int]]
) -> None:
    exact = {"+": int.__add__, "-": int.__sub__, "*": product, "/": quotient}[operator]
    expected = [exact(a, b) for a, b in pairs]
    found = values(connection, formula(x.Arithmetic(operator, FIT, VALUE)), pairs)  # type: ignore[arg-type]
    bad = [str(place) for place, value in enumerate(expected) if value is not None and not in_limits(value)]
    if bad:
        assert isinstance(found, Stopped)
        assert found.fault_count == len(bad)
        assert [fault.key for fault in found.faults] == bad
        assert {fault.where for fault in found.faults} == {"the formula"}
    else:
        assert found == expected


@settings(max_examples=60, deadline=None, suppress_health_check=RELAXED)
@given(
    operator=st.sampled_from(["*", "/"]),
    constant=st.sampled_from([1, 3, -3, 4_000, 2_500, 3_333, 10_000, -10_000, 70_000, 100_000_000, 10**15 + 1]),
    numbers=st.lists(NUMBERS.filter(lambda each: abs(each) < 10**12), min_size=1, max_size=20),
)
def test_a_constant_part_changes_nothing(
    connection: duckdb.DuckDBPyConnection, operator: str, constant: int, numbers: list[int]
) -> None:
    exact = {"*": product, "/": quotient}[operator]
    expected = [exact(each, constant) for each in numbers]
    if all(value is not None and in_limits(value) for value in expected):
        of = formula(x.Arithmetic(operator, FIT, x.Constant(constant, FIT.kind)))  # type: ignore[arg-type]
        assert values(connection, of, [(each, 0) for each in numbers]) == expected


@settings(max_examples=30, deadline=None, suppress_health_check=RELAXED)
@given(
    digits=st.integers(0, 4), numbers=st.lists(NUMBERS.filter(lambda each: abs(each) < 10**17), min_size=1, max_size=20)
)
def test_rounding_is_half_away_from_zero(
    connection: duckdb.DuckDBPyConnection, digits: int, numbers: list[int]
) -> None:
    pairs = [(each, 0) for each in numbers]
    expected = [round_to(each, digits) for each in numbers]
    assert values(connection, formula(x.Rounded(FIT, digits)), pairs) == expected
    assert values(connection, formula(FIT, digits), pairs) == expected


def test_a_divisor_of_zero_is_missing_on_every_path(connection: duckdb.DuckDBPyConnection) -> None:
    zero = x.Constant(0, FIT.kind)
    assert values(connection, formula(x.Arithmetic("/", FIT, VALUE)), [(num(5), 0), (num(5), num(2))]) == [
        None,
        num("2.5"),
    ]
    assert values(connection, formula(x.Arithmetic("/", FIT, zero)), [(num(5), 0)]) == [None]


def test_a_branch_not_taken_is_still_a_fault(connection: duckdb.DuckDBPyConnection) -> None:
    huge = x.Arithmetic("*", FIT, FIT)
    never = x.Choose((x.Branch(x.Compare("<", FIT, FIT), huge),), x.Constant(0, FIT.kind))
    found = values(connection, formula(never), [(10**15, 0)])
    assert isinstance(found, Stopped)
    assert found.fault_count == 1


def test_a_huge_sum_that_the_range_clamps_is_no_fault(connection: duckdb.DuckDBPyConnection) -> None:
    lines = (n.WeighLine(5_000, FIT, "fit"), n.WeighLine(5_000, VALUE, "value"))
    of = program(n.Score("s", n.Weighing(lines, "unscored"), 0, num(100), 2), ladder=ONE)
    assert values(connection, of, [(LIMIT - 1, LIMIT - 1), (1 - LIMIT, 0)]) == [num(100), 0]


def test_weights_are_divided_once(connection: duckdb.DuckDBPyConnection) -> None:
    lines = (n.WeighLine(3_333, FIT, "fit"), n.WeighLine(6_667, VALUE, "value"))
    of = program(n.Score("s", n.Weighing(lines, "share", 3_000), None, None, 2), ladder=ONE)
    found = by_sql(
        connection,
        of,
        account("both", fit=1, value=2),
        Account("one", {"fit": 1_250}),
        account("none"),
        account("tie", fit=-1, value=-2),
    )
    assert isinstance(found, Evaluated)
    scores = {each.key: each.scores["s"] for each in found.assignments()}
    assert scores == {"both": num("1.67"), "one": num("0.13"), "none": None, "tie": num("-1.67")}
