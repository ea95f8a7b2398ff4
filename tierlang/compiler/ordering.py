"""One graph of everything that is computed, and one of the ladders: which order serves each before it is read, and where they need each other."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import TypeVar

from tierlang.compiler.complaints.names import in_a_circle
from tierlang.compiler.complaints.views import ladders_in_a_circle
from tierlang.compiler.readings import names_in, tiers_asked_in
from tierlang.compiler.scope import Declared, Scope, Sort
from tierlang.compiler.views import View
from tierlang.diagnostics.diagnostic import Diagnostic
from tierlang.syntax import nodes

_COMPUTED = (Sort.LET, Sort.DERIVE, Sort.SCORE, Sort.LOOKUP)

T = TypeVar("T")


def in_order_of_need(scope: Scope) -> tuple[list[Declared], list[Diagnostic]]:
    """The lets, derived fields, lookups and scores, each after what it reads and else as written; those in a circle are left out."""
    links = {name: _links(scope, scope.names[name]) for name in scope.of(*_COMPUTED)}
    order, circles = after_what_they_read(links)
    circular = {name for circle in circles for name in circle}
    found = [
        in_a_circle(
            [scope.names[name].name for name in circle], [links[a][b].span for a, b in itertools.pairwise(circle)]
        )
        for circle in circles
    ]
    return [scope.names[name] for name in order if name not in circular], found


def _links(scope: Scope, declared: Declared) -> dict[str, nodes.Name]:
    """What a declaration reads, with the first place where it does."""
    read: dict[str, nodes.Name] = {}
    for name in names_in(declared.node):
        other = scope.get(name.text)
        if other is not None and other.sort in _COMPUTED:
            read.setdefault(name.text, name)
    return read


def in_placing_order(
    views: Sequence[View], mobility: Sequence[nodes.Mobility]
) -> tuple[tuple[int, ...], list[Diagnostic]]:
    """The positions of the ladders, each after those that its gates, adjustments and rules of mobility ask, and else as written."""
    links = {view.position: _asked(views, view, mobility) for view in views}
    order, circles = after_what_they_read(links)
    found = [
        ladders_in_a_circle([views[at] for at in circle], [links[a][b].span for a, b in itertools.pairwise(circle)])
        for circle in circles
    ]
    return tuple(order), found


def _asked(views: Sequence[View], view: View, mobility: Sequence[nodes.Mobility]) -> dict[int, nodes.TierIs]:
    """The ladders that decide about a ladder, with the first place that asks each.

    An adjustment knows its own ladder's tier so far, and what moves or keeps accounts knows the tier that they hold.
    """
    by_word = {each.node.name.text: each.position for each in views if each.node.name is not None}
    found: dict[int, nodes.TierIs] = {}
    for part in [*view.node.parts, *(mobility if view.position == 0 else ())]:
        lines = part.parts if isinstance(part, nodes.Tier) else (part,)
        for line in lines:
            if isinstance(part, nodes.Tier) and not isinstance(line, nodes.When | nodes.Keep):
                continue
            for question in tiers_asked_in(line):
                position = 0 if question.subject.text == "tier" else by_word.get(question.subject.text)
                if position is not None and (isinstance(line, nodes.When) or position != view.position):
                    found.setdefault(position, question)
    return found


def after_what_they_read(links: Mapping[T, Mapping[T, object]]) -> tuple[list[T], list[list[T]]]:
    """Each after what it reads and else as given; and the circles, each as a path that ends where it starts."""
    order: list[T] = []
    circles: list[list[T]] = []
    done: set[T] = set()
    circular: set[T] = set()
    for start in links:
        _visit(start, links, order, done, circular, circles)
    return order, circles


def _visit(
    start: T,
    links: Mapping[T, Mapping[T, object]],
    order: list[T],
    done: set[T],
    circular: set[T],
    circles: list[list[T]],
) -> None:
    """Walk depth first without recursion, so that a long chain of names is no problem."""
    if start in done:
        return
    path = [start]
    waiting = [iter(links[start])]
    while path:
        following = next(waiting[-1], None)
        if following is None:
            waiting.pop()
            name = path.pop()
            done.add(name)
            order.append(name)
        elif following in path:
            circle = path[path.index(following) :]
            if not circular.issuperset(circle):
                circles.append([*circle, following])
            circular.update(circle)
        elif following not in done:
            path.append(following)
            waiting.append(iter(links[following]))
