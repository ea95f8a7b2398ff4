"""What changes a base tier: `raise` and `lower`, `floor at` and `cap at`."""

from __future__ import annotations

from tierlang.compiler import constants
from tierlang.compiler.asking import condition_with_tiers
from tierlang.compiler.complaints import adjustments as complaints
from tierlang.compiler.complaints.names import unknown_name
from tierlang.compiler.complaints.views import tier_of_another
from tierlang.compiler.context import Context
from tierlang.compiler.lines import parts_of_sort
from tierlang.compiler.tier_lists import view_with
from tierlang.compiler.uses import of_ladder
from tierlang.compiler.views import View
from tierlang.compiler.words import label_of, words
from tierlang.program.nodes import Bound, Ladder, Shift
from tierlang.program.numbers import SCALE
from tierlang.syntax import nodes


def read_adjustments(context: Context, view: View) -> tuple[tuple[Shift, ...], tuple[Bound, ...], tuple[Bound, ...]]:
    """The shifts, floors and caps of a ladder, each as written."""
    shifts = [_shift(context, view, line) for line in parts_of_sort(view.node.parts, nodes.Shift)]
    bounds = [_bound(context, view, line) for line in parts_of_sort(view.node.parts, nodes.Bound)]
    found = [bound for bound in bounds if bound is not None]
    return (
        tuple(shift for shift in shifts if shift is not None),
        tuple(bound for bound in found if bound.which == "floor"),
        tuple(bound for bound in found if bound.which == "cap"),
    )


def _shift(context: Context, view: View, node: nodes.Shift) -> Shift | None:
    steps = _steps(context, view, node)
    when = condition_with_tiers(context, node.when)
    if steps is None or when is None:
        return None
    return Shift(
        steps if node.direction == "raise" else -steps, when, label_of(node.label) or when.text, span=node.span
    )


def _steps(context: Context, view: View, node: nodes.Shift) -> int | None:
    number = constants.number(context, node.steps, f"`{node.direction}`")
    if number is None:
        return None
    if number < SCALE or number % SCALE:
        context.complain(complaints.bad_steps(node.steps.span, node.direction, words(node.steps.span)))
        return None
    steps = number // SCALE
    if view.tiers and steps >= len(view.tiers):
        context.complain(complaints.too_many_steps(node.steps.span, node.direction, steps, len(view.tiers)))
        return None
    return steps


def _bound(context: Context, view: View, node: nodes.Bound) -> Bound | None:
    tier = _tier(context, view, node)
    when = condition_with_tiers(context, node.when)
    if tier is None or when is None:
        return None
    return Bound(node.which, tier, when, label_of(node.label) or when.text, span=node.span)


def _tier(context: Context, view: View, node: nodes.Bound) -> str | None:
    name = node.tier
    if name.text not in view.tiers:
        other = view_with(context, name.text)
        if other is not None:
            context.complain(tier_of_another(name, view, other))
        elif view.tiers:
            context.complain(unknown_name(name, view.tiers, "tier"))
        return None
    if node.which == "cap" and name.text == next(iter(view.tiers)):
        context.complain(complaints.cap_at_the_best(node.tier.span, name.text))
        return None
    context.uses.note(name.text, name.span, of_ladder(view.position))
    return name.text


def check_floors(context: Context, view: View, ladder: Ladder) -> None:
    """Complain about a floor at the worst tier that no account needs: nobody is ever in no tier, and nobody is cut."""
    worst = ladder.tiers[-1]
    open_below = ladder.rest_untiered or worst.gate is not None
    for node in parts_of_sort(view.node.parts, nodes.Bound):
        at_the_worst = node.which == "floor" and node.tier.text == worst.name
        if at_the_worst and not open_below and not worst.capacities and not ladder.capacities:
            context.complain(complaints.floor_at_the_worst(node.tier.span, worst.name))
