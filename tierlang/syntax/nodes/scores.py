"""Scores as they were written."""

from __future__ import annotations

from typing import Literal, TypeAlias

import attrs

from tierlang.syntax.nodes.base import Name, Node, Text, Was
from tierlang.syntax.nodes.expressions import Band, Duration, Expression, Number, Range, Window


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ScoreRange(Node):
    """`range 0..100` of a score."""

    range: Range


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Weigh(Node):
    """`weigh 50% expression [when condition]`."""

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
    """`points by X ["label"] [from "points.csv"] { bands }`; the file has the columns `value` and `points`."""

    subject: Expression
    bands: tuple[Band, ...]
    label: Text | None = None
    path: Text | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Fading(Node):
    """`halving every 30 days`, `keeping 75% every month`, `losing 5 every week`; `amount` is what is kept or lost, None for `halving`."""

    kind: Literal["halving", "keeping", "losing"]
    every: Duration
    amount: Expression | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class PointsPer(Node):
    """`points N ["label"] per EVENT [where (…)] within 90 days [halving every 30 days] [up to 60]`.

    A missing `window` is complained about by the compiler.
    """

    points: Expression
    event: Name
    label: Text | None = None
    where: Expression | None = None
    window: Window | None = None
    fading: Fading | None = None
    up_to: Expression | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class BestOf(Node):
    """`best of { points … }`: the largest of these that hold, not their sum."""

    lines: tuple[Points | PointsBy | PointsPer, ...]
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


@attrs.frozen(kw_only=True, eq=False, repr=False)
class WeightsScaled(Node):
    """`weights scaled`: the weights that apply are scaled to 100 %."""


ScorePart: TypeAlias = (
    Was
    | ScoreRange
    | Weigh
    | WeightsScaled
    | Points
    | PointsBy
    | PointsPer
    | BestOf
    | ScoreValue
    | MissingPolicy
    | RoundTo
)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Score(Node):
    """`score NAME ["label"] { … }`, its lines in the order written."""

    name: Name
    label: Text | None = None
    parts: tuple[ScorePart, ...] = ()
