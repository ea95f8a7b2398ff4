"""Small programs by hand: short words for the nodes that tests of engines need most."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from fractions import Fraction

import attrs

from tierlang.engines.interpreter.definitions import learn
from tierlang.engines.interpreter.evaluate import Outcome, evaluate
from tierlang.engines.interpreter.facts import Account, Event, Facts, Observation, facts_of
from tierlang.program import expressions as x
from tierlang.program import nodes as n
from tierlang.program.numbers import SCALE
from tierlang.program.outcome import Stopped
from tierlang.program.values import Kind, Value

AS_OF = dt.date(2026, 3, 31)
KEY = n.Field("id", Kind.TEXT, required=True)

FIT = x.Input("fit", Kind.NUMBER)
VALUE = x.Input("value", Kind.NUMBER)
WARMTH = x.Input("warmth", Kind.NUMBER)
NEED = x.Input("need", Kind.NUMBER)
INDUSTRY = x.Input("industry", Kind.TEXT)
AE = x.Input("ae", Kind.TEXT)
CUSTOMER = x.Input("customer", Kind.FLAG)
TOUCHED = x.Input("touched", Kind.DATE)
TECH = x.Input("tech", Kind.TAGS)
FIELDS = tuple(
    n.Field(each.name, each.kind) for each in (FIT, VALUE, WARMTH, NEED, INDUSTRY, AE, CUSTOMER, TOUCHED, TECH)
)
SCORE = x.Defined("priority", Kind.NUMBER)

ATTRIBUTION = n.Attribution(n.Field("account", Kind.TEXT, required=True), n.Field("at", Kind.DATE, required=True))
AMOUNT = x.Attribute("amount", Kind.NUMBER)
STAGE = x.Attribute("stage", Kind.TEXT)
DONE = x.Attribute("done", Kind.FLAG)
DUE = x.Attribute("due", Kind.DATE)
VISIT = n.EventType(
    "visit", None, ATTRIBUTION, tuple(n.Field(each.name, each.kind) for each in (AMOUNT, STAGE, DONE, DUE))
)


def num(value: int | str | Fraction) -> int:
    """A number of the language: `num("83.5")`."""
    scaled = Fraction(value) * SCALE
    assert scaled.denominator == 1
    return scaled.numerator


def const(value: Value | float, kind: Kind | None = None) -> x.Constant:
    """A constant; plain ints are meant as whole numbers of the language."""
    match value:
        case bool():
            return x.Constant(value, kind or Kind.FLAG)
        case int() | float():
            return x.Constant(num(Fraction(str(value))), kind or Kind.NUMBER)
        case str():
            return x.Constant(value, kind or Kind.TEXT)
        case dt.date():
            return x.Constant(value, kind or Kind.DATE)
        case _:
            return x.Constant(value, kind or Kind.NUMBER)


def when(test: x.Expression, text: str = "the rule") -> n.Condition:
    """A condition."""
    return n.Condition(test, text)


def at_least(read: x.Expression, value: int) -> n.Condition:
    """`read >= value`."""
    return n.Condition(x.Compare(">=", read, const(value)), f"at least {value}")


def from_(low: int | str) -> n.Line:
    """The line `low..`."""
    return n.Line(num(low), None, False, False, f"{low}..")


def between(low: int | str, below: int | str) -> n.Line:
    """The line `low..<below`."""
    return n.Line(num(low), num(below), False, True, f"{low}..<{below}")


def ladder(
    *tiers: n.Tier,
    by: x.Input | x.Defined | None = FIT,
    rank_by: Sequence[n.RankKey] = (),
    unique: bool = False,
    name: str | None = None,
) -> n.Ladder:
    """A ladder of these tiers."""
    return n.Ladder(name, None, by, tiers, tuple(rank_by), unique, not unique)


def seats(count: int, overflow: str = "down", per: x.Input | None = None, to: str | None = None) -> n.Capacity:
    """A capacity as it would be written."""
    assert overflow in ("down", "out", "to")
    return n.Capacity(count, None, per, overflow, to, f"{count}" + (f" per {per.name}" if per else ""))  # type: ignore[arg-type]


def program(*definitions: n.Definition, ladder: n.Ladder, **rest: object) -> n.Program:
    """A program over the fields above."""
    plain = n.Program(
        name="by_hand",
        label=None,
        version=None,
        reviewed=None,
        review=None,
        limits=n.Limits(),
        key=KEY,
        fields=FIELDS,
        missing_cells=("",),
        definitions=definitions,
        exclusions=(),
        relative=(),
        ladders=(ladder,),
        owners=(),
        pins=(),
    )
    return attrs.evolve(plain, **rest)  # type: ignore[arg-type]


def account(key: str, **values: Value | float) -> Account:
    """An account; plain numbers are meant as numbers of the language."""
    return Account(key, {name: const(value).value for name, value in values.items()})


def on(day: str, **values: Value | float) -> Event:
    """An event of a day; plain numbers are meant as numbers of the language."""
    return Event(dt.date.fromisoformat(day), {name: const(value).value for name, value in values.items()})


def seen(day: str, value: Value | float) -> Observation:
    """An observation of a day."""
    return Observation(dt.date.fromisoformat(day), const(value).value)


def learned(of: n.Program, one: Account, as_of: dt.date = AS_OF) -> Facts:
    """What an account's events and signals say."""
    known = facts_of(of, one, as_of)
    learn(of, known)
    return known


def facts(**values: Value | float) -> Facts:
    """The facts of one account without definitions."""
    return facts_of(program(ladder=ladder(n.Tier("one", otherwise=True))), account("a", **values), AS_OF)


def run(of: n.Program, *accounts: Account) -> Outcome:
    """The outcome of a run that must not stop."""
    outcome = evaluate(of, accounts, AS_OF)
    assert not isinstance(outcome, Stopped), outcome
    return outcome


def tiers(of: n.Program, *accounts: Account) -> Mapping[str, str | None]:
    """The tier of every account."""
    return {each.key: each.tier for each in run(of, *accounts).assignments}
