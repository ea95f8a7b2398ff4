"""Test blocks as they were written, and `allow`."""

from __future__ import annotations

from typing import TypeAlias

import attrs

from tierlang.source import Span
from tierlang.syntax.nodes.base import Name, Node, Text
from tierlang.syntax.nodes.expressions import Date, Expression, ListOf


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Allow(Node):
    """`allow RULE because "…"`: a lint rule is silent in the block where this stands.

    `over` is that block: the whole declaration, tier or other part with its own braces, from its first word to its closing brace; at the top of a file, the whole file.
    A missing `because` is complained about by the compiler. The rule's name has hyphens: `same-plays`.
    """

    rule: Name
    because: Text | None = None
    over: Span = attrs.field(eq=False, repr=False)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GivenValue(Node):
    """`industry = "Banking"`, `tech = ["aws", "gcp"]`, `fit = missing` (None): a field of the account or an attribute of an event."""

    field: Name
    value: Expression | ListOf | None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GivenEvent(Node):
    """`event funding 2026-11-01 { amount = 50M }`, the braces only where it has values."""

    event: Name
    at: Date
    values: tuple[GivenValue, ...] = ()


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GivenObservation(Node):
    """`signal intent 2026-11-01 = 80`, or `= missing` (None)."""

    signal: Name
    at: Date
    value: Expression | None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GivenScore(Node):
    """`score priority 2026-11-01 = 35`, or `= missing` (None): what the ledger observed."""

    score: Name
    at: Date
    value: Expression | None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GivenTier(Node):
    """`tier two since 2026-10-01 [settled until 2026-12-01]`, or `untiered since …` (None): what the account holds."""

    tier: Name | None
    since: Date
    settled_until: Date | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GivenReview(Node):
    """`review due`: the run is a review, for all accounts of the test."""


GivenPart: TypeAlias = GivenValue | GivenEvent | GivenObservation | GivenScore | GivenTier | GivenReview


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Given(Node):
    """`given { … }`, or `given account a { … }`, where several may follow each other: `given account a { … } account b { … }`."""

    account: Name | None = None
    parts: tuple[GivenPart, ...] = ()


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ExpectTier(Node):
    """`expect tier one`, `expect a tier one`: of the ruleset's own ladder."""

    tier: Name
    account: Name | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ExpectUntiered(Node):
    """`expect untiered`, `expect a untiered`: eligible, and in no tier of the ruleset's own ladder."""

    account: Name | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ExpectExcluded(Node):
    """`expect excluded`, `expect a excluded as competitor`, `expect not excluded`."""

    account: Name | None = None
    exclusion: Name | None = None
    negated: bool = False


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ExpectMark(Node):
    """`expect mark surging`, `expect a no mark surging`."""

    mark: Name
    account: Name | None = None
    negated: bool = False


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ExpectHolds(Node):
    """`expect priority >= 20`, `expect a has fit >= 80`: the condition is true of the account."""

    condition: Expression
    account: Name | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ExpectMove(Node):
    """`expect move funded to one`, `expect a move to one` (by whatever), `expect move funded`, `expect move out` (of the tiers), `expect no move`.

    `to` None: no tier is said; `out`: it leaves the tiers.
    """

    account: Name | None = None
    trigger: Name | None = None
    to: Name | None = None
    out: bool = False
    negated: bool = False


Expect: TypeAlias = ExpectTier | ExpectUntiered | ExpectExcluded | ExpectMark | ExpectHolds | ExpectMove


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Test(Node):
    """`test "what it shows" { as of DATE  given { … }  expect … }`; a line `as of` written twice stands twice, the compiler complains."""

    label: Text
    as_of: tuple[Date, ...] = ()
    given: tuple[Given, ...] = ()
    expects: tuple[Expect, ...] = ()
