"""Complaints that the makers of nodes share with the reader of broken text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tierlang.diagnostics.diagnostic import Diagnostic, Edit, Fix, Severity
from tierlang.source import Span
from tierlang.syntax import nodes as n
from tierlang.syntax.building.context import Making


def former_names_first(at: Making, lines: Sequence[n.Node]) -> None:
    """`was` says who the block is, so it is the first of its lines."""
    for before, line in pairwise(lines):
        if isinstance(line, n.Was) and not isinstance(before, n.Was):
            at.complain(
                Diagnostic(
                    "line-order",
                    Severity.ERROR,
                    line.span,
                    "`was` says what this was called before, so it is the first line of its block",
                    (f"write `{line.span.text}` right after the `{{`",),
                )
            )


def in_order(at: Making, first: Span, second: Span) -> None:
    """Two parts of a line that stand the wrong way round; they are read all the same."""
    whole = first.to(second)
    written = f"{second.text} {first.text}"
    words = Diagnostic(
        "unexpected-text",
        Severity.ERROR,
        whole,
        f"`{_short(second)}` stands before `{_short(first)}`",
        (f"write `{written}`",) if len(written) < 100 and "\n" not in written else (),
        fixes=(Fix("let the two change places", (Edit(whole, written),), certain=True),),
    )
    at.complain(words)


def _short(span: Span) -> str:
    """The first words of a part, enough to know it by."""
    words = span.text.split(None, 1)
    return span.text if len(span.text) < 30 else f"{words[0]} …"


def spaced_point(at: Making, left: n.Name, right: n.Name) -> None:
    """A point that has spaces around it."""
    whole = left.span.to(right.span)
    written = f"{left.text}.{right.text}"
    if whole.text != written:
        at.complain(
            Diagnostic(
                "unexpected-text",
                Severity.ERROR,
                whole,
                f"no spaces stand around the point of `{written}`",
                fixes=(Fix(f"write `{written}`", (Edit(whole, written),), certain=True),),
            )
        )
