"""Complaints about pins; those of a table name its file, line and column in words."""

from __future__ import annotations

from collections.abc import Sequence

from tierlang.compiler.complaints.voice import error
from tierlang.diagnostics.diagnostic import Diagnostic, Related
from tierlang.diagnostics.suggest import nearest
from tierlang.diagnostics.words import code_list, quoted, text_list
from tierlang.source import Span


def doubled_pin(span: Span, key: str, words: str, first: Span, first_words: str) -> Diagnostic:
    """Two pins on one account."""
    where = f"{words}: the" if words else "the"
    already = f"it is already pinned here ({first_words})" if first_words else "it is already pinned here"
    return error(
        "doubled-pin",
        span,
        f"{where} account {quoted(key)} is pinned twice",
        "an account has one pin at most, also one that has run out. Take one of the two away",
        related=[Related(first, already)],
    )


def empty_key(span: Span, words: str) -> Diagnostic:
    """A pin on nothing."""
    where = f"{words}: this" if words else "this"
    return error("bad-pin", span, f"{where} pin names no account")


def no_pin_column(span: Span, path: str, column: str, unread: Sequence[str], headings: Sequence[str]) -> Diagnostic:
    """A pins table without a column it needs."""
    near = nearest(column, unread)
    hint = f"is it the column {quoted(near)}? Rename it" if near else f"it has the columns {text_list(headings)}"
    return error("unknown-column", span, f'"{path}" has no column "{column}"', hint)


def near_column(span: Span, path: str, heading: str, free: Sequence[str]) -> Diagnostic | None:
    """A heading of a pins table that is almost one of those that are read."""
    near = nearest(heading, free)
    if near is None:
        return None
    return error(
        "unknown-column",
        span,
        f'"{path}" has a column {quoted(heading)}, which pins do not have',
        f"did you mean {quoted(near)}? The columns are account, tier, until, owner and because",
    )


def bad_pin_cell(span: Span, words: str, column: str, cell: str, why: str, known: Sequence[str]) -> Diagnostic:
    """A cell of a pins table that cannot be read."""
    near = nearest(cell, known)
    hints = [f"did you mean `{near}`?"] if near else [f"there are {code_list(known)}"] if known else []
    return error("bad-pin", span, f"{words}, column `{column}`: {quoted(cell)} {why}", *hints)
