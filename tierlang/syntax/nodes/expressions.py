"""Literals and expressions as they were written."""

from __future__ import annotations

import datetime as dt
from typing import Literal, TypeAlias

import attrs

from tierlang.syntax.nodes.base import Name, Node, Text

Unit: TypeAlias = Literal["hour", "day", "week", "month", "quarter", "year"]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Number(Node):
    """A numeral; `value` counts 1/10,000ths and `text` is as written (`250k`, `$1.5M`, `5%`)."""

    value: int
    text: str
    form: Literal["plain", "money", "percent"] = "plain"


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Flag(Node):
    """`true` or `false`."""

    value: bool


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Date(Node):
    """A calendar date, `2026-01-31`."""

    value: dt.date


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Duration(Node):
    """`90 days`, `2 quarters`; `count` is whole and at least 0."""

    count: int
    unit: Unit


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Range(Node):
    """`80..100`, `60..<80`, `80..`, `..40`, `..<40`; in a tier also `over 80` (`low_open`). A missing end is open to infinity."""

    low: Expression | None = None
    high: Expression | None = None
    low_open: bool = False
    high_open: bool = False


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Ref(Node):
    """A bare name in an expression: a field, a let, a derived field, a score…"""

    name: Name


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Today(Node):
    """`today`: the as-of date of the run."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Or(Node):
    """`a or b or c`."""

    parts: tuple[Expression, ...]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class And(Node):
    """`a and b and c`."""

    parts: tuple[Expression, ...]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Not(Node):
    """`not a`."""

    operand: Expression


CompareOperator: TypeAlias = Literal["=", "!=", "<", "<=", ">", ">="]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Compare(Node):
    """`a >= b`; comparisons do not chain."""

    operator: CompareOperator
    left: Expression
    right: Expression


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ListOf(Node):
    """`["Banking", "Insurance"]`."""

    items: tuple[Expression, ...]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class In(Node):
    """`x in LIST`, `x not in 10..20`, `x in ["a", "b"]`."""

    item: Expression
    container: Ref | Range | ListOf
    negated: bool = False


@attrs.frozen(kw_only=True, eq=False, repr=False)
class IsMissing(Node):
    """`x is missing`, `x is not missing`."""

    operand: Expression
    negated: bool = False


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DaysInTier(Node):
    """`days in tier`: how long the account has held its tier; in mobility only."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class TierIs(Node):
    """`tier is one or two`, `tier is not one`; `subject` is the word `tier` or a ladder's name.

    As parsed, `tiers` holds one name: the other names of a list are the `Ref`s that follow in the same `Or`, until names are resolved.
    """

    subject: Name
    tiers: tuple[Name, ...]
    negated: bool = False


@attrs.frozen(kw_only=True, eq=False, repr=False)
class TextMatch(Node):
    """`name contains "x"`, `name starts with "x"`, `name ends with "x"`; also `tags contains "x"`."""

    operator: Literal["contains", "starts with", "ends with"]
    operand: Expression
    text: Expression


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Arithmetic(Node):
    """`a + b`, `a - b`, `a * b`, `a / b`."""

    operator: Literal["+", "-", "*", "/"]
    left: Expression
    right: Expression


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Negate(Node):
    """`-a`."""

    operand: Expression


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Call(Node):
    """`min(a, b)`, `max`, `abs`, `clamp`, `round`; the compiler knows which functions there are."""

    function: Name
    arguments: tuple[Expression, ...]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class If(Node):
    """`if c then a else b`."""

    condition: Expression
    then: Expression
    otherwise: Expression


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Band(Node):
    """One row of a table by bands: `80.. -> 30`, `"Bank", "Health" -> 20`, `otherwise -> 0`, `missing -> 0`.

    `tests` are ranges or literals; empty for `otherwise` and `missing`.
    """

    kind: Literal["values", "otherwise", "missing"]
    tests: tuple[Expression | Range, ...]
    result: Expression
    label: Text | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class By(Node):
    """`by X { bands }` as a value."""

    subject: Expression
    bands: tuple[Band, ...]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Pick(Node):
    """`lowest of […]`, `highest of […]`, `first of […]`: missing parts are skipped."""

    which: Literal["lowest", "highest", "first"]
    items: tuple[Expression, ...]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class AtLeast(Node):
    """`at least 2 of [a, b, c]`."""

    count: Expression
    items: tuple[Expression, ...]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DaysSince(Node):
    """`days since FIELD`, `days since EVENT [where (…)]`: whole days from the date to the as-of date."""

    subject: Ref
    where: Expression | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Within(Node):
    """`FIELD within 90 days`, `FIELD within next 90 days`."""

    subject: Expression
    duration: Duration
    ahead: bool = False


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Percentile(Node):
    """`percentile of X [where (…)] [per FIELD]`."""

    of: Expression
    where: Expression | None = None
    per: Name | None = None


EventFunction: TypeAlias = Literal["any", "no", "count", "sum", "largest", "smallest", "distinct", "latest"]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Window(Node):
    """`within 90 days`, or `ever` (no duration): which events of an expression count."""

    duration: Duration | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Events(Node):
    """`any EVENT [where (…)] within 90 days`, `sum of EVENT.attribute … ever`: one figure of the account's events.

    `attribute` stands after `sum`, `largest`, `smallest`, `distinct` and `latest`; a missing `window` is complained about by the compiler.
    """

    function: EventFunction
    event: Name
    attribute: Name | None = None
    where: Expression | None = None
    window: Window | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class For(Node):
    """`intent >= 80 for 3 weeks`: a condition on a signal, or (in mobility) on a score, that held on every day of that time."""

    condition: Expression
    duration: Duration


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Column(Node):
    """`defaults.base`: a column of a lookup table."""

    table: Name
    column: Name


Literal_: TypeAlias = Number | Text | Flag | Date | Duration


Expression: TypeAlias = (
    Number
    | Text
    | Flag
    | Date
    | Duration
    | Ref
    | Today
    | Or
    | And
    | Not
    | Compare
    | In
    | IsMissing
    | TierIs
    | TextMatch
    | Arithmetic
    | Negate
    | Call
    | If
    | By
    | Pick
    | AtLeast
    | DaysSince
    | DaysInTier
    | Within
    | Percentile
    | Events
    | For
    | Column
)
