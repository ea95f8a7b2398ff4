"""The syntax: a rule file as it was written, with a span on every node and nothing resolved.

Nodes compare by what they say, not by where they stand: spans do not take part in equality. Two equal nodes can stand at two places, so a
node is never a dictionary key.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal, TypeAlias

import attrs

from tierlang.said import Said
from tierlang.source import Source, Span


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Node(Said):
    """Anything written: it knows its place."""

    span: Span = attrs.field(eq=False, repr=False)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Name(Node):
    """A name where it is declared or used."""

    text: str


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Text(Node):
    """A quoted string; `value` has its escapes undone."""

    value: str


# --- literals and expressions -------------------------------------------------------------------------------------------------------

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
    """`days since FIELD`: whole days from the field's date to the as-of date."""

    subject: Ref


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
    | Within
    | Percentile
)

# --- declarations -------------------------------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Limits(Node):
    """`limits { tiers 5  share 80%  review age 1 quarter }`; a part that is None was not written."""

    tiers: Number | None = None
    share: Number | None = None
    review_age: Duration | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Review(Node):
    """`review every quarter [starting DATE]`."""

    every: Name
    starting: Date | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Ruleset(Node):
    """`ruleset NAME ["label"] { … }`. A line written twice stands twice; the compiler complains."""

    name: Name
    label: Text | None = None
    version: tuple[Text, ...] = ()
    reviewed: tuple[Date, ...] = ()
    review: tuple[Review, ...] = ()
    limits: tuple[Limits, ...] = ()


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Use(Node):
    """`use "shared/fields.tier"`: the declarations of another file, relative to this one."""

    path: Text


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Let(Node):
    """`let NAME = constant`."""

    name: Name
    value: Expression


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Same(Node):
    """`same "FinTech", "Finance" as "Banking"`."""

    texts: tuple[Text, ...]
    meaning: Text


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Default(Node):
    """`default VALUE`."""

    value: Expression


@attrs.frozen(kw_only=True, eq=False, repr=False)
class FieldOption(Node):
    """A one-word or one-argument option of a field: `required`, `fold case`, `ranges as low`, `split ";"`, `format "MM/DD/YYYY"`."""

    option: Literal["required", "fold case", "ranges as", "split", "format"]
    argument: Name | Text | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class FromHeadings(Node):
    """`from "Account ID", "Id"`: the first of these headings that the file has."""

    headings: tuple[Text, ...]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class OneOf(Node):
    """`one of "Banking", "Software"`."""

    values: tuple[Text, ...]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class InRange(Node):
    """`in 0..100`: what the field's numbers must lie in."""

    range: Range


FieldPart: TypeAlias = FromHeadings | OneOf | InRange | Same | Default | FieldOption


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Field(Node):
    """`field NAME ["label"] TYPE option…`, or the account's `key` line (`is_key`). Options stand in the order written."""

    name: Name
    type: Name
    label: Text | None = None
    parts: tuple[FieldPart, ...] = ()
    is_key: bool = False


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Derive(Node):
    """`derive NAME ["label"] = expression`."""

    name: Name
    value: Expression
    label: Text | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class MissingCells(Node):
    """`missing "", "N/A"`: the cells that mean no value."""

    texts: tuple[Text, ...]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Account(Node):
    """`account { … }`, its parts in the order written."""

    parts: tuple[Field | Derive | MissingCells, ...]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ListDeclaration(Node):
    """`list NAME = [ … ]`, or `list NAME from "file.csv" column "domain"`."""

    name: Name
    label: Text | None = None
    items: ListOf | None = None
    path: Text | None = None
    column: Text | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Owner(Node):
    """`owner NAME ["label"] { email "…"  team "…" }`."""

    name: Name
    label: Text | None = None
    email: Text | None = None
    team: Text | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ScoreRange(Node):
    """`range 0..100` of a score."""

    range: Range


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Weigh(Node):
    """`weigh 50% expression`."""

    weight: Expression
    part: Expression
    when: Expression | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Points(Node):
    """`points N ["label"] when condition`."""

    points: Expression
    when: Expression
    label: Text | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class PointsBy(Node):
    """`points by X ["label"] { bands }`."""

    subject: Expression
    bands: tuple[Band, ...]
    label: Text | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class BestOf(Node):
    """`best of { points … }`: the largest of these that hold, not their sum."""

    lines: tuple[Points | PointsBy, ...]
    label: Text | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ScoreValue(Node):
    """`value expression`."""

    value: Expression


@attrs.frozen(kw_only=True, eq=False, repr=False)
class MissingPolicy(Node):
    """`missing share down to 60%`, `missing zero`, `missing unscored`."""

    policy: Literal["share", "zero", "unscored"]
    floor: Number | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class RoundTo(Node):
    """`round to 2`: digits after the point."""

    digits: Number


ScorePart: TypeAlias = ScoreRange | Weigh | Points | PointsBy | BestOf | ScoreValue | MissingPolicy | RoundTo


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Score(Node):
    """`score NAME ["label"] { … }`, its lines in the order written."""

    name: Name
    label: Text | None = None
    parts: tuple[ScorePart, ...] = ()


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Exclude(Node):
    """`exclude NAME ["label"] when condition`."""

    name: Name
    when: Expression
    label: Text | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Top(Node):
    """`top 5% [by X] [per FIELD]` or `top 25 …`."""

    amount: Expression
    by: Name | None = None
    per: Name | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class TierRange(Node):
    """`range 80..` of a tier, or `range over 80`."""

    range: Range


@attrs.frozen(kw_only=True, eq=False, repr=False)
class When(Node):
    """`when condition` of a tier: its gate."""

    condition: Expression


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Otherwise(Node):
    """`otherwise` of a tier."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Overflow(Node):
    """`overflow down`, `overflow out`, `overflow to NAME`."""

    where: Literal["down", "out", "to"]
    to: Name | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Capacity(Node):
    """`capacity 10..25 [per FIELD] [overflow …]`; a single number is both ends of `seats` (its low end None)."""

    seats: Expression
    minimum: Expression | None = None
    per: Name | None = None
    overflow: Overflow | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Coverage(Node):
    """`coverage ae, sdr`: fields that must be filled for the tier's accounts."""

    fields: tuple[Name, ...]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ClusterRow(Node):
    """`fintech "Fintech" = "Banking", "Insurance"`, or `other "Other" otherwise` (`otherwise` true, no values)."""

    name: Name
    label: Text | None = None
    values: tuple[Expression | Range, ...] = ()
    otherwise: bool = False


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Cluster(Node):
    """`cluster by FIELD { … }`."""

    by: Name
    rows: tuple[ClusterRow, ...]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class TierOwner(Node):
    """`owner marketing dana`, `owner sales from ae`."""

    function: Name
    owner: Name
    from_field: bool = False


@attrs.frozen(kw_only=True, eq=False, repr=False)
class PlayPart(Node):
    """`channel "web"`, `respond within 24 hours`, `budget 50%`."""

    option: Literal["channel", "respond within", "budget"]
    value: Text | Duration | Number


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Play(Node):
    """`play marketing "Custom landing page" { … }`."""

    function: Name
    label: Text
    parts: tuple[PlayPart, ...] = ()


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Exit(Node):
    """`exit "when an account leaves, and what happens then"`."""

    text: Text


TierPart: TypeAlias = TierRange | Top | When | Otherwise | Capacity | Coverage | Cluster | TierOwner | Play | Exit


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Tier(Node):
    """`tier NAME ["label"] { … }`, its lines in the order written."""

    name: Name
    label: Text | None = None
    parts: tuple[TierPart, ...] = ()


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Match(Node):
    """`match first` or `match unique`."""

    policy: Name


@attrs.frozen(kw_only=True, eq=False, repr=False)
class RankKey(Node):
    """One key of `rank by potential, employees ascending`."""

    by: Name
    ascending: bool = False


@attrs.frozen(kw_only=True, eq=False, repr=False)
class RankBy(Node):
    """`rank by KEY, …`."""

    keys: tuple[RankKey, ...]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class RestUntiered(Node):
    """`rest untiered`."""


LadderPart: TypeAlias = Tier | Match | RankBy | RestUntiered


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Tiers(Node):
    """`tiers [NAME] ["label"] [by SCORE_OR_FIELD] { … }`, its parts in the order written."""

    name: Name | None = None
    label: Text | None = None
    by: Name | None = None
    parts: tuple[LadderPart, ...] = ()


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Pin(Node):
    """`pin KEY to TIER until DATE owner NAME because "…"`."""

    key: Text
    tier: Name
    until: Date | None = None
    owner: Name | None = None
    because: Text | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class PinsFrom(Node):
    """`pins from "pins.csv"`: columns account, tier, until, owner, because."""

    path: Text


Declaration: TypeAlias = (
    Ruleset | Use | Let | Account | ListDeclaration | Owner | Score | Exclude | Tiers | Pin | PinsFrom
)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Comment(Node):
    """`# …` to the end of the line, without the line end."""

    text: str


@attrs.frozen
class File:
    """One rule file: what could be read of it, in the order written, and its comments.

    `holes` are the places that could not be read: what is said to be absent there may have been written.
    """

    source: Source
    declarations: tuple[Declaration, ...]
    comments: tuple[Comment, ...] = ()
    holes: tuple[Span, ...] = ()
