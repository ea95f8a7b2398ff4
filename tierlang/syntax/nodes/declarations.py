"""The declarations that a rule file is made of, and the file itself."""

from __future__ import annotations

from typing import TypeAlias

import attrs

from tierlang.source import Source, Span
from tierlang.syntax.nodes.base import Name, Node, Text
from tierlang.syntax.nodes.expressions import Date, Duration, Expression, Number
from tierlang.syntax.nodes.inputs import Account, Event, ListDeclaration, Lookup, Signal
from tierlang.syntax.nodes.ladders import Pin, PinsFrom, Tiers
from tierlang.syntax.nodes.mobility import Mobility
from tierlang.syntax.nodes.scores import Score
from tierlang.syntax.nodes.tests import Allow, Test


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
class Owner(Node):
    """`owner NAME ["label"] { email "…"  team "…" }`."""

    name: Name
    label: Text | None = None
    email: Text | None = None
    team: Text | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Exclude(Node):
    """`exclude NAME ["label"] when condition`."""

    name: Name
    when: Expression
    label: Text | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Mark(Node):
    """`mark NAME ["label"] when condition`: shown on every account for which it is true; it moves nobody."""

    name: Name
    when: Expression
    label: Text | None = None


Declaration: TypeAlias = (
    Ruleset
    | Use
    | Let
    | Account
    | Event
    | Signal
    | ListDeclaration
    | Lookup
    | Owner
    | Score
    | Exclude
    | Mark
    | Tiers
    | Mobility
    | Pin
    | PinsFrom
    | Test
)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Comment(Node):
    """`# …` to the end of the line, without the line end."""

    text: str


@attrs.frozen
class File:
    """One rule file: what could be read of it, in the order written, and its comments.

    `allows` are those of the whole file, wherever they stand; no block has them among its parts.
    `holes` are the places that could not be read: what is said to be absent there may have been written.
    """

    source: Source
    declarations: tuple[Declaration, ...]
    comments: tuple[Comment, ...] = ()
    holes: tuple[Span, ...] = ()
    allows: tuple[Allow, ...] = ()
