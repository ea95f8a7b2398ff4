"""What every node of the program is: it says what it is, and knows where it was written."""

from __future__ import annotations

from typing import TypeVar

import attrs

from tierlang.said import Said
from tierlang.source import Span

W = TypeVar("W", bound="Written")


@attrs.frozen(eq=False, repr=False)
class Written(Said):
    """A node of the program.

    `span` is the place in the rule files that means it: the whole statement for a statement, the expression's own text for an expression, the table's row for a row.
    It is None for what nobody wrote (a hidden part's own parts keep theirs), and takes no part in equality: two nodes are equal if they mean the same.
    """

    span: Span | None = attrs.field(default=None, eq=False, repr=False, kw_only=True)


def written(node: W, span: Span) -> W:
    """The node, known to be written there; one that already knows its place keeps it."""
    return node if node.span is not None else attrs.evolve(node, span=span)
