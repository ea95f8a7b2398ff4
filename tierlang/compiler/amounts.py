"""Constant amounts as people see them: a percentage stays one, a `let` shows its value."""

from __future__ import annotations

from tierlang.compiler.complaints.scores import percent_text
from tierlang.compiler.context import Context
from tierlang.program.numbers import number_text
from tierlang.syntax import nodes


def is_percent(context: Context, node: nodes.Expression) -> bool:
    """Whether a constant is written as a percentage, here or in its `let`."""
    if isinstance(node, nodes.Ref):
        declared = context.scope.get(node.name.text)
        if declared is not None and isinstance(declared.node, nodes.Let):
            return is_percent(context, declared.node.value)
    return isinstance(node, nodes.Number) and node.form == "percent"


def amount_text(context: Context, node: nodes.Expression, amount: int) -> str:
    """The amount as written, a `let` as its value."""
    if isinstance(node, nodes.Number):
        return node.text
    return percent_text(amount) if is_percent(context, node) else number_text(amount)
