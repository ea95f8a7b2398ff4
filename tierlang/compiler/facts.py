"""Questions about events: each becomes a fact with a hidden name, equal ones one and the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeAlias

import attrs

from tierlang.compiler.about import About, attributes_of
from tierlang.compiler.complaints import facts as complaints
from tierlang.compiler.complaints.voice import did_you_mean
from tierlang.compiler.context import Context
from tierlang.compiler.durations import duration_of
from tierlang.compiler.resolve import is_unknown
from tierlang.compiler.scope import VALUES, Declared, Sort
from tierlang.compiler.uses import inside
from tierlang.compiler.words import words
from tierlang.diagnostics.diagnostic import Fix
from tierlang.diagnostics.edits import replace
from tierlang.diagnostics.suggest import nearest
from tierlang.program.calendar import Duration
from tierlang.program.expressions import Attribute, Expression, Not, kind_of
from tierlang.program.nodes import Aggregate, AggregateFunction, Condition, EventType
from tierlang.program.values import Kind
from tierlang.program.written import written
from tierlang.syntax import nodes

ConditionOf: TypeAlias = Callable[[Context, nodes.Expression], Condition | None]

_PIECE = re.compile(r'"(?:\\.|[^"\\\n])*"|#[^\n]*|[()]')

_ANY = (*(kind for kind in Kind if kind is not Kind.TAGS),)
_NUMBERS = (Kind.WHOLE, Kind.NUMBER, Kind.MONEY)
_FITS: dict[nodes.EventFunction, tuple[Kind, ...]] = {
    "sum": _NUMBERS,
    "largest": (*_NUMBERS, Kind.DATE),
    "smallest": (*_NUMBERS, Kind.DATE),
    "distinct": _ANY,
    "latest": _ANY,
}


@attrs.frozen
class Chosen:
    """Which events of an account a question is about."""

    event: EventType
    where: Condition | None
    window: Duration | None


def figure(context: Context, node: nodes.Events, condition_of: ConditionOf) -> Expression | None:
    """`count of order where (…) within 90 days`, and the like."""
    events = chosen(context, node, condition_of)
    attribute = None if node.attribute is None else _attribute(context, node, node.attribute)
    if events is None or (node.attribute is not None and attribute is None):
        return None
    text = words(node.span)
    function: AggregateFunction = "any" if node.function == "no" else node.function
    if node.function == "no":
        text = f"any{text.removeprefix('no')}"
    kind = kind_of(attribute) if attribute is not None else Kind.WHOLE
    kind = {"any": Kind.FLAG, "count": Kind.WHOLE, "distinct": Kind.WHOLE}.get(node.function, kind)
    if node.function == "no":
        kind = Kind.FLAG
    fact = Aggregate(
        "", kind, events.event.name, function, attribute, events.where, events.window, text, span=node.span
    )
    read = context.know(fact)
    return Not(read) if node.function == "no" else read


def days_since(context: Context, node: nodes.DaysSince, condition_of: ConditionOf) -> Expression | None:
    """`days since order where (…)`: from the latest one, however long ago."""
    event = context.events.get(node.subject.name.text)
    context.uses.note(node.subject.name.text, node.subject.span)
    where = None if node.where is None else _where(context, event, node.where, condition_of)
    if event is None or (node.where is not None and where is None):
        return None
    text = words(node.span)
    return context.know(Aggregate("", Kind.WHOLE, event.name, "days since", None, where, None, text, span=node.span))


def asks_events(context: Context, subject: nodes.Expression) -> bool:
    """Whether a name stands for an event, where the account is what is spoken of."""
    if context.about is not None or not isinstance(subject, nodes.Ref):
        return False
    declared = context.scope.get(subject.name.text)
    return declared is not None and declared.sort is Sort.EVENT


def unknown_asked(context: Context, node: nodes.DaysSince | nodes.Within) -> bool:
    """Complain about `days since odrer` and `odrer within 90 days`: a name that nothing declares may be meant for an event."""
    if context.about is not None or not isinstance(node.subject, nodes.Ref) or not is_unknown(context, node.subject):
        return False
    name = node.subject.name
    near = nearest(name.text, context.scope.of(*VALUES, Sort.EVENT))
    if near is None or near not in context.scope.of(Sort.EVENT):
        return False
    written = f"days since {near}" if isinstance(node, nodes.DaysSince) else f"any {near} {_window_of(node)}"
    context.complain(
        complaints.event_misspelt(name, node.span if isinstance(node, nodes.Within) else None, near, written)
    )
    return True


def _window_of(node: nodes.Within) -> str:
    """The window as written, looking back."""
    return f"within {words(node.duration.span)}"


def where_misplaced(context: Context, node: nodes.DaysSince) -> bool:
    """Complain about `days since touched where (…)`, where `touched` is no event."""
    if node.where is None:
        return False
    declared = context.scope.get(node.subject.name.text)
    sort = "no event" if declared is None else declared.sort.value
    context.complain(complaints.where_without_event(node.span, node.subject.name.text, sort))
    return True


def window_misplaced(context: Context, node: nodes.Within) -> bool:
    """Complain about `order within 90 days` and `days since order within 90 days`, if it is one of these."""
    window = _window_of(node)
    if isinstance(node.subject, nodes.Ref) and asks_events(context, node.subject):
        context.complain(complaints.event_within(node, node.subject.name.text, window))
        return True
    signal = context.signals.get(node.subject.name.text) if isinstance(node.subject, nodes.Ref) else None
    if signal is not None and context.about is None and signal.kind is not Kind.DATE:
        context.complain(complaints.signal_within(node, signal.name, signal.kind, window))
        return True
    if isinstance(node.subject, nodes.DaysSince) and asks_events(context, node.subject.subject):
        context.complain(complaints.days_since_within(node, node.subject.subject.name.text, window))
        return True
    return False


def chosen(context: Context, node: nodes.Events | nodes.PointsPer, condition_of: ConditionOf) -> Chosen | None:
    """The events that count; complains about a window that is missing or makes no sense."""
    fine = _is_event(context, node)
    event = context.events.get(node.event.text) if fine else None
    where = None
    if node.where is not None and fine:
        where = _where(context, event, node.where, condition_of)
    window: Duration | None = None
    if node.window is None:
        end = _end_of_question(node)
        shown = words(node.event.span.source.span(node.span.start, end))
        if fine:
            context.complain(complaints.no_window(node.span, end, shown))
        fine = False
    elif node.window.duration is not None:
        window = duration_of(context, node.window.duration, "within")
        fine = fine and window is not None
    if event is None or not fine or (node.where is not None and where is None):
        return None
    return Chosen(event, where, window)


def _is_event(context: Context, node: nodes.Events | nodes.PointsPer) -> bool:
    """Whether the name asked about is an event; complains if it is not."""
    name = node.event
    declared = context.scope.get(name.text)
    known = context.scope.of(Sort.EVENT)
    if declared is None:
        context.complain(complaints.unknown_event(name, known))
        return False
    if declared.sort is Sort.EVENT:
        context.uses.note(name.text, name.span)
        return True
    hints, fixes = _meant(context, node, declared)
    near, _ = did_you_mean(name.text, known, name.span)
    context.complain(complaints.not_an_event(name, declared.sort.value, hints or near, fixes))
    return False


def _meant(
    context: Context, node: nodes.Events | nodes.PointsPer, declared: Declared
) -> tuple[Sequence[str], Sequence[Fix]]:
    """What may have been meant by a question about something that is no event."""
    name = node.event.text
    if declared.sort is Sort.SIGNAL:
        return [
            f"the value of a signal now goes by its name, `{name} >= 80`; how long it held, by `{name} >= 80 for 3 weeks`"
        ], []
    field = context.fields.get(name)
    if field is None or field.kind is not Kind.DATE or not isinstance(node, nodes.Events):
        return [], []
    if node.window is None or node.window.duration is None or node.where is not None or node.attribute is not None:
        return [f"of a date, ask how old it is: `{name} within 90 days`"], []
    written = f"{name} {words(node.window.span)}"
    fixes = [replace(node.span, written, certain=True)] if node.function == "any" else []
    return [f"of a date, ask how old it is: `{written}`"], fixes


def _where(
    context: Context, event: EventType | None, where: nodes.Expression, condition_of: ConditionOf
) -> Condition | None:
    if event is None:
        return None
    declared = context.scope.names[event.name].node
    assert isinstance(declared, nodes.Event)
    written = [part.name.text for part in declared.parts if isinstance(part, nodes.Field | nodes.Derive)]
    about = About(
        place=f"the `where` of `{event.name}`",
        reads="reads the event and the account's own fields",
        instead="ask it of the account outside of the parentheses, joined by `and`",
        names={**dict.fromkeys(written), **attributes_of(event)},
        fields={field.name: field for field in event.fields},
        account=True,
        event=event.name,
    )
    return condition_of(context.inside(event.name, about), where)


def _attribute(context: Context, node: nodes.Events, name: nodes.Name) -> Attribute | None:
    event = context.events.get(node.event.text)
    declared = context.scope.get(node.event.text)
    if event is None or declared is None or not isinstance(declared.node, nodes.Event):
        return None
    read = attributes_of(event)
    attribute = read.get(name.text)
    fits = _FITS[node.function]
    if isinstance(attribute, Attribute):
        if attribute.kind in fits:
            context.uses.note(name.text, name.span, inside(event.name))
            return written(attribute, name.span)
        would = [other.name for other in read.values() if isinstance(other, Attribute) and other.kind in fits]
        other = [f"{event.name}.{each}" for each in would if each != "at"]
        context.complain(complaints.attribute_kind(name, node.function, event.name, attribute.kind, other))
        return None
    known = [part.name.text for part in declared.node.parts if isinstance(part, nodes.Field | nodes.Derive)]
    if name.text not in known:
        context.complain(complaints.unknown_attribute(name, event.name, known))
    return None


def _end_of_question(node: nodes.Events | nodes.PointsPer) -> int:
    """Where a window can be written: behind the event, its attribute and the parentheses of `where`."""
    attribute = node.attribute if isinstance(node, nodes.Events) else None
    last = (attribute or node.event).span
    if node.where is None:
        return last.end
    depth = 0
    for piece in _PIECE.finditer(last.source.text, last.end):
        depth += {"(": 1, ")": -1}.get(piece.group(), 0)
        if depth == 0 and piece.group() == ")":
            return piece.end()
    return node.where.span.end
