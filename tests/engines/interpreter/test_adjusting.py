"""Raises, lowers, floors and caps: they cross lines, never gates."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import pytest

from tests.engines.building import (
    CUSTOMER,
    FIT,
    account,
    at_least,
    const,
    facts,
    from_,
    ladder,
    program,
    run,
    seats,
    when,
)
from tierlang.engines.interpreter.adjusting import Adjusted, adjust
from tierlang.engines.interpreter.facts import Account
from tierlang.program import expressions as x
from tierlang.program import nodes as n
from tierlang.program.outcome import AdjustmentCount, Seats

FIT_IS_90 = x.Compare("=", FIT, const(90))
ALWAYS, NEVER, UNKNOWN = const(True), const(False), const(None)
NAMES = ("one", "two", "three", "four")


def shift(steps: int, test: x.Expression = ALWAYS, shown: str | None = None) -> n.Shift:
    return n.Shift(steps, when(test), shown or f"{steps:+}")


def floor(tier: str, test: x.Expression = ALWAYS, shown: str = "floored") -> n.Bound:
    return n.Bound("floor", tier, when(test), shown)


def cap(tier: str, test: x.Expression = ALWAYS, shown: str = "capped") -> n.Bound:
    return n.Bound("cap", tier, when(test), shown)


def adjusted(
    base: str | None,
    *,
    shifts: Sequence[n.Shift] = (),
    floors: Sequence[n.Bound] = (),
    caps: Sequence[n.Bound] = (),
    shut: str = "",
    unknown: str = "",
) -> Adjusted:
    """Four tiers, one to four; the gates of those in `shut` are false, of those in `unknown` unknown, two has none, the others' are true."""
    of = ladder(*(n.Tier(name) for name in NAMES))
    of = attrs.evolve(of, shifts=tuple(shifts), floors=tuple(floors), caps=tuple(caps))
    gates: dict[str, bool | None] = {name: True for name in NAMES if name != "two"}
    gates |= dict.fromkeys(shut.split(), False) | dict.fromkeys(unknown.split())
    start = next((tier for tier in of.tiers if tier.name == base), None)
    return adjust(of, 0, start, facts(), gates)


def ends(found: Adjusted) -> str | None:
    return found.start.name if found.start else None


@pytest.mark.parametrize(
    ("base", "steps", "shut", "end", "words"),
    [
        ("three", (1,), "", "two", "; raised to two: +1"),
        ("three", (2, -1), "", "two", "; raised to two: +2"),
        ("three", (1, 1), "", "one", "; raised to one: +1, +1"),
        ("three", (5,), "", "one", "; raised to one: +5"),
        ("three", (1, -1), "", "three", ""),
        ("one", (1,), "", "one", ""),
        ("four", (-1,), "", "four", ""),
        ("three", (2,), "one", "two", "; raised to two, as the conditions of one do not hold: +2"),
        ("three", (2,), "one two", "three", "; not raised, as the conditions of one, two do not hold: +2"),
        ("four", (1,), "three", "four", "; not raised, as the conditions of three do not hold: +1"),
        ("one", (-1,), "", "two", "; lowered to two: -1"),
        ("one", (-1,), "two three", "four", "; lowered to four, as the conditions of two, three do not hold: -1"),
        (
            "one",
            (-2,),
            "three four",
            None,
            "; lowered out of the tiers, as the conditions of three, four do not hold: -2",
        ),
        ("one", (-9,), "", "four", "; lowered to four: -9"),
        ("three", (-9,), "four", None, "; lowered out of the tiers, as the conditions of four do not hold: -9"),
        (None, (1,), "", None, ""),
        (None, (-1,), "", None, ""),
    ],
)
def test_shifts_add_up_and_stop_at_gates(
    base: str | None, steps: tuple[int, ...], shut: str, end: str | None, words: str
) -> None:
    found = adjusted(base, shifts=[shift(each) for each in steps], shut=shut)
    assert (ends(found), found.words) == (end, words)
    unknown = adjusted(base, shifts=[shift(each) for each in steps], unknown=shut)
    assert (ends(unknown), unknown.words) == (end, words)


def test_only_adjustments_that_hold_count() -> None:
    found = adjusted(
        "three", shifts=[shift(1, UNKNOWN), shift(2, NEVER)], floors=[floor("one", UNKNOWN)], caps=[cap("four", NEVER)]
    )
    assert (ends(found), found.words, found.secured) == ("three", "", None)


@pytest.mark.parametrize(
    ("base", "floors", "shut", "end", "secured", "words"),
    [
        ("three", ("two",), "", "two", "two", "; floored at two: floored"),
        ("one", ("two",), "", "one", "two", ""),
        ("two", ("two",), "", "two", "two", ""),
        ("four", ("three", "one"), "", "one", "one", "; floored at one: floored"),
        (None, ("two",), "", "two", "two", "; floored at two: floored"),
        (
            "four",
            ("one",),
            "one two",
            "three",
            "three",
            "; floored at three, as the conditions of one, two do not hold: floored",
        ),
        (
            "three",
            ("one",),
            "one two",
            "three",
            "three",
            "; not floored, as the conditions of one, two do not hold: floored",
        ),
        (
            None,
            ("three",),
            "three four",
            None,
            None,
            "; not floored, as the conditions of three, four do not hold: floored",
        ),
        (
            None,
            ("three",),
            "three",
            "four",
            "four",
            "; floored at four, as the conditions of three do not hold: floored",
        ),
        ("one", ("two",), "two three four", "one", None, ""),
    ],
)
def test_floors_lift_to_the_best_tier_that_lets_in(
    base: str | None, floors: tuple[str, ...], shut: str, end: str | None, secured: str | None, words: str
) -> None:
    found = adjusted(base, floors=[floor(each) for each in floors], shut=shut)
    assert (ends(found), found.secured.name if found.secured else None, found.words) == (end, secured, words)


@pytest.mark.parametrize(
    ("base", "caps", "shut", "end", "words"),
    [
        ("one", ("two",), "", "two", "; capped at two: capped"),
        ("three", ("two",), "", "three", ""),
        ("one", ("two", "four", "three"), "", "four", "; capped at four: capped"),
        ("one", ("two",), "two three", "four", "; capped at four, as the conditions of two, three do not hold: capped"),
        (
            "one",
            ("three",),
            "three four",
            None,
            "; capped out of the tiers, as the conditions of three, four do not hold: capped",
        ),
        (None, ("two",), "", None, ""),
    ],
)
def test_caps_push_down_to_the_next_tier_that_lets_in(
    base: str | None, caps: tuple[str, ...], shut: str, end: str | None, words: str
) -> None:
    found = adjusted(base, caps=[cap(each) for each in caps], shut=shut)
    assert (ends(found), found.words) == (end, words)


def test_the_first_written_of_equal_bounds_is_named() -> None:
    both = adjusted("three", floors=[floor("three"), floor("two", shown="first"), floor("two", shown="second")])
    assert both.words == "; floored at two: first"
    assert adjusted("one", caps=[cap("three", shown="first"), cap("three")]).words == "; capped at three: first"


def test_caps_win_over_floors_and_move_what_the_floor_secured() -> None:
    found = adjusted("four", shifts=[shift(1)], floors=[floor("one")], caps=[cap("three")])
    assert ends(found) == "three"
    assert found.secured is found.start
    assert found.words == "; raised to three: +1; floored at one: floored; capped at three: capped"
    out = adjusted("two", floors=[floor("one")], caps=[cap("three")], shut="three four")
    assert (ends(out), out.secured) == (None, None)
    beside = adjusted("one", floors=[floor("four")], caps=[cap("two")])
    assert (ends(beside), beside.secured.name if beside.secured else None) == ("two", "four")


def test_each_step_reads_the_tier_that_the_one_before_left() -> None:
    def is_in(*tiers: str) -> x.Expression:
        return x.InTier(0, tiers)

    found = adjusted(
        "four",
        shifts=[shift(1, is_in("four")), shift(1, is_in("three"))],
        floors=[floor("two", is_in("three")), floor("one", is_in("four", "two"))],
        caps=[cap("three", is_in("two")), cap("four", is_in("three"))],
    )
    assert found.words == "; raised to three: +1; floored at two: floored; capped at three: capped"
    assert ends(adjusted(None, floors=[floor("two", x.Not(is_in(*NAMES)))])) == "two"


# --- in whole runs ------------------------------------------------------------------------------------------------------------------

ONE = n.Tier("one", line=from_(80), gate=when(x.Not(CUSTOMER), "not customer"))
TWO, THREE = n.Tier("two", line=from_(60)), n.Tier("three", otherwise=True)


def test_a_raise_does_not_put_a_customer_into_a_tier_that_says_not_customer() -> None:
    of = attrs.evolve(ladder(ONE, TWO, THREE), shifts=(n.Shift(1, at_least(FIT, 1), "Open deal"),))
    people = (account("a", fit=70, customer=True), account("b", fit=70, customer=False), account("c", fit=70))
    assert [(each.tier, each.reason) for each in run(program(ladder=of), *people).assignments] == [
        ("two", "fit 70 in 60..; not raised, as the conditions of one do not hold: Open deal"),
        ("one", "fit 70 in 60..; raised to one: Open deal"),
        ("two", "fit 70 in 60..; not raised, as the conditions of one do not hold: Open deal"),
    ]


def test_a_pin_in_force_is_not_adjusted() -> None:
    of = attrs.evolve(ladder(ONE, TWO, THREE), caps=(cap("three"),))
    pinned = program(ladder=of, pins=(n.Pin("a", "one", None, None, None),))
    assert [each.tier for each in run(pinned, account("a", fit=1), account("b", fit=90)).assignments] == [
        "one",
        "three",
    ]


def test_an_account_that_a_floor_secures_is_not_cut() -> None:
    one = attrs.evolve(ONE, gate=None, capacities=(seats(2),))
    of = attrs.evolve(ladder(one, TWO, THREE), floors=(floor("one", CUSTOMER),))
    people = (
        account("a", fit=95),
        account("b", fit=90),
        account("c", fit=1, customer=True),
        account("d", fit=85, customer=True),
    )
    outcome = run(program(ladder=of), *people)
    assert [each.tier for each in outcome.assignments] == ["two", "two", "one", "one"]
    assert outcome.summary.own.seats == (Seats("one", "capacity 2", None, 4, 2, 2, None),)
    crowded = run(program(ladder=of), *people, account("e", customer=True))
    assert crowded.summary.own.seats == (Seats("one", "capacity 2", None, 5, 3, 2, None),)
    assert crowded.summary.own.seats[0].overbooked


def test_a_floor_secures_only_its_own_tier() -> None:
    of = ladder(
        n.Tier("one", line=from_(80), capacities=(seats(0),)),
        n.Tier("two", line=from_(60), capacities=(seats(1),)),
        THREE,
    )
    of = attrs.evolve(of, floors=(floor("two", CUSTOMER),))
    people = (account("a", fit=70), account("b", fit=90, customer=True), account("c", fit=90))
    outcome = run(program(ladder=of), *people)
    assert [each.tier for each in outcome.assignments] == ["three", "two", "three"]
    assert outcome.assignments[1].reason == "fit 90 in 80..; over capacity of one (0), moved to two"


def test_a_seat_that_a_floor_holds_is_said_where_there_are_seats_and_the_floor_did_nothing_else() -> None:
    tiers = (attrs.evolve(ONE, capacities=(seats(1),)), TWO, THREE)
    of = attrs.evolve(
        ladder(*tiers),
        floors=(floor("two", shown="everybody"), floor("one", at_least(FIT, 70).test, "good")),
        caps=(cap("two", FIT_IS_90, "fallen"),),
    )
    people = (account("a", fit=80, customer=False), account("b", fit=70, customer=False), account("c", fit=60))
    people += (account("d", fit=85), account("e", fit=90, customer=False))
    assert [each.reason for each in run(program(ladder=of), *people).assignments] == [
        "fit 80 in 80.. and not customer; held there by the floor at one: good",
        "fit 70 in 60..; floored at one: good",
        "fit 60 in 60..",
        "fit 85 in 60..; not floored, as the conditions of one do not hold: good",
        "fit 90 in 80.. and not customer; capped at two: fallen",
    ]
    whole = attrs.evolve(of, capacities=(seats(5, "out"),))
    assert [each.reason.partition("; ")[2] for each in run(program(ladder=whole), *people).assignments[2:]] == [
        "held there by the floor at two: everybody",
        "not floored, as the conditions of one do not hold: good; held there by the floor at one: good",
        "capped at two: fallen; held there by the floor at one: good",
    ]


def test_the_summary_counts_what_each_adjustment_did() -> None:
    of = attrs.evolve(
        ladder(n.Tier("one", line=from_(80), capacities=(seats(1),)), TWO, THREE),
        shifts=(shift(-1, CUSTOMER, "quiet"), shift(1, at_least(FIT, 60).test, "good"), shift(1, NEVER, "never")),
        floors=(floor("two", ALWAYS, "all"), floor("two", ALWAYS, "all")),
        caps=(cap("one", ALWAYS, "idle"),),
    )
    people = [account(key, fit=fit) for key, fit in (("a", 70), ("b", 65), ("c", 90), ("low", 1), ("pinned", 1))]
    people += [account("both", fit=75, customer=True), account("lowered", fit=50, customer=True)]
    pins = (n.Pin("pinned", "three", None, None, None),)
    excluded = n.Exclusion("out", at_least(FIT, 99))
    outcome = run(program(ladder=of, pins=pins, exclusions=(excluded,)), *people, account("out", fit=99, customer=True))
    assert outcome.summary.own.adjustments == (
        AdjustmentCount("lower 1", "quiet", 2, 0, 0),
        AdjustmentCount("raise 1", "good", 4, 2, 2),
        AdjustmentCount("raise 1", "never", 0, 0, 0),
        AdjustmentCount("floor at two", "all", 6, 2, 0),
        AdjustmentCount("floor at two", "all", 6, 0, 0),
        AdjustmentCount("cap at one", "idle", 6, 0, 0),
    )


def test_the_tier_of_an_excluded_account_is_read_as_none() -> None:
    excluded = n.Exclusion("out", when(CUSTOMER))
    mark = n.Mark("outside", when(x.Not(x.InTier(0, ("one",)))))
    of = program(ladder=ladder(ONE, TWO, THREE), exclusions=(excluded,), marks=(mark,))
    people: tuple[Account, ...] = (
        account("a", fit=90, customer=True),
        account("b", fit=90, customer=False),
        account("c"),
    )
    assert [each.marks for each in run(of, *people).assignments] == [(), (), ("outside",)]
