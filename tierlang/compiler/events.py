"""`event` blocks: where their rows stand, their attributes, and what is derived from each event alone."""

from __future__ import annotations

import attrs

from tierlang.compiler.about import OWN_NAMES, About, attributes_of
from tierlang.compiler.attributions import read_attribution
from tierlang.compiler.complaints.inputs import own_name_taken
from tierlang.compiler.complaints.names import doubled_name
from tierlang.compiler.context import Context
from tierlang.compiler.fields import missing_cells, read_field
from tierlang.compiler.lower import lower
from tierlang.compiler.ordering import in_order_of_need
from tierlang.compiler.scope import Declared, Scope, Sort
from tierlang.compiler.words import label_of, words
from tierlang.program.expressions import kind_of
from tierlang.program.nodes import EventDerive, EventType
from tierlang.program.written import written
from tierlang.syntax import nodes


def define_event(context: Context, node: nodes.Event) -> None:
    """Read an event block. What is wrong in it leaves the rest of it standing."""
    own = _own(context, node)
    event = EventType(
        name=node.name.text,
        label=label_of(node.label),
        attribution=written(read_attribution(context, node.parts), node.name.span),
        missing_cells=missing_cells(context, node.parts),
        span=node.span,
    )
    read = [
        field
        for part in node.parts
        if isinstance(part, nodes.Field)
        and (field := read_field(context, part)) is not None
        and own.names[field.name].node is part
    ]
    context.events[event.name] = event = attrs.evolve(event, fields=tuple(read))
    context.reaches.add_event(event)
    order, circles = in_order_of_need(own)
    context.complaints += circles
    for declared in order:
        if isinstance(declared.node, nodes.Derive):
            event = _derived(context, event, own, declared.node)
            context.events[event.name] = event
            context.reaches.add_event(event)


def _own(context: Context, node: nodes.Event) -> Scope:
    """The names inside the block; of two alike the first counts."""
    names: dict[str, Declared] = {}
    for part in node.parts:
        if not isinstance(part, nodes.Field | nodes.Derive):
            continue
        sort = Sort.FIELD if isinstance(part, nodes.Field) else Sort.DERIVE
        first = names.setdefault(part.name.text, Declared(sort, part.name, part))
        if part.name.text in OWN_NAMES:
            context.complain(own_name_taken(part.name, node.name.text))
        elif first.node is not part:
            sort_of_first = "an attribute" if first.sort is Sort.FIELD else "derived"
            context.complain(doubled_name(part.name, first.name, f"{sort_of_first} of `{node.name.text}`"))
    return Scope(names, {}, {})


def _derived(context: Context, event: EventType, own: Scope, node: nodes.Derive) -> EventType:
    """The event with one more derive, if it could be read."""
    inside = context.inside(event.name, _alone(event, own))
    value = lower(inside, node.value)
    if value is None:
        return event
    text, label = words(node.value.span), label_of(node.label)
    made = EventDerive(node.name.text, kind_of(value), value, text, label, span=node.span)
    return attrs.evolve(event, derives=(*event.derives, made))


def _alone(event: EventType, own: Scope) -> About:
    return About(
        place=f"a `derive` of the event `{event.name}`",
        reads=f"reads one `{event.name}` alone: its attributes, `at`, `age`, and constants",
        instead=f"compare an event with the account in the `where (…)` of a question about `{event.name}`",
        names={**dict.fromkeys(own.names), **attributes_of(event)},
        fields={field.name: field for field in event.fields},
        event=event.name,
    )
