"""`percentile of X [where (…)] [per FIELD]`."""

from __future__ import annotations

from tierlang.compiler.complaints import kinds as complaints
from tierlang.compiler.context import Context
from tierlang.compiler.resolve import field_named
from tierlang.compiler.words import words
from tierlang.program.expressions import Defined, Expression, Input, kind_of
from tierlang.program.nodes import Condition, Percentile
from tierlang.program.values import Kind
from tierlang.syntax import nodes


def percentile(
    context: Context, node: nodes.Percentile, of: Input | Defined, where: Condition | None
) -> Expression | None:
    """The definition of a percentile, made once for equal ones, as the name that reads it."""
    if not kind_of(of).is_numeric:
        span = node.of.span
        context.complain(complaints.wrong_kind(span, words(span), kind_of(of), "`percentile of`", "a number"))
        return None
    per = None if node.per is None else field_named(context, node.per, "`per`")
    if node.per is not None and per is None:
        return None
    if per is not None and per.kind is Kind.TAGS:
        assert node.per is not None
        context.complain(complaints.wrong_kind(node.per.span, per.name, per.kind, "`per`", "one value per account"))
        return None
    text = words(node.span)
    for known in context.definitions.values():
        if isinstance(known, Percentile) and (known.of, known.where, known.per) == (of, where, per):
            return Defined(known.name, known.kind, span=node.span)
    return context.define(Percentile(context.free(text), of, where, per, text, span=node.span))
