"""A row of small bars, one for each value: how a number went over time."""

from __future__ import annotations

from collections.abc import Sequence

_LEVELS = "▁▂▃▄▅▆▇█"
_PLAIN = "_.-=*#"


def sparkline(values: Sequence[int | None], fancy: bool, *, low: int | None = None) -> str:
    """One sign for each value, by its place between the least (or `low`) and the greatest; a blank for a missing one."""
    present = [value for value in values if value is not None]
    if not present:
        return " " * len(values)
    signs = _LEVELS if fancy else _PLAIN
    least, most = min(present) if low is None else min(low, *present), max(present)

    def sign(value: int | None) -> str:
        if value is None:
            return " "
        if most == least:
            return signs[0] if most == 0 else signs[len(signs) // 2]
        return signs[(value - least) * (len(signs) - 1) // (most - least)]

    return "".join(map(sign, values))
