"""What is wrong with rows of a file, as data: one problem per place, and their counts by cause."""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Iterable
from operator import attrgetter

import attrs

SHOWN = 20


@attrs.frozen
class Cause:
    """Why something is refused, the same for every cell it happens to: a stable `name`, the words, and what would fit."""

    name: str
    words: str
    fits: str = ""


@attrs.frozen
class Problem:
    """One refused place. `row` counts as a spreadsheet does (the headings are row 1); `heading` is None for a whole row.

    `value` is the cell as it came (shortened, with invisible characters escaped); `detail` says what only this place can say.
    """

    file: str
    row: int
    heading: str | None
    value: str | None
    cause: Cause
    detail: str = ""


@attrs.frozen
class CauseCount:
    """How many places were refused for one cause in one column."""

    cause: Cause
    heading: str | None
    count: int


@attrs.frozen
class Problems:
    """Everything wrong with a file's rows: the first places in file order, and the count of each cause.

    `rows` is how many rows are concerned. `rejectable` says whether the other rows can be used without these.
    """

    first: tuple[Problem, ...]
    counts: tuple[CauseCount, ...]
    rows: int
    rejectable: bool = True

    @property
    def total(self) -> int:
        """How many places were refused."""
        return sum(each.count for each in self.counts)

    def grouped(self) -> tuple[tuple[CauseCount, tuple[Problem, ...]], ...]:
        """Each cause with those of its problems that are among the first, most frequent cause first."""
        ordered = sorted(self.counts, key=lambda each: -each.count)
        return tuple(
            (each, tuple(p for p in self.first if p.cause == each.cause and p.heading == each.heading))
            for each in ordered
        )


class Collector:
    """Gathers problems, keeping the first by row and counting all."""

    def __init__(self) -> None:
        self._first: list[Problem] = []
        self._counts: Counter[tuple[Cause, str | None]] = Counter()
        self._rows: set[int] = set()

    def add(self, problem: Problem) -> None:
        """Take one problem in."""
        self._counts[problem.cause, problem.heading] += 1
        self._rows.add(problem.row)
        if len(self._first) < SHOWN or problem.row < self._first[-1].row:
            insort(self._first, problem, key=attrgetter("row"))
            del self._first[SHOWN:]

    def extend(self, problems: Iterable[Problem]) -> None:
        """Take several problems in."""
        for problem in problems:
            self.add(problem)

    def result(self, *, rejectable: bool = True) -> Problems | None:
        """What was gathered, or None if nothing was."""
        if not self._counts:
            return None
        counts = tuple(CauseCount(cause, heading, n) for (cause, heading), n in self._counts.items())
        return Problems(tuple(self._first), counts, len(self._rows), rejectable)


def shown(cell: str, *, most: int = 60) -> str:
    """A cell as people can see it: in quotes, shortened, invisible characters and undecodable bytes escaped."""
    cut = cell if len(cell) <= most else f"{cell[: most - 1]}…"
    visible = "".join(_visible(character) for character in cut)
    return f'"{visible}"'


def _visible(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02X}"
    if character in "\n\r\t\0":
        return {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\0"}[character]
    return character if character.isprintable() else f"\\u{code:04X}"
