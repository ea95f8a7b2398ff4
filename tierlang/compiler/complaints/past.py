"""Complaints about questions to the ledger where they cannot be asked."""

from __future__ import annotations

from tierlang.compiler.complaints.voice import error
from tierlang.diagnostics.diagnostic import Diagnostic
from tierlang.diagnostics.words import code_list
from tierlang.source import Span

PLACES = "in `keep while` of a tier, in a `hold`, and in the `when` of `promote` and `demote`"
"""Where a rule may ask what the ledger knows."""


def not_remembered(span: Span) -> Diagnostic:
    """`days in tier` where it cannot be asked."""
    return error(
        "ledger-condition",
        span,
        "`days in tier` cannot be asked here: how long an account has held its tier is known from the ledger, which only rules about moves read",
        f"it may stand {PLACES}",
    )


def inside_percentile(span: Span, words: str) -> Diagnostic:
    """A question to the ledger inside `percentile of`."""
    return error(
        "ledger-condition",
        span,
        f"`{words}` cannot stand inside `percentile of`, which compares accounts by what is known of them without the ledger",
        "ask it outside of the percentile, joined by `and`",
    )


def score_for(span: Span, scores: list[str]) -> Diagnostic:
    """`SCORE < 40 for 30 days` where it cannot be asked."""
    return error(
        "ledger-condition",
        span,
        f"what the score {code_list(scores)} was in the past cannot be asked here: it is known from the ledger, which only rules about moves read",
        f"it may stand {PLACES}",
        "of signals the past can be asked everywhere",
    )
