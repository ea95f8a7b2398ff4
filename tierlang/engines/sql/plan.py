"""The whole evaluation as a list of steps, and as one WITH query over a table `accounts`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

import attrs
from sqlglot import exp

from tierlang.engines.sql.names import KEY
from tierlang.engines.sql.output import Output, columns_of
from tierlang.engines.sql.placing import Placing, placing
from tierlang.engines.sql.ranks import Ranks, ranks
from tierlang.engines.sql.relative import related
from tierlang.engines.sql.scored import Relation, scored
from tierlang.engines.sql.steps import Step, with_query
from tierlang.program.nodes import Program


@attrs.frozen
class Plan:
    """The steps in their order; `source` is the relation of judged accounts that the placing reads."""

    scored: Step
    related: tuple[Step, ...]
    source: Relation
    placing: Placing
    ranks: Ranks | None

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every step up to the placed accounts."""
        return (self.scored, *self.related, *self.placing.steps)


def planned(program: Program, as_of: dt.date, shown: Collection[str], row: str, also: Sequence[str] = ()) -> Plan:
    """The steps of a program whose result shows these fields and scores.

    `row` is the column that identifies an account in a relation, `also` are columns of the accounts to keep as they are.
    """
    first, source = scored(program, as_of, shown, also)
    later: list[Step] = []
    if program.relative:
        later, source = related(program, as_of, source, row)
    placed = placing(program, as_of, source, row)
    return Plan(first, tuple(later), source, placed, ranks(program.ladders[0], source, placed))


def tree(program: Program, as_of: dt.date, carry: Sequence[str] = ()) -> exp.Select:
    """The evaluation as one query over the typed table `accounts`: the very steps that a run makes into tables."""
    shown = [name for names in columns_of(program, carry).values() for name in names]
    plan = planned(program, as_of, shown, row=KEY)
    output = Output(program, as_of, plan.source, plan.placing, plan.ranks, carry, aligned=False)
    return with_query([*plan.steps, *output.steps(output.columns)], output.select(output.columns))
