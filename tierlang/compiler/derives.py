"""Derived fields."""

from __future__ import annotations

from tierlang.compiler.context import Context
from tierlang.compiler.lower import lower
from tierlang.compiler.words import label_of, words
from tierlang.program.expressions import kind_of
from tierlang.program.nodes import Derive
from tierlang.syntax import nodes


def define_derive(context: Context, node: nodes.Derive) -> None:
    """Compile a derived field and add it to the definitions."""
    value = lower(context, node.value)
    if value is not None:
        text, label = words(node.value.span), label_of(node.label)
        context.define(Derive(node.name.text, kind_of(value), value, text, label, span=node.span))
