"""Complaints about capacities."""

from __future__ import annotations

from collections.abc import Sequence

from tierlang.compiler.complaints.voice import error
from tierlang.diagnostics.diagnostic import Diagnostic
from tierlang.diagnostics.edits import insert, replace
from tierlang.diagnostics.words import code_list
from tierlang.source import Span
from tierlang.syntax import nodes


def bad_seats(span: Span, words: str) -> Diagnostic:
    """Seats that cannot be counted."""
    return error("bad-seats", span, f"a capacity counts accounts: a whole number from 0 on, and `{words}` is not")


def bad_sum(span: Span, words: str, field: str) -> Diagnostic:
    """A limit of a sum that is no amount."""
    return error(
        "bad-seats",
        span,
        f"this capacity limits the sum of `{field}`: a number from 0 on, and `{words}` is not",
        f"for example `capacity 500k of {field} overflow down`",
    )


def sum_of_missing(name: nodes.Name, field: nodes.Field | None, *, takes_zero: bool) -> Diagnostic:
    """A capacity that adds up what an account may not have; `takes_zero`: the field may hold a 0."""
    known = f"{name.text}_known"
    fixes = []
    if field is not None and takes_zero and field.span.source is name.span.source:
        fixes.append(insert(field.span, field.span.end, " default 0", f"add `default 0` to the field `{name.text}`"))
    return error(
        "can-be-missing",
        name.span,
        f"`{name.text}` can be missing, and a capacity cannot add up what an account does not have",
        *(["let a missing cell count as 0: `default 0` in the line of the field"] if fixes else []),
        f"say what counts instead: `derive {known} = first of [{name.text}, 0]` inside `account`, and here `of {known}`",
        fixes=fixes,
    )


def minimum_over_seats(span: Span, minimum: str, seats: str, *, summed: bool) -> Diagnostic:
    """A minimum over the seats there are."""
    what = f"a sum of at least {minimum} cannot be at most {seats}"
    return error(
        "bad-seats",
        span,
        what if summed else f"at least {minimum} accounts cannot have at most {seats} seats",
        f"the smaller number stands first: `capacity {'10k..25k of FIELD' if summed else '10..25'}`",
    )


def no_overflow(span: Span, *, of_ladder: bool) -> Diagnostic:
    """A capacity that does not say where the others go."""
    ways = {
        "down": "`overflow down`: they go to the next lower tier that takes them",
        "to": "`overflow to NAME`: they go to that tier",
        "out": "`overflow out`: they are in no tier",
    }
    offered = ("out",) if of_ladder else ("down", "out")
    return error(
        "no-overflow",
        span,
        "this capacity does not say what happens to accounts that find no seat",
        *(text for where, text in ways.items() if where == "out" or not of_ladder),
        fixes=[insert(span, span.end, f" overflow {where}", f"add `overflow {where}`") for where in offered],
    )


def overflow_of_ladder(span: Span, words: str) -> Diagnostic:
    """A capacity of the whole ladder whose overflow stays in the ladder."""
    return error(
        "ladder-overflow",
        span,
        f"`{words}` cannot stand in a capacity of the whole ladder: who is over it has no place in any tier",
        "write `overflow out`. To move accounts down, give the tier a capacity of its own",
        fixes=[replace(span, "overflow out")],
    )


def overflow_up(to: nodes.Name, tier: str, below: Sequence[str]) -> Diagnostic:
    """An overflow to the tier itself or a better one."""
    hints = [f"below `{tier}` {'is' if len(below) == 1 else 'are'} {code_list(below)}"] if below else []
    if not below:
        hints.append("it is the lowest tier: write `overflow out`")
    return error("overflow-up", to.span, f"`{to.text}` is not below `{tier}`, and overflow only goes down", *hints)
