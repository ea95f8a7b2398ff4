"""Expressions nested so deeply that no person can read them, and no engine should have to."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from tierlang.compiler.complaints.operations import too_deep
from tierlang.diagnostics.diagnostic import Diagnostic
from tierlang.syntax import nodes

DEEPEST = 100


def check_depth(declarations: Sequence[nodes.Declaration]) -> list[Diagnostic]:
    """A complaint for each declaration in which something is nested too deeply; walks without recursion."""
    found: list[Diagnostic] = []
    for declaration in declarations:
        waiting: list[tuple[object, int]] = [(declaration, 0)]
        while waiting:
            node, depth = waiting.pop()
            if isinstance(node, tuple):
                waiting += [(part, depth) for part in node]
            elif isinstance(node, nodes.Node):
                if depth > DEEPEST:
                    found.append(too_deep(node.span))
                    break
                fields = [field for field in attrs.fields(type(node)) if field.name != "span"]
                waiting += [(getattr(node, field.name), depth + 1) for field in fields]
    return found
