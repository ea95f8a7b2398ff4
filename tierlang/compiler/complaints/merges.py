"""Complaints about accounts that have become part of others."""

from __future__ import annotations

from collections.abc import Sequence

from tierlang.compiler.complaints.voice import error
from tierlang.diagnostics.diagnostic import Diagnostic, Related
from tierlang.diagnostics.suggest import listing
from tierlang.diagnostics.words import quoted
from tierlang.syntax import nodes


def merged_twice(path: nodes.Text, line: int, old: str, first: nodes.Text, first_line: int) -> Diagnostic:
    """An account that two files merge."""
    return error(
        "doubled-row",
        path.span,
        f'"{path.value}", line {line}: the old account {quoted(old)} is already merged in "{first.value}", line {first_line}',
        "an account has become part of one other. Take one of the two rows out",
        related=[Related(first.span, "the other file is named here")],
    )


def merged_in_a_circle(path: nodes.Text, line: int, circle: Sequence[str]) -> Diagnostic:
    """Accounts that are merged into each other."""
    way = listing([quoted(key) for key in circle])
    return error(
        "merge-circle",
        path.span,
        f'"{path.value}", line {line}: {way} are merged into each other, so none of them is left',
        "one of them is the account that there still is: take out the row in which it is the old one",
    )
