"""Histories one by one: the figures that they give, fewest events first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from tierlang.analysis.histories.figures import Figures, Sort
from tierlang.analysis.histories.growing import State, at_first, figure_of, step
from tierlang.analysis.keys import Cells, Pick, add
from tierlang.program.nodes import Aggregate, EventPoints
from tierlang.program.numbers import LIMIT, SCALE

_MOST = 400
"""A history of more events than this is nobody's."""
_FEW = 12
"""So many kinds of events are tried in pairs."""

Steps: TypeAlias = tuple[tuple[Sort, int], ...]
"""A history: so many events of one kind, then so many of another."""


def listed(asked: Figures, sorts: Sequence[Sort], name: str, most: int) -> tuple[Cells, bool]:
    """The figures that histories give, fewest events first; and whether these are all that the kinds of events can give."""
    start: State = tuple(at_first(fact) for fact in asked.facts)
    reached: dict[State, Steps] = {start: ()}
    complete = _grow(asked, sorts, reached, most)
    if not complete:
        for state, steps in _tried(asked, sorts, start):
            reached.setdefault(state, steps)
    cells: Cells = {}
    for state, steps in reached.items():
        values = tuple(figure_of(asked, fact, each) for fact, each in zip(asked.facts, state, strict=True))
        if any(type(value) is int and abs(value) >= LIMIT for value in values):
            continue
        add(cells, values, Pick(name, tuple(sort.event for sort, count in steps for _ in range(count))))
    return cells, complete


def _grow(asked: Figures, sorts: Sequence[Sort], reached: dict[State, Steps], most: int) -> bool:
    """Add all that one event after the other leads to; whether that came to an end before there were so many."""
    waiting = list(reached)
    for state in waiting:
        if len(reached) >= most:
            return False
        for sort in sorts:
            after = step(asked, state, sort, 1)
            if after not in reached:
                reached[after] = (*reached[state], (sort, 1))
                waiting.append(after)
    return True


def _tried(asked: Figures, sorts: Sequence[Sort], start: State) -> Iterator[tuple[State, Steps]]:
    """Some longer histories: one that has much of everything, and those that bring a figure to a cut, by one kind of event or two."""
    for rich in ([sort for sort in sorts if sort.event.at == asked.as_of], sorts):
        steps = tuple((sort, max(_many(asked, sort), default=1)) for sort in rich[:_FEW])
        state = start
        for sort, count in steps:
            state = step(asked, state, sort, count)
        yield state, steps
    few = [(sort, _many(asked, sort)) for sort in sorts[:_FEW]]
    for first, counts in few:
        alone = [(step(asked, start, first, count), (first, count)) for count in counts]
        for state, before in alone:
            yield state, (before,)
        for second, more_counts in few:
            for state, before in alone:
                for more in more_counts:
                    yield step(asked, state, second, more), (before, (second, more))


def _many(asked: Figures, sort: Sort) -> list[int]:
    """How many events of a kind bring a figure to its end, or over one of its cuts."""
    found: set[int] = set()
    for fact, effect in zip(asked.facts, sort.effects, strict=True):
        if effect is None:
            continue
        if isinstance(fact, EventPoints) and effect.worth and fact.up_to is not None:
            found.add(-(-abs(fact.up_to) * SCALE // abs(effect.worth)))
        elif isinstance(fact, Aggregate) and fact.function == "count":
            found.update(-(-cut // SCALE) for cut in asked.cuts(fact))
        elif (
            isinstance(fact, Aggregate)
            and fact.function == "sum"
            and isinstance(effect.value, int)
            and effect.value > 0
        ):
            found.update(-(-cut // effect.value) for cut in asked.cuts(fact))
    return sorted(count for count in found if 0 < count <= _MOST)
