"""Several ladders, adjustments and the capacities of ladders and of sums, where SQL could go astray."""

from __future__ import annotations

import attrs
import duckdb
import pytest

from tests.engines.building import (
    AE,
    AS_OF,
    CUSTOMER,
    FIT,
    VALUE,
    account,
    at_least,
    const,
    from_,
    ladder,
    num,
    program,
    run,
    seats,
    when,
)
from tests.engines.typed import fill
from tierlang.engines.interpreter.facts import Account
from tierlang.engines.sql.evaluated import Evaluated, Moved
from tierlang.engines.sql.plan import planned
from tierlang.engines.sql.run import Run
from tierlang.program import expressions as x
from tierlang.program import nodes as n
from tierlang.program.outcome import Conflict, Stopped
from tierlang.program.values import Kind

GOLD, REST = n.Tier("gold", line=from_(50)), n.Tier("rest", otherwise=True)
IS_CUSTOMER = when(CUSTOMER, "customer")
IN_GOLD = when(x.InTier(0, ("gold",)), "tier is gold")


def several(*ladders: n.Ladder, order: tuple[int, ...] | None = None, **rest: object) -> n.Program:
    """A program with these ladders, the later ones with names."""
    named = [attrs.evolve(each, name=each.name or f"view_{at}") if at else each for at, each in enumerate(ladders)]
    order = order or tuple(range(len(ladders)))
    return program(ladder=ladders[0], **(rest | {"ladders": tuple(named), "placing_order": order}))


def of_sum(limit: int | str, read: x.Input | x.Defined, per: x.Input | None = None) -> n.Capacity:
    """A capacity that counts a number and moves the others down."""
    return n.Capacity(num(limit), None, per, "down", None, f"{limit} of {read.name}", read)


def place(of: n.Program, *accounts: Account) -> tuple[duckdb.DuckDBPyConnection, Evaluated | Stopped]:
    connection = duckdb.connect()
    begun = Run(connection, of, as_of=AS_OF)
    begun.score(fill(connection, of, accounts))
    return connection, begun.place()


def agreed(of: n.Program, *accounts: Account) -> Evaluated:
    """What the engine finds, which is what the interpreter finds."""
    _, found = place(of, *accounts)
    expected = run(of, *accounts)
    assert isinstance(found, Evaluated)
    assert found.assignments() == expected.assignments
    assert found.summary == expected.summary
    return found


def tiers_of(found: Evaluated, position: int = 0) -> dict[str, str | None]:
    return {each.key: each.placements[position].tier for each in found.assignments()}


# --- what is made and kept ----------------------------------------------------------------------------------------------------------


def test_a_ladder_without_them_is_placed_without_a_step_or_column_for_them() -> None:
    plan = planned(program(ladder=ladder(GOLD, REST)), AS_OF, (), "rowid")
    assert [step.name for step in plan.steps] == ["scored", "placed_0"]
    assert plan.source.columns == ("key", "bad", "excluded_by", "f_fit", "base")
    assert (
        plan.steps[-1].statement()
        == "CREATE OR REPLACE TEMP VIEW placed_0 AS SELECT *, scored.rowid AS row_id, base AS tier_0 FROM scored"
    )


def test_columns_of_a_further_ladder_are_named_after_it_and_hide_nothing() -> None:
    score = n.Score("ranked_label", n.Formula(FIT, "fit"), None, None, 2)
    played = attrs.evolve(REST, plays=(n.Play("sales", "Call"),), coverage=(AE,))
    views = (attrs.evolve(ladder(played), name="ranked"), attrs.evolve(ladder(GOLD, REST), name="reason"))
    of = several(ladder(GOLD, REST), *views, definitions=(score,), marks=(n.Mark("hot", IS_CUSTOMER),))
    connection, found = place(of, account("a", fit=60, customer=True))
    assert isinstance(found, Evaluated)
    own = ("key", "tier", "label", "score_ranked_label")
    late = ("rank", "cluster", "marks", "reason", "excluded", "uncovered")
    ranked = ("ranked", "ranked_label", "ranked_rank", "ranked_reason", "ranked_uncovered", "ranked_play_sales")
    other = ("ladder_reason", "ladder_reason_label", "ladder_reason_rank", "ladder_reason_reason")
    assert found.columns == (*own, *late, *ranked, *other)
    shown = ("tier", "marks", "reason", "ranked", "ranked_uncovered", "ranked_play_sales", "ladder_reason")
    assert connection.execute(found.select(shown)).fetchall() == [
        ("gold", "hot", "fit 60 in 50..", "rest", "ae", "Call", "gold")
    ]


def test_the_result_of_several_ladders_is_in_the_order_of_the_input() -> None:
    up = n.Shift(1, when(x.Compare(">=", VALUE, const(90)), "value >= 90"), "big")
    first = ladder(
        attrs.evolve(GOLD, gate=IS_CUSTOMER, capacities=(seats(900, per=AE),)), REST, rank_by=(n.RankKey(AE),)
    )
    first = attrs.evolve(first, shifts=(up,), capacities=(seats(90_000, "out"),))
    counted = x.Defined("worth", Kind.NUMBER)
    named = n.Tier("named", gate=IN_GOLD)
    view = ladder(named, attrs.evolve(GOLD, capacities=(of_sum(9_000, counted, AE),)), rank_by=(n.RankKey(VALUE),))
    worth = n.Derive("worth", Kind.NUMBER, x.FirstOf((VALUE, const(0))), "worth")
    of = several(first, view, definitions=(worth,), marks=(n.Mark("golden", IN_GOLD),))
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE many AS SELECT range AS place, 'key ' || (range * 7919 % 200003) AS key, range % 100 * 10000 AS f_fit,"
            " range * 31 % 97 * 10000 AS f_value, CASE WHEN range % 3 > 0 THEN 'ae ' || range % 50 END AS f_ae,"
            " range % 2 = 0 AS f_customer, FALSE AS bad FROM range(200003)"
        )
        begun = Run(connection, of, as_of=AS_OF)
        begun.score("SELECT * FROM many")
        found = begun.place()
        assert isinstance(found, Evaluated)
        connection.execute(f"CREATE TABLE result AS {found.select(found.columns)}")
        astray = "SELECT count(*) FROM result JOIN many ON many.key = result.key WHERE result.rowid <> place"
        assert connection.execute(astray).fetchall() == [(0,)]
        alike = [
            f"({column} IS NOT DISTINCT FROM '{value}')"
            for column, value in (("tier", "gold"), ("marks", "golden"), ("view_1", "named"))
        ]
        wrong = f"SELECT count(*) FROM result WHERE {alike[0]} <> {alike[1]} OR {alike[0]} <> {alike[2]}"
        assert connection.execute(wrong).fetchall() == [(0,)]
        assert sum(each.count for each in found.summary.own.tiers) == 90_000


# --- adjustments --------------------------------------------------------------------------------------------------------------------


def test_steps_of_any_size_are_no_error() -> None:
    shifts = (n.Shift(10**15, IS_CUSTOMER, "up"), n.Shift(-(10**15), at_least(FIT, 10), "down"))
    of = program(ladder=attrs.evolve(ladder(GOLD, n.Tier("mid", line=from_(0)), REST), shifts=shifts))
    people = [account(f"{fit}{known}", fit=fit, customer=known) for fit in (5, 20, 60) for known in (True, False)]
    found = agreed(of, *people)
    assert tiers_of(found) == {
        "5True": "gold",
        "5False": "mid",
        "20True": "mid",
        "20False": "rest",
        "60True": "gold",
        "60False": "rest",
    }


def test_a_cap_that_asks_for_the_tier_so_far_sees_the_floor() -> None:
    floor = n.Bound("floor", "gold", IS_CUSTOMER, "customers")
    cap = n.Bound("cap", "mid", when(x.AllOf((x.InTier(0, ("gold",)), CUSTOMER)), "gold customers"), "gold customers")
    tiers = (GOLD, n.Tier("mid", gate=at_least(VALUE, 10)), REST)
    of = program(ladder=attrs.evolve(ladder(*tiers), floors=(floor,), caps=(cap,)))
    found = agreed(
        of, account("a", fit=1, value=20, customer=True), account("b", fit=1, customer=True), account("c", fit=90)
    )
    assert {each.key: each.reason for each in found.assignments()} == {
        "a": "at least 10; floored at gold: customers; capped at mid: gold customers",
        "b": "fit 1: no other tier fits; floored at gold: customers; capped at rest, as the conditions of mid do not hold: gold customers",
        "c": "fit 90 in 50..",
    }


def test_whom_a_floor_secures_a_tier_is_not_cut_there_also_when_moved_into_it() -> None:
    floor = n.Bound("floor", "mid", IS_CUSTOMER, "customers")
    gold = attrs.evolve(GOLD, capacities=(seats(1),))
    mid = n.Tier("mid", line=from_(20), capacities=(seats(1, per=AE), seats(1)))
    of = program(ladder=attrs.evolve(ladder(gold, mid, REST), floors=(floor,)))
    found = agreed(
        of,
        account("best", fit=90, ae="x"),
        account("moved", fit=80, customer=True, ae="x"),
        account("good", fit=40, ae="x"),
        account("weak", fit=1, customer=True, ae="y"),
    )
    assert tiers_of(found) == {"best": "gold", "moved": "mid", "good": "rest", "weak": "mid"}
    assert [each.overbooked for each in found.summary.own.seats] == [False, False, True]
    story = found.inside("moved")
    assert story is not None
    assert (story.own.base, story.own.adjusted, story.own.moves) == ("gold", "gold", (Moved("gold", "1", "mid"),))


# --- capacities ---------------------------------------------------------------------------------------------------------------------


def test_the_ladders_own_seats_go_tier_by_tier_also_where_scores_reach_far() -> None:
    near = n.Field("fit", Kind.NUMBER, low=num(10**13), high=num(10**13) + 5)
    far = n.Field("fit", Kind.NUMBER)
    for field in (near, far):
        tiers = (n.Tier("first", gate=IS_CUSTOMER), n.Tier("second", otherwise=True, capacities=(seats(1),)))
        whole = attrs.evolve(ladder(*tiers), capacities=(seats(2, "out", AE), seats(3, "out")))
        of = attrs.evolve(
            program(ladder=whole),
            fields=tuple(field if each.name == "fit" else each for each in program(ladder=whole).fields),
        )
        people = [
            Account(f"{step}{known}", {"fit": num(10**13) + step, "customer": known, "ae": "x" if step % 2 else None})
            for step in range(4)
            for known in (True, False)
        ]
        found = agreed(of, *people)
        assert {key for key, tier in tiers_of(found).items() if tier == "first"} == {"1True", "2True", "3True"}
        story = found.inside("1False")
        assert story is not None
        assert story.own.moves == (Moved(None, "2 per ae", None),)


def test_sums_beyond_64_bits_and_below_zero_cut_once() -> None:
    amounts = [10**14 - 1, 10**14 - 1, -(10**14 - 1), 3, 0, -5]
    people = [account(f"{at}", fit=90 - at, value=amount) for at, amount in enumerate(amounts)]
    counted = x.Defined("worth", Kind.NUMBER)
    worth = n.Derive("worth", Kind.NUMBER, x.FirstOf((VALUE, const(0))), "worth")
    for limit, stay in (("99999999999999", 1), ("0", 0), ("99999999999998", 0)):
        of = program(worth, ladder=ladder(attrs.evolve(GOLD, capacities=(of_sum(limit, counted),)), REST))
        found = agreed(of, *people)
        assert [key for key, tier in tiers_of(found).items() if tier == "gold"] == [f"{at}" for at in range(stay)]
        assert found.summary.own.seats[0].summed
    many = [account(f"k{at:04}", fit=50, value=10**14 - 1) for at in range(30)]
    of = program(worth, ladder=ladder(attrs.evolve(GOLD, capacities=(of_sum(10**14 - 1, counted),)), REST))
    assert agreed(of, *many).summary.own.seats[0].wanted == 30 * num(10**14 - 1)


def test_heads_of_a_group_then_a_sum_of_a_group_then_both_of_all() -> None:
    counted = x.Defined("worth", Kind.NUMBER)
    worth = n.Derive("worth", Kind.NUMBER, x.FirstOf((VALUE, const(1))), "worth")
    four = (seats(3, per=AE), of_sum(25, counted, AE), seats(4), of_sum(40, counted))
    people = [account(f"{at}", fit=99 - at // 2, value=at * 3, ae=("x", "y", None)[at % 3]) for at in range(14)]
    found = agreed(program(worth, ladder=ladder(attrs.evolve(GOLD, capacities=four), REST)), *people)
    assert {move.capacity for at in range(14) if (told := found.inside(f"{at}")) for move in told.own.moves} >= {
        "3 per ae"
    }


# --- conflicts ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("late", [False, True])
def test_the_first_ladder_in_placing_order_with_an_account_in_two_tiers_stops_the_run(late: bool) -> None:
    gate = when(x.Not(x.InTier(2, ("none",))), "x is not none") if late else at_least(FIT, 0)
    both = ladder(n.Tier("a", gate=gate), n.Tier("b", gate=at_least(FIT, 50)), unique=True)
    other = ladder(n.Tier("c", gate=at_least(FIT, 0)), n.Tier("d", gate=at_least(FIT, 0)), unique=True)
    plain = ladder(n.Tier("none", gate=at_least(FIT, 1_000)), REST)
    people = (account("low", fit=1), account("high", fit=60))
    _, found = place(several(other, both, plain, order=(2, 1, 0)), *people)
    assert found == Stopped((), 0, (Conflict("high", "a", "b"),), 1)
