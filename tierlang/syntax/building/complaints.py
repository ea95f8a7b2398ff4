"""Complaints that the makers of nodes share with the reader of broken text."""

from __future__ import annotations

from tierlang.diagnostics.diagnostic import Diagnostic, Severity
from tierlang.source import Span


def later(span: Span, what: str) -> Diagnostic:
    """A construct of a later version of the language."""
    return Diagnostic(
        "later-construct",
        Severity.ERROR,
        span,
        f"this version of tierlang does not know {what} yet",
        ("take it out, or keep it in a comment (`# …`) until a version that knows it",),
    )
