"""Complaints about capacities."""

from __future__ import annotations

from collections.abc import Sequence

from tierlang.compiler.complaints.voice import code_list, error, insert
from tierlang.diagnostics.diagnostic import Diagnostic
from tierlang.source import Span
from tierlang.syntax import nodes


def bad_seats(span: Span, words: str) -> Diagnostic:
    """Seats that cannot be counted."""
    return error("bad-seats", span, f"a capacity counts accounts: a whole number from 0 on, and `{words}` is not")


def minimum_over_seats(span: Span, minimum: int, seats: int) -> Diagnostic:
    """A minimum over the seats there are."""
    return error(
        "bad-seats",
        span,
        f"at least {minimum} accounts cannot have at most {seats} seats",
        "the smaller number stands first: `capacity 10..25`",
    )


def no_overflow(span: Span) -> Diagnostic:
    """A capacity that does not say where the others go."""
    return error(
        "no-overflow",
        span,
        "this capacity does not say what happens to accounts that find no seat",
        "`overflow down`: they go to the next lower tier that takes them",
        "`overflow to NAME`: they go to that tier",
        "`overflow out`: they are in no tier",
        fixes=[insert(span, span.end, f" overflow {where}", f"add `overflow {where}`") for where in ("down", "out")],
    )


def overflow_up(to: nodes.Name, tier: str, below: Sequence[str]) -> Diagnostic:
    """An overflow to the tier itself or a better one."""
    hints = [f"below `{tier}` {'is' if len(below) == 1 else 'are'} {code_list(below)}"] if below else []
    if not below:
        hints.append("it is the lowest tier: write `overflow out`")
    return error("overflow-up", to.span, f"`{to.text}` is not below `{tier}`, and overflow only goes down", *hints)
