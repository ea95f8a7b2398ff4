"""The trees: nothing in them that engines read differently, and the one query gives what the steps give."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs
import duckdb
from hypothesis import HealthCheck, Phase, given, settings
from sqlglot import exp

from tests.engines.building import AE, AS_OF, FIT, from_, ladder, program, seats
from tests.engines.typed import fill, fill_facts
from tests.strategies import Case, cases
from tierlang.engines.sql.evaluated import Evaluated
from tierlang.engines.sql.plan import planned, tree
from tierlang.engines.sql.run import Run
from tierlang.program import expressions as x
from tierlang.program import nodes as n

RELAXED = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)

FORBIDDEN = (
    *(
        exp.Div,
        exp.IntDiv,
        exp.TryCast,
        exp.Greatest,
        exp.Least,
        exp.Like,
        exp.ILike,
        exp.In,
        exp.Round,
        exp.SafeDivide,
    ),
    *(exp.Avg, exp.Limit, exp.Offset),
)


def offences(query: exp.Expr) -> Iterator[str]:
    """What stands in a tree and must not."""
    for node in query.walk():
        if isinstance(node, FORBIDDEN):
            yield node.sql("duckdb")
        if isinstance(node, exp.Literal) and not node.is_string and not node.this.isdigit():
            yield f"the numeral {node.this}"
        if isinstance(node, exp.Ordered) and node.args.get("nulls_first") is None:
            yield f"{node.sql('duckdb')} does not say where missing values stand"
        if isinstance(node, exp.DataType) and node.this in (exp.DataType.Type.DOUBLE, exp.DataType.Type.FLOAT):
            yield "a float"


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=RELAXED, phases=(Phase.generate,))
@given(cases())
def test_no_tree_has_what_engines_read_differently(case: Case) -> None:
    fields = tuple(field.name for field in case.program.fields)
    query = tree(case.program, case.as_of, fields)
    assert list(offences(query)) == []


@settings(max_examples=22, deadline=None, derandomize=True, suppress_health_check=RELAXED, phases=(Phase.generate,))
@given(cases())
def test_the_one_query_gives_what_the_steps_give(case: Case) -> None:
    case = attrs.evolve(case, events_together=True, signals_together=True)
    with duckdb.connect() as connection:
        select = fill(connection, case.program, case.accounts)
        run = Run(connection, case.program, as_of=case.as_of)
        run.score(select)
        for table in fill_facts(connection, case):
            run.gather(table.number, table.select, table.names)
        found = run.place()
        if isinstance(found, Evaluated):
            by_steps = connection.execute(found.select(found.columns)).fetchall()
            at_once = connection.execute(tree(case.program, case.as_of).sql("duckdb")).fetchall()
            assert sorted(at_once, key=lambda row: str(row[0])) == sorted(by_steps, key=lambda row: str(row[0]))


def test_text_of_the_user_stays_text() -> None:
    nasty = 'it\'s "50 %"; -- \\ \n{x}'
    tier = n.Tier("one", label=nasty, otherwise=True, plays=(n.Play("sales", nasty),))
    of = program(ladder=ladder(n.Tier("top", line=from_(50), label=nasty), tier))
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE accounts AS SELECT 'k' AS key, CAST(NULL AS BIGINT) AS f_fit, CAST([] AS VARCHAR[]) AS f_tech, FALSE AS bad"
        )
        rows = connection.execute(f"SELECT label, play_sales FROM ({tree(of, AS_OF).sql('duckdb')})").fetchall()
    assert rows == [(nasty, nasty)]


def test_hundreds_of_definitions_and_tiers_are_planned_and_run() -> None:
    count = 300
    chain = [n.Derive("d0", FIT.kind, FIT, "d0")]
    for number in range(1, count):
        chain.append(n.Derive(f"d{number}", FIT.kind, x.Defined(f"d{number - 1}", FIT.kind), f"d{number}"))
    tiers = [
        n.Tier(f"t{number}", line=from_(count - number), capacities=(seats(2),) if number < 4 else ())
        for number in range(count)
    ]
    tiers.append(n.Tier("rest", otherwise=True, capacities=(seats(5, "out", AE),)))
    of = program(*chain, ladder=ladder(*tiers))
    steps = planned(of, AS_OF, (), "rowid").steps
    assert sum(len(step.statement()) for step in steps) < 2_000_000
    with duckdb.connect() as connection:
        run = Run(connection, of, as_of=dt.date(2026, 1, 1))
        run.score("SELECT 'k' || range AS key, range * 5000 AS f_fit, 'x' AS f_ae, FALSE AS bad FROM range(700)")
        found = run.place()
        assert isinstance(found, Evaluated)
        assert sum(each.count for each in found.summary.own.tiers) == 700 - found.summary.own.untiered
