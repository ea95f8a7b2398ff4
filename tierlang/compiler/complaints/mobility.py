"""Complaints about freezes, the breaker and `keep while`."""

from __future__ import annotations

from tierlang.compiler.complaints.voice import error
from tierlang.compiler.views import View
from tierlang.diagnostics.diagnostic import Diagnostic, Edit, Fix
from tierlang.diagnostics.edits import replace
from tierlang.program.numbers import SCALE
from tierlang.source import Span
from tierlang.syntax import nodes


def backward_freeze(node: nodes.Freeze) -> Diagnostic:
    """A freeze that ends before it starts."""
    start, end = node.start.value.isoformat(), node.end.value.isoformat()
    swapped = Fix(f"write `{end}..{start}`", (Edit(node.start.span, end), Edit(node.end.span, start)))
    return error(
        "bad-freeze",
        node.start.span.to(node.end.span),
        f"this freeze ends on {end}, before it starts on {start}, so it freezes no day",
        "the first day stands first, and both days are part of it",
        fixes=[swapped],
    )


_NO_SHARE = "a breaker is a share of the accounts, a percentage from 0% to 100%, and `{}` is not"


def bad_share(node: nodes.Expression, words: str) -> Diagnostic:
    """A breaker that is no share of accounts."""
    plain = isinstance(node, nodes.Number) and node.form == "plain" and 0 <= node.value <= 100 * SCALE
    if plain and isinstance(node, nodes.Number) and 0 < node.value < SCALE:
        shares = f"if it is meant as a share of 1, write `{_hundredfold(node.value)}%`; if as a percentage, `{words}%`"
        return error("bad-breaker", node.span, _NO_SHARE.format(words), shares)
    return error(
        "bad-breaker",
        node.span,
        _NO_SHARE.format(words),
        f"write `{words}%`" if plain else "for example `breaker 10% at review 30%`",
        fixes=[replace(node.span, f"{words}%")] if plain else [],
    )


def _hundredfold(value: int) -> str:
    """A hundred times a number, as it is written."""
    whole, rest = divmod(value * 100, SCALE)
    return f"{whole}.{rest:04d}".rstrip("0").rstrip(".") if rest else str(whole)


def keep_in_view(span: Span, view: View) -> Diagnostic:
    """`keep while` in a ladder whose tiers nobody holds."""
    return error(
        "bad-keep",
        span,
        f"{view.shown} is a view, worked out afresh in every run: nobody holds its tiers, so nobody keeps one",
        "only tiers of the first ladder are kept. Take this line out",
    )
