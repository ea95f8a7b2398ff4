"""Cases that engines got wrong once, or that the design warns of, held by hand; and numbers chosen to be rounded wrongly."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable

import attrs
import pytest

from tests.engines.building import (
    AE,
    AS_OF,
    CUSTOMER,
    FIELDS,
    FIT,
    INDUSTRY,
    TECH,
    TOUCHED,
    VALUE,
    account,
    at_least,
    const,
    from_,
    ladder,
    num,
    program,
    seats,
    when,
)
from tests.engines.test_differential import agree
from tests.strategies import Case
from tierlang.engines.interpreter.evaluate import Outcome
from tierlang.engines.interpreter.facts import Account
from tierlang.program import expressions as x
from tierlang.program import nodes as n
from tierlang.program.numbers import LIMIT, SCALE
from tierlang.program.outcome import Stopped
from tierlang.program.values import Kind

REST = n.Tier("rest", otherwise=True)
KEY_INPUT = x.Input("id", Kind.TEXT)


def agreed(of: n.Program, *accounts: Account) -> Outcome:
    """What both engines found."""
    outcome = agree(Case(of, accounts, AS_OF))
    assert not isinstance(outcome, Stopped), outcome
    return outcome


def score(value: x.Expression, digits: int = 4) -> n.Score:
    return n.Score("priority", n.Formula(value, "value"), None, None, digits)


def by_score(definition: n.Definition, *tiers: n.Tier) -> n.Program:
    return program(definition, ladder=ladder(*(tiers or (REST,)), by=x.Defined("priority", Kind.NUMBER)))


def test_the_key_is_an_input_like_a_field() -> None:
    gate = when(x.TextMatch("starts with", KEY_INPUT, const("a")), "id starts with a")
    of = program(ladder=ladder(n.Tier("one", gate=gate), by=None, rank_by=[n.RankKey(KEY_INPUT, ascending=True)]))
    found = agreed(of, account("b"), account("a2"), account("a1"))
    assert [(each.tier, each.own.rank) for each in found.assignments] == [(None, 3), ("one", 2), ("one", 1)]


def test_definitions_named_by_words_may_differ_only_by_case() -> None:
    names = ('industry = "Bank"', 'industry = "bank"')
    derives = [
        n.Derive(name, Kind.FLAG, x.Compare("=", INDUSTRY, const(name[-5:-1])), name, hidden=True) for name in names
    ]
    percentile = n.Percentile('percentile of fit where (industry = "Bank")', FIT, None, None, "p")
    tiers = [
        n.Tier(tier, gate=when(x.Defined(name, Kind.FLAG))) for tier, name in zip(("one", "two"), names, strict=True)
    ]
    half = n.Tier("half", gate=when(x.Compare(">=", x.Defined(percentile.name, Kind.NUMBER), const(100))))
    of = program(*derives, ladder=ladder(*tiers, half, by=None), relative=(percentile,))
    people = (account("a", industry="Bank"), account("b", industry="bank"), account("c", industry="BANK", fit=3))
    assert [each.tier for each in agreed(of, *people).assignments] == ["one", "two", "half"]


def test_a_list_of_many_values_keeps_the_order_of_the_input() -> None:
    listed = x.OneOf(INDUSTRY, tuple("abcdefgh"))
    of = program(ladder=ladder(n.Tier("one", gate=when(listed)), REST, by=None))
    people = [account(f"k{at}", industry="hgfezyxa"[at % 8]) for at in range(40)]
    assert [each.key for each in agreed(of, *people).assignments] == [each.key for each in people]


@pytest.mark.parametrize("fragment", ["%", "_", "\\", "'", '"', "\n", "é", "𝒳", ""])
@pytest.mark.parametrize("operator", ["contains", "starts with", "ends with"])
def test_nothing_in_a_text_is_a_pattern(fragment: str, operator: str) -> None:
    gate = n.Condition(x.TextMatch(operator, INDUSTRY, const(fragment)), f"industry {operator} {fragment}")  # type: ignore[arg-type]
    of = program(ladder=ladder(n.Tier("one", gate=gate), REST, by=None))
    texts = ("abc", "a%c", "a_c", "%", "_", "\\", "a'", '"a"', "a\nb", "éa", "e\u0301", "𝒳", None)
    agreed(of, *[account(f"k{at}", industry=text) for at, text in enumerate(texts)])


def test_a_population_of_nobody() -> None:
    percentile = n.Percentile("p", FIT, None, INDUSTRY, "p")
    tier = n.Tier("one", line=from_(1), capacities=(seats(1, per=AE), seats(0, "out")))
    top = n.Tier("two", top=n.Top(500, None, FIT, INDUSTRY, "5% per industry"))
    of = program(ladder=ladder(tier, top, REST), relative=(percentile,), pins=(n.Pin("a", "one", None, None, None),))
    assert agreed(of).summary.pins_unknown == ("a",)


def test_everybody_excluded() -> None:
    percentile = n.Percentile("p", FIT, None, None, "p")
    of = program(
        ladder=ladder(n.Tier("one", top=n.Top(None, 1, FIT, None, "1"), capacities=(seats(1),)), REST),
        relative=(percentile,),
        exclusions=(n.Exclusion("all", when(const(True))),),
    )
    assert agreed(of, account("a", fit=1), account("b")).summary.excluded == (("all", 2),)


def test_keys_sort_bytewise_where_a_cut_needs_them() -> None:
    people = [account(key, fit=5) for key in ("é", "z", "Z", "𐀀", "\uffee", "a b", "a", "10", "9", "ß", "ss")]
    of = program(ladder=ladder(n.Tier("one", line=from_(1), capacities=(seats(6, "out"),))))
    inside = {each.key for each in agreed(of, *people).assignments if each.tier}
    assert inside == {"10", "9", "Z", "a", "a b", "ss"}


def test_dates_at_the_ends_of_time() -> None:
    days = score(x.DaysSince(TOUCHED))
    ends = (dt.date.min, dt.date.max, dt.date(1582, 10, 10), dt.date(2024, 2, 29), None)
    agreed(by_score(days), *[account(f"k{at}", touched=day) for at, day in enumerate(ends)])


def test_numbers_just_within_and_just_out_of_bounds() -> None:
    for value in (
        x.Arithmetic("+", FIT, VALUE),
        x.Arithmetic("-", FIT, VALUE),
        x.Arithmetic("*", FIT, VALUE),
        x.Rounded(FIT, 0),
    ):
        for fit in (LIMIT - 2, LIMIT - 1, 1 - LIMIT, 10**11):
            for other in (-1, 0, 1, 2, SCALE, SCALE - 1, 10**11, 10**11 - 1, None):
                one = Account("a", {"fit": fit, "value": other})
                agree(Case(by_score(score(value), n.Tier("one", line=from_(0)), REST), (one,), AS_OF))


def test_a_definition_that_is_out_of_bounds_for_everybody_stops_the_run() -> None:
    field = n.Field("fit", Kind.NUMBER, low=10**17, high=LIMIT - 1, required=True)
    square = score(x.Arithmetic("*", FIT, FIT))
    of = by_score(
        square,
        n.Tier("one", line=from_(1), capacities=(seats(1),)),
        n.Tier("two", top=n.Top(500, None, FIT, None, "5%")),
    )
    wide = attrs.evolve(of, fields=(field, *of.fields[1:]))
    stopped = agree(Case(wide, (Account("a", {"fit": 10**17}),), AS_OF))
    assert isinstance(stopped, Stopped)
    assert stopped.fault_count == 1
    agreed(wide)


def test_tags_and_flags_that_nobody_gave() -> None:
    of = program(
        ladder=ladder(
            n.Tier("one", gate=when(x.HasTag(TECH, const("sql"))), coverage=(TECH, CUSTOMER)),
            n.Tier("two", gate=when(x.Not(CUSTOMER)), coverage=(TECH,)),
            by=None,
        )
    )
    people = (
        account("a", tech=("python", "sql")),
        account("b", customer=False),
        account("c", customer=True),
        account("d"),
    )
    assert [each.tier for each in agreed(of, *people).assignments] == ["one", "two", None, None]


def test_an_otherwise_tier_in_the_middle_overflows_downwards() -> None:
    middle = n.Tier("middle", otherwise=True, capacities=(seats(1),))
    of = program(ladder=ladder(n.Tier("one", line=from_(80)), middle, n.Tier("low", line=from_(60))))
    found = agreed(of, account("a", fit=1), account("b", fit=2), account("c", fit=70), account("d"))
    assert [each.tier for each in found.assignments] == ["low", "middle", "low", "low"]


def test_a_pin_into_a_full_tier_pushes_the_others_on() -> None:
    one = n.Tier("one", line=from_(1), capacities=(seats(1, per=AE), seats(2)))
    pins = tuple(n.Pin(key, "one", None, None, None) for key in ("a", "b"))
    of = program(ladder=ladder(one, REST), pins=pins, exclusions=(n.Exclusion("out", at_least(VALUE, 5)),))
    people = [
        account(key, fit=fit, ae=ae) for key, fit, ae in (("a", 1, "x"), ("b", None, "x"), ("c", 9, "x"), ("d", 8, "y"))
    ]
    found = agreed(of, *people, account("e", fit=9, value=9))
    assert [each.tier for each in found.assignments] == ["one", "one", "rest", "rest", None]


# --- numbers ------------------------------------------------------------------------------------------------------------------------

Pair = Callable[[random.Random], tuple[int, int]]
BOUNDS = ((None, None), (0, None), (-(10**10), 10**10), (0, 10**7))


def _anything(dice: random.Random) -> tuple[int, int]:
    return dice.randint(-(10**10), 10**10), dice.randint(-(10 ** dice.randint(1, 10)), 10 ** dice.randint(1, 10))


def _tie_of_a_product(dice: random.Random) -> tuple[int, int]:
    return 50 * (2 * dice.randint(-10_000, 10_000) + 1), 100 * (2 * dice.randint(-10_000, 10_000) + 1)


def _tie_of_a_quotient(dice: random.Random) -> tuple[int, int]:
    part = dice.randint(1, 500) * dice.choice((1, -1))
    return (2 * dice.randint(-9_000, 9_000) + 1) * part, 2 * SCALE * part


def _beside_a_tie(dice: random.Random) -> tuple[int, int]:
    left, right = dice.choice((_tie_of_a_product, _tie_of_a_quotient))(dice)
    return left + dice.choice((1, -1)), right


@pytest.mark.parametrize(("low", "high"), BOUNDS)
@pytest.mark.parametrize("pair", [_anything, _tie_of_a_product, _tie_of_a_quotient, _beside_a_tie])
def test_numbers_agree_to_the_last_digit(pair: Pair, low: int | None, high: int | None) -> None:
    dice = random.Random(f"{pair.__name__} {low} {high}")
    people = []
    for at in range(400):
        fit, value = pair(dice)
        inside = [
            abs(each) % (high + 1) if low == 0 and high else abs(each) if low == 0 else each for each in (fit, value)
        ]
        people.append(Account(f"k{at:03d}", {"fit": inside[0], "value": inside[1]}))
    weighing = n.Weighing((n.WeighLine(3_333, FIT, "fit"), n.WeighLine(6_667, VALUE, "value")), "share", 5_000)
    definitions = (
        *(n.Score(f"by_{sign}", n.Formula(x.Arithmetic(sign, FIT, VALUE), "f"), None, None, 4) for sign in "+-*/"),  # type: ignore[arg-type]
        *(n.Score(f"round_{digits}", n.Formula(x.Rounded(FIT, digits), "f"), None, None, 4) for digits in range(5)),
        *(n.Score(f"weighed_{digits}", weighing, None, None, digits) for digits in range(5)),
        n.Score("clamped", weighing, num(-1_000), num(1_000), 2),
    )
    of = program(*definitions, ladder=ladder(REST))
    fields = tuple(
        attrs.evolve(field, low=low, high=high) if field.name in ("fit", "value") else field for field in of.fields
    )
    holes = [attrs.evolve(each, key=f"m{each.key}", values={**each.values, "value": None}) for each in people[:20]]
    agreed(attrs.evolve(of, fields=fields), *people, *holes)


def test_the_least_number_that_a_type_holds_can_be_ranked() -> None:
    least = -(2**31)
    field = n.Field("fit", Kind.NUMBER, low=least, high=100 * SCALE, required=True)
    fields = tuple(field if each.name == "fit" else each for each in FIELDS)
    full = n.Tier(
        "one",
        line=n.Line(least, None, False, False, "low.."),
        capacities=(n.Capacity(1, None, None, "out", None, "1"),),
    )
    of = program(ladder=ladder(full, REST), fields=fields)
    found = agreed(of, Account("a", {"fit": least}), Account("b", {"fit": 1}))
    assert [each.tier for each in found.assignments] == [None, "one"]
