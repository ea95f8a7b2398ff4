"""Complaints about the small tables that lists and pins are read from."""

from __future__ import annotations

from collections.abc import Sequence

from tierlang.compiler.complaints.voice import did_you_mean, error, text_list
from tierlang.diagnostics.diagnostic import Diagnostic
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
