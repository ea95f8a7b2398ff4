"""Long lists and lookup tables: found by value, whatever the type, and the accounts stay in their order."""

from __future__ import annotations

import datetime as dt

import duckdb
import pytest

from tests.engines.building import (
    AE,
    AS_OF,
    CUSTOMER,
    FIT,
    INDUSTRY,
    NEED,
    TOUCHED,
    VALUE,
    account,
    const,
    ladder,
    num,
    program,
    run,
)
from tests.engines.typed import fill
from tierlang.engines.interpreter.facts import Account
from tierlang.engines.sql.evaluated import Evaluated
from tierlang.engines.sql.run import Run
from tierlang.program import expressions as x
from tierlang.program import nodes as n
from tierlang.program.values import Kind, Value

ONE = ladder(n.Tier("one", otherwise=True), by=None)


def agreed(of: n.Program, *accounts: Account) -> list[int | None]:
    """What both engines find as the score `s`."""
    with duckdb.connect() as connection:
        begun = Run(connection, of, as_of=AS_OF)
        begun.score(fill(connection, of, accounts))
        found = begun.place()
        assert isinstance(found, Evaluated)
        assert found.assignments() == run(of, *accounts).assignments
        assert found.summary == run(of, *accounts).summary
        return [each.scores["s"] for each in found.assignments()]


def scored(body: n.PointSum | n.Formula) -> n.Score:
    return n.Score("s", body, None, None, 4)


@pytest.mark.parametrize("count", [40, 400])
def test_numbers_below_zero_are_found_in_lists_of_any_length(count: int) -> None:
    listed = x.OneOf(FIT, tuple(num(-each) for each in range(1, count)))
    of = program(scored(n.PointSum((n.PointLine(num(1), n.Condition(listed, "listed")),))), ladder=ONE)
    assert agreed(of, account("a", fit=-7), account("b", fit=7), account("c", fit=-7.5), account("d")) == [
        num(1),
        0,
        0,
        0,
    ]


@pytest.mark.parametrize("count", [40, 4000])
@pytest.mark.parametrize(
    ("read", "values", "asked"),
    [
        (FIT, [num(each) - num(20) for each in range(4000)], [num(-5), num("0.5"), num(12)]),
        (INDUSTRY, [f"industry {each}" for each in range(4000)], ["industry 7", "industry x", ""]),
        (TOUCHED, [AS_OF - dt.timedelta(days=each) for each in range(4000)], [AS_OF, dt.date(1900, 1, 1)]),
    ],
    ids=["numbers", "texts", "dates"],
)
def test_points_by_value_from_a_table_of_any_length(
    count: int, read: x.Input, values: list[Value], asked: list[Value]
) -> None:
    rows = [
        n.TableRow(x.Compare("=", read, x.Constant(each, read.kind)), 2_500 * at, "")
        for at, each in enumerate(values[:count])
    ]
    rows.append(n.TableRow(x.OneOf(read, (values[0], values[1])), num(999), ""))
    of = program(scored(n.PointSum((n.PointTable(read, tuple(rows), num(-1), num("0.5"), "by"),))), ladder=ONE)
    people = [Account(f"{at}", {} if value is None else {read.name: value}) for at, value in enumerate([*asked, None])]
    found = agreed(of, *people)
    assert found[-1] == num("0.5")
    assert found[-2] == num(-1) or read is FIT


def test_a_lookup_matches_several_columns_of_different_kinds() -> None:
    columns = (
        n.LookupColumn("base", Kind.NUMBER),
        n.LookupColumn("who", Kind.TEXT),
        n.LookupColumn("until", Kind.DATE),
    )
    rows = (
        (("a:b", num("1.5"), True, AS_OF), (num(10), "dana", None)),
        (("a", num("-1.5"), True, AS_OF), (num("0.25"), None, AS_OF)),
        (("2:a", num(15), False, AS_OF), (None, "sam", AS_OF)),
    )
    lookup = n.Lookup("rates", ("industry", "fit", "customer", "touched"), columns, rows)
    items = (INDUSTRY, FIT, CUSTOMER, TOUCHED)
    base, who, until = (x.LookedUp("rates", each.name, items, each.kind) for each in columns)
    body = n.PointSum(
        (
            n.PointLine(num(1), n.Condition(x.Compare(">=", base, const(1)), "base")),
            n.PointLine(num(2), n.Condition(x.Compare("=", who, const("sam")), "who")),
            n.PointLine(num(4), n.Condition(x.IsMissing(until), "until")),
        )
    )
    of = program(scored(body), ladder=ONE, lookups=(lookup,))
    values = [
        ("a:b", "1.5", True),
        ("a", "-1.5", True),
        ("2:a", "15", False),
        ("a", "1.5", True),
        ("2", "15", False),
    ]
    people = [
        Account(f"{at}", {"industry": a, "fit": num(b), "customer": c, "touched": AS_OF})
        for at, (a, b, c) in enumerate(values)
    ]
    lacking = Account("lacking", {"industry": "a", "fit": num("-1.5"), "customer": True})
    assert agreed(of, *people, lacking) == [num(5), 0, num(2), num(4), num(4), num(4)]


def test_a_long_lookup_keeps_the_accounts_in_their_order() -> None:
    size = 30_000
    rows = tuple((((f"ae {each}",), (num(each), f"team {each % 9}"))) for each in range(size))
    columns = (n.LookupColumn("quota", Kind.WHOLE), n.LookupColumn("team", Kind.TEXT))
    lookup = n.Lookup("quotas", ("ae",), columns, rows)
    quota = x.LookedUp("quotas", "quota", (AE,), Kind.WHOLE)
    of = program(scored(n.Formula(x.FirstOf((quota, const(-1))), "quota")), ladder=ONE, lookups=(lookup,))
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE people AS SELECT 'k' || range AS key, 'ae ' || (range * 7919 % 40000) AS f_ae, FALSE AS bad FROM range(200000)"
        )
        begun = Run(connection, of, as_of=AS_OF)
        begun.score("SELECT * FROM people")
        found = begun.place()
        assert isinstance(found, Evaluated)
        connection.execute(f"CREATE TABLE result AS {found.select(('key', 's'))}")
        wrong = (
            "SELECT count(*) FROM people JOIN result ON people.rowid = result.rowid WHERE people.key <> result.key"
            f" OR s <> CASE WHEN people.rowid * 7919 % 40000 < {size} THEN people.rowid * 7919 % 40000 ELSE -1 END"
        )
        assert connection.execute(wrong).fetchall() == [(0,)]


def test_a_lookup_without_rows_gives_nothing() -> None:
    lookup = n.Lookup("empty", ("need",), (n.LookupColumn("rate", Kind.NUMBER),), ())
    rate = x.LookedUp("empty", "rate", (NEED,), Kind.NUMBER)
    of = program(scored(n.Formula(x.FirstOf((rate, VALUE)), "rate")), ladder=ONE, lookups=(lookup,))
    assert agreed(of, account("a", need=1, value=3), account("b", need=1)) == [num(3), None]
