"""Figures as they grow by one event, or by several of a kind."""

from __future__ import annotations

from typing import Any, TypeAlias, cast

from tierlang.analysis.histories.figures import Effect, Figure, Figures, Sort
from tierlang.program.nodes import EventPoints
from tierlang.program.numbers import SCALE, half
from tierlang.program.values import Value

State: TypeAlias = tuple[Any, ...]
"""What has to be known of each figure to let it grow on."""


def grown(asked: Figures, fact: Figure, state: Any, effect: Effect, count: int) -> Any:
    """A figure after so many more events of this effect."""
    if isinstance(fact, EventPoints):
        total = state + effect.worth * count
        over = fact.up_to is not None and abs(half(total, SCALE)) >= abs(fact.up_to)
        return (fact.up_to or 0) * SCALE if over else total
    match fact.function:
        case "any":
            return True
        case "count":
            most = asked.most(fact)
            return state + count if most is None else min(most, state + count)
        case "sum":
            assert isinstance(effect.value, int)
            return state + effect.value * count
        case "distinct":
            most = asked.most(fact)
            return state if most is not None and len(state) >= most else state | {effect.value}
        case "latest":
            return effect[:2] if state is None or effect[:2] > state else state
        case "largest":
            return effect.value if state is None else max(state, effect.value)
        case "smallest":
            return effect.value if state is None else min(state, effect.value)
        case "days since":
            return effect.day if state is None or effect.day > state else state


def at_first(fact: Figure) -> Any:
    """A figure before any event."""
    if isinstance(fact, EventPoints):
        return 0
    return {"any": False, "count": 0, "sum": 0, "distinct": frozenset()}.get(fact.function)


def figure_of(asked: Figures, fact: Figure, state: Any) -> Value:
    """What the figure says; a fault is no number."""
    if isinstance(fact, EventPoints):
        return half(state, SCALE)
    match fact.function:
        case "count":
            return int(state) * SCALE
        case "distinct":
            return len(state) * SCALE
        case "days since":
            return None if state is None else (asked.as_of - state).days * SCALE
        case "latest":
            return None if state is None else state[1]
        case _:
            return cast(Value, state)


def step(asked: Figures, state: State, sort: Sort, count: int) -> State:
    """All figures after so many more events of a kind."""
    return tuple(
        old if effect is None else grown(asked, fact, old, effect, count)
        for fact, old, effect in zip(asked.facts, state, sort.effects, strict=True)
    )
