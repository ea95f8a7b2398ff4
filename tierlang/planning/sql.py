"""Texts of SQL that the steps of a plan are made of. Names come from rules and files, so they are always quoted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from tierlang.accounts.table import identifier, literal

__all__ = ["cases", "day", "identifier", "literal", "maybe"]


def day(date: dt.date | None) -> str:
    """A date, or NULL."""
    return "NULL::DATE" if date is None else f"DATE '{date.isoformat()}'"


def maybe(text: str | None) -> str:
    """A text, or NULL."""
    return "NULL::VARCHAR" if text is None else literal(text)


def cases(branches: Iterable[tuple[str, str]], otherwise: str) -> str:
    """A CASE; the last value alone where there are no branches."""
    found = " ".join(f"WHEN {test} THEN {value}" for test, value in branches)
    return f"CASE {found} ELSE {otherwise} END" if found else otherwise
