"""Passes over files of facts: several files of one event, whose rows count, the order of the accounts, little memory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import attrs
import duckdb
import pytest

from tests.engines.building import AS_OF, CUSTOMER, FIT, account, const, ladder, num, program, run, when
from tests.engines.typed import fill
from tests.strategies.feeds import ATTRIBUTION
from tierlang.engines.interpreter.facts import Account, Event
from tierlang.engines.sql.evaluated import Evaluated
from tierlang.engines.sql.run import Run
from tierlang.program import expressions as x
from tierlang.program import nodes as n
from tierlang.program.calendar import Duration
from tierlang.program.outcome import FactFigures
from tierlang.program.values import Kind

AMOUNT, ROLE = x.Attribute("amount", Kind.MONEY), x.Attribute("role", Kind.TEXT)
ORDER = n.EventType("order", None, ATTRIBUTION, (n.Field("amount", Kind.MONEY), n.Field("role", Kind.TEXT)))
VISIT = n.EventType("visit", None, ATTRIBUTION)
INTENT = n.Signal("intent", None, ATTRIBUTION, n.Field("intent", Kind.NUMBER))
QUARTER = Duration(90, "day")


def fact(
    function: n.AggregateFunction, attribute: x.Attribute | None = None, where: n.Condition | None = None
) -> n.Aggregate:
    kinds = {"any": Kind.FLAG, "latest": Kind.TEXT, "sum": Kind.MONEY}
    return n.Aggregate(
        function, kinds.get(function, Kind.WHOLE), "order", function, attribute, where, QUARTER, function
    )


FACTS: tuple[n.Fact, ...] = (
    fact("count"),
    fact("sum", AMOUNT),
    fact("distinct", ROLE),
    fact("latest", ROLE),
    n.Sustained(
        "held", "intent", x.Compare(">=", x.Attribute("intent", Kind.NUMBER), const(50)), Duration(3, "week"), "held"
    ),
)
SCORES = (
    n.Score("counted", n.Formula(x.Defined("count", Kind.WHOLE), "count"), None, None, 2),
    n.Score("total", n.Formula(x.Defined("sum", Kind.MONEY), "sum"), None, None, 2),
    n.Score("different", n.Formula(x.Defined("distinct", Kind.WHOLE), "distinct"), None, None, 2),
    n.Score(
        "said",
        n.PointSum(
            (
                n.PointLine(num(1), when(x.Compare("=", x.Defined("latest", Kind.TEXT), const("cto")))),
                n.PointLine(num(2), when(x.Defined("held", Kind.FLAG))),
            )
        ),
        None,
        None,
        0,
    ),
)
OF = program(
    *SCORES,
    ladder=ladder(n.Tier("one", otherwise=True), by=None),
    events=(ORDER, VISIT),
    signals=(INTENT,),
    facts=FACTS,
)


def rows(kind: str, facts: Sequence[tuple[str, str, int, object, object]]) -> str:
    """A typed relation: name, key, days ago, and two values."""
    columns = ("order.amount", "order.role") if kind == "events" else ("intent.value", "unused")
    types = ("BIGINT", "VARCHAR")
    cells = ", ".join(
        f"('{name}', '{key}', DATE '{AS_OF - dt.timedelta(days=ago)}', {_cell(a)}, {_cell(b)})"
        for name, key, ago, a, b in facts
    )
    names = ", ".join(f'CAST(v{at} AS {types[at]}) AS "{column}"' for at, column in enumerate(columns))
    return (
        f'SELECT fact, account, day AS "at", {names}, FALSE AS bad, 0 AS rounded'
        f" FROM (VALUES {cells}) AS t(fact, account, day, v0, v1)"
    )


def _cell(value: object) -> str:
    return "NULL" if value is None else f"'{value}'" if isinstance(value, str) else str(value)


def test_several_files_of_one_event_or_signal_count_as_one() -> None:
    first = [("order", "a", 3, num(10), "ceo"), ("order", "a", 8, num(5), "cfo"), ("visit", "b", 1, None, None)]
    second = [("order", "a", 2, num(1), "cto"), ("order", "a", 3, num(7), "ceo"), ("order", "b", 1, num(2), None)]
    early, late = (
        [("intent", "a", 30, num(60), None)],
        [("intent", "a", 5, num(40), None), ("intent", "a", 5, num(70), None)],
    )
    with duckdb.connect() as connection:
        begun = Run(connection, OF, as_of=AS_OF)
        begun.score(fill(connection, OF, [account("a"), account("b")]))
        begun.expect([("order", "visit"), ("order",), ("intent",), ("intent",)])
        relations = (rows("events", first), rows("events", second), rows("signals", early), rows("signals", late))
        held = (("order", "visit"), ("order",), ("intent",), ("intent",))
        for number, (relation, names) in enumerate(zip(relations, held, strict=True)):
            begun.gather(number, relation, names)
            assert connection.execute(
                f"SELECT sum(bad), sum(stray), sum(rounded) FROM {begun.gathered(number)}"
            ).fetchall()
        found = begun.place()
        assert isinstance(found, Evaluated)
        scores = {each.key: dict(each.scores) for each in found.assignments()}
        assert scores["a"] == {"counted": num(4), "total": num(23), "different": num(3), "said": num(3)}
        assert scores["b"] == {"counted": num(1), "total": num(2), "different": 0, "said": 0}
        assert begun.figures == (
            FactFigures("order", 5, 0, 0, 0, ()),
            FactFigures("visit", 1, 0, 0, 0, ()),
            FactFigures("intent", 3, 0, 0, 0, ()),
        )


def test_two_files_of_one_event_must_be_announced() -> None:
    with duckdb.connect() as connection:
        begun = Run(connection, OF, as_of=AS_OF)
        begun.score(fill(connection, OF, [account("a")]))
        begun.gather(0, rows("events", [("order", "a", 3, num(10), "ceo")]), ("order",))
        with pytest.raises(AssertionError, match="order"):
            begun.gather(1, rows("events", [("order", "a", 3, num(10), "ceo")]), ("order",))


def test_a_file_may_be_read_once_more() -> None:
    with duckdb.connect() as connection:
        begun = Run(connection, OF, as_of=AS_OF)
        begun.score(fill(connection, OF, [account("a")]))
        for amount in (10, 20):
            begun.gather(0, rows("events", [("order", "a", 3, num(amount), "ceo")]), ("order", "visit"))
        begun.gather(1, rows("signals", [("intent", "a", 3, num(10), None)]), ("intent",))
        found = begun.place()
        assert isinstance(found, Evaluated)
        assert found.assignments()[0].scores["total"] == num(20)


def test_rows_are_told_apart_by_whose_they_are_and_when() -> None:
    facts = [
        ("order", "a", 0, num(1), "x"),
        ("order", "a", -1, num(1), "x"),
        ("order", "a", 900, num(1), "x"),
        *(("order", f"stranger {at}", ago, num(1), "x") for at in range(5) for ago in (0, 900, -2)),
        ("visit", "stranger 9", 0, None, None),
    ]
    with duckdb.connect() as connection:
        begun = Run(connection, OF, as_of=AS_OF)
        begun.score(fill(connection, OF, [account("a")]))
        begun.gather(0, rows("events", facts), ("order", "visit"))
        assert isinstance(begun.place(), Evaluated)
        assert begun.figures == (
            FactFigures("order", 2, 1, 15, 5, ("stranger 0", "stranger 1", "stranger 2")),
            FactFigures("visit", 0, 0, 1, 1, ("stranger 9",)),
        )


def test_a_condition_reads_the_account_and_its_key() -> None:
    key = x.Input("id", Kind.TEXT)
    ours = x.AllOf((x.Compare(">=", AMOUNT, FIT), x.Not(CUSTOMER), x.Compare("!=", key, const("c"))))
    of = attrs.evolve(OF, facts=(fact("count", where=when(ours)), *FACTS[1:]))
    people = [
        Account(
            name,
            {"fit": num(5), "customer": customer},
            {"order": (Event(AS_OF, {"amount": num(5)}), Event(AS_OF, {"amount": num(4)}))},
        )
        for name, customer in (("a", False), ("b", True), ("c", False))
    ]
    with duckdb.connect() as connection:
        begun = Run(connection, of, as_of=AS_OF)
        begun.score(fill(connection, of, people))
        events = [("order", each.key, 0, amount, None) for each in people for amount in (num(5), num(4))]
        begun.gather(0, rows("events", events), ("order",))
        found = begun.place()
        assert isinstance(found, Evaluated)
        assert found.assignments() == run(of, *people).assignments
        assert [each.scores["counted"] for each in found.assignments()] == [num(1), 0, 0]


MANY = 60_000


def big(connection: duckdb.DuckDBPyConnection) -> tuple[str, str, str]:
    """Accounts in an odd order, ten events of each, and three observations of each."""
    connection.execute(
        f"CREATE TABLE people AS SELECT 'account number ' || (range * 7919 % {MANY}) AS key, FALSE AS bad FROM range({MANY})"
    )
    account_of = f"'account number ' || (range * 104729 % {MANY})"
    day = f"DATE '{AS_OF}' - CAST(range % 60 AS INTEGER)"
    events = (
        f'SELECT \'order\' AS fact, {account_of} AS account, {day} AS "at", range % 100 * 10000 AS "order.amount",'
        f" 'role ' || range % 7 AS \"order.role\", FALSE AS bad, 0 AS rounded FROM range({10 * MANY})"
    )
    signals = (
        f'SELECT \'intent\' AS fact, {account_of} AS account, {day} AS "at", range % 100 * 10000 AS "intent.value",'
        f" FALSE AS bad, 0 AS rounded FROM range({3 * MANY})"
    )
    return "SELECT * FROM people", events, signals


def result(**settings: str | int) -> list[tuple[object, ...]]:
    """The result of many accounts with these settings: a hash of every column, and how many stand in another place than in the input."""
    with duckdb.connect(config=dict(settings)) as connection:
        people, events, signals = big(connection)
        begun = Run(connection, OF, as_of=AS_OF)
        begun.score(people)
        begun.gather(0, events, ("order", "visit"))
        begun.gather(1, signals, ("intent",))
        found = begun.place()
        assert isinstance(found, Evaluated)
        connection.execute(f"CREATE TABLE result AS {found.select(('key', 'counted', 'total', 'different', 'said'))}")
        astray = "SELECT count(*) FROM result JOIN people ON people.key = result.key WHERE result.rowid <> people.rowid"
        assert connection.execute(astray).fetchall() == [(0,)]
        return connection.execute(
            "SELECT count(*), bit_xor(hash(key, counted, total, different, said)), sum(counted), sum(said) FROM result"
        ).fetchall()


def test_accounts_stay_in_their_order_with_any_number_of_threads_and_little_memory(tmp_path: object) -> None:
    usual = result(threads=4)
    assert usual[0][0] == MANY
    assert result(threads=1) == usual
    assert result(threads=2, memory_limit="48MB", temp_directory=str(tmp_path)) == usual
