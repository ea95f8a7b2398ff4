"""Expressions nested so deeply that no person can read them, and no engine should have to."""

from __future__ import annotations

from collections.abc import Sequence

from tierlang.compiler.complaints.operations import too_deep
from tierlang.diagnostics.diagnostic import Diagnostic
from tierlang.said import names_said
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
                waiting += [(part, depth) for part in node if isinstance(part, nodes.Node)]
            elif depth > DEEPEST:
                assert isinstance(node, nodes.Node)
                found.append(too_deep(node.span))
                break
            else:
                for name in names_said(type(node)):
                    part = getattr(node, name)
                    if isinstance(part, nodes.Node | tuple) and type(part) is not nodes.Name:
                        waiting.append((part, depth + 1))
    return found
