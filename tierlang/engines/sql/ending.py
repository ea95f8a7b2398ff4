"""What only the final tiers tell: plays and marks whose conditions read them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import attrs
from sqlglot import exp

from tierlang.engines.sql import ladder as ladders
from tierlang.engines.sql import names
from tierlang.engines.sql.expressions import Lowering
from tierlang.engines.sql.layers import Layers
from tierlang.engines.sql.placing import Placing
from tierlang.engines.sql.scored import Relation
from tierlang.engines.sql.steps import Step
from tierlang.program.nodes import Condition, Program

ENDED = "ended"


def ended(
    program: Program, as_of: dt.date, source: Relation, placings: Sequence[Placing]
) -> tuple[tuple[Step, ...], Relation]:
    """The placed accounts with these conditions, in a view; the source itself where there are none."""
    late = {name: condition for name, condition in _conditions(program) if not ladders.is_early(condition)}
    if not late:
        return (), source
    lowering = Lowering(Layers(source.name, ENDED, column=f"{ENDED}_x"), as_of, source.known)
    lowering.in_tier.update((placing.own.position, placing.in_tier) for placing in placings)
    for name, condition in late.items():
        lowering.layers.bind(ladders.holds(lowering, condition), name)
    below, select = lowering.layers.finished({})
    step = Step(ENDED, select.select(exp.Star(), copy=False), tuple(below), "view")
    return (step,), attrs.evolve(source, name=ENDED)


def _conditions(program: Program) -> list[tuple[str, Condition]]:
    plays = [each for own in names.every(program) for each in ladders.plays(own)]
    return [*plays, *((names.mark(place), mark.when) for place, mark in enumerate(program.marks))]
