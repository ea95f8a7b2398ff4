"""Facts, definitions, exclusions, and every condition of one account that needs no other account and no tier."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs

from tierlang.engines.interpreter.enduring import course_of, endured
from tierlang.engines.interpreter.events import figure_of, look_at, points_of
from tierlang.engines.interpreter.expressions import holds, value_of
from tierlang.engines.interpreter.facts import Account, Facts, Memory, facts_of
from tierlang.engines.interpreter.scores import score_of
from tierlang.engines.interpreter.signals import stretches, sustained, value_on
from tierlang.program.expressions import reads_tiers
from tierlang.program.nodes import (
    Aggregate,
    Condition,
    Definition,
    Derive,
    Enduring,
    EventPoints,
    Exclusion,
    Fact,
    Ladder,
    Percentile,
    Program,
    Score,
    Sustained,
    Tier,
)
from tierlang.program.values import Value


@attrs.define
class Judged:
    """One account on its way: its facts, and the exclusion it met."""

    facts: Facts
    exclusion: Exclusion | None = None


def begin(program: Program, account: Account, as_of: dt.date, memory: Memory | None = None) -> Judged:
    """The account after its facts, its own definitions and the exclusions; all exclusions are asked, the first that holds counts."""
    facts = facts_of(program, account, as_of, memory)
    learn(program, facts)
    for definition in program.definitions:
        define(definition, facts)
    met = [exclusion for exclusion in program.exclusions if holds(exclusion.when, facts)]
    return Judged(facts, met[0] if met else None)


def learn(program: Program, facts: Facts) -> None:
    """What the account's events and signals say."""
    for signal in program.signals:
        facts.defined[signal.name] = value_on(signal, facts, facts.as_of)
    for fact in program.facts:
        facts.defined[fact.name] = found(fact, facts)


def found(fact: Fact, facts: Facts) -> Value:
    """One figure of the account's events, or one condition on a signal that must have held for some time."""
    match fact:
        case Aggregate():
            return figure_of(fact, look_at(fact, facts), facts)
        case EventPoints():
            return points_of(fact, look_at(fact, facts), facts)
        case Sustained():
            return sustained(stretches(fact, facts))


def define(definition: Definition, facts: Facts) -> None:
    """Learn one derived field or score. A percentile comes from the population; here it only starts as missing."""
    match definition:
        case Derive(name=name, value=value, text=text):
            facts.defined[name] = value_of(value, facts, text)
        case Score(name=name):
            facts.defined[name] = score_of(definition, facts).value
        case Enduring(name=name):
            facts.defined[name] = endured(course_of(definition, facts))
        case Percentile(name=name):
            facts.defined[name] = None


def finish(program: Program, facts: Facts) -> None:
    """Ask every condition that reads no tier, also those that decide nothing for this account: a number out of bounds in any is a fault.

    They are asked again where they decide something.
    """
    for ladder in program.ladders:
        for tier in ladder.tiers:
            if tier.gate is not None:
                _ask(tier.gate, facts)
        for tier in ladder.tiers:
            if tier.cluster is not None:
                cluster_of(tier, facts)
        for condition in _other_conditions(ladder):
            _ask(condition, facts)
    for mark in program.marks:
        _ask(mark.when, facts)
    if facts.memory is not None:
        for condition in mobility_conditions(program):
            _ask(condition, facts)


def mobility_conditions(program: Program) -> Iterator[Condition]:
    """The conditions that are asked only where a past is known: of `keep while` tier by tier, of holds, of triggers."""
    yield from (tier.keep for tier in program.ladders[0].tiers if tier.keep is not None)
    if program.mobility is not None:
        yield from (hold.when for hold in program.mobility.holds)
        yield from (trigger.when for trigger in program.mobility.triggers)


def _other_conditions(ladder: Ladder) -> Iterator[Condition]:
    yield from (shift.when for shift in ladder.shifts)
    yield from (bound.when for bound in (*ladder.floors, *ladder.caps))
    for tier in ladder.tiers:
        yield from (play.when for play in tier.plays if play.when is not None)


def _ask(condition: Condition, facts: Facts) -> None:
    if not reads_tiers(condition.test):
        holds(condition, facts)


def cluster_of(tier: Tier, facts: Facts) -> str | None:
    """The cluster that the account has, or would have, in this tier; every row is asked."""
    if tier.cluster is None:
        return None
    rows = tier.cluster.rows
    taken = [row.name for row in rows if value_of(row.test, facts, f"cluster of {tier.name}") is True]
    return taken[0] if taken else tier.cluster.otherwise
