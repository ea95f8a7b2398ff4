"""Kinds of values and the values themselves.

Every number of the language, whole or money or plain, is a Python `int` that counts 1/10,000ths (see `tierlang.program.numbers`); text is
`str`, a flag `bool`, a date `datetime.date`, tags a sorted tuple of distinct strings, and a missing value `None`.
"""

from __future__ import annotations

import datetime as dt
from enum import Enum
from typing import TypeAlias

Value: TypeAlias = int | str | bool | dt.date | tuple[str, ...] | None


class Kind(Enum):
    """The type of a field or an expression; the value is its word in the language."""

    WHOLE = "whole"
    NUMBER = "number"
    MONEY = "money"
    TEXT = "text"
    FLAG = "flag"
    DATE = "date"
    TAGS = "tags"

    @property
    def is_numeric(self) -> bool:
        """Whole numbers, numbers and money share one arithmetic."""
        return self in (Kind.WHOLE, Kind.NUMBER, Kind.MONEY)
