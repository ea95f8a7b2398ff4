"""`x in LIST`, `x in […]`, `x in 10..20`."""

from __future__ import annotations

from typing import TypeAlias

from tierlang.compiler import comparisons, constants
from tierlang.compiler.arithmetic import family
from tierlang.compiler.complaints import kinds as complaints
from tierlang.compiler.context import Context
from tierlang.compiler.ranges import Ends, check_order, range_test
from tierlang.compiler.resolve import resolve_list
from tierlang.compiler.words import words
from tierlang.program.expressions import Compare, CompareOperator, Constant, Expression, OneOf, kind_of
from tierlang.program.values import Kind, Value
from tierlang.syntax import nodes

Member: TypeAlias = tuple[Constant, nodes.Expression | None]
"""A constant of a list, and the expression that says it if it stands in place."""


def in_values(
    context: Context, node: nodes.In, container: nodes.Ref | nodes.ListOf, item: Expression | None
) -> Expression | None:
    """Whether the item is in a list; an empty list from a file has nothing in it."""
    members = _members(context, container)
    if item is None or members is None:
        return None
    kind, shown = kind_of(item), words(node.item.span)
    if kind is Kind.TAGS:
        context.complain(complaints.tags_in(node.item.span, shown))
        return None
    for value, written in members:
        if family(value.kind) is not family(kind):
            at = container if written is None else written
            fixes = [] if written is None else complaints.undress(written, kind)
            pair = (shown, kind), (words(at.span), value.kind)
            context.complain(complaints.differing_kinds(at, *pair, "`in`", fixes))
            return None
    fine = [
        comparisons.percent_fits(context, item, written)
        and comparisons.can_be(context, item, value, written.span, "=", written.span)
        for value, written in members
        if written is not None
    ]
    if not all(fine):
        return None
    values: dict[Value, None] = {value.value: None for value, _ in members}
    return OneOf(item, tuple(values)) if values else Compare("!=", item, item)


def _members(context: Context, container: nodes.Ref | nodes.ListOf) -> list[Member] | None:
    if isinstance(container, nodes.Ref):
        listed = resolve_list(context, container.name)
        return None if listed is None else [(value, None) for value in listed]
    if not container.items:
        context.complain(complaints.empty_list(container.span))
        return None
    values = [(constants.constant(context, item, "a list"), item) for item in container.items]
    known: list[Member] = [(value, item) for value, item in values if value is not None]
    return known if len(known) == len(values) else None


def in_range(
    context: Context,
    node: nodes.In,
    container: nodes.Range,
    item: Expression | None,
    low: Expression | None,
    high: Expression | None,
) -> Expression | None:
    """Whether the item lies in a range; its ends may be any numbers or dates."""
    ends = [(end, value) for end, value in ((container.low, low), (container.high, high)) if end is not None]
    if item is None or any(value is None for _, value in ends):
        return None
    kind, shown = kind_of(item), words(node.item.span)
    if not (kind.is_numeric or kind is Kind.DATE):
        context.complain(complaints.wrong_kind(node.item.span, shown, kind, "a range", "a number or a date"))
        return None
    for end, value in ends:
        if value is not None and family(kind_of(value)) is not family(kind):
            pair = (shown, kind), (words(end.span), kind_of(value))
            context.complain(complaints.differing_kinds(end, *pair, "a range", complaints.undress(end, kind)))
            return None
        if not comparisons.percent_fits(context, item, end):
            return None
    if not _has_something(context, container, low, high):
        return None
    whole = node.item.span.to(container.span)
    over: CompareOperator = ">" if container.low_open else ">="
    under: CompareOperator = "<" if container.high_open else "<="
    for value, operator in ((low, over), (high, under)):
        if isinstance(value, Constant) and not comparisons.can_be(
            context, item, value, container.span, operator, whole
        ):
            return None
    return range_test(item, container, low, high)


def _has_something(context: Context, node: nodes.Range, low: Expression | None, high: Expression | None) -> bool:
    if isinstance(low, Constant) and isinstance(high, Constant):
        return check_order(context, Ends(node, low, high))
    return True
