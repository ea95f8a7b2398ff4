"""`retired gold to two`: tiers that are no more."""

from __future__ import annotations

from collections.abc import Sequence

from tierlang.compiler.complaints import former as complaints
from tierlang.compiler.context import Context
from tierlang.compiler.former import former_tiers
from tierlang.compiler.tier_lists import first_tier_named
from tierlang.program.nodes import Retired
from tierlang.syntax import nodes


def read_retired(context: Context, written: Sequence[nodes.RetiredTier]) -> tuple[Retired, ...]:
    """The tiers of the first ladder that are no more, as written."""
    now = context.views[0].tiers if context.views else {}
    before = former_tiers(context.views[0].node) if context.views else {}
    first: dict[str, nodes.Name] = {}
    made: list[Retired] = []
    for node in written:
        name = node.tier
        earlier = first.setdefault(name.text, name)
        to = None if node.to is None else first_tier_named(context, node.to, "accounts move on the first ladder")
        if name.text in now:
            context.complain(complaints.retired_and_there(name, now[name.text]))
        elif name.text in before:
            context.complain(complaints.retired_and_renamed(name, before[name.text]))
        elif earlier is not name:
            context.complain(complaints.retired_twice(name, earlier))
        elif node.to is None or to is not None:
            made.append(Retired(name.text, to, span=node.span))
    return tuple(made)
