"""Questions to the ledger inside expressions: `tier is one` as the held tier, `tier is missing`, `days in tier`."""

from __future__ import annotations

from tierlang.compiler.complaints import facts, views
from tierlang.compiler.complaints import past as complaints
from tierlang.compiler.context import Context
from tierlang.compiler.readings import days_in_tier_in, names_in, tiers_asked_in
from tierlang.compiler.resolve import tier_is, tiers_asked
from tierlang.compiler.scope import Sort
from tierlang.compiler.tier_lists import view_of
from tierlang.compiler.words import words
from tierlang.program.expressions import Defined, Expression, Not, OneOf
from tierlang.program.holdings import DAYS_IN_TIER, HELD_TIER
from tierlang.program.values import Kind
from tierlang.syntax import nodes

_HELD = Defined(HELD_TIER, Kind.TEXT)


def held_tier(context: Context, node: nodes.TierIs) -> Expression | None:
    """`tier is one or two` where that can be asked as the held tier; complains where it cannot."""
    if not context.past:
        tier_is(context, node)
        return None
    about = context.about
    if about is not None:
        shown = f"`{views.words_of(node)}`"
        context.complain(facts.out_of_place(node.span, shown, about.place, about.reads, about.instead))
        return None
    asked = tiers_asked(context, node)
    if asked is None:
        return None
    test = OneOf(_HELD, asked[1])
    return Not(test) if node.negated else test


def no_tier_held(context: Context, node: nodes.IsMissing) -> Expression | None:
    """`tier is missing`, where that asks whether no tier is held; None if it is not that."""
    if not context.past or context.about is not None or not isinstance(node.operand, nodes.Ref):
        return None
    view = view_of(context, node.operand.name)
    if view is None or view.position > 0:
        return None
    context.uses.note(node.operand.name.text, node.operand.name.span)
    test = OneOf(_HELD, ("",))
    return Not(test) if node.negated else test


def days_in_tier(context: Context, node: nodes.DaysInTier) -> Expression | None:
    """`days in tier`."""
    if not context.past:
        context.complain(complaints.not_remembered(node.span))
        return None
    return Defined(DAYS_IN_TIER, Kind.WHOLE)


def past_in_percentile(context: Context, node: nodes.Percentile) -> bool:
    """Complain about questions to the ledger inside `percentile of`."""
    if not context.past:
        return False
    found = [(asked.span, views.words_of(asked)) for asked in tiers_asked_in(node)]
    found += [(asked.span, words(asked.span)) for asked in days_in_tier_in(node)]
    for span, shown in found:
        context.complain(complaints.inside_percentile(span, shown))
    return bool(found)


def scores_in(context: Context, node: nodes.Expression) -> dict[str, nodes.Name]:
    """The scores that a condition reads, each where it stands first."""
    found: dict[str, nodes.Name] = {}
    for name in names_in(node):
        declared = context.scope.get(name.text)
        if declared is not None and declared.sort is Sort.SCORE:
            found.setdefault(name.text, name)
    return found
