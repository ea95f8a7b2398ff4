"""The arithmetic of the language, said once.

A number is an integer count of 1/10,000 whose magnitude stays below 10^18. There is one rounding, half away from zero; every operation rounds
at most once. A result at or over the limit is a fault of the account, never a wrong number.
"""

from __future__ import annotations

SCALE = 10_000
DIGITS = 4
LIMIT = 10**18


def half(numerator: int, denominator: int) -> int:
    """numerator / denominator rounded to an integer, half away from zero; the denominator is positive."""
    magnitude = (2 * abs(numerator) + denominator) // (2 * denominator)
    return -magnitude if numerator < 0 else magnitude


def product(left: int, right: int) -> int:
    """left × right, rounded once."""
    return half(left * right, SCALE)


def quotient(left: int, right: int) -> int | None:
    """left / right, rounded once; missing where right is 0."""
    if right == 0:
        return None
    return half(left * SCALE * (1 if right > 0 else -1), abs(right))


def round_to(number: int, digits: int) -> int:
    """The number rounded to `digits` (0 to 4) digits after the point."""
    step: int = 10 ** (DIGITS - digits)
    return half(number, step) * step


def in_limits(number: int) -> bool:
    """Whether a result is a number of the language."""
    return -LIMIT < number < LIMIT


def number_text(number: int) -> str:
    """The shortest plain decimal: `83.5`, `-0.25`, `1200`. No separators, no exponent."""
    whole, rest = divmod(abs(number), SCALE)
    digits = f"{whole}.{rest:04d}".rstrip("0").rstrip(".")
    return f"-{digits}" if number < 0 else digits
