"""The figures of one event type that a question asks for, and what one event does to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

import attrs

from tierlang.analysis.flows import Flows, Use, defined_name
from tierlang.engines.interpreter.facts import Event
from tierlang.program.nodes import Aggregate, EventPoints, EventType, Program
from tierlang.program.numbers import SCALE
from tierlang.program.values import Value

Figure: TypeAlias = Aggregate | EventPoints


class Effect(NamedTuple):
    """What one event of a kind does to one figure: its day, the attribute's value and what it is worth, as far as the figure asks."""

    day: dt.date | None
    value: Value
    worth: int


@attrs.frozen
class Sort:
    """One kind of event: an event of it, and what it does to each figure; None where it does not count there."""

    event: Event
    effects: tuple[Effect | None, ...]


@attrs.frozen
class Figures:
    """The figures of one event type that are asked for, and the uses of each."""

    program: Program
    as_of: dt.date
    flows: Flows
    event: EventType
    facts: tuple[Figure, ...]
    uses: Mapping[str, tuple[Use, ...]]
    _most: dict[str, int | None] = attrs.field(factory=dict, init=False)

    def uses_of(self, fact: Figure) -> tuple[Use, ...]:
        """What is done with the figure."""
        return self.uses.get(defined_name(fact.name), ())

    def cuts(self, fact: Figure) -> list[int]:
        """Where the figure is cut."""
        return sorted({use.what for use in self.uses_of(fact) if use.sort == "cut"})

    def is_free(self, fact: Figure) -> bool:
        """Whether its value is used for more than comparing it."""
        return any(use.sort == "free" for use in self.uses_of(fact))

    def most(self, fact: Figure) -> int | None:
        """Up to how many a count matters; None for no end."""
        if fact.name not in self._most:
            ends = [1, *(-(-cut // SCALE) for cut in self.cuts(fact))]
            self._most[fact.name] = None if self.is_free(fact) else max(ends)
        return self._most[fact.name]
