"""A small program with one of everything, and accounts for it, to look at."""

from __future__ import annotations

import datetime as dt

from tierlang.engines.interpreter.facts import Account
from tierlang.program.expressions import AllOf, AnyOf, Compare, Constant, Defined, Expression, Input, OneOf
from tierlang.program.nodes import (
    BestOf,
    Capacity,
    Condition,
    Derive,
    Exclusion,
    Field,
    Formula,
    Ladder,
    Limits,
    Line,
    Owner,
    Percentile,
    Pin,
    Play,
    PointLine,
    PointSum,
    PointTable,
    Program,
    Score,
    TableRow,
    Tier,
    TierOwner,
    Top,
    Weighing,
    WeighLine,
)
from tierlang.program.values import Kind, Value

AS_OF = dt.date(2026, 11, 1)

EMPLOYEES = Input("employees", Kind.WHOLE)
POTENTIAL = Input("potential", Kind.MONEY)
FIT = Input("fit", Kind.NUMBER)
INDUSTRY = Input("industry", Kind.TEXT)
DOMAIN = Input("domain", Kind.TEXT)
WARMTH = Defined("warmth", Kind.NUMBER)
VALUE = Defined("value", Kind.NUMBER)
STANDING = Defined("standing", Kind.NUMBER)
PRIORITY = Defined("priority", Kind.NUMBER)


def number(value: float) -> Constant:
    return Constant(round(value * 10_000), Kind.NUMBER)


def text(value: str) -> Constant:
    return Constant(value, Kind.TEXT)


def least(left: Expression, right: float) -> Expression:
    return Compare(">=", left, number(right))


LARGE = Derive(
    "large",
    Kind.FLAG,
    AnyOf((least(EMPLOYEES, 1000), least(POTENTIAL, 1_000_000))),
    "employees >= 1000 or potential >= 1M",
    "Large account",
)
SCORES = (
    Score(
        "warmth",
        PointSum(
            (
                PointLine(400_000, Condition(least(POTENTIAL, 100_000), "potential >= 100k"), "Big deal possible"),
                PointLine(100_000, Condition(least(EMPLOYEES, 5000), "employees >= 5000")),
                PointTable(
                    INDUSTRY,
                    (TableRow(OneOf(INDUSTRY, ("Banking", "Health")), 200_000, '"Banking", "Health"'),),
                    0,
                    0,
                    "industry",
                ),
                BestOf(
                    (
                        PointLine(500_000, Condition(Defined("large", Kind.FLAG), "large"), "Large account"),
                        PointLine(250_000, Condition(least(FIT, 50), "fit >= 50")),
                    )
                ),
            )
        ),
        0,
        1_000_000,
        4,
        "Current engagement",
    ),
    Score("value", Formula(POTENTIAL, "potential"), 0, 1_000_000, 4),
    Score(
        "priority",
        Weighing(
            (
                WeighLine(5_000, FIT, "fit"),
                WeighLine(3_000, VALUE, "value"),
                WeighLine(2_000, WARMTH, "warmth"),
            ),
            "share",
            6_000,
        ),
        0,
        1_000_000,
        2,
    ),
)
TIERS = (
    Tier(
        "one",
        "Tier 1 (1:1)",
        Line(800_000, None, False, False, "80.."),
        gate=Condition(
            AllOf((least(EMPLOYEES, 500), Compare("=", Input("customer", Kind.FLAG), Constant(False, Kind.FLAG)))),
            "employees >= 500 and not customer",
        ),
        capacities=(Capacity(1, None, None, "down", None, "1"),),
        owners=(
            TierOwner("marketing", Owner("dana", "Dana Lee"), None),
            TierOwner("sales", None, Input("ae", Kind.TEXT)),
        ),
        plays=(
            Play("marketing", "Custom landing page", "web"),
            Play("marketing", "Dinner"),
            Play("success", "Sponsor"),
        ),
    ),
    Tier("two", "Tier 2 (1:few)", top=Top(5_000, None, PRIORITY, None, "50%")),
    Tier("three", "Tier 3 (1:many)", otherwise=True),
)
PROGRAM = Program(
    name="demo",
    label="A demonstration",
    version="1",
    reviewed=None,
    review=None,
    limits=Limits(),
    key=Field("id", Kind.TEXT),
    fields=(
        Field("domain", Kind.TEXT),
        Field("industry", Kind.TEXT, "Industry group"),
        Field("employees", Kind.WHOLE),
        Field("potential", Kind.MONEY, "Potential ARR"),
        Field("fit", Kind.NUMBER),
        Field("customer", Kind.FLAG, default=False),
        Field("touched", Kind.DATE),
        Field("tech", Kind.TAGS),
        Field("ae", Kind.TEXT),
    ),
    missing_cells=("",),
    definitions=(LARGE, *SCORES),
    exclusions=(
        Exclusion("rival", Condition(OneOf(DOMAIN, ("acme.com",)), "domain in rivals"), "Rivals are not targets"),
    ),
    relative=(Percentile("standing", FIT, None, None, "percentile of fit"),),
    ladders=(Ladder(None, None, PRIORITY, TIERS),),
    owners=(Owner("sam", "Sam Ortiz"),),
    pins=(Pin("A-4", "one", dt.date(2026, 12, 31), Owner("sam", "Sam Ortiz"), "Board-level relationship"),),
)


def account(key: str, **values: Value) -> Account:
    plain: dict[str, Value] = {"customer": False, "tech": (), "domain": f"{key.lower()}.com"}
    return Account(key, plain | values)


ACCOUNTS = (
    account(
        "A-1",
        employees=12_000_000,
        potential=1_250_000_0000,
        fit=950_000,
        industry="Banking",
        tech=("aws", "salesforce"),
    ),
    account(
        "A-2", employees=8_000_000, potential=9_000_000_000, fit=900_000, industry="Steel", touched=dt.date(2026, 10, 1)
    ),
    account("A-3", potential=None, fit=700_000, industry="Health"),
    account("A-4", ae="Kim", employees=500_000, fit=200_000, potential=100_000),
    account("A-5", domain="acme.com", fit=10),
    account("A-6"),
)
