"""The whole evaluation as a list of steps, and as one WITH query over a table `accounts`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

import attrs
from sqlglot import exp

from tierlang.engines.sql.columns import columns_of
from tierlang.engines.sql.ending import ended
from tierlang.engines.sql.gather import Held, Reading, gathered, reading, typed_rows
from tierlang.engines.sql.layers import Named
from tierlang.engines.sql.looked_up import as_query, table_of
from tierlang.engines.sql.names import KEY
from tierlang.engines.sql.output import Output
from tierlang.engines.sql.placing import Placing, placings
from tierlang.engines.sql.ranks import Ranks, ranks
from tierlang.engines.sql.relative import related
from tierlang.engines.sql.scored import Relation, scored
from tierlang.engines.sql.steps import Step, with_query
from tierlang.program.holdings import Occasion
from tierlang.program.nodes import Lookup, Program


@attrs.frozen(slots=False)
class Plan:
    """The steps in their order; `source` is the relation of judged accounts that the placing reads, `placed` the one of all placed accounts.

    `placings` stand in placing order, `ranks` by the positions of the ladders. `facts` is how accounts read the passes over facts.
    """

    scored: Step
    related: tuple[Step, ...]
    source: Relation
    placings: tuple[Placing, ...]
    ended: tuple[Step, ...]
    placed: Relation
    ranks: Mapping[int, Ranks]
    facts: Reading

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every step up to the placed accounts."""
        placing = (step for each in self.placings for step in each.steps)
        return (self.scored, *self.related, *placing, *self.ended)

    @cached_property
    def reads(self) -> frozenset[str]:
        """The names of the columns that judging the accounts reads."""
        selects = [self.scored.select, *(layer.select for layer in self.scored.layers)]
        return frozenset(each.name for select in selects for each in select.find_all(exp.Column))

    @property
    def reads_facts(self) -> bool:
        """Whether judging the accounts needs events or signals."""
        return any(column in self.reads for columns in self.facts.columns.values() for column in columns)

    def lookups(self, program: Program) -> list[Lookup]:
        """The lookups that some step reads."""
        read = {name for step in (self.scored, *self.related) for name in step.reads}
        return [lookup for lookup in program.lookups if table_of(lookup.name) in read]


def planned(
    program: Program,
    as_of: dt.date,
    shown: Collection[str],
    row: str,
    also: Sequence[str] = (),
    source: str = "accounts",
    occasion: Occasion | None = None,
) -> Plan:
    """The steps of a program whose result shows these fields and scores.

    `row` is the column that identifies an account in a relation, `also` are columns of the accounts to keep as they are. `source` has the
    accounts, with the columns that the passes over facts made for them; with an `occasion` also those of their holdings.
    """
    facts = reading(program, as_of)
    first, judged = scored(program, as_of, shown, also, source, facts, occasion)
    later: list[Step] = []
    if program.relative:
        later, judged = related(program, as_of, judged, row, occasion)
    every, last = placings(program, as_of, judged, row, occasion)
    after, placed = ended(program, as_of, last, every)
    ranked = {each.own.position: found for each in every if (found := ranks(judged, each)) is not None}
    return Plan(first, tuple(later), judged, tuple(every), after, placed, ranked, facts)


def tree(program: Program, as_of: dt.date, carry: Sequence[str] = ()) -> exp.Select:
    """The evaluation as one query over the typed tables `accounts`, `facts_0` with all events and `facts_1` with all signals (where there are some, in
    this order): the very steps that a run makes into tables."""
    shows = columns_of(program, carry)
    shown = [name for column in shows.values() for name in column.made_of]
    plan = planned(program, as_of, shown, row=KEY, source="informed")
    output = Output(program, as_of, plan.placed, plan.placings, plan.ranks, aligned=False)
    before = [*_lookups(program, plan), *_informed(program, as_of, plan)]
    return with_query([*before, *plan.steps, *output.steps(shows.values())], output.select(shows))


def _lookups(program: Program, plan: Plan) -> list[Step]:
    return [Step(table_of(lookup.name), as_query(lookup)) for lookup in plan.lookups(program)]


def _informed(program: Program, as_of: dt.date, plan: Plan) -> list[Step]:
    """The passes over tables of facts, and the accounts with what they found."""
    steps: list[Step] = []
    tables: list[tuple[str, Held]] = []
    for of in (Held(program.events, ()), Held((), program.signals)):
        if of.names:
            number = len(tables)
            rows = Named(f"rows_{number}", typed_rows(program, of, f"facts_{number}"))
            steps.append(gathered(program, as_of, of, rows, "accounts", KEY, f"gathered_{number}"))
            tables.append((steps[-1].name, of))
    return [*steps, Step("informed", plan.facts.beside("accounts", KEY, tables, plan.reads))]
