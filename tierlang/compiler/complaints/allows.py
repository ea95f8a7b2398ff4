"""Complaints about `allow`."""

from __future__ import annotations

from tierlang.compiler.complaints.voice import error
from tierlang.diagnostics.diagnostic import Diagnostic
from tierlang.diagnostics.edits import insert
from tierlang.source import Span
from tierlang.syntax import nodes

_WHY = "whoever reads this next year wants to know why the rule does not count here"


def no_reason(node: nodes.Allow) -> Diagnostic:
    """`allow same-plays` without `because`."""
    rule = node.rule.text
    return error(
        "no-reason",
        node.span,
        f"`allow {rule}` does not say why",
        f'{_WHY}: `allow {rule} because "…"`',
        fixes=[insert(node.rule.span, node.rule.span.end, ' because "…"', "add `because`, and say why")],
    )


def empty_reason(span: Span, rule: str) -> Diagnostic:
    """`allow same-plays because ""`."""
    return error("no-reason", span, f"the reason of `allow {rule}` is empty", _WHY)
