"""What becomes of an account: from what the engine decides to the record."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import duckdb
import pytest

from tests.planning.decided import BETWEEN, DAY, MOBILITY, REVIEW, holding, planned, program
from tierlang.program.nodes import Merge, Program


def one(decided: dict[str, Any], held: dict[str, Any] | None = None, **more: Any) -> dict[str, Any] | None:
    """The record of the one account."""
    _, records = planned([{"key": "a", **decided}], [holding("a", **held)] if held else [], **more)
    assert len(records) < 2
    return records[0] if records else None


def merging(*pairs: tuple[str, str]) -> Program:
    found = program()
    assert found.mobility is not None
    return attrs.evolve(found, mobility=attrs.evolve(found.mobility, merges=tuple(Merge(*pair) for pair in pairs)))


def test_a_new_account_is_assigned_and_settled() -> None:
    record = one({"cause": "new", "tier": "one", "base": "one"})
    assert record is not None
    assert (record["act"], record["tier"], record["since"], record["settled_until"]) == (
        "assign",
        "one",
        DAY,
        dt.date(2026, 12, 31),
    )


def test_a_new_account_without_a_tier_is_assigned_too() -> None:
    record = one({"cause": "new", "tier": None, "base": None})
    assert record is not None
    assert (record["act"], record["tier"]) == ("assign", None)


@pytest.mark.parametrize(
    ("cause", "trigger", "until"),
    [
        ("review", None, dt.date(2026, 12, 31)),
        ("trigger", "quiet", dt.date(2026, 12, 31)),
        ("trigger", "funded", dt.date(2027, 1, 30)),
        ("pin", None, None),
        ("pin ended", None, dt.date(2026, 12, 31)),
    ],
)
def test_a_move_settles_by_its_cause(cause: str, trigger: str | None, until: dt.date | None) -> None:
    record = one(
        {"cause": cause, "trigger": trigger, "tier": "one", "base": "one"},
        {"tier": "two", "settled_until": dt.date(2026, 10, 1)},
    )
    assert record is not None
    assert (record["act"], record["from_tier"], record["since"], record["settled_until"]) == ("move", "two", DAY, until)


def test_without_a_cooldown_nothing_settles() -> None:
    rules = program("  promote funded { from two  to one  when fit >= 70  owner sam  cooldown 1 month }")
    assert one({"cause": "new", "tier": "one"}, rules=rules)["settled_until"] is None  # type: ignore[index]
    moved = one({"cause": "trigger", "trigger": "funded", "tier": "one"}, {"tier": "two"}, rules=rules)
    assert moved is not None
    assert moved["settled_until"] == dt.date(2026, 12, 1)


def test_who_stays_as_it_was_is_not_recorded() -> None:
    assert one({}, {"tier": "two", "settled_until": dt.date(2026, 12, 1), "pinned": True, "base": "one"}) is None


@pytest.mark.parametrize("changed", [{"base": "three"}, {"pinned": True}, {"cause": "pin ended"}])
def test_what_changes_without_a_move_is_recorded(changed: dict[str, Any]) -> None:
    record = one(changed, {"tier": "two", "settled_until": dt.date(2026, 12, 1)})
    assert record is not None
    assert (record["act"], record["since"], record["settled_until"]) == (
        "stay",
        dt.date(2026, 8, 1),
        dt.date(2026, 12, 1),
    )


def test_who_is_back_is_not_absent_any_more() -> None:
    record = one({}, {"tier": "two", "absences": 1})
    assert record is not None
    assert (record["act"], record["absences"]) == ("stay", 0)


def test_who_waits_says_for_what_and_stays() -> None:
    record = one({"trigger": "funded", "waits": "approval", "proposed": "one"}, {"tier": "two"})
    assert record is not None
    assert (record["act"], record["tier"], record["proposed"], record["approver"]) == ("wait", "two", "one", "Dana Lee")
    assert record["since"] == dt.date(2026, 8, 1)


def test_a_retired_tier_is_what_an_account_comes_from() -> None:
    record = one({"cause": "retired", "tier": "two", "base": "two"}, {"tier": None, "retired": "gold"})
    assert record is not None
    assert (record["act"], record["from_tier"], record["tier"]) == ("move", "gold", "two")
    record = one({"cause": "retired", "tier": None, "base": None}, {"tier": None, "retired": "gold"})
    assert record is not None
    assert (record["act"], record["from_tier"], record["tier"]) == ("move", "gold", None)


def test_an_excluded_holder_is_closed() -> None:
    record = one({"cause": "exclusion", "tier": None, "base": None, "reason": "excluded: x"}, {"tier": "two"})
    assert record is not None
    assert (record["act"], record["from_tier"], record["tier"]) == ("close", "two", None)


def test_only_other_values_are_observed() -> None:
    seen = [{"key": "a", "score priority": 70, "signal intent": "80.5"}]
    assert one({"score priority": 70, "signal intent": 80.5}, {"tier": "two"}, latest=seen) is None
    record = one({"score priority": None, "signal intent": 80.5}, {"tier": "two"}, latest=seen)
    assert record is not None
    assert (record["act"], record["scores"], record["signals"], record["reason"]) == (
        "observe",
        {"priority": None},
        {},
        None,
    )
    record = one({"score priority": 70, "signal intent": 7}, {"tier": "two"}, latest=seen)
    assert record is not None
    assert (record["scores"], record["signals"]) == ({}, {"intent": "7"})


def test_what_was_never_there_is_not_observed() -> None:
    assert one({}, {"tier": "two"}) is None


@pytest.mark.parametrize(
    ("occasion", "absences", "expected"),
    [
        (BETWEEN, 0, ("wait", "two", 0)),
        (BETWEEN, 1, ("wait", "two", 1)),
        (REVIEW, 0, ("stay", "two", 1)),
        (REVIEW, 1, ("close", None, 2)),
    ],
)
def test_absent_holders(occasion: Any, absences: int, expected: tuple[str, str | None, int]) -> None:
    result, records = planned([], [holding("a", "two", absences=absences)], occasion=occasion)
    assert [(record["act"], record["tier"], record["absences"]) for record in records] == [expected]
    assert records[0]["cause"] == "absence"
    assert result.figures.absent == 1


def test_what_was_known_of_a_closed_account_ends() -> None:
    latest = [{"key": "a", "score priority": 70, "signal intent": None}]
    _, records = planned([], [holding("a", "two", absences=1)], latest, occasion=REVIEW)
    assert (records[0]["scores"], records[0]["signals"]) == ({"priority": None}, {})


def test_records_stand_in_the_order_of_the_data_the_absent_last_by_key() -> None:
    decided = [{"key": key, "cause": "new", "tier": "one"} for key in ("z", "c", "a")]
    decided.insert(1, {"key": "m", "cause": "review", "tier": "one"})
    _, records = planned(decided, [holding("m", "two"), holding("y", "two"), holding("b", "two")])
    assert [record["key"] for record in records] == ["z", "m", "c", "a", "b", "y"]


def test_a_merged_account_takes_the_older_holding() -> None:
    old = holding("old", "one", since=dt.date(2026, 1, 1), settled_until=dt.date(2027, 1, 1))
    _, records = planned([{"key": "new"}], [old, holding("new", "two")], rules=merging(("old", "new")))
    assert [
        (record["key"], record["act"], record["cause"], record["from_tier"], record["tier"]) for record in records
    ] == [
        ("new", "move", "merged", "two", "one"),
        ("old", "close", "merged", "one", None),
    ]
    assert (records[0]["since"], records[0]["settled_until"]) == (dt.date(2026, 1, 1), dt.date(2027, 1, 1))
    assert records[0]["reason"] == "merged from old; because"


def test_a_merged_account_keeps_its_own_if_that_is_as_old() -> None:
    result, records = planned(
        [{"key": "new"}], [holding("old", "one"), holding("new", "two")], rules=merging(("old", "new"))
    )
    assert [(record["key"], record["act"]) for record in records] == [("old", "close")]
    assert result.figures.merged == 1


def test_of_several_merged_accounts_the_oldest_counts() -> None:
    olds = [holding("b", "two", since=dt.date(2026, 2, 1)), holding("a", "one", since=dt.date(2026, 3, 1))]
    _, records = planned([{"key": "new"}], olds, rules=merging(("a", "new"), ("b", "new")))
    assert [(record["key"], record["act"], record["tier"]) for record in records] == [
        ("new", "assign", "two"),
        ("a", "close", None),
        ("b", "close", None),
    ]


def test_a_merge_waits_while_the_old_account_is_there() -> None:
    decided = [{"key": "old"}, {"key": "new", "cause": "new", "tier": "one"}]
    result, records = planned(decided, [holding("old", "two")], rules=merging(("old", "new")))
    assert result.figures.merging == (("old", "new"),)
    assert [(record["key"], record["cause"]) for record in records] == [("new", "new")]


def test_without_the_new_account_the_old_one_is_absent() -> None:
    result, records = planned([], [holding("old", "two")], rules=merging(("old", "new")))
    assert [(record["key"], record["cause"]) for record in records] == [("old", "absence")]
    assert result.figures.merging == ()


def test_a_merged_account_that_is_excluded_leaves_nothing() -> None:
    decided = [{"key": "new", "cause": "exclusion", "tier": None}]
    _, records = planned(decided, [holding("old", "two")], rules=merging(("old", "new")))
    assert [(record["key"], record["act"], record["cause"]) for record in records] == [("old", "close", "merged")]


def test_the_figures_add_up() -> None:
    decided: list[dict[str, Any]] = [
        {"key": "a", "cause": "review", "tier": "one"},
        {"key": "b", "cause": "review", "tier": "three"},
        {"key": "c"},
        {"key": "d", "cause": "review", "tier": "two"},
        {"key": "e", "cause": "review", "tier": None},
        {"key": "f", "cause": "exclusion", "tier": None},
        {"key": "n", "cause": "new", "tier": "one"},
    ]
    tiers = {"a": "two", "b": "two", "c": "two", "d": None, "e": "one", "f": "one", "x": "one"}
    result, _ = planned(decided, [holding(*each) for each in tiers.items()], occasion=REVIEW)
    figures = result.figures
    assert [figures.moved(where) for where in ("up", "down", "in", "out")] == [1, 1, 1, 1]
    assert (figures.new, figures.excluded, figures.absent, figures.open_rows, figures.present) == (1, 1, 1, 7, 7)
    assert sum(each.accounts for each in figures.counts) == 8
    assert (figures.breaker.counted, figures.breaker.open_rows, figures.breaker.limit) == (6, 7, 3_000)
    assert figures.breaker.open


def test_a_million_names_are_no_sql() -> None:
    connection = duckdb.connect()
    odd = "o'x\"; --"
    _, records = planned([{"key": odd, "cause": "new", "tier": "one", "reason": odd}], connection=connection)
    assert (records[0]["key"], records[0]["reason"]) == (odd, odd)
    assert "owner sam" in MOBILITY
