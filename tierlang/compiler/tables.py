"""The small CSV tables that rule files name: how they are read, row by row and cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import attrs

from tierlang.compiler.complaints import tables as complaints
from tierlang.compiler.words import normal
from tierlang.diagnostics.diagnostic import Diagnostic
from tierlang.program.nodes import Field
from tierlang.program.values import Value
from tierlang.source import Source, Span
from tierlang.syntax import nodes

SHOWN = 5
"""How many cells of one file are complained of one by one."""

Rows: TypeAlias = tuple[tuple[int, tuple[str, ...]], ...]
"""The rows of a small table with their line numbers; the first has the headings."""

ReadTable: TypeAlias = Callable[[Source, str], Rows | str]
"""Reads the table a rule file names, by the path written there; a text says why that was not possible."""


@attrs.frozen
class Unfit:
    """Why a cell cannot be read, in words that go on after the cell, and what would fit."""

    why: str
    fits: str


ReadCell: TypeAlias = Callable[[Field, str], Value | Unfit]
"""Reads a cell as a cell of the field in an account file is read; None is an empty cell."""


@attrs.frozen
class Tables:
    """The two ways into small tables that a compilation is given."""

    read_table: ReadTable
    read_cell: ReadCell


def no_tables() -> Tables:
    """Where there is no file to read."""
    return Tables(lambda source, path: "there are no files here", lambda field, cell: cell)


@attrs.frozen
class Table:
    """A table file as it was read: `path` is where the rule file names it."""

    path: nodes.Text
    headings: tuple[str, ...]
    rows: Rows

    @property
    def name(self) -> str:
        """The file as the rule file calls it."""
        return self.path.value

    def column(self, headings: Sequence[str]) -> int | None:
        """Which column has the first of these headings that there is."""
        return next((self.headings.index(heading) for heading in headings if heading in self.headings), None)


Complain: TypeAlias = Callable[[Diagnostic], None]


def read_rows(path: nodes.Text, read_table: ReadTable, complain: Complain) -> Rows | None:
    """The rows of a table file, every one as wide as its headings; complains where it cannot be read so."""
    rows = read_table(path.span.source, path.value)
    if isinstance(rows, str):
        complain(complaints.unreadable(path.span, path.value, rows))
        return None
    if not rows:
        complain(complaints.unreadable(path.span, path.value, "it is empty; its first line must have the headings"))
        return None
    headings = [heading.strip() for heading in rows[0][1]]
    doubled = next((heading for heading in headings if headings.count(heading) > 1), None)
    if doubled is not None:
        complain(complaints.unreadable(path.span, path.value, f"two columns are called `{doubled}`"))
        return None
    for line, cells in rows[1:]:
        if len(cells) != len(headings):
            complain(complaints.ragged(path.span, path.value, line, len(cells), len(headings)))
            return None
    return rows


def read_file(path: nodes.Text, read_table: ReadTable, complain: Complain) -> Table | None:
    """A table file with its cells trimmed and without its empty rows; complains where it cannot be read."""
    rows = read_rows(path, read_table, complain)
    if rows is None:
        return None
    trimmed = [(line, tuple(normal(cell.strip()) for cell in cells)) for line, cells in rows]
    return Table(path, trimmed[0][1], tuple((line, cells) for line, cells in trimmed[1:] if any(cells)))


class BadCells:
    """Complaints about the cells of one file: the first few one by one, the others by their number."""

    def __init__(self, path: nodes.Text, complain: Complain) -> None:
        self._span: Span = path.span
        self._path = path.value
        self._complain = complain
        self.count = 0

    def add(self, line: int, column: str, cell: str, unfit: Unfit) -> None:
        """One cell that cannot be read."""
        self.count += 1
        if self.count <= SHOWN:
            self._complain(complaints.bad_cell(self._span, self._path, line, column, cell, unfit.why, unfit.fits))

    def doubled(self, line: int, first: int, what: str) -> None:
        """One row that says again what an earlier one says."""
        self.count += 1
        if self.count <= SHOWN:
            self._complain(complaints.doubled_row(self._span, self._path, line, first, what))

    def close(self) -> bool:
        """Whether every cell was fine; says how many more were not."""
        if self.count > SHOWN:
            self._complain(complaints.more_bad_cells(self._span, self._path, self.count - SHOWN))
        return self.count == 0
