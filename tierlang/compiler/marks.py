"""Marks: what is shown on accounts, whatever their tier."""

from __future__ import annotations

from collections.abc import Sequence

from tierlang.compiler.asking import condition_with_tiers
from tierlang.compiler.context import Context
from tierlang.compiler.words import label_of
from tierlang.program.nodes import Mark
from tierlang.syntax import nodes


def read_marks(context: Context, written: Sequence[nodes.Mark]) -> tuple[Mark, ...]:
    """The marks in the order of the files. They may read everything, all ladders included."""
    made: list[Mark] = []
    for node in written:
        declared = context.scope.marks.get(node.name.text)
        when = condition_with_tiers(context, node.when)
        if when is not None and declared is not None and declared.node is node:
            made.append(Mark(node.name.text, when, label_of(node.label), span=node.span))
    return tuple(made)
