"""One graph of everything that is computed: which order serves every name before it is read, and where names need each other."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

from tierlang.compiler.complaints.names import in_a_circle
from tierlang.compiler.readings import names_in
from tierlang.compiler.scope import Declared, Scope, Sort
from tierlang.diagnostics.diagnostic import Diagnostic
from tierlang.syntax import nodes

_COMPUTED = (Sort.LET, Sort.DERIVE, Sort.SCORE)


def in_order_of_need(scope: Scope) -> tuple[list[Declared], list[Diagnostic]]:
    """The lets, derived fields and scores, each after what it reads and else as written; those in a circle are left out."""
    links = {name: _links(scope, scope.names[name]) for name in scope.of(*_COMPUTED)}
    order: list[str] = []
    found: list[Diagnostic] = []
    circular: set[str] = set()
    done: set[str] = set()
    for start in links:
        _visit(scope, start, links, order, done, circular, found)
    return [scope.names[name] for name in order if name not in circular], found


def _links(scope: Scope, declared: Declared) -> dict[str, nodes.Name]:
    """What a declaration reads, with the first place where it does."""
    read: dict[str, nodes.Name] = {}
    for name in names_in(declared.node):
        other = scope.get(name.text)
        if other is not None and other.sort in _COMPUTED:
            read.setdefault(name.text, name)
    return read


def _visit(
    scope: Scope,
    start: str,
    links: Mapping[str, Mapping[str, nodes.Name]],
    order: list[str],
    done: set[str],
    circular: set[str],
    found: list[Diagnostic],
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
                found.append(_complaint(scope, [*circle, following], links))
            circular.update(circle)
        elif following not in done:
            path.append(following)
            waiting.append(iter(links[following]))


def _complaint(scope: Scope, path: list[str], links: Mapping[str, Mapping[str, nodes.Name]]) -> Diagnostic:
    names = [scope.names[name].name for name in path]
    return in_a_circle(names, [links[a][b].span for a, b in itertools.pairwise(path)])
