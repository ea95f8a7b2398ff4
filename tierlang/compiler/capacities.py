"""The capacities of a tier, and those of a whole ladder."""

from __future__ import annotations

from collections.abc import Sequence

from tierlang.compiler import constants
from tierlang.compiler.amounts import amount_text, is_percent
from tierlang.compiler.complaints import capacities as complaints
from tierlang.compiler.complaints.ladders import per_tags
from tierlang.compiler.complaints.names import unknown_name
from tierlang.compiler.complaints.views import tier_of_another
from tierlang.compiler.context import Context
from tierlang.compiler.lines import only, parts_of_sort
from tierlang.compiler.resolve import field_named, value_named
from tierlang.compiler.tier_lists import view_with
from tierlang.compiler.uses import of_ladder
from tierlang.compiler.views import View
from tierlang.compiler.words import words
from tierlang.program.expressions import Defined, Input
from tierlang.program.nodes import Capacity, Field
from tierlang.program.numbers import SCALE
from tierlang.program.values import Kind
from tierlang.syntax import nodes


def read_capacities(context: Context, view: View, tier: nodes.Tier) -> tuple[Capacity, ...]:
    """The capacities of one tier."""
    lines = parts_of_sort(tier.parts, nodes.Capacity)
    made = [_capacity(context, view, tier, line) for line in _one_of_each(context, lines, "the whole tier")]
    return tuple(capacity for capacity in made if capacity is not None)


def read_ladder_capacities(context: Context, view: View) -> tuple[Capacity, ...]:
    """The capacities of the ladder itself, which come before those of its tiers."""
    lines = parts_of_sort(view.node.parts, nodes.Capacity)
    made = [_capacity(context, view, None, line) for line in _one_of_each(context, lines, "the whole ladder")]
    return tuple(capacity for capacity in made if capacity is not None)


def _one_of_each(context: Context, lines: Sequence[nodes.Capacity], whole: str) -> list[nodes.Capacity]:
    """At most one of each sort, in the order in which they are kept: heads per a field, a sum per a field, heads, a sum."""
    found: list[nodes.Capacity] = []
    for per, of, what in (
        (True, False, "`capacity … per`"),
        (True, True, "`capacity … of … per`"),
        (False, False, f"`capacity` of {whole}"),
        (False, True, f"`capacity … of` of {whole}"),
    ):
        line = only(context, [each for each in lines if (each.per is not None, each.of is not None) == (per, of)], what)
        found += [] if line is None else [line]
    return found


def _capacity(context: Context, view: View, tier: nodes.Tier | None, node: nodes.Capacity) -> Capacity | None:
    of = None if node.of is None else _summed(context, node, node.of)
    seats = _seats(context, node, node.seats)
    minimum = None if node.minimum is None else _seats(context, node, node.minimum)
    if seats is not None and minimum is not None and node.minimum is not None and minimum > seats:
        span = node.minimum.span.to(node.seats.span)
        shown = _shown(context, node, node.minimum, minimum), _shown(context, node, node.seats, seats)
        context.complain(complaints.minimum_over_seats(span, *shown, summed=node.of is not None))
    per = None if node.per is None else field_named(context, node.per, "`per`")
    if per is not None and per.kind is Kind.TAGS and node.per is not None:
        context.complain(per_tags(node.per))
    to = _overflow(context, view, tier, node)
    if seats is None or node.overflow is None or (node.per is not None and per is None):
        return None
    if node.of is not None and of is None:
        return None
    of_text = "" if of is None else f" of {of.name}"
    per_text = "" if per is None else f" per {per.name}"
    return Capacity(
        seats=seats,
        minimum=minimum,
        per=per,
        overflow=node.overflow.where,
        to=to,
        text=f"{_shown(context, node, node.seats, seats)}{of_text}{per_text}",
        of=of,
        span=node.span,
    )


def _shown(context: Context, node: nodes.Capacity, written: nodes.Expression, seats: int) -> str:
    """Heads as a number, a sum as it is written."""
    return str(seats) if node.of is None else amount_text(context, written, seats)


def _summed(context: Context, node: nodes.Capacity, name: nodes.Name) -> Input | Defined | None:
    """What a capacity adds up: a number that every account has."""
    of = value_named(context, name, "`capacity … of`", numeric=True)
    if of is None or not context.reaches.of(of).missing:
        return of
    written, field = context.scope.names[name.text].node, context.fields.get(name.text)
    takes_zero = field is not None and _takes_zero(field)
    context.complain(
        complaints.sum_of_missing(name, written if isinstance(written, nodes.Field) else None, takes_zero=takes_zero)
    )
    return None


def _takes_zero(field: Field) -> bool:
    low, high = field.low, field.high
    return (low is None or low <= 0) and (high is None or high > 0 or (high == 0 and not field.high_open))


def _seats(context: Context, node: nodes.Capacity, written: nodes.Expression) -> int | None:
    """How many accounts, or with `of` how much."""
    number = constants.number(context, written, "a capacity")
    if number is None:
        return None
    if node.of is not None:
        if number < 0 or is_percent(context, written):
            context.complain(complaints.bad_sum(written.span, words(written.span), node.of.text))
            return None
        return number
    if number < 0 or number % SCALE:
        context.complain(complaints.bad_seats(written.span, words(written.span)))
        return None
    return number // SCALE


def _overflow(context: Context, view: View, tier: nodes.Tier | None, node: nodes.Capacity) -> str | None:
    if node.overflow is None:
        context.complain(complaints.no_overflow(node.span, of_ladder=tier is None))
        return None
    if tier is None:
        if node.overflow.where != "out":
            context.complain(complaints.overflow_of_ladder(node.overflow.span, words(node.overflow.span)))
        return None
    to = node.overflow.to
    if to is None:
        return None
    names = list(view.tiers)
    below = names[names.index(tier.name.text) + 1 :]
    if to.text in below:
        context.uses.note(to.text, to.span, of_ladder(view.position))
        return to.text
    other = view_with(context, to.text)
    if to.text in names:
        context.complain(complaints.overflow_up(to, tier.name.text, below))
    elif other is not None:
        context.complain(tier_of_another(to, view, other))
    else:
        context.complain(unknown_name(to, below, "tier below this one"))
    return None
