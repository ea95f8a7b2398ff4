"""Accounts with a past in SQL: every rule that the interpreter's tests tell is told to both engines, and what only SQL can get wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import attrs
import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.compiler.rulesets import compiled
from tests.engines.interpreter import test_moving, test_moving_seats
from tests.engines.interpreter.test_moving import AS_OF, BETWEEN, OWNERS, REVIEW, Given, rules
from tests.engines.sql.test_tree import offences
from tests.engines.test_differential import agree
from tests.strategies import Case, lived_cases
from tierlang.engines.interpreter.evaluate import Outcome
from tierlang.engines.sql import decided, enduring, past, trees
from tierlang.engines.sql.evaluated import Evaluated
from tierlang.engines.sql.output import Output
from tierlang.engines.sql.past import PastTables
from tierlang.engines.sql.plan import planned
from tierlang.engines.sql.run import Run
from tierlang.program.holdings import Occasion, Past
from tierlang.program.nodes import Program
from tierlang.program.outcome import Stopped

RULES = {
    f"{name}_by_sql_too": each
    for module in (test_moving, test_moving_seats)
    for name, each in vars(module).items()
    if name.startswith("test_")
}
globals().update(RULES)


def both(of: Program, occasion: Occasion, people: Sequence[Given]) -> Outcome:
    """What both engines make of accounts and their holdings."""
    past = Past({each.key: attrs.evolve(held, key=each.key) for each, held in people if held is not None})
    found = agree(Case(of, tuple(each for each, _ in people), AS_OF, past=past, occasion=occasion))
    assert not isinstance(found, Stopped), found
    return found


@pytest.fixture(autouse=True)
def _asks_both(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (test_moving, test_moving_seats):
        monkeypatch.setattr(module, "outcome", both)


def test_every_rule_is_told_to_both() -> None:
    assert len(RULES) > 30


@settings(
    max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), phases=(Phase.generate,)
)
@given(lived_cases())
def test_no_tree_of_a_past_has_what_engines_read_differently(case: Case) -> None:
    assert case.occasion is not None
    names = [*(score.name for score in case.program.scores), *(signal.name for signal in case.program.signals)]
    plan = planned(case.program, case.as_of, names, "rowid", occasion=case.occasion)
    placing = next(each for each in plan.placings if not each.own.position)
    output = Output(case.program, case.as_of, plan.placed, plan.placings, plan.ranks, aligned=True)
    shown = output.select(decided.columns(case.program, placing, plan.placed), decided.everyone(case.program))
    tables = PastTables(case.occasion)
    taken = past.beside(trees.select("a").from_("taken"), "taken", case.program, case.as_of, tables, plan.reads)
    for query in (taken, shown, *(step.query() for step in plan.steps)):
        assert list(offences(query)) == []


def test_a_run_without_a_past_asks_nothing_of_it() -> None:
    of = rules("promote up { from two  to one  when a and days in tier > 3 }  hold still when b")
    plan = planned(of, AS_OF, (), "rowid")
    assert [step.name for step in plan.steps] == ["scored", "placed_0"]
    assert plan.source.columns == ("key", "bad", "excluded_by", "f_fit", "base")


@pytest.mark.parametrize(("occasion", "read"), [(BETWEEN, True), (REVIEW, False)])
def test_a_review_reads_nothing_for_triggers_as_it_asks_none(occasion: Occasion, read: bool) -> None:
    of = rules("demote faded { from one  to two  when worth < 40 for 30 days }", more="score worth { value fit }")
    plan = planned(of, AS_OF, (), "rowid", occasion=occasion)
    assert ("trigger_0" in plan.source.columns) is read
    assert (enduring.lasted(of, AS_OF, "observed", plan.reads) is not None) is read


BUSY = f"""ruleset busy {{ review every quarter }}
owner dana "Dana"
account {{ key id text  field fit number required }}
score worth {{ value fit }}
tiers by worth {{
  tier one {{ range 80..  capacity 900 overflow down  keep while worth >= 70  {OWNERS} }}
  tier two {{ range 50..<80  capacity 84_000 overflow down  {OWNERS} }}
  tier three {{ otherwise  {OWNERS} }}
}}
mobility {{
  cooldown 60 days
  hold still "Still" when fit < 3
  promote up {{ from two  up 1  when fit > 90 and days in tier > 5 }}
  promote ask {{ from three  to two  when fit > 85  approve by dana }}
  demote faded {{ from one  to three  when worth < 40 for 30 days }}
}}"""


@pytest.mark.parametrize("occasion", [BETWEEN, REVIEW])
def test_neither_threads_nor_the_order_of_the_ledger_decide_anything(occasion: Occasion) -> None:
    of, found = compiled(BUSY), []
    for threads, order in ((1, "key"), (4, "hash(key)")):
        with duckdb.connect(config={"threads": threads}) as connection:
            connection.execute(
                "CREATE TABLE many AS SELECT range AS place, 'key ' || (range * 7919 % 300007) AS key,"
                " (range * 31 % 1013) * 1000 AS f_fit, FALSE AS bad FROM range(300000)"
            )
            connection.execute(
                "CREATE TABLE held AS SELECT key, ['one', 'two', 'three'][1 + place % 3] AS tier, tier AS base, DATE '2026-10-01' AS since,"
                " CASE WHEN place % 11 = 0 THEN DATE '2027-01-01' END AS settled_until, FALSE AS pinned, NULL::VARCHAR AS retired"
                f" FROM many WHERE place % 5 > 0 ORDER BY {order}"
            )
            connection.execute(
                "CREATE TABLE observed AS SELECT key, 'worth' AS score, DATE '2026-10-01' + (range * 20)::INTEGER AS \"at\","
                f" (place % 60)::DECIMAL(18, 4) AS value FROM many, range(3) WHERE place % 2 = 0 ORDER BY {order}"
            )
            run = Run(connection, of, as_of=dt.date(2026, 11, 15), past=PastTables(occasion))
            run.score("SELECT key, f_fit, bad FROM many")
            placed = run.place()
            assert isinstance(placed, Evaluated)
            connection.execute(f"CREATE TABLE result AS SELECT * FROM ({placed.decided()})")
            moved = "SELECT count(*) FROM many LEFT JOIN result ON many.rowid = result.rowid WHERE many.key IS DISTINCT FROM result.key"
            assert connection.execute(moved).fetchall() == [(0,)], "the decisions are not in the order of the input"
            counted = "SELECT cause, waits, trigger, tier, proposed, count(*), bit_xor(hash(key, reason, base)) FROM result GROUP BY ALL ORDER BY ALL"
            found.append((connection.execute(counted).fetchall(), placed.summary))
    assert found[0] == found[1]
    causes = {row[0] for row in found[0][0]}, {row[1] for row in found[0][0]}
    assert causes == (
        ({"new", "trigger", None}, {"hold", "cool-down", "approval", "capacity", None})
        if occasion is BETWEEN
        else ({"new", "review", None}, {"hold", "cool-down", None})
    )
