"""What keeps a claim from having an example: what only the whole population decides."""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.analysis.answers import Open
from tierlang.analysis.index import Index
from tierlang.program.expressions import Defined, Expression, InTier, parts_of
from tierlang.program.nodes import Percentile


def unknown_to_one(index: Index, claim: Expression) -> Open | None:
    """Why no account alone can be an example; None if it can."""
    for part in _all_parts(claim):
        if isinstance(part, InTier):
            return Open(
                "it hangs on the tier that other rules and accounts leave to an account", part.span or claim.span
            )
        if isinstance(part, Defined):
            for name in sorted(index.below(f"d:{part.name}")):
                node = index.nodes.get(name)
                if isinstance(node, Percentile):
                    return Open("a percentile needs all accounts", node.span or claim.span)
                if node is None:
                    return Open("who is in a top needs all accounts", part.span or claim.span)
    return None


def _all_parts(expression: Expression) -> Iterator[Expression]:
    yield expression
    for part in parts_of(expression):
        yield from _all_parts(part)
