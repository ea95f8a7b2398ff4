"""One tier: who belongs to it, and everything that is said about those who do."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from tierlang.compiler import constants
from tierlang.compiler.amounts import amount_text, is_percent
from tierlang.compiler.asking import condition_with_tiers
from tierlang.compiler.capacities import read_capacities
from tierlang.compiler.clusters import read_cluster
from tierlang.compiler.comparisons import percent_fits
from tierlang.compiler.complaints import ladders as complaints
from tierlang.compiler.complaints.mobility import keep_in_view
from tierlang.compiler.context import Context
from tierlang.compiler.former import names_before
from tierlang.compiler.held import condition_with_past
from tierlang.compiler.intervals import grid_of
from tierlang.compiler.lines import only, parts_of_sort
from tierlang.compiler.ranges import Ends, read_range
from tierlang.compiler.resolve import field_named, value_named
from tierlang.compiler.staffing import read_coverage, read_owners, read_plays
from tierlang.compiler.views import View
from tierlang.compiler.words import label_of, text_of, words
from tierlang.program.expressions import Defined, Input, kind_of
from tierlang.program.nodes import Condition, Line, Owner, Tier, Top
from tierlang.program.numbers import SCALE
from tierlang.program.values import Kind, Value
from tierlang.syntax import nodes


@attrs.frozen
class Placed:
    """A tier as written and as meant; `tier` is None where something in it is wrong."""

    node: nodes.Tier
    tier: Tier | None
    ends: Ends | None
    top: Top | None
    top_node: nodes.Top | None
    gated: bool
    otherwise: nodes.Otherwise | None
    broken: bool
    """Whether the line could not be read, so that nothing can be said about gaps and overlaps."""


def read_tier(
    context: Context, view: View, node: nodes.Tier, by: Input | Defined | None, owners: Mapping[str, Owner]
) -> Placed:
    """A tier of a ladder."""
    ladder = view.node
    before = len(context.complaints)
    range_node = only(context, parts_of_sort(node.parts, nodes.TierRange), "`range`")
    top_node = only(context, parts_of_sort(node.parts, nodes.Top), "`top`")
    when_node = only(context, parts_of_sort(node.parts, nodes.When), "`when`")
    otherwise = only(context, parts_of_sort(node.parts, nodes.Otherwise), "`otherwise`")
    _check_together(context, node, range_node, top_node, when_node, otherwise)
    ends = None if range_node is None else _line(context, ladder, range_node, by)
    top = None if top_node is None else _top(context, ladder, top_node, by)
    gate: Condition | None = None if when_node is None else condition_with_tiers(context, when_node.condition)
    tier = Tier(
        name=node.name.text,
        label=label_of(node.label),
        line=None if range_node is None or ends is None else _made_line(range_node, ends),
        top=top,
        gate=gate,
        otherwise=otherwise is not None,
        capacities=read_capacities(context, view, node),
        coverage=read_coverage(context, node),
        cluster=read_cluster(context, node),
        owners=read_owners(context, node, owners, needed=view.position == 0),
        plays=read_plays(context, node),
        exits=tuple(text_of(part.text) for part in parts_of_sort(node.parts, nodes.Exit)),
        keep=_keep(context, view, node, otherwise),
        was=names_before(node.parts),
        span=node.span,
    )
    broken = (range_node is not None and ends is None) or (top_node is not None and top is None)
    whole = None if len(context.complaints) > before else tier
    gated = when_node is not None
    if by is None and ladder.by is not None:
        whole = None
    return Placed(node, whole if not broken else None, ends, top, top_node, gated, otherwise, broken)


def _keep(context: Context, view: View, node: nodes.Tier, otherwise: nodes.Otherwise | None) -> Condition | None:
    """Who may stay in the tier."""
    line = only(context, parts_of_sort(node.parts, nodes.Keep), "`keep while`")
    if line is None:
        return None
    if view.position > 0:
        context.complain(keep_in_view(line.span, view))
        return None
    if otherwise is not None:
        context.complain(complaints.otherwise_beside(line.span, "keep while", otherwise.span))
        return None
    return condition_with_past(context, line.condition)


def _check_together(
    context: Context,
    node: nodes.Tier,
    range_node: nodes.TierRange | None,
    top_node: nodes.Top | None,
    when_node: nodes.When | None,
    otherwise: nodes.Otherwise | None,
) -> None:
    if otherwise is not None:
        for other, word in ((range_node, "range"), (top_node, "top"), (when_node, "when")):
            if other is not None:
                context.complain(complaints.otherwise_beside(other.span, word, otherwise.span))
    elif range_node is not None and top_node is not None:
        context.complain(complaints.range_and_top(top_node.span, range_node.span))
    elif range_node is None and top_node is None and when_node is None:
        context.complain(complaints.tier_without_line(node.name))


def _line(context: Context, ladder: nodes.Tiers, node: nodes.TierRange, by: Input | Defined | None) -> Ends | None:
    if ladder.by is None:
        context.complain(complaints.line_without_by(node.span, "range"))
        return None
    if by is None:
        return None
    if not all(percent_fits(context, by, end) for end in (node.range.low, node.range.high)):
        return None
    ends = read_range(context, node.range, kind_of(by), by.name)
    if ends is None:
        return None
    grid = grid_of(kind_of(by), context.digits_of(by))
    for end, value in ((node.range.low, ends.low_value), (node.range.high, ends.high_value)):
        if end is not None and not grid.has(value):
            near = grid.show(grid.down(value)), grid.show(grid.up(value))
            context.complain(complaints.line_off_grid(end.span, words(end.span), by.name, *near))
            return None
    return ends


def _made_line(node: nodes.TierRange, ends: Ends) -> Line:
    low, high = _int(ends.low_value), _int(ends.high_value)
    return Line(low, high, ends.node.low_open, ends.node.high_open, ends.text, span=node.span)


def _int(value: Value) -> int | None:
    assert value is None or isinstance(value, int)
    return value


def _top(context: Context, ladder: nodes.Tiers, node: nodes.Top, ladder_by: Input | Defined | None) -> Top | None:
    if node.by is None and ladder.by is None:
        context.complain(complaints.line_without_by(node.span, "top"))
        return None
    by = ladder_by if node.by is None else value_named(context, node.by, "`top … by`", numeric=True)
    per = None if node.per is None else field_named(context, node.per, "`per`")
    if per is not None and per.kind is Kind.TAGS and node.per is not None:
        context.complain(complaints.per_tags(node.per))
        return None
    amount = constants.number(context, node.amount, "`top`")
    if amount is None or by is None or (node.per is not None and per is None):
        return None
    percent = is_percent(context, node.amount)
    good = 0 < amount <= SCALE if percent else amount > 0 and amount % SCALE == 0
    if not good:
        context.complain(complaints.bad_top(node.amount.span, words(node.amount.span), percent=percent))
        return None
    shown = amount_text(context, node.amount, amount)
    text = (
        shown
        + ("" if node.by is None else f" by {node.by.text}")
        + ("" if node.per is None else f" per {node.per.text}")
    )
    return Top(amount if percent else None, None if percent else amount // SCALE, by, per, text, span=node.span)
