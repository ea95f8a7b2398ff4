"""The `mobility` block as it was written."""

from __future__ import annotations

from typing import Literal, TypeAlias

import attrs

from tierlang.syntax.nodes.base import Name, Node, Text, Was
from tierlang.syntax.nodes.expressions import Date, Duration, Expression
from tierlang.syntax.nodes.ladders import When


@attrs.frozen(kw_only=True, eq=False, repr=False)
class TriggerFrom(Node):
    """`from two, three`."""

    tiers: tuple[Name, ...]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class TriggerTo(Node):
    """`to one`."""

    tier: Name


@attrs.frozen(kw_only=True, eq=False, repr=False)
class TriggerSteps(Node):
    """`up 1`, `down 2`."""

    way: Literal["up", "down"]
    steps: Expression


@attrs.frozen(kw_only=True, eq=False, repr=False)
class TriggerOwner(Node):
    """`owner sam`."""

    owner: Name


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Approve(Node):
    """`approve by dana`."""

    by: Name


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Cooldown(Node):
    """`cooldown 60 days`, of a trigger or of the whole block."""

    duration: Duration


TriggerPart: TypeAlias = Was | TriggerFrom | TriggerTo | TriggerSteps | When | TriggerOwner | Approve | Cooldown


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Trigger(Node):
    """`promote NAME ["label"] { … }`, `demote NAME ["label"] { … }`, its lines in the order written."""

    direction: Literal["promote", "demote"]
    name: Name
    label: Text | None = None
    parts: tuple[TriggerPart, ...] = ()


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Hold(Node):
    """`hold NAME ["label"] [both ways] when condition`."""

    name: Name
    when: Expression
    label: Text | None = None
    both_ways: bool = False


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Freeze(Node):
    """`freeze 2026-12-15..2027-01-02 ["label"]`, or a single day."""

    start: Date
    end: Date
    label: Text | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Breaker(Node):
    """`breaker 10% [at review 30%]`."""

    share: Expression
    at_review: Expression | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class RetiredTier(Node):
    """`retired gold [to two]`."""

    tier: Name
    to: Name | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class MergedFrom(Node):
    """`merged from "merges.csv"`: columns old and new, keys of accounts."""

    path: Text


MobilityPart: TypeAlias = Trigger | Hold | Freeze | Breaker | Cooldown | RetiredTier | MergedFrom


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Mobility(Node):
    """`mobility { … }`, its parts in the order written."""

    parts: tuple[MobilityPart, ...] = ()
