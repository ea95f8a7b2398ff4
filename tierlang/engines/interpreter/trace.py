"""Every factor behind one account, for `explain`: what it read, each line of each score, each tier tried and what kept it out.

One account is enough: what only the population can tell (percentiles, who is in a top) is handed in, by whichever engine knows it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import attrs

from tierlang.engines.interpreter.definitions import Judged, define, finish
from tierlang.engines.interpreter.expressions import holds
from tierlang.engines.interpreter.facts import Account, Facts, facts_of
from tierlang.engines.interpreter.matching import Answer, answer_of, base_tier, try_tiers
from tierlang.engines.interpreter.population import read
from tierlang.engines.interpreter.reads import Read, missing_names, reads_of
from tierlang.engines.interpreter.scores import Scored, score_of
from tierlang.program.nodes import (
    Condition,
    Definition,
    Derive,
    Exclusion,
    Field,
    Percentile,
    Pin,
    Program,
    Score,
    Tier,
)
from tierlang.program.values import Value


@attrs.frozen
class Outside:
    """What one account cannot know by itself: its percentiles by the definition's name (missing where absent), and by tier its tops."""

    percentiles: Mapping[str, Value] = attrs.field(factory=dict)
    tops: Mapping[str, bool] = attrs.field(factory=dict)


@attrs.frozen
class DefinitionTrace:
    """A definition and its value; what it read; if the value is missing, whom to blame; for a score all of its lines."""

    definition: Definition
    value: Value
    reads: tuple[Read, ...]
    missing: tuple[str, ...]
    scored: Scored | None


@attrs.frozen
class ConditionTrace:
    """A condition asked: its words, its answer, what it read, and what was missing if the answer is unknown."""

    text: str
    answer: Answer
    reads: tuple[Read, ...]
    missing: tuple[str, ...]


@attrs.frozen
class ExclusionTrace:
    """One exclusion asked; the first that holds is the one that counts."""

    exclusion: Exclusion
    asked: ConditionTrace


@attrs.frozen
class TierTrace:
    """One tier tried. `line`, `top` and `gate` are None for a part that the tier does not have; `value` is what its line or top looked at."""

    tier: Tier
    line: Answer | None
    top: Answer | None
    value: Value
    gate: ConditionTrace | None
    fits: bool

    @property
    def why_not(self) -> tuple[str, ...]:
        """The parts that kept the account out: `line`, `top`, `gate`."""
        answers = {"line": self.line, "top": self.top, "gate": self.gate.answer if self.gate else None}
        return tuple(part for part, answer in answers.items() if answer not in (None, Answer.YES))


@attrs.frozen
class Trace:
    """One account through the program, up to the tier it starts the capacities from.

    `base` is the tier by lines and gates, `start` the pin's tier if one is in force; both None for an excluded account. `pin` is the pin on
    its key, in force or not. `clusters` says by tier which cluster it would have there. `faults` are the words of what went out of bounds.
    """

    key: str
    fields: tuple[tuple[Field, Value], ...]
    definitions: tuple[DefinitionTrace, ...]
    exclusions: tuple[ExclusionTrace, ...]
    excluded: Exclusion | None
    tried: tuple[TierTrace, ...]
    base: Tier | None
    pin: Pin | None
    pin_in_force: bool
    start: Tier | None
    clusters: Mapping[str, str | None]
    faults: tuple[str, ...]


def trace(program: Program, account: Account, as_of: dt.date, outside: Outside) -> Trace:
    """Follow one account through the program."""
    facts = facts_of(program, account, as_of)
    definitions = [_define(definition, facts, outside) for definition in program.definitions]
    exclusions = tuple(ExclusionTrace(each, _ask(each.when, facts)) for each in program.exclusions)
    met = [each.exclusion for each in exclusions if each.asked.answer is Answer.YES]
    definitions += [_define(definition, facts, outside) for definition in program.relative]
    ladder = program.ladders[0]
    judged = Judged(facts, met[0] if met else None)
    finish(ladder, judged)
    faults = tuple(facts.faults)
    tops = {tier.name: outside.tops.get(tier.name, False) for tier in ladder.tiers}
    tried = try_tiers(ladder, judged, tops)
    base = None if met else base_tier(tried)
    pin = next((each for each in program.pins if each.key == account.key), None)
    in_force = pin is not None and pin.in_force(as_of)
    pinned = next((tier for tier in ladder.tiers if pin is not None and in_force and tier.name == pin.tier), None)
    return Trace(
        key=account.key,
        fields=tuple((field, facts.inputs[field.name]) for field in program.fields),
        definitions=tuple(definitions),
        exclusions=exclusions,
        excluded=judged.exclusion,
        tried=tuple(
            TierTrace(
                tier=each.tier,
                line=each.line,
                top=each.top,
                value=_looked_at(program, each.tier, facts),
                gate=None if each.tier.gate is None else _ask(each.tier.gate, facts),
                fits=each.fits,
            )
            for each in tried
        ),
        base=base,
        pin=pin,
        pin_in_force=in_force,
        start=None if met else pinned or base,
        clusters=judged.clusters,
        faults=faults,
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
        case Percentile(name=name, of=of):
            # Its `where` was asked where the population is known; asking again here finds the account's own faults, and what it lacks.
            where = definition.where
            within = where is None or holds(where, facts, definition.text)
            value = facts.defined[name] = outside.percentiles.get(name)
            missing = missing_names(of, facts) if value is None else ()
            if where is not None and within is None:
                missing = tuple(dict.fromkeys((*missing, *missing_names(where.test, facts))))
            return DefinitionTrace(definition, value, reads_of(of, facts), missing, None)


def _ask(condition: Condition, facts: Facts) -> ConditionTrace:
    answer = answer_of(holds(condition, facts))
    missing = missing_names(condition.test, facts) if answer is Answer.UNKNOWN else ()
    return ConditionTrace(condition.text, answer, reads_of(condition.test, facts), missing)


def _looked_at(program: Program, tier: Tier, facts: Facts) -> Value:
    by = tier.top.by if tier.top is not None else program.ladders[0].by if tier.line is not None else None
    return None if by is None else read(by, facts)
