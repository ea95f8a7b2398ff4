"""`was gold, premium`: names that tiers, ladders, scores and triggers had before."""

from __future__ import annotations

from collections.abc import Sequence

from tierlang.compiler.complaints import former as complaints
from tierlang.compiler.context import Context
from tierlang.compiler.lines import only, parts_of_sort
from tierlang.syntax import nodes


def names_before(parts: Sequence[nodes.Node]) -> tuple[str, ...]:
    """The names that something had before, by the first `was` of its block, each once."""
    lines = parts_of_sort(parts, nodes.Was)
    return tuple(dict.fromkeys(name.text for name in lines[0].names)) if lines else ()


def former_tiers(ladder: nodes.Tiers) -> dict[str, nodes.Name]:
    """The names that the tiers of a ladder had before, each where it stands first."""
    found: dict[str, nodes.Name] = {}
    for tier in parts_of_sort(ladder.parts, nodes.Tier):
        for line in parts_of_sort(tier.parts, nodes.Was):
            for name in line.names:
                found.setdefault(name.text, name)
    return found


def check_former(context: Context, declarations: Sequence[nodes.Declaration]) -> None:
    """Complain about names that nothing can have had before."""
    ladders = [declaration for declaration in declarations if isinstance(declaration, nodes.Tiers)]
    scores = [declaration for declaration in declarations if isinstance(declaration, nodes.Score)]
    blocks = [declaration for declaration in declarations if isinstance(declaration, nodes.Mobility)]
    triggers = [part for block in blocks for part in parts_of_sort(block.parts, nodes.Trigger)]
    _check(context, "score", scores)
    _check(context, "trigger", triggers)
    _check(context, "ladder", ladders)
    for ladder in ladders:
        _check(context, "tier", parts_of_sort(ladder.parts, nodes.Tier))


def _check(
    context: Context, sort: str, every: Sequence[nodes.Tier | nodes.Tiers | nodes.Score | nodes.Trigger]
) -> None:
    now = {each.name.text: each.name for each in reversed(every) if each.name is not None}
    before: dict[str, nodes.Name] = {}
    for each in every:
        line = only(context, parts_of_sort(each.parts, nodes.Was), "`was`")
        for name in [] if line is None else line.names:
            first = before.setdefault(name.text, name)
            if name.text in now:
                context.complain(complaints.still_there(name, sort, now[name.text]))
            elif first is not name:
                context.complain(complaints.was_twice(name, sort, first))
