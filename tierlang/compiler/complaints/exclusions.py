"""Complaints about exclusions."""

from __future__ import annotations

from collections.abc import Sequence

from tierlang.compiler.complaints.voice import error
from tierlang.diagnostics.diagnostic import Diagnostic
from tierlang.source import Span


def percentile_in_exclusion(span: Span, name: str, path: Sequence[str]) -> Diagnostic:
    """An exclusion that reads a percentile, itself or through other names."""
    shown = " → ".join(f"`{each}`" for each in path)
    return error(
        "percentile-in-exclusion",
        span,
        f"the exclusion `{name}` reads a percentile ({shown}), but percentiles are counted among the accounts that are left",
        "exclude by something an account has by itself, such as a field or a score without percentiles",
    )
