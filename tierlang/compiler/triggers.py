"""`promote` and `demote`: from which tiers to which one, when, and on whose word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from tierlang.compiler import constants
from tierlang.compiler.complaints import triggers as complaints
from tierlang.compiler.context import Context
from tierlang.compiler.durations import duration_of
from tierlang.compiler.former import names_before
from tierlang.compiler.held import condition_with_past
from tierlang.compiler.lines import only, parts_of_sort
from tierlang.compiler.staffing import owner_named
from tierlang.compiler.tier_lists import first_tier_named
from tierlang.compiler.words import label_of, words
from tierlang.program.nodes import Owner, Trigger
from tierlang.program.numbers import SCALE
from tierlang.syntax import nodes

_MOVES = "accounts move on the first ladder"


@attrs.frozen
class _Target:
    """Where a trigger leads: to a tier by its place from the best, or so many tiers up or down."""

    node: nodes.TriggerTo | nodes.TriggerSteps
    tier: int | None = None
    steps: int | None = None


def read_trigger(context: Context, node: nodes.Trigger, owners: Mapping[str, Owner]) -> Trigger | None:
    """A trigger; complaints are complete even where it cannot be made."""
    before = len(context.complaints)
    tiers = list(context.views[0].tiers) if context.views else []
    target = _target(context, node, tiers)
    sources = _sources(context, node, target, tiers)
    when_node = only(context, parts_of_sort(node.parts, nodes.When), "`when`")
    if when_node is None:
        context.complain(complaints.no_when(node))
    when = None if when_node is None else condition_with_past(context, when_node.condition)
    owner = only(context, parts_of_sort(node.parts, nodes.TriggerOwner), "`owner`")
    approve = only(context, parts_of_sort(node.parts, nodes.Approve), "`approve by`")
    cooldown = only(context, parts_of_sort(node.parts, nodes.Cooldown), "`cooldown`")
    whose = None if owner is None else owner_named(context, owner.owner, owners)
    approver = None if approve is None else owner_named(context, approve.by, owners)
    settles = None if cooldown is None else duration_of(context, cooldown.duration, "cooldown")
    if when is None or target is None or len(context.complaints) > before:
        return None
    return Trigger(
        direction=node.direction,
        name=node.name.text,
        label=label_of(node.label),
        sources=tuple(tiers[place] for place in sources),
        to=None if target.tier is None else tiers[target.tier],
        steps=target.steps,
        when=when,
        owner=whose,
        approver=approver,
        cooldown=settles,
        was=names_before(node.parts),
        span=node.span,
    )


def _target(context: Context, node: nodes.Trigger, tiers: Sequence[str]) -> _Target | None:
    to = only(context, parts_of_sort(node.parts, nodes.TriggerTo), "`to`")
    steps = only(context, parts_of_sort(node.parts, nodes.TriggerSteps), "`up` or `down`")
    if to is not None and steps is not None:
        context.complain(complaints.two_targets(to, steps))
        return None
    if to is not None:
        name = first_tier_named(context, to.tier, _MOVES)
        return None if name is None else _Target(to, tier=tiers.index(name))
    if steps is not None:
        count = _steps(context, node, steps, len(tiers))
        return None if count is None else _Target(steps, steps=count)
    context.complain(complaints.no_target(node))
    return None


def _steps(context: Context, node: nodes.Trigger, line: nodes.TriggerSteps, tiers: int) -> int | None:
    if line.way != ("up" if node.direction == "promote" else "down"):
        context.complain(complaints.wrong_way(node, line))
        return None
    number = constants.number(context, line.steps, f"`{line.way}`")
    if number is None:
        return None
    if number < SCALE or number % SCALE:
        context.complain(complaints.bad_steps(line, words(line.steps.span)))
        return None
    if number // SCALE >= tiers:
        context.complain(complaints.too_many_steps(line, number // SCALE, tiers))
        return None
    return number // SCALE


def _sources(context: Context, node: nodes.Trigger, target: _Target | None, tiers: Sequence[str]) -> list[int]:
    """The places of the tiers that accounts are moved from, the best first; complains about those from which the trigger does not lead its way."""
    line = only(context, parts_of_sort(node.parts, nodes.TriggerFrom), "`from`")
    up = node.direction == "promote"
    end = 0 if up else len(tiers) - 1
    border = end if target is None or target.tier is None else target.tier
    fitting = range(border + 1, len(tiers)) if up else range(border)
    if line is None:
        if target is not None and target.tier is not None and not fitting:
            context.complain(complaints.nothing_to_move(node, target.node, tiers[target.tier]))
        return list(fitting)
    found: dict[int, nodes.Name] = {}
    for name in line.tiers:
        tier = first_tier_named(context, name, _MOVES)
        if tier is None:
            continue
        first = found.setdefault(tiers.index(tier), name)
        if first is not name:
            context.complain(complaints.doubled_source(name, first))
    if target is not None:
        _check_sources(context, node, target, found, fitting, tiers)
    return sorted(found)


def _check_sources(
    context: Context,
    node: nodes.Trigger,
    target: _Target,
    found: Mapping[int, nodes.Name],
    fitting: Sequence[int],
    tiers: Sequence[str],
) -> None:
    wrong = [name for place, name in found.items() if place not in fitting]
    if target.tier is None:
        for name in wrong:
            context.complain(complaints.from_the_end(node, name))
        return
    to = target.tier
    opposite = bool(found) and all(place != to and place not in fitting for place in found)
    for name in wrong:
        context.complain(complaints.not_its_way(node, name, tiers[to], tiers, opposite=opposite))
