"""What every node of the syntax is, and what stands everywhere: names, texts, and the names that something had before."""

from __future__ import annotations

import attrs

from tierlang.said import Said
from tierlang.source import Span


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


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Was(Node):
    """`was gold, premium`: names that this tier, ladder, score or trigger had before."""

    names: tuple[Name, ...]
