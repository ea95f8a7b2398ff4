"""`intent >= 80 for 3 weeks`: a condition on a signal that held on every day of a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from tierlang.compiler.about import About
from tierlang.compiler.complaints import facts as complaints
from tierlang.compiler.complaints.names import unknown_name
from tierlang.compiler.context import Context
from tierlang.compiler.durations import duration_of
from tierlang.compiler.readings import names_in
from tierlang.compiler.scope import Sort
from tierlang.compiler.words import words
from tierlang.program.calendar import Duration
from tierlang.program.expressions import AllOf, Attribute, Expression
from tierlang.program.nodes import Sustained
from tierlang.syntax import nodes

ConditionFrom: TypeAlias = Callable[[Context, nodes.Expression], Expression | None]


def sustained(context: Context, node: nodes.For, condition: ConditionFrom) -> Expression | None:
    """The condition's parts, each about one signal: what held for a time held part by part."""
    duration = duration_of(context, node.duration, "for")
    read = _signals_in(context, node.condition)
    if not read:
        if _unknown(context, node):
            return None
        scores = [name.text for name in names_in(node.condition) if _sort_of(context, name) is Sort.SCORE]
        context.complain(complaints.no_signal(node, words(node.condition.span), list(dict.fromkeys(scores))))
        return None
    parts = [node.condition] if len(read) == 1 else _conjuncts(node.condition)
    found = [_part(context, node, part, duration, condition) for part in parts]
    known = [part for part in found if part is not None]
    if len(known) < len(found):
        return None
    return known[0] if len(known) == 1 else AllOf(tuple(known))


def _unknown(context: Context, node: nodes.For) -> bool:
    """Complain about names that nothing declares, of which one may be the signal that is meant."""
    unknown = [name for name in names_in(node.condition) if _sort_of(context, name) is None]
    for name in unknown:
        context.complain(unknown_name(name, context.scope.of(Sort.SIGNAL), "signal"))
    return bool(unknown)


def _sort_of(context: Context, name: nodes.Name) -> Sort | None:
    declared = context.scope.get(name.text)
    return None if declared is None else declared.sort


def _signals_in(context: Context, node: nodes.Expression) -> dict[str, nodes.Name]:
    """The signals that a condition reads, each where it stands first."""
    found: dict[str, nodes.Name] = {}
    for name in names_in(node):
        if _sort_of(context, name) is Sort.SIGNAL:
            found.setdefault(name.text, name)
    return found


def _conjuncts(node: nodes.Expression) -> list[nodes.Expression]:
    if isinstance(node, nodes.And):
        return [inner for part in node.parts for inner in _conjuncts(part)]
    return [node]


def _part(
    context: Context, whole: nodes.For, part: nodes.Expression, duration: Duration | None, condition: ConditionFrom
) -> Expression | None:
    read = _signals_in(context, part)
    time = words(whole.duration.span)
    if len(read) > 1:
        places = [name.span for name in read.values()]
        context.complain(complaints.two_signals(whole, part.span, list(read), places, time))
        return None
    if not read:
        context.complain(
            complaints.out_of_place(
                part.span, f"`{words(part.span)}`", "a condition `for` a time", "follows signals", _outside(time)
            )
        )
        return None
    signal = context.signals.get(next(iter(read)))
    if signal is None:
        return None
    about = About(
        place="a condition `for` a time",
        reads=f"reads one signal, here `{signal.name}`, and constants",
        instead=_outside(time),
        names={signal.name: Attribute(signal.name, signal.kind)},
        fields={signal.name: signal.value},
        timeless=True,
    )
    test = condition(context.inside(signal.name, about), part)
    if test is None or duration is None:
        return None
    place: nodes.Expression = whole
    text = words(whole.span)
    if part is not whole.condition:
        place, shown = part, words(part.span)
        text = f"({shown}) for {time}" if isinstance(part, nodes.Or) else f"{shown} for {time}"
    return context.know(Sustained("", signal.name, test, duration, text, span=place.span))


def _outside(time: str) -> str:
    return f"join what is asked of today by `and`, behind the time: `… for {time} and …`"
