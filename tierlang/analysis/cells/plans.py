"""Which parts can be put together at once, as nothing is read by several of them, and through what the others have to be gone cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from tierlang.analysis.cells.items import Env, Item
from tierlang.analysis.index import Index

Plan: TypeAlias = tuple[tuple[tuple[int, ...], str | None], ...]
"""Groups of parts: the places of each group's parts, and what these share; None where the group is one part."""


class Plans:
    """The plans of one program, each made once."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._plans: dict[tuple[tuple[tuple[str, ...], ...], frozenset[str]], Plan] = {}
        self._reached: dict[tuple[str, ...], frozenset[str]] = {}

    def of(self, items: Sequence[Item], env: Env) -> Plan:
        """The parts in groups that read nothing in common, the smallest first."""
        names = tuple(item.names for item in items)
        whole = self.reached(tuple(dict.fromkeys(name for each in names for name in each)))
        fixed = frozenset(env.keys() & whole)
        key = (names, fixed)
        plan = self._plans.get(key)
        if plan is None:
            plan = self._plans[key] = self._find(names, fixed)
        return plan

    def _find(self, names: Sequence[tuple[str, ...]], fixed: frozenset[str]) -> Plan:
        groups: list[tuple[set[str], list[int]]] = []
        for at, each in enumerate(names):
            mine, members = set(self.visible(each, fixed)), [at]
            apart = []
            for seen, others in groups:
                if seen.isdisjoint(mine):
                    apart.append((seen, others))
                else:
                    mine |= seen
                    members = [*others, *members]
            groups = [*apart, (mine, members)]
        groups.sort(key=lambda group: len(group[0]))
        return tuple(
            (tuple(places), self._shared([names[at] for at in places], fixed) if len(places) > 1 else None)
            for _, places in groups
        )

    def _shared(self, parts: Sequence[tuple[str, ...]], fixed: frozenset[str]) -> str:
        """Something that parts share, highest up, such that nothing behind it is read but through it."""
        seen: dict[str, int] = {}
        for names in parts:
            for name in self.visible(names, fixed):
                seen[name] = seen.get(name, 0) + 1
        name = self._highest([name for name, count in seen.items() if count > 1])
        names = tuple(dict.fromkeys(each for part in parts for each in part))
        while True:
            around = self.visible(names, fixed | {name}) & (self.visible((name,), fixed) - {name})
            if not around:
                return name
            name = self._highest(around)

    def _highest(self, names: Iterable[str]) -> str:
        """One of the names that no other of them reads, the first of those that read least."""
        index = self._index
        names = set(names)
        tops = names - frozenset().union(*(index.below(name) - {name} for name in names))
        return min(tops, key=lambda name: (len(index.below(name)), index.order.get(name, -1), name))

    def visible(self, names: Iterable[str], fixed: frozenset[str]) -> frozenset[str]:
        """What is read in the end, not looking behind what is fixed."""
        seen: set[str] = set()
        waiting = [name for name in names if name not in fixed]
        while waiting:
            name = waiting.pop()
            if name not in seen:
                below = self._index.below(name)
                if below.isdisjoint(fixed):
                    seen |= below
                else:
                    seen.add(name)
                    waiting += [read for read in self._index.reads(name) if read not in fixed]
        return frozenset(seen)

    def reached(self, names: tuple[str, ...]) -> frozenset[str]:
        """Everything that these names read in the end."""
        found = self._reached.get(names)
        if found is None:
            found = self._reached[names] = frozenset().union(*(self._index.below(name) for name in names))
        return found
