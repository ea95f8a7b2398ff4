"""Ladders, tiers and pins as they were written."""

from __future__ import annotations

from typing import Literal, TypeAlias

import attrs

from tierlang.syntax.nodes.base import Name, Node, Text, Was
from tierlang.syntax.nodes.expressions import Date, Duration, Expression, Number, Range


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
    """`capacity 10..25 [of FIELD] [per FIELD] [overflow …]`, of a tier or a whole ladder; `of` counts a sum instead of heads.

    A single number is `seats` without a `minimum`.
    """

    seats: Expression
    minimum: Expression | None = None
    per: Name | None = None
    of: Name | None = None
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
    parts: tuple[PlayPart | When, ...] = ()


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Exit(Node):
    """`exit "when an account leaves, and what happens then"`."""

    text: Text


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Keep(Node):
    """`keep while condition` of a tier: who may stay."""

    condition: Expression


TierPart: TypeAlias = (
    Was | TierRange | Top | When | Otherwise | Capacity | Keep | Coverage | Cluster | TierOwner | Play | Exit
)


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


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Shift(Node):
    """`raise 1 ["label"] when condition`, `lower 2 …`: so many tiers up or down."""

    direction: Literal["raise", "lower"]
    steps: Expression
    when: Expression
    label: Text | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Bound(Node):
    """`floor at TIER ["label"] when condition`, `cap at TIER …`: no worse, or no better, than that tier."""

    which: Literal["floor", "cap"]
    tier: Name
    when: Expression
    label: Text | None = None


LadderPart: TypeAlias = Was | Tier | Match | RankBy | RestUntiered | Capacity | Shift | Bound


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
