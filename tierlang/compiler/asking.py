"""Conditions that may ask for an account's tier: gates of other ladders, adjustments, plays, marks, and (of other ladders) rules of mobility."""

from __future__ import annotations

import attrs

from tierlang.compiler.complaints import views as complaints
from tierlang.compiler.context import Context
from tierlang.compiler.lower import condition, condition_of, how_many
from tierlang.compiler.readings import tiers_asked_in
from tierlang.compiler.resolve import tiers_asked
from tierlang.compiler.tier_lists import joined, tiers_joined_by_and, view_of
from tierlang.compiler.words import words
from tierlang.program.expressions import AllOf, AnyOf, AtLeast, Constant, Expression, InTier, IsMissing, Not
from tierlang.program.nodes import Condition
from tierlang.program.written import written
from tierlang.syntax import nodes

_INSIDE = {
    nodes.Compare: "a comparison",
    nodes.In: "`in`",
    nodes.If: "`if`",
    nodes.By: "a table by bands",
    nodes.Percentile: "`percentile of`",
    nodes.For: "a condition `for` a time",
    nodes.Events: "a question about events",
    nodes.DaysSince: "a question about events",
}


def condition_with_tiers(context: Context, node: nodes.Expression) -> Condition | None:
    """A condition that decides something and may ask for tiers; every part of it that does not gets a name of its own."""
    if not _asks(context, node):
        return condition_of(context, node)
    test = _test(context, node)
    return None if test is None else Condition(test, words(node.span), span=node.span)


def _asks(context: Context, node: nodes.Expression) -> bool:
    """Whether a tier of this run is asked for; where the past may be asked, the tier of the first ladder is the held one, a value like others."""
    asked = [view_of(context, question.subject) for question in tiers_asked_in(node)]
    return any(view is not None and view.position > 0 for view in asked) if context.past else bool(asked)


def _test(context: Context, node: nodes.Expression) -> Expression | None:
    test = _tested(context, node)
    return None if test is None else written(test, node.span)


def _tested(context: Context, node: nodes.Expression) -> Expression | None:
    if not _asks(context, node):
        value = condition(context, node)
        return value if value is None or isinstance(value, Constant) else context.name_it(value, words(node.span))
    match node:
        case nodes.TierIs():
            return in_tiers(context, node)
        case nodes.Or(parts=written):
            together, unclear = joined(context, written)
            context.complaints += unclear
            parts = _tests(context, together)
            return None if parts is None or unclear else AnyOf(parts) if len(parts) > 1 else parts[0]
        case nodes.And(parts=written):
            doubled = tiers_joined_by_and(context, written)
            context.complaints += doubled
            places = [complaint.span for complaint in doubled]
            parts = _tests(context, [part for part in written if part.span not in places])
            return None if parts is None or doubled else AllOf(parts)
        case nodes.Not(operand=operand):
            part = _test(context, operand)
            return None if part is None else Not(part)
        case nodes.IsMissing(operand=operand, negated=negated):
            part = _test(context, operand)
            if part is None:
                return None
            return Not(IsMissing(part)) if negated else IsMissing(part)
        case nodes.AtLeast(items=items):
            count, parts = how_many(context, node), _tests(context, items)
            return None if count is None or parts is None else AtLeast(count, parts)
        case _:
            _complain_inside(context, node)
            return None


def _tests(
    context: Context, written: list[nodes.Expression] | tuple[nodes.Expression, ...]
) -> tuple[Expression, ...] | None:
    """All of them, or None where one is wrong; each is looked at."""
    parts = [_test(context, part) for part in written]
    found = tuple(part for part in parts if part is not None)
    return found if len(found) == len(parts) else None


def in_tiers(context: Context, node: nodes.TierIs) -> Expression | None:
    """`tier is one or two` as meant; complains about what is no ladder and no tier of it."""
    asked = tiers_asked(context, node)
    if asked is None:
        return None
    view, tiers = asked
    test = InTier(view.position, tiers)
    return Not(test) if node.negated else test


def _complain_inside(context: Context, node: nodes.Expression) -> None:
    """A question for tiers where values are made; what else is wrong there is said as well."""
    for asked in tiers_asked_in(node):
        view = view_of(context, asked.subject)
        if context.past and view is not None and view.position == 0:
            continue
        what = _INSIDE.get(type(node), "a calculation")
        context.complain(complaints.tier_inside(asked.span, complaints.words_of(asked), what))
    quiet = attrs.evolve(context, complaints=[])
    condition(quiet, node)
    context.complaints += [complaint for complaint in quiet.complaints if complaint.code != "tier-condition"]
