"""The complaints of one parse: at most one for each line, since one mistake often looks like several."""

from __future__ import annotations


from tierlang.diagnostics.diagnostic import Diagnostic, in_order
from tierlang.source import Source, Span


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

    def on_line(self, offset: int) -> Diagnostic | None:
        """The complaint on the line of this place, if there is one."""
        return self._by_line.get(self.line(offset))

    def replace(self, diagnostic: Diagnostic) -> None:
        """Say more about a line that has its complaint."""
        self._by_line[self.line(diagnostic.span.start)] = diagnostic

    def line(self, offset: int) -> int:
        """The line of a place, counted from 1."""
        return self._source.position(offset)[0]

    def all(self) -> list[Diagnostic]:
        """Every complaint, in the order of the text."""
        return in_order(list(self._by_line.values()))
