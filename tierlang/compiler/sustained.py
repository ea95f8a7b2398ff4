"""`intent >= 80 for 3 weeks`: a condition on a signal, or (where the past may be asked) on a score, that held on every day of a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from tierlang.compiler.about import About
from tierlang.compiler.complaints import facts as complaints
from tierlang.compiler.complaints.names import unknown_name
from tierlang.compiler.complaints.past import score_for
from tierlang.compiler.context import Context
from tierlang.compiler.durations import duration_of
from tierlang.compiler.past import scores_in
from tierlang.compiler.readings import names_in, tiers_asked_in
from tierlang.compiler.scope import Sort
from tierlang.compiler.words import words
from tierlang.program.calendar import Duration
from tierlang.program.expressions import AllOf, Attribute, Expression
from tierlang.program.nodes import Enduring, Field, Score, Signal, Sustained
from tierlang.program.values import Kind
from tierlang.syntax import nodes

ConditionFrom: TypeAlias = Callable[[Context, nodes.Expression], Expression | None]


def sustained(context: Context, node: nodes.For, condition: ConditionFrom) -> Expression | None:
    """The condition's parts, each about one signal or score: what held for a time held part by part."""
    duration = duration_of(context, node.duration, "for")
    read = _followed_in(context, node.condition)
    if not read:
        if _unknown(context, node):
            return None
        scores = list(scores_in(context, node.condition))
        if scores:
            context.complain(score_for(node.span, scores))
        else:
            tiers = context.past and any(True for _ in tiers_asked_in(node.condition))
            shown = words(node.condition.span)
            context.complain(complaints.no_signal(node, shown, past=context.past, tiers=tiers))
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
    sorts = (Sort.SIGNAL, Sort.SCORE) if context.past else (Sort.SIGNAL,)
    for name in unknown:
        context.complain(unknown_name(name, context.scope.of(*sorts), "signal or score" if context.past else "signal"))
    return bool(unknown)


def _sort_of(context: Context, name: nodes.Name) -> Sort | None:
    declared = context.scope.get(name.text)
    return None if declared is None else declared.sort


def _followed_in(context: Context, node: nodes.Expression) -> dict[str, nodes.Name]:
    """The signals that a condition reads, and the scores where their past may be asked, each where it stands first."""
    found: dict[str, nodes.Name] = {}
    for name in names_in(node):
        if _sort_of(context, name) is Sort.SIGNAL or (context.past and _sort_of(context, name) is Sort.SCORE):
            found.setdefault(name.text, name)
    return found


def _conjuncts(node: nodes.Expression) -> list[nodes.Expression]:
    if isinstance(node, nodes.And):
        return [inner for part in node.parts for inner in _conjuncts(part)]
    return [node]


def _part(
    context: Context, whole: nodes.For, part: nodes.Expression, duration: Duration | None, condition: ConditionFrom
) -> Expression | None:
    read = _followed_in(context, part)
    time = words(whole.duration.span)
    if len(read) > 1:
        places = [name.span for name in read.values()]
        context.complain(complaints.two_signals(whole, part.span, list(read), places, time))
        return None
    if not read:
        context.complain(
            complaints.out_of_place(
                part.span,
                f"`{words(part.span)}`",
                "a condition `for` a time",
                "follows signals" + (" and scores" if context.past else ""),
                _outside(time),
            )
        )
        return None
    name = next(iter(read))
    followed = context.signals.get(name) or context.definitions.get(name)
    if not isinstance(followed, Signal | Score):
        return None
    test = condition(context.inside(name, _about(followed, time)), part)
    if test is None or duration is None:
        return None
    place: nodes.Expression = whole
    text = words(whole.span)
    if part is not whole.condition:
        place, shown = part, words(part.span)
        text = f"({shown}) for {time}" if isinstance(part, nodes.Or) else f"{shown} for {time}"
    if isinstance(followed, Score):
        return context.endure(Enduring("", name, test, duration, text, span=place.span))
    return context.know(Sustained("", name, test, duration, text, span=place.span))


def _about(followed: Signal | Score, time: str) -> About:
    """What the condition speaks of: the values of the signal or score."""
    name = followed.name
    match followed:
        case Signal(value=field):
            what = "signal"
        case Score(low=low, high=high):
            what, field = "score", Field(name, Kind.NUMBER, low=low, high=high)
    return About(
        place="a condition `for` a time",
        reads=f"reads one {what}, here `{name}`, and constants",
        instead=_outside(time),
        names={name: Attribute(name, followed.kind)},
        fields={name: field},
        timeless=True,
    )


def _outside(time: str) -> str:
    return f"join what is asked of today by `and`, behind the time: `… for {time} and …`"
