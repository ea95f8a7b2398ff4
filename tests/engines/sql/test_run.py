"""Runs: what is kept, the order of the result, one account's story, and stopping."""

from __future__ import annotations

import datetime as dt

import duckdb
import pytest

from tests.engines.building import AE, AS_OF, FIT, INDUSTRY, account, const, from_, ladder, num, program, seats, when
from tests.engines.typed import fill
from tierlang.engines.interpreter.facts import Account
from tierlang.engines.sql.evaluated import Evaluated, Moved, TopPlace
from tierlang.engines.sql.run import Run
from tierlang.program import expressions as x
from tierlang.program import nodes as n
from tierlang.program.outcome import Stopped
from tierlang.program.values import Kind, Value


def place(
    of: n.Program, *accounts: Account, carry: tuple[str, ...] = ()
) -> tuple[duckdb.DuckDBPyConnection, Evaluated]:
    connection = duckdb.connect()
    run = Run(connection, of, as_of=AS_OF, carry=carry)
    run.score(fill(connection, of, accounts))
    found = run.place()
    assert isinstance(found, Evaluated)
    return connection, found


def test_carried_fields_are_shown_as_people_write_them_and_never_hide_a_result() -> None:
    fields = (n.Field("fit", Kind.NUMBER), n.Field("tier", Kind.TEXT), n.Field("staff", Kind.WHOLE))
    of = program(ladder=ladder(n.Tier("one", otherwise=True)), fields=fields)
    values: dict[str, Value] = {"fit": num("12.5"), "tier": "gold", "staff": num(7)}
    connection, found = place(of, Account("a", values), carry=("fit", "tier", "staff"))
    assert found.columns[-3:] == ("fit", "account_tier", "staff")
    shown = connection.execute(found.select(("tier", "fit", "account_tier", "staff"))).fetchall()
    assert [[str(cell) for cell in row] for row in shown] == [["one", "12.5000", "gold", "7"]]


def test_a_score_is_shown_with_its_digits() -> None:
    of = program(n.Score("s", n.Formula(FIT, "fit"), None, None, 2), ladder=ladder(n.Tier("one", otherwise=True)))
    connection, found = place(of, account("a", fit=-3), account("b"))
    assert [str(row[0]) for row in connection.execute(found.select(("s",))).fetchall()] == ["-3.00", "None"]


def test_the_result_is_in_the_order_of_the_input_whatever_is_joined() -> None:
    industries = tuple(f"industry {number}" for number in range(200))
    listed = x.OneOf(INDUSTRY, industries)
    gold = n.Tier("gold", line=from_(50), capacities=(seats(40, per=AE), seats(900)))
    of = program(
        ladder=ladder(gold, n.Tier("rest", otherwise=True), rank_by=(n.RankKey(AE),)),
        exclusions=(n.Exclusion("listed", n.Condition(listed, "in the list")),),
        pins=(n.Pin("key 77", "rest", None, None, None),),
    )
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE many AS SELECT range AS place, 'key ' || (range * 7919 % 500009) AS key, range % 100 * 10000 AS f_fit,"
            " CASE WHEN range % 3 > 0 THEN 'ae ' || range % 50 END AS f_ae, 'industry ' || range % 999 AS f_industry, FALSE AS bad"
            " FROM range(500009)"
        )
        run = Run(connection, of, as_of=AS_OF)
        run.score("SELECT * FROM many")
        found = run.place()
        assert isinstance(found, Evaluated)
        connection.execute(f"CREATE TABLE result AS {found.select(('key', 'tier', 'rank', 'reason'))}")
        astray = "SELECT count(*) FROM result JOIN many ON many.key = result.key WHERE result.rowid <> place"
        assert connection.execute(astray).fetchall() == [(0,)]
        assert found.summary.own.seats[1].used == 900


def test_only_what_the_result_shows_is_kept() -> None:
    tier = n.Tier("one", otherwise=True, owners=(n.TierOwner("sales", None, AE),))
    of = program(n.Score("s", n.Formula(FIT, "fit"), None, None, 2), ladder=ladder(tier, by=None))
    with duckdb.connect() as connection:
        run = Run(connection, of, as_of=AS_OF)
        run.want(("key", "tier", "reason"))
        run.score(fill(connection, of, [account("a", fit=3, ae="dana")]))
        columns = [row[0] for row in connection.execute("DESCRIBE scored").fetchall()]
        found = run.place()
        assert isinstance(found, Evaluated)
        assert connection.execute(found.select(("key", "tier"))).fetchall() == [("a", "one")]
    assert "f_ae" not in columns
    assert "d_s" not in columns
    assert {"key", "bad"} <= set(columns)


def test_one_account_is_told_its_story() -> None:
    top = n.Top(None, 3, FIT, None, "3")
    best = n.Tier("best", top=top, capacities=(seats(1),))
    good = n.Tier("good", gate=when(x.Compare(">=", FIT, const(15)), "fit >= 15"))
    of = program(ladder=ladder(best, good, n.Tier("rest", otherwise=True)))
    _, found = place(
        of, *(account(key, fit=fit) for key, fit in (("a", 10), ("b", 20), ("c", 30), ("d", 5))), account("e")
    )
    story = found.inside("b")
    assert story is not None
    assert (story.own.base, story.own.moves) == ("best", (Moved("best", "1", "good"),))
    assert story.own.tops == {"best": TopPlace(True, 3, 4)}
    assert story.assignment.reason == "fit 20 in the top 3 (the best 3 of 4); over capacity of best (1), moved to good"
    without = found.inside("e")
    assert without is not None
    assert without.own.tops == {"best": None}
    assert found.inside("f") is None


def test_faults_are_listed_in_the_order_of_the_input_and_counted() -> None:
    squared = n.Derive("huge", Kind.NUMBER, x.Arithmetic("*", FIT, FIT), "fit * fit")
    of = program(squared, ladder=ladder(n.Tier("one", otherwise=True)))
    with duckdb.connect() as connection:
        run = Run(connection, of, as_of=AS_OF)
        run.score(
            "SELECT 'k' || range AS key, CASE WHEN range % 2 = 0 THEN 10**15 ELSE 1 END::BIGINT AS f_fit, FALSE AS bad FROM range(100)"
        )
        found = run.place()
    assert isinstance(found, Stopped)
    assert found.fault_count == 50
    assert [(fault.key, fault.where) for fault in found.faults[:2]] == [("k0", "fit * fit"), ("k2", "fit * fit")]
    assert len(found.faults) == 20


@pytest.mark.parametrize("until", [dt.date(2026, 3, 30), dt.date(2026, 3, 31), None])
def test_a_pin_counts_to_the_end_of_its_last_day(until: dt.date | None) -> None:
    of = program(
        ladder=ladder(n.Tier("gold", line=from_(50)), n.Tier("rest", otherwise=True)),
        pins=(n.Pin("a", "gold", until, None, "it's ours"), n.Pin("z", "gold", None, None, None)),
    )
    _, found = place(of, account("a", fit=1))
    (one,) = found.assignments()
    assert one.tier == ("rest" if until == dt.date(2026, 3, 30) else "gold")
    assert found.summary.pins_unknown == ("z",)
    assert found.summary.pins_expired == (("a",) if until == dt.date(2026, 3, 30) else ())
