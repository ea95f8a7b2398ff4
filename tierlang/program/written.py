"""What every node of the program is: it says what it is, and knows where it was written."""

from __future__ import annotations

from typing import Any, TypeVar

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
    """The node, known to be written there, and so are its parts; what already knows its place keeps it."""
    if node.span is not None:
        return node
    values = [_part(getattr(node, name), span) for name in _names(type(node))]
    return type(node)(*values, span=span)


_NAMES: dict[type[Any], tuple[str, ...]] = {}


def _names(kind: type[Any]) -> tuple[str, ...]:
    """The fields of a class of nodes but its place, in the order in which they are given; kept, since attrs is slow to say."""
    names = _NAMES.get(kind)
    if names is None:
        fields: tuple[attrs.Attribute[object], ...] = attrs.fields(kind)
        names = _NAMES[kind] = tuple(one.name for one in fields if one.name != "span")
    return names


def _part(value: object, span: Span) -> object:
    if isinstance(value, Written):
        return written(value, span)
    return tuple(_part(each, span) for each in value) if type(value) is tuple else value
