"""The `mobility` block: what moves accounts between reviews, what keeps them, and names that were changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tierlang.compiler import constants
from tierlang.compiler.amounts import is_percent
from tierlang.compiler.complaints import blocks
from tierlang.compiler.complaints import mobility as complaints
from tierlang.compiler.context import Context
from tierlang.compiler.durations import duration_of
from tierlang.compiler.held import condition_with_past
from tierlang.compiler.lines import only, parts_of_sort
from tierlang.compiler.merges import read_merges
from tierlang.compiler.retired import read_retired
from tierlang.compiler.triggers import read_trigger
from tierlang.compiler.words import label_of, words
from tierlang.program.nodes import Breaker, Freeze, Hold, Mobility, Owner
from tierlang.program.numbers import SCALE
from tierlang.syntax import nodes


def read_mobility(context: Context, found: Sequence[nodes.Mobility], owners: Mapping[str, Owner]) -> Mobility | None:
    """The block, None without one; what is wrong in it is complained about and left out."""
    for second in found[1:]:
        context.complain(blocks.doubled_block(second.span, "mobility", found[0].span))
    if not found:
        return None
    node = found[0]
    written = parts_of_sort(node.parts, nodes.Trigger)
    triggers = [read_trigger(context, each, owners) for each in written]
    cooldown = only(context, parts_of_sort(node.parts, nodes.Cooldown), "`cooldown`")
    breaker = only(context, parts_of_sort(node.parts, nodes.Breaker), "`breaker`")
    holds = [_hold(context, each) for each in parts_of_sort(node.parts, nodes.Hold)]
    freezes = [_freeze(context, each) for each in parts_of_sort(node.parts, nodes.Freeze)]
    return Mobility(
        triggers=tuple(trigger for trigger in triggers if trigger is not None),
        holds=tuple(hold for hold in holds if hold is not None),
        freezes=tuple(freeze for freeze in freezes if freeze is not None),
        breaker=None if breaker is None else _breaker(context, breaker),
        cooldown=None if cooldown is None else duration_of(context, cooldown.duration, "cooldown"),
        retired=read_retired(context, parts_of_sort(node.parts, nodes.RetiredTier)),
        merges=read_merges(context, parts_of_sort(node.parts, nodes.MergedFrom)),
        span=node.span,
    )


def _hold(context: Context, node: nodes.Hold) -> Hold | None:
    when = condition_with_past(context, node.when)
    return None if when is None else Hold(node.name.text, label_of(node.label), when, node.both_ways, span=node.span)


def _freeze(context: Context, node: nodes.Freeze) -> Freeze | None:
    if node.end.value < node.start.value:
        context.complain(complaints.backward_freeze(node))
        return None
    return Freeze(node.start.value, node.end.value, label_of(node.label), span=node.span)


def _breaker(context: Context, node: nodes.Breaker) -> Breaker | None:
    share = _share(context, node.share)
    at_review = share if node.at_review is None else _share(context, node.at_review)
    return None if share is None or at_review is None else Breaker(share, at_review, span=node.span)


def _share(context: Context, node: nodes.Expression) -> int | None:
    """A percentage from 0 to 100."""
    share = constants.number(context, node, "`breaker`")
    if share is None:
        return None
    if not is_percent(context, node) or not 0 <= share <= SCALE:
        context.complain(complaints.bad_share(node, words(node.span)))
        return None
    return share
