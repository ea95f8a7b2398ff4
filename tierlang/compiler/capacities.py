"""The capacities of a tier."""

from __future__ import annotations

from collections.abc import Sequence

from tierlang.compiler import constants
from tierlang.compiler.complaints import capacities as complaints
from tierlang.compiler.complaints.ladders import per_tags
from tierlang.compiler.complaints.names import unknown_name
from tierlang.compiler.context import Context
from tierlang.compiler.lines import only, parts_of_sort
from tierlang.compiler.resolve import field_named
from tierlang.compiler.words import words
from tierlang.program.nodes import Capacity
from tierlang.program.numbers import SCALE
from tierlang.program.values import Kind
from tierlang.syntax import nodes


def read_capacities(context: Context, tier: nodes.Tier, below: Sequence[str]) -> tuple[Capacity, ...]:
    """At most one capacity per a field and one in total, in that order."""
    lines = parts_of_sort(tier.parts, nodes.Capacity)
    grouped = only(context, [line for line in lines if line.per is not None], "`capacity … per`")
    total = only(context, [line for line in lines if line.per is None], "`capacity` of the whole tier")
    made = [_capacity(context, tier, line, below) for line in (grouped, total) if line is not None]
    return tuple(capacity for capacity in made if capacity is not None)


def _capacity(context: Context, tier: nodes.Tier, node: nodes.Capacity, below: Sequence[str]) -> Capacity | None:
    seats = _seats(context, node.seats)
    minimum = None if node.minimum is None else _seats(context, node.minimum)
    if seats is not None and minimum is not None and node.minimum is not None and minimum > seats:
        context.complain(complaints.minimum_over_seats(node.minimum.span.to(node.seats.span), minimum, seats))
    per = None if node.per is None else field_named(context, node.per, "`per`")
    if per is not None and per.kind is Kind.TAGS and node.per is not None:
        context.complain(per_tags(node.per))
    to = _overflow(context, tier, node, below)
    if seats is None or node.overflow is None or (node.per is not None and per is None):
        return None
    return Capacity(
        seats=seats,
        minimum=minimum,
        per=per,
        overflow=node.overflow.where,
        to=to,
        text=str(seats) if per is None else f"{seats} per {per.name}",
    )


def _seats(context: Context, node: nodes.Expression) -> int | None:
    number = constants.number(context, node, "a capacity")
    if number is None:
        return None
    if number < 0 or number % SCALE:
        context.complain(complaints.bad_seats(node.span, words(node.span)))
        return None
    return number // SCALE


def _overflow(context: Context, tier: nodes.Tier, node: nodes.Capacity, below: Sequence[str]) -> str | None:
    if node.overflow is None:
        context.complain(complaints.no_overflow(node.span))
        return None
    to = node.overflow.to
    if to is None:
        return None
    if to.text not in below:
        if to.text in context.scope.tiers:
            context.complain(complaints.overflow_up(to, tier.name.text, below))
        else:
            context.complain(unknown_name(to, below, "tier below this one"))
        return None
    return to.text
