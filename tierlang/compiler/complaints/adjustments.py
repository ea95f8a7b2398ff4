"""Complaints about `raise`, `lower`, `floor at` and `cap at`."""

from __future__ import annotations

from tierlang.compiler.complaints.voice import error
from tierlang.diagnostics.diagnostic import Diagnostic
from tierlang.source import Span


def bad_steps(span: Span, direction: str, words: str) -> Diagnostic:
    """Steps that are no count of tiers."""
    return error(
        "bad-steps",
        span,
        f"`{direction}` moves an account by whole tiers, 1 or more, and `{words}` is no such number",
        f"for example `{direction} 1 when …`",
    )


def too_many_steps(span: Span, direction: str, steps: int, tiers: int) -> Diagnostic:
    """More steps than a ladder has."""
    end = "best" if direction == "raise" else "worst"
    if tiers == 1:
        return error("bad-steps", span, f"this ladder has one tier, so `{direction}` moves nobody")
    return error(
        "bad-steps",
        span,
        f"this ladder has {tiers} tiers, so no account can move by {steps}: the most is {tiers - 1}",
        f"{tiers - 1} moves every account to the {end} tier, as far as the conditions of the tiers let it",
    )


def cap_at_the_best(span: Span, tier: str) -> Diagnostic:
    """A cap that caps nobody."""
    return error(
        "useless-bound",
        span,
        f"a cap at `{tier}` does nothing: it is the best tier, and no account is in a better one",
        "a cap names the best tier that such accounts may have, so one further down",
    )


def floor_at_the_worst(span: Span, tier: str) -> Diagnostic:
    """A floor that lifts nobody."""
    return error(
        "useless-bound",
        span,
        f"a floor at `{tier}` does nothing: it is the worst tier, and every account is in it or in a better one",
        "a floor names the worst tier that such accounts may have, so one further up",
    )
