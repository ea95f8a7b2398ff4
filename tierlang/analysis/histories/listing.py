"""Histories one by one: the figures that they give, fewest events first."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from tierlang.analysis.histories.figures import Figures, Sort
from tierlang.analysis.histories.growing import State, at_first, step, value_of
from tierlang.analysis.keys import Cells, Pick, add
from tierlang.program.nodes import Aggregate, EventPoints
from tierlang.program.numbers import LIMIT, SCALE

_MOST = 400
"""A history of more events than this is nobody's."""


def listed(asked: Figures, sorts: Sequence[Sort], name: str, most: int) -> tuple[Cells, bool]:
    """The figures that histories give, fewest events first; and whether these are all that the kinds of events can give."""
    start: State = tuple(at_first(fact) for fact in asked.facts)
    reached: dict[State, tuple[tuple[Sort, int], ...]] = {start: ()}
    waiting = [start]
    complete = True
    for state in waiting:
        if len(reached) >= most:
            complete = False
            break
        for sort in sorts:
            after = step(asked, state, sort, 1)
            if after not in reached:
                reached[after] = (*reached[state], (sort, 1))
                waiting.append(after)
    if not complete:
        for rich in ([sort for sort in sorts if sort.event.at == asked.as_of], sorts):
            steps = tuple((sort, max(_many(asked, sort), default=1)) for sort in rich[:12])
            state = start
            for sort, count in steps:
                state = step(asked, state, sort, count)
            reached.setdefault(state, steps)
        for first, second in itertools.product(sorts[:12], [None, *sorts[:12]]):
            for count in _many(asked, first):
                state = step(asked, start, first, count)
                reached.setdefault(state, ((first, count),))
                for more in () if second is None else _many(asked, second):
                    reached.setdefault(step(asked, state, second, more), ((first, count), (second, more)))  # type: ignore[arg-type]
    cells: Cells = {}
    for state, steps in reached.items():
        values = tuple(value_of(asked, fact, each) for fact, each in zip(asked.facts, state, strict=True))
        if any(type(value) is int and abs(value) >= LIMIT for value in values):
            continue
        add(cells, values, Pick(name, tuple(sort.event for sort, count in steps for _ in range(count))))
    return cells, complete


def _many(asked: Figures, sort: Sort) -> Iterator[int]:
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
    return iter(sorted(count for count in found if 0 < count <= _MOST))
