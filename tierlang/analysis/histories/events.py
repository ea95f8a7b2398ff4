"""What the events of one type can be together: every set of figures that some history gives, and such a history.

An event is of a kind: on this side or that of every window, with attributes that every condition judges alike. Figures grow by one event at a time, and most of them stop changing
soon (there is one, there are three, the points are used up), so the sets of figures that can be reached are few and can be listed. Where they cannot (sums, points that fade), some histories are
tried, and for the rest the figure is said to be anything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tierlang.analysis.histories.figures import Figures
from tierlang.analysis.histories.listing import listed
from tierlang.analysis.histories.loose import is_listable, loosely
from tierlang.analysis.histories.sorts import sorts_of
from tierlang.analysis.keys import Cells, add
from tierlang.program.values import Value

_STATES = 240
"""So many sets of figures are listed at most."""
_TRIED = 40
"""So many are tried where they cannot be listed."""
_CHEAP = 3
"""So many steps of figures count as one combination."""


def histories(asked: Figures, inputs: Mapping[str, Value], name: str, spend: Callable[[int], None]) -> Cells:
    """Every tuple of figures, in their order, with a history as the pick of `name`. `spend` is told how many events and steps were tried, so many at a time."""
    sorts, all_sorts = sorts_of(asked, inputs, spend)
    listable = [is_listable(asked, fact) for fact in asked.facts]
    found, complete = listed(asked, sorts, name, _STATES if all(listable) else _TRIED)
    spend(len(found) * len(sorts) * len(asked.facts) // _CHEAP)
    if complete and all_sorts and all(listable):
        return found
    loose = list(loosely(asked, sorts, listable, all_sorts))
    spend(len(loose) * len(sorts) * len(asked.facts) // _CHEAP)
    for key in loose:
        add(found, key, None)
    return found
