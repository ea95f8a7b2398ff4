"""Every factor behind one account, for `explain`: what it read, each line of each score, each tier tried and what kept it out.

One account is enough: what only the population can tell (percentiles, who is in a top, where the account ended) is handed in, by whichever engine
knows it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import attrs

from tierlang.engines.interpreter.asking import ConditionTrace, ask
from tierlang.engines.interpreter.definitions import define, finish
from tierlang.engines.interpreter.enduring import course_of
from tierlang.engines.interpreter.expressions import holds
from tierlang.engines.interpreter.facts import Account, Facts, facts_of
from tierlang.engines.interpreter.matching import Answer
from tierlang.engines.interpreter.reads import Read, missing_names, reads_of
from tierlang.engines.interpreter.scores import Scored, score_of
from tierlang.engines.interpreter.signals import Stretch
from tierlang.engines.interpreter.trace_facts import FactTrace, SignalTrace, trace_facts
from tierlang.engines.interpreter.trace_ladder import Decided, LadderTrace, trace_ladder
from tierlang.engines.interpreter.trace_mobility import MobilityTrace, Remembered, trace_mobility
from tierlang.program.nodes import Definition, Derive, Enduring, Exclusion, Field, Mark, Percentile, Pin, Program, Score
from tierlang.program.values import Value


@attrs.frozen
class Outside:
    """What one account cannot know by itself: its percentiles by the definition's name (missing where absent), and what became of it on each ladder, in the program's order.

    `past`: what the run knew of the past; None where it knew none.
    """

    percentiles: Mapping[str, Value] = attrs.field(factory=dict)
    ladders: tuple[Decided, ...] = ()
    past: Remembered | None = None


@attrs.frozen
class DefinitionTrace:
    """A definition and its value; what it read; if the value is missing, whom to blame; for a score all of its lines; for a condition on a score over time its days in stretches."""

    definition: Definition
    value: Value
    reads: tuple[Read, ...]
    missing: tuple[str, ...]
    scored: Scored | None
    days: tuple[Stretch, ...] = ()


@attrs.frozen
class ExclusionTrace:
    """One exclusion asked; the first that holds is the one that counts."""

    exclusion: Exclusion
    asked: ConditionTrace


@attrs.frozen
class MarkTrace:
    """One mark asked."""

    mark: Mark
    asked: ConditionTrace


@attrs.frozen
class Trace:
    """One account through the program.

    `pin` is the pin on its key, in force or not. `ladders` stand in the program's order, each as far as the tier the capacities start from; none of
    them places an excluded account. `faults` are the words of what went out of bounds. Marks are not asked of an excluded account. `mobility` is None in a run without a past;
    with one, the first ladder shows where the account would be placed afresh, and then where it ended.
    """

    key: str
    fields: tuple[tuple[Field, Value], ...]
    facts: tuple[FactTrace, ...]
    signals: tuple[SignalTrace, ...]
    definitions: tuple[DefinitionTrace, ...]
    exclusions: tuple[ExclusionTrace, ...]
    excluded: Exclusion | None
    pin: Pin | None
    pin_in_force: bool
    ladders: tuple[LadderTrace, ...]
    marks: tuple[MarkTrace, ...]
    faults: tuple[str, ...]
    mobility: MobilityTrace | None = None

    @property
    def own(self) -> LadderTrace:
        """Its way on the ruleset's own ladder, the first."""
        return self.ladders[0]

    def fact(self, name: str) -> FactTrace:
        """The figure of this name, which a line of a score has."""
        return next(each for each in self.facts if each.fact.name == name)


def trace(program: Program, account: Account, as_of: dt.date, outside: Outside) -> Trace:
    """Follow one account through the program."""
    facts = facts_of(program, account, as_of, None if outside.past is None else outside.past.memory)
    found, signals = trace_facts(program, facts)
    definitions = [_define(definition, facts, outside) for definition in program.definitions]
    exclusions = tuple(ExclusionTrace(each, ask(each.when, facts)) for each in program.exclusions)
    met = next((each.exclusion for each in exclusions if each.asked.answer is Answer.YES), None)
    definitions += [_define(definition, facts, outside) for definition in program.relative]
    finish(program, facts)
    faults = tuple(facts.faults)
    pin = next((each for each in program.pins if each.key == account.key), None)
    in_force = pin is not None and pin.in_force(as_of)
    decided = [*outside.ladders, *(Decided() for _ in program.ladders[len(outside.ladders) :])]
    if met is None:
        facts.tiers.update({position: each.tier for position, each in enumerate(decided)})
    mobility = None if outside.past is None else trace_mobility(program, facts, outside.past)
    kept = mobility.kept if mobility is not None else None
    ladders = (
        trace_ladder(program, 0, facts, decided[0], pin if in_force else None, kept, excluded=bool(met)),
        *(
            trace_ladder(program, position, facts, each, None, excluded=bool(met))
            for position, each in enumerate(decided)
            if position > 0
        ),
    )
    return Trace(
        key=account.key,
        fields=tuple((field, facts.inputs[field.name]) for field in program.fields),
        facts=found,
        signals=signals,
        definitions=tuple(definitions),
        exclusions=exclusions,
        excluded=met,
        pin=pin,
        pin_in_force=in_force,
        ladders=ladders,
        marks=() if met else tuple(MarkTrace(mark, ask(mark.when, facts)) for mark in program.marks),
        faults=faults,
        mobility=mobility,
    )


def _define(definition: Definition, facts: Facts, outside: Outside) -> DefinitionTrace:
    match definition:
        case Derive(name=name, value=expression):
            define(definition, facts)
            value = facts.defined[name]
            missing = missing_names(expression, facts) if value is None else ()
            return DefinitionTrace(definition, value, reads_of(expression, facts), missing, None)
        case Score(name=name):
            scored = score_of(definition, facts)
            facts.defined[name] = scored.value
            return DefinitionTrace(definition, scored.value, (), (), scored)
        case Enduring(name=name):
            define(definition, facts)
            # Asked a second time, faults are known already.
            return DefinitionTrace(definition, facts.defined[name], (), (), None, course_of(definition, facts.aside()))
        case Percentile(name=name, of=of):
            # Its `where` was asked where the population is known; asking again here finds the account's own faults, and what it lacks.
            where = definition.where
            within = where is None or holds(where, facts, definition.text)
            value = facts.defined[name] = outside.percentiles.get(name)
            missing = missing_names(of, facts) if value is None else ()
            if where is not None and within is None:
                missing = tuple(dict.fromkeys((*missing, *missing_names(where.test, facts))))
            return DefinitionTrace(definition, value, reads_of(of, facts), missing, None)
