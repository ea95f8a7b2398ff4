"""The parts of an `or`, also where they are written as people speak: `tier is gold or diamond`, `industry = "Banking" or "Software"`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from tierlang.compiler.complaints import kinds as complaints
from tierlang.compiler.complaints import names as naming
from tierlang.compiler.context import Context
from tierlang.compiler.resolve import is_unknown, resolve
from tierlang.compiler.tier_lists import joined
from tierlang.compiler.words import words
from tierlang.program.expressions import Expression, kind_of
from tierlang.program.values import Kind
from tierlang.syntax import nodes

Lower: TypeAlias = Callable[[Context, nodes.Expression], Expression | None]


def alternatives(context: Context, written: tuple[nodes.Expression, ...], condition: Lower) -> list[Expression] | None:
    """The conditions of an `or`, or None where one is wrong; each is looked at. `condition` lowers one of them."""
    if any(isinstance(part, nodes.Text) for part in written):
        _text_lists(context, written, condition)
        return None
    together, unclear = joined(context, written)
    if not context.past:
        # Here nobody can ask for tiers, which is said once for all the tiers of a question.
        unclear = []
    context.complaints += unclear
    found = [condition(context, part) for part in together]
    known = [part for part in found if part is not None]
    return known if len(known) == len(found) and not unclear else None


def _text_lists(context: Context, written: tuple[nodes.Expression, ...], condition: Lower) -> None:
    """`a = "x" or "y"` comes as `(a = "x") or "y"`: the texts after a comparison belong to it."""
    at = 0
    while at < len(written):
        part, more = written[at], list[nodes.Text]()
        condition(context, part)
        at += 1
        while at < len(written) and isinstance(following := written[at], nodes.Text):
            more.append(following)
            at += 1
        if more:
            _more_texts(context, part.parts[-1] if isinstance(part, nodes.And) else part, more, condition)


def _more_texts(context: Context, test: nodes.Expression, more: Sequence[nodes.Text], condition: Lower) -> None:
    match test:
        case nodes.Compare(operator="=", left=nodes.Ref(name=name), right=nodes.Text() as first):
            whole = test.span.to(more[-1].span)
            context.complain(complaints.more_choices(whole, more, name.text, [text.value for text in (first, *more)]))
        case nodes.TextMatch(operator=operator, operand=nodes.Ref(name=name)):
            for text in more:
                context.complain(complaints.more_matches(text, f"{name.text} {operator}"))
        case _:
            for text in more:
                condition(context, text)


def unquoted(context: Context, left: nodes.Expression, right: nodes.Expression, lower: Lower) -> None:
    """A comparison with a name that nothing declares: beside text, most likely a text without its quotes."""
    for name, other in ((right, left), (left, right)):
        if not (isinstance(name, nodes.Ref) and is_unknown(context, name)):
            continue
        # Beside a text that has its quotes, the name is a name, only not one that there is.
        value = None if is_unknown(context, other) or isinstance(other, nodes.Text) else lower(context, other)
        if value is not None and kind_of(value) is Kind.TEXT:
            choices = context.choices_of(value)
            context.complain(naming.unquoted_text(name.name, words(other.span), choices))
        elif value is not None and kind_of(value) is Kind.FLAG and name.name.text == "yes":
            context.complain(naming.worded_flag(name.name))
        else:
            resolve(context, name.name)
