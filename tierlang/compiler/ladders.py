"""A `tiers` block: what it ranks by, its tiers, and what makes them fit together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tierlang.compiler.adjustments import check_floors, read_adjustments
from tierlang.compiler.capacities import read_ladder_capacities
from tierlang.compiler.complaints import ladders as complaints
from tierlang.compiler.complaints.names import unknown_word
from tierlang.compiler.complaints.views import unnamed_ladder
from tierlang.compiler.context import Context
from tierlang.compiler.former import names_before
from tierlang.compiler.lines import only, parts_of_sort
from tierlang.compiler.matching import check_lines, separate
from tierlang.compiler.resolve import value_named
from tierlang.compiler.tiers import Placed, read_tier
from tierlang.compiler.views import View
from tierlang.compiler.words import label_of
from tierlang.program.expressions import Defined, Input
from tierlang.program.nodes import Ladder, Limits, Owner, RankKey
from tierlang.program.values import Kind
from tierlang.syntax import nodes
from tierlang.syntax.grammar import RESERVED

POLICIES = ("first", "unique")


def read_ladder(context: Context, view: View, owners: Mapping[str, Owner], limits: Limits) -> Ladder | None:
    """A ladder; complaints are complete even where the ladder itself cannot be made."""
    node = view.node
    before = len(context.complaints)
    if view.position > 0 and node.name is None:
        context.complain(unnamed_ladder(node, context.views[0].node, _free_name(context, node)))
    by = None if node.by is None else _by(context, node.by)
    match = only(context, parts_of_sort(node.parts, nodes.Match), "`match`")
    policy = None if match is None else match.policy.text
    if match is not None and policy not in POLICIES:
        context.complain(unknown_word(match.policy, POLICIES, "a way to match"))
    rank = only(context, parts_of_sort(node.parts, nodes.RankBy), "`rank by`")
    rest = only(context, parts_of_sort(node.parts, nodes.RestUntiered), "`rest untiered`")
    written = _tiers(context, node, limits)
    tiers = [read_tier(context, view, tier, by, owners) for tier in written]
    _check_otherwise(context, tiers, rest)
    check_lines(context, node, tiers, by, policy, rest_untiered=rest is not None)
    rank_by = tuple(key for key in (_rank_key(context, key) for key in (rank.keys if rank else ())) if key is not None)
    shifts, floors, caps = read_adjustments(context, view)
    capacities = read_ladder_capacities(context, view)
    made = [placed.tier for placed in tiers if placed.tier is not None]
    if len(made) != len(tiers) or (node.by is not None and by is None):
        return None
    ladder = Ladder(
        name=None if node.name is None else node.name.text,
        label=label_of(node.label),
        by=by,
        tiers=tuple(made),
        rank_by=rank_by,
        unique=policy == "unique",
        separate=policy != "unique" or separate(context, tiers, by),
        rest_untiered=rest is not None,
        capacities=capacities,
        shifts=shifts,
        floors=floors,
        caps=caps,
        first=policy == "first",
        was=names_before(node.parts),
        span=node.span,
    )
    if len(context.complaints) == before:
        check_floors(context, view, ladder)
    return ladder


def _free_name(context: Context, node: nodes.Tiers) -> str:
    """A name that a ladder could have: its label's word, if that is one."""
    label = "" if node.label is None else "_".join(node.label.value.casefold().split())
    if not re.fullmatch(r"[a-z][a-z0-9_]*", label) or label in RESERVED:
        label = "view"
    name, count = label, 1
    while context.scope.get(name) is not None:
        count += 1
        name = f"{label}_{count}"
    return name


def _by(context: Context, name: nodes.Name) -> Input | Defined | None:
    """What the ladder ranks by; a score in which something is wrong is enough to judge how the tiers fit together."""
    found = value_named(context, name, "`tiers by`", numeric=True)
    return Defined(name.text, Kind.NUMBER) if found is None and name.text in context.drafts else found


def _tiers(context: Context, node: nodes.Tiers, limits: Limits) -> list[nodes.Tier]:
    """The tiers, each name once."""
    found: dict[str, nodes.Tier] = {}
    every = parts_of_sort(node.parts, nodes.Tier)
    for tier in every:
        first = found.setdefault(tier.name.text, tier)
        if first is not tier:
            context.complain(complaints.doubled_tier(tier.name, first.name))
    if not found:
        context.complain(complaints.no_tiers(node.span))
    if len(found) > limits.tiers:
        context.complain(complaints.too_many_tiers(list(found.values())[limits.tiers].name, len(found), limits.tiers))
    return list(found.values())


def _rank_key(context: Context, node: nodes.RankKey) -> RankKey | None:
    by = value_named(context, node.by, "`rank by`", ordered=True)
    return None if by is None else RankKey(by, node.ascending, span=node.span)


def _check_otherwise(context: Context, tiers: Sequence[Placed], rest: nodes.RestUntiered | None) -> None:
    found = [tier for tier in tiers if tier.otherwise is not None]
    for second in found[1:]:
        assert second.otherwise is not None
        assert found[0].otherwise is not None
        context.complain(
            complaints.second_otherwise(second.otherwise.span, found[0].node.name.text, found[0].otherwise.span)
        )
    if found and rest is not None:
        assert found[0].otherwise is not None
        context.complain(complaints.otherwise_and_rest(rest.span, found[0].node.name.text, found[0].otherwise.span))
