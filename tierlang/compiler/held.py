"""What conditions of mobility may ask besides all else: the tier that an account holds, and for how long it has held it."""

from __future__ import annotations

import attrs

from tierlang.compiler.asking import condition_with_tiers
from tierlang.compiler.context import Context
from tierlang.program.nodes import Condition
from tierlang.syntax import nodes


def condition_with_past(context: Context, node: nodes.Expression) -> Condition | None:
    """The condition of `keep while`, `hold`, `promote` or `demote`: of the first ladder `tier is one` means the held tier, of other ladders the tier of this run."""
    return condition_with_tiers(attrs.evolve(context, past=True), node)
