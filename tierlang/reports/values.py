"""Values of accounts as people read them."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from tierlang.program.nodes import Tier
from tierlang.program.numbers import half, number_text
from tierlang.program.values import Value

MISSING = "missing"


def amount(number: int | Fraction) -> str:
    """A number in 1/10,000ths with separators between the thousands: `1,250,000.5`."""
    text = number_text(half(number.numerator, number.denominator))
    whole, point, digits = text.partition(".")
    return f"{int(whole):,}{point}{digits}" if whole != "-0" else text


def percentage(weight: int) -> str:
    """A share in 1/10,000ths: `12.5%`."""
    return f"{number_text(weight * 100)}%"


def value_text(value: Value) -> str:
    """Any value: flags as yes and no, dates as ISO, tags one after the other."""
    match value:
        case None:
            return MISSING
        case bool():
            return "yes" if value else "no"
        case int():
            return amount(value)
        case dt.date():
            return value.isoformat()
        case tuple():
            return ", ".join(value) if value else "none"
        case str():
            return value or '""'


def shown_label(tier: Tier) -> str:
    """The tier's label where it says more than its name."""
    label = tier.label or ""
    return "" if label.casefold().replace(" ", "_") == tier.name else label
