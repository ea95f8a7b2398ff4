"""Complaints about the small tables that rule files name: for lists, lookups, points and pins."""

from __future__ import annotations

from collections.abc import Sequence

from tierlang.compiler.complaints.voice import did_you_mean, error
from tierlang.diagnostics.diagnostic import Diagnostic
from tierlang.diagnostics.suggest import listing, nearest
from tierlang.diagnostics.words import quoted, text_list
from tierlang.source import Span


def unreadable(span: Span, path: str, why: str) -> Diagnostic:
    """A table file that cannot be read."""
    return error(
        "unreadable-file",
        span,
        f'the file "{path}" cannot be read: {why}',
        *(["paths count from the folder of the rule file that names them"] if "no such file" in why else []),
    )


def which_column(span: Span, path: str, headings: Sequence[str]) -> Diagnostic:
    """A list from a file with several columns that does not say which."""
    return error(
        "unknown-column",
        span,
        f'"{path}" has {len(headings)} columns, and the list does not say which one it reads',
        f'add `column "…"`: {text_list(headings)}',
    )


def no_such_column(span: Span, column: str, path: str, headings: Sequence[str]) -> Diagnostic:
    """A column that the file does not have."""
    hints, fixes = did_you_mean(column, headings, span, text=True)
    if len(headings) > 1 and fixes:
        hints.append(f"the file has the columns {text_list(headings)}")
    return error("unknown-column", span, f'"{path}" has no column "{column}"', *hints, fixes=fixes)


def ragged(span: Span, path: str, line: int, cells: int, wanted: int) -> Diagnostic:
    """A row with too many or too few cells."""
    return error(
        "unreadable-file",
        span,
        f'"{path}", line {line}: this row has {cells} cells, but there are {wanted} headings',
        "a cell that contains a comma stands in double quotes",
    )


def bad_cell(span: Span, path: str, line: int, column: str, cell: str, why: str, fits: str) -> Diagnostic:
    """A cell that cannot be read; `why` goes on after the cell."""
    shown = quoted(cell) if cell else "this cell"
    return error(
        "bad-cell",
        span,
        f'"{path}", line {line}, column {quoted(column)}: {shown} {why}',
        *([f"what fits is {fits}"] if fits else []),
    )


def doubled_row(span: Span, path: str, line: int, first: int, what: str) -> Diagnostic:
    """A row that says again what an earlier one says."""
    return error(
        "doubled-row",
        span,
        f'"{path}", line {line}: {what} already stands in line {first}',
        "a table says everything once. Take one of the two rows out",
    )


def more_bad_cells(span: Span, path: str, count: int) -> Diagnostic:
    """What is not listed of a file with many bad cells."""
    more = "one more row" if count == 1 else f"{count} more places"
    return error("bad-cell", span, f'"{path}": {more} of this file cannot be used either')


def no_such_headings(span: Span, path: str, wanted: Sequence[str], headings: Sequence[str]) -> Diagnostic:
    """A table file without a column that is read from it; `wanted` are the headings that would do."""
    near = next((near for heading in wanted if (near := nearest(heading, headings)) is not None), None)
    shown = quoted(wanted[0]) if len(wanted) == 1 else f"called {listing([quoted(each) for each in wanted])}"
    hints = [f"did you mean {quoted(near)}? The file has the columns {text_list(headings)}"] if near else []
    return error(
        "unknown-column",
        span,
        f'"{path}" has no column {shown}',
        *(hints or [f"the file has the column{'' if len(headings) == 1 else 's'} {text_list(headings)}"]),
    )
