"""Parts of a sum of parts, and how many numbers of one are kept."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence

import attrs

from tierlang.analysis.keys import Cells, Key, Span, add, ends_of, is_known

Env = Mapping[str, Key]
"""What is fixed, by its name."""

_MANY = 40
"""So many numbers of a value that others add up are kept."""


@attrs.frozen(eq=False)
class Item:
    """A part of a sum of parts: the names it reads, and what it can be once some of them are fixed."""

    names: tuple[str, ...]
    image: Callable[[Env], Cells]


def thinned(cells: Cells, most: int = _MANY) -> Cells:
    """Not more numbers than so many: the ends, some between, and spans for the rest."""
    if len(cells) <= most:
        return cells
    numbers = sorted((key for key in cells if key is not None), key=ends_of)
    known = [key for key in numbers if is_known(key) and cells[key] is not None]
    step = max(1, len(known) * 2 // most + 1)
    kept = dict.fromkeys([*known[::step], *known[-1:]])
    result: Cells = {None: cells[None]} if None in cells else {}
    result.update((key, cells[key]) for key in kept)
    for span in spans_over(numbers, most // 4):
        add(result, span, None)
    return result


def spans_over(numbers: Sequence[Key], most: int) -> list[Key]:
    """Few spans over sorted numbers and spans, parted at the widest gaps."""
    joined: list[list[int]] = []
    for key in numbers:
        low, high = ends_of(key)
        if joined and low <= joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], high)
        else:
            joined.append([low, high])
    gaps = sorted(range(1, len(joined)), key=lambda at: joined[at - 1][1] - joined[at][0])[: most - 1]
    starts = [0, *sorted(gaps), len(joined)]
    return [Span(joined[a][0], joined[b - 1][1]) for a, b in itertools.pairwise(starts)]
