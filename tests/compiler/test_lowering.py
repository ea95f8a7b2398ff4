"""What sugar becomes: the meaning of expressions in the words of the program."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.compiler.rulesets import codes, compiled, definition, ruleset
from tierlang.program.calendar import Duration
from tierlang.program.expressions import (
    AllOf,
    Arithmetic,
    AsOf,
    Branch,
    Choose,
    Compare,
    Constant,
    DaysSince,
    Defined,
    Expression,
    Extreme,
    HasTag,
    Input,
    IsMissing,
    Not,
    OneOf,
)
from tierlang.program.nodes import Condition, Derive, Percentile, Score, Weighing, WeighLine
from tierlang.program.values import Kind

N, W, T, F = Input("n", Kind.NUMBER), Input("w", Kind.WHOLE), Input("t", Kind.TEXT), Input("f", Kind.FLAG)
D, G = Input("d", Kind.DATE), Input("g", Kind.TAGS)


def number(value: float, kind: Kind = Kind.WHOLE) -> Constant:
    return Constant(round(value * 10_000), kind)


def text(value: str) -> Constant:
    return Constant(value, Kind.TEXT)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("n > 2 * 3 + 4", Compare(">", N, number(10))),
        ("n >= -2.5", Compare(">=", N, number(-2.5, Kind.NUMBER))),
        ("n > $1.5k", Compare(">", N, number(1500, Kind.MONEY))),
        ("n = 10 / 3", Compare("=", N, number(3.3333, Kind.NUMBER))),
        ("n in 10..<20", AllOf((Compare(">=", N, number(10)), Compare("<", N, number(20))))),
        ("n not in 10..", Not(Compare(">=", N, number(10)))),
        ("n in w..", Compare(">=", N, W)),
        ('t in ["b", "a", "b"]', OneOf(T, ("b", "a"))),
        ("t in nobody", Compare("!=", T, T)),
        ("t in some", OneOf(T, ("x", "y"))),
        ("t is not missing", Not(IsMissing(T))),
        ('g contains "aws"', HasTag(G, text("aws"))),
        (
            "d within 90 days",
            AllOf((Compare(">=", D, AsOf(Duration(90, "day"), -1)), Compare("<=", D, AsOf()))),
        ),
        (
            "d within next 2 quarters",
            AllOf((Compare(">=", D, AsOf()), Compare("<=", D, AsOf(Duration(2, "quarter"), 1)))),
        ),
        ("d < today", Compare("<", D, AsOf())),
        ("d >= start", Compare(">=", D, Constant(dt.date(2026, 1, 1), Kind.DATE))),
        ("days since d", DaysSince(D)),
        (
            "clamp(n, 0, w)",
            Extreme("least", (Extreme("greatest", (N, number(0)), False), W), False),
        ),
        ("highest of [n, w]", Extreme("greatest", (N, W), True)),
        ("max(1, 2) + n", Arithmetic("+", number(2), N)),
        ("if f then 1 else n", Choose((Branch(F, number(1)),), N)),
        (
            "by w { 10.. -> 1  ..9 -> 2 }",
            Choose((Branch(Compare(">=", W, number(10)), number(1)),), number(2)),
        ),
        (
            "by n { 10.. -> 1  otherwise -> 2  missing -> 3 }",
            Choose(
                (Branch(IsMissing(N), number(3)), Branch(Compare(">=", N, number(10)), number(1))),
                number(2),
            ),
        ),
        ('by t { "a", "b" -> 1  otherwise -> 2  missing -> 3 } > 1', None),
    ],
)
def test_sugar_is_gone(written: str, meant: Expression | None) -> None:
    more = 'let start = 2026-01-01  list nobody from "none.csv" column "a"  list some = ["x", "y"]'
    if "nobody" not in written:
        more = more.replace('list nobody from "none.csv" column "a"', "")
    else:
        more = more.replace('list nobody from "none.csv" column "a"', "list nobody = []")
    program = compiled(ruleset(fields=f"derive x = {written}", more=more))
    found = definition(program, "x")
    assert isinstance(found, Derive)
    if meant is not None:
        assert found.value == meant


def test_text_is_compared_in_its_composed_form() -> None:
    program = compiled(ruleset(fields='derive x = t = "Cafe\u0301"'))
    assert definition(program, "x").value == Compare("=", T, text("Café"))  # type: ignore[union-attr]


def test_conditions_keep_the_words_of_the_user() -> None:
    program = compiled(ruleset(more='exclude a when n > 3   # small\n  and t = "two  blanks # no comment"'))
    assert program.exclusions[0].when.text == 'n > 3 and t = "two  blanks # no comment"'


def test_a_lone_derived_field_speaks_by_its_label() -> None:
    program = compiled(
        ruleset(fields='derive gone "Cancelled or lapsed" = f', more="exclude gone when gone\nexclude b when not gone")
    )
    assert [each.when.text for each in program.exclusions] == ["Cancelled or lapsed", "not gone"]


def test_a_subject_that_is_no_name_becomes_a_hidden_definition_once() -> None:
    table = "points by days  since d { 0.. -> 1  otherwise -> 0  missing -> 0 }"
    program = compiled(ruleset(more=f"score a {{ {table} }}\nscore b {{ {table} }}"))
    assert [(d.name, isinstance(d, Derive) and d.hidden) for d in program.definitions] == [
        ("days since d", True),
        ("a", False),
        ("b", False),
    ]


def test_whatever_reads_a_percentile_stands_after_the_exclusions() -> None:
    program = compiled(
        ruleset(
            fields="derive late = rank_of + 1\n derive rank_of = percentile of n where (not f) per t\n derive soon = n + 1",
            more="score s { value late * 2 }",
        )
    )
    assert [d.name for d in program.definitions] == ["soon"]
    assert [d.name for d in program.relative] == [
        "percentile of n where (not f) per t",
        "rank_of",
        "late",
        "s",
    ]
    percentile = program.relative[0]
    assert isinstance(percentile, Percentile)
    assert (percentile.of, percentile.per) == (N, T)
    assert percentile.where is not None
    assert percentile.where.text == "not f"


def test_definitions_stand_as_written_except_where_one_needs_another() -> None:
    program = compiled(
        ruleset(
            fields="derive a = c + 1\n derive b = 1 + n\n derive c = n\n derive z = b",
            more="score second { value first }\nscore first { value z }",
        )
    )
    assert [d.name for d in program.definitions] == ["c", "a", "b", "z", "first", "second"]


def test_only_the_score_of_the_ladder_is_rounded_for_people() -> None:
    tiers = "tiers by main { tier a { otherwise  owner marketing dana  owner sales dana } }"
    program = compiled(
        ruleset(
            more="score main { value part }\nscore part { value n }\nscore own { value n  round to 1 }", tiers=tiers
        )
    )
    digits = {score.name: score.digits for score in program.scores if isinstance(score, Score)}
    assert digits == {"part": 4, "main": 2, "own": 1}


def test_weights_for_some_accounts_are_scaled() -> None:
    lines = "weigh 50% full  weigh 70% w when f and n > 3  weights scaled"
    score = definition(compiled(ruleset(more=f"score s {{ {lines} }}")), "s")
    assert isinstance(score, Score)
    when = Condition(AllOf((F, Compare(">", N, number(3)))), "f and n > 3")
    full = Input("full", Kind.NUMBER)
    assert score.body == Weighing(
        (WeighLine(5_000, full, "full"), WeighLine(7_000, W, "w", when)), missing=None, floor=0, scaled=True
    )


def test_a_score_stands_after_what_the_conditions_of_its_weights_read() -> None:
    program = compiled(
        ruleset(more="score a { weigh 100% full when b > 3  weights scaled }\nscore b { value percentile of full }")
    )
    assert [d.name for d in program.relative] == ["percentile of full", "b", "a"]


def test_a_long_chain_of_definitions_is_no_problem() -> None:
    chain = "\n".join(f"derive x{at} = x{at + 1}" for at in range(2000)) + "\nderive x2000 = n"
    program = compiled(ruleset(fields=chain))
    assert program.definitions[0].name == "x2000"
    assert program.definitions[-1] == Derive("x0", Kind.NUMBER, Defined("x1", Kind.NUMBER), "x1")


def test_money_by_money_is_a_share_that_percentages_stand_beside() -> None:
    fields = "field arr money\n field old money\n derive growth = (arr - old) / old\n derive each = arr / w"
    assert definition(compiled(ruleset(fields=fields, more="mark up when growth > 20%")), "growth").kind is Kind.NUMBER
    assert codes(ruleset(fields=fields, more="mark up when each > 20%")) == ["percent-misfit"]
