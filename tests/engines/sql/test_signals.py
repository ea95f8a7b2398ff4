"""Signals that share a file: what is found of one says nothing of an account that has only the other."""

from __future__ import annotations

import attrs
import duckdb

from tests.engines.building import AS_OF, const, ladder, program
from tests.engines.typed import fill, fill_facts
from tests.strategies import Case
from tierlang.engines.interpreter.evaluate import evaluate
from tierlang.engines.interpreter.facts import Account, Observation
from tierlang.engines.sql.run import Run
from tierlang.program import expressions as x
from tierlang.program import nodes as n
from tierlang.program.calendar import Duration
from tierlang.program.numbers import LIMIT
from tierlang.program.outcome import Fault, Stopped
from tierlang.program.values import Kind

FILED = n.Attribution(n.Field("account", Kind.TEXT, required=True), n.Field("at", Kind.DATE, required=True))


def test_a_number_that_is_out_of_bounds_for_everyone_is_a_fault_only_of_those_with_an_observation() -> None:
    huge = x.Constant(LIMIT - 1, Kind.NUMBER)
    test = x.AnyOf((x.Attribute("intent", Kind.FLAG), x.Compare(">", x.Arithmetic("*", huge, huge), const(0))))
    signals = tuple(n.Signal(name, None, FILED, n.Field(name, Kind.FLAG)) for name in ("intent", "usage"))
    held = n.Sustained("held", "intent", test, Duration(1, "day"), "intent for 1 day")
    of = attrs.evolve(program(ladder=ladder(n.Tier("one", otherwise=True))), signals=signals, facts=(held,))
    seen = (Observation(AS_OF, True),)
    people = (Account("a", {}, {}, {"intent": seen}), Account("b", {}, {}, {"usage": seen}), Account("c", {}))
    case = Case(of, people, AS_OF, signals_together=True)
    with duckdb.connect() as connection:
        run = Run(connection, of, as_of=AS_OF)
        run.score(fill(connection, of, people))
        for table in fill_facts(connection, case):
            run.gather(table.number, table.select, table.names)
        found = run.place()
    assert found == Stopped((Fault("a", "intent for 1 day"),), 1, (), 0)
    assert found == evaluate(of, people, AS_OF)
