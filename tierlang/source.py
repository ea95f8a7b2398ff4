"""A text and the places in it."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

import attrs


@attrs.frozen(slots=False)
class Source:
    """One text as it was read: a rule file, or a piece of one.

    `path` is what people are shown; it need not exist on disk.
    """

    path: str
    text: str = attrs.field(repr=False)

    @cached_property
    def _line_starts(self) -> list[int]:
        starts = [0]
        starts.extend(at + 1 for at, character in enumerate(self.text) if character == "\n")
        return starts

    def position(self, offset: int) -> tuple[int, int]:
        """The 1-based line and column of a character offset; columns count characters."""
        line = bisect_right(self._line_starts, offset) - 1
        return line + 1, offset - self._line_starts[line] + 1

    def line(self, number: int) -> str:
        """The text of a 1-based line, without its line end."""
        start = self._line_starts[number - 1]
        end = self._line_starts[number] if number < len(self._line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    def span(self, start: int, end: int) -> Span:
        """The half-open interval of character offsets [start, end) of this text."""
        return Span(self, start, end)


@attrs.frozen
class Span:
    """A half-open interval of character offsets in a source."""

    source: Source
    start: int
    end: int

    @property
    def text(self) -> str:
        """The characters the span covers."""
        return self.source.text[self.start : self.end]

    def to(self, other: Span) -> Span:
        """The span from this one's start to the other's end."""
        return Span(self.source, self.start, other.end)
