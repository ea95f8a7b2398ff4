"""Fewer values of a definition, as far as those who read it can tell."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from tierlang.analysis.cells.items import thinned
from tierlang.analysis.flows import Use
from tierlang.analysis.keys import Cells, Choice, Key, Span, ends_of, is_known, ordinal


def compressed(cells: Cells, uses: Iterable[Use]) -> Cells:
    """One value for each cell, where values are only compared; else not too many."""
    if any(use.sort == "free" for use in uses):
        return thinned(cells)
    firsts = sorted(use.what for use in uses if use.sort == "cut")
    found: dict[int, tuple[Key, Choice]] = {}
    result: Cells = {None: cells[None]} if None in cells else {}
    for key, choice in cells.items():
        if key is None:
            continue
        low, high = (bisect_right(firsts, ordinal(end)) for end in ends_of(key))
        for cell in range(low, high + 1):
            mine = choice if low == high and is_known(key) else None
            if cell not in found or (found[cell][1] is None and mine is not None):
                within = key if low == high else _between(key, cell, firsts)
                found[cell] = (within, mine)
    result.update(found[cell] for cell in sorted(found))
    return result


def _between(key: Key, cell: int, firsts: Sequence[int]) -> Key:
    """The part of a span between two cuts; of dates, the whole, as those are cut at their source."""
    if not isinstance(key.low, int):
        return key
    low = max(key.low, firsts[cell - 1]) if cell else key.low
    high = min(key.high, firsts[cell] - 1) if cell < len(firsts) else key.high
    return low if low == high else Span(low, high)
