"""What cannot be listed: sets of figures that hold every history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tierlang.analysis.histories.anything import anything
from tierlang.analysis.histories.attributes import is_sure
from tierlang.analysis.histories.figures import Figure, Figures, Sort
from tierlang.analysis.histories.growing import State, at_first, figure_of, grown
from tierlang.analysis.keys import Key
from tierlang.program.nodes import EventPoints

_STATES = 1_000
"""So many sets are told apart at most."""


def is_listable(asked: Figures, fact: Figure) -> bool:
    """Whether the figure takes few values whatever happens, and the kinds of events tell which."""
    if not is_sure(asked, fact):
        return False
    if isinstance(fact, EventPoints):
        if fact.fading is not None or fact.up_to is None:
            return False
        return fact.points == 0 or abs(fact.up_to) <= 20 * abs(fact.points)
    return fact.function == "any" or (fact.function != "sum" and not asked.is_free(fact))


def loosely(asked: Figures, sorts: Sequence[Sort], listable: Sequence[bool], all_sorts: bool) -> Iterator[Key]:
    """Sets of figures that hold every history: figures that are few as they are, the others as nothing or anything."""
    if not all_sorts:
        yield tuple(anything(fact) for fact in asked.facts)
        return
    # Of a figure that is not sure it is not even known which events count.
    start: State = tuple(
        at_first(fact) if few else not is_sure(asked, fact) for fact, few in zip(asked.facts, listable, strict=True)
    )
    reached = {start: None}
    waiting = [start]
    for state in waiting:
        for sort in sorts:
            after = tuple(
                old if effect is None else grown(asked, fact, old, effect, 1) if few else True
                for fact, old, effect, few in zip(asked.facts, state, sort.effects, listable, strict=True)
            )
            if after not in reached:
                reached[after] = None
                waiting.append(after)
        if len(reached) > _STATES:
            yield tuple(anything(fact) for fact in asked.facts)
            return
    for state in reached:
        yield tuple(
            figure_of(asked, fact, each) if few else anything(fact) if each else figure_of(asked, fact, at_first(fact))
            for fact, each, few in zip(asked.facts, state, listable, strict=True)
        )
