"""`allow RULE because "…"`: which lint rules are silent where, and why."""

from __future__ import annotations

from collections.abc import Sequence

from tierlang.compiler.complaints import allows as complaints
from tierlang.compiler.context import Context
from tierlang.compiler.words import text_of
from tierlang.program.nodes import Allow
from tierlang.syntax import nodes


def read_allows(context: Context, files: Sequence[nodes.File]) -> tuple[Allow, ...]:
    """What the files allow, in their order; complains where the reason is not given."""
    made = [_allow(context, node) for file in files for node in file.allows]
    return tuple(allow for allow in made if allow is not None)


def _allow(context: Context, node: nodes.Allow) -> Allow | None:
    if node.because is None:
        context.complain(complaints.no_reason(node))
        return None
    because = text_of(node.because).strip()
    if not because:
        context.complain(complaints.empty_reason(node.because.span, node.rule.text))
        return None
    return Allow(node.rule.text, because, node.over, span=node.span)
