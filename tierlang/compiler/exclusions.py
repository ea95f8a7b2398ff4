"""Exclusions: who takes no part. They are decided before anything is compared between accounts."""

from __future__ import annotations

from collections.abc import Sequence

from tierlang.compiler.complaints import exclusions as complaints
from tierlang.compiler.context import Context
from tierlang.compiler.lower import condition_of
from tierlang.compiler.readings import expressions_of
from tierlang.compiler.words import label_of
from tierlang.program.expressions import Expression, inputs_of
from tierlang.program.nodes import Exclusion, Percentile
from tierlang.syntax import nodes


def read_exclusions(context: Context, written: Sequence[nodes.Exclude]) -> tuple[Exclusion, ...]:
    """The exclusions in the order of the files."""
    made: list[Exclusion] = []
    for node in written:
        declared = context.scope.exclusions.get(node.name.text)
        when = condition_of(context, node.when)
        if when is None or declared is None or declared.node is not node:
            continue
        path = _to_percentile(context, when.test)
        if path is not None:
            context.complain(complaints.percentile_in_exclusion(node.when.span, node.name.text, path))
            continue
        made.append(Exclusion(node.name.text, when, label_of(node.label), span=node.span))
    return tuple(made)


def _to_percentile(context: Context, expression: Expression) -> list[str] | None:
    """The names through which an expression reads a percentile, if it does: a shortest way."""
    waiting: list[tuple[list[str], Expression]] = [([], expression)]
    seen: set[str] = set()
    for path, current in waiting:
        for part in inputs_of(current):
            if part.name not in context.relative or part.name in seen:
                continue
            seen.add(part.name)
            definition = context.definitions[part.name]
            if isinstance(definition, Percentile):
                return [*path, definition.text]
            waiting += [([*path, definition.name], inner) for inner in expressions_of(definition)]
    return None
