"""The complaints of one parse: at most one for each line, since one mistake often looks like several."""

from __future__ import annotations

import attrs

from tierlang.diagnostics.diagnostic import Diagnostic, Fix, in_order
from tierlang.source import Source, Span

_MANY = 1000


class Complaints:
    """Collects complaints and the places that could not be read."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._by_line: dict[int, Diagnostic] = {}
        self.holes: list[Span] = []

    def add(self, diagnostic: Diagnostic) -> bool:
        """Record a complaint unless its line has one already; whether it was recorded."""
        line = self.line(diagnostic.span.start)
        if line in self._by_line:
            return False
        self._by_line[line] = diagnostic
        return True

    def mended(self, diagnostic: Diagnostic) -> None:
        """Record a complaint whose mistake could be read all the same; several on a line become one complaint with all their edits."""
        if self.add(diagnostic):
            return
        line = self.line(diagnostic.span.start)
        first = self._by_line[line]
        if len(first.fixes) == 1 and len(diagnostic.fixes) == 1:
            old, new = first.fixes[0], diagnostic.fixes[0]
            if _overlap(old, new):
                return  # the second mistake is found again when the first is put right
            title = old.title if new.title in old.title else f"{old.title}, {new.title}"
            self._by_line[line] = attrs.evolve(
                first, fixes=(Fix(title, old.edits + new.edits, old.certain and new.certain),)
            )
        else:
            self._by_line[line] = attrs.evolve(first, fixes=())

    def unread(self, diagnostic: Diagnostic) -> None:
        """Record a complaint whose mistake could not be read; no edit can make its line right."""
        if not self.add(diagnostic):
            line = self.line(diagnostic.span.start)
            self._by_line[line] = attrs.evolve(self._by_line[line], fixes=())

    def line(self, offset: int) -> int:
        """The line of a place, counted from 1."""
        return self._source.position(offset)[0]

    @property
    def are_many(self) -> bool:
        """Whether there are so many that more would help nobody."""
        return len(self._by_line) >= _MANY

    def all(self) -> list[Diagnostic]:
        """Every complaint, in the order of the text."""
        return in_order(list(self._by_line.values()))


def _overlap(one: Fix, other: Fix) -> bool:
    """Whether two ways to put something right change the same text."""
    return any(a.span.start < b.span.end and b.span.start < a.span.end for a in one.edits for b in other.edits)
