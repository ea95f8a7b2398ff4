"""Definitions, exclusions, gates and clusters of one account: everything about it that needs no other account."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import attrs

from tierlang.engines.interpreter.expressions import holds, value_of
from tierlang.engines.interpreter.facts import Account, Facts, facts_of
from tierlang.engines.interpreter.scores import score_of
from tierlang.program.nodes import Definition, Derive, Exclusion, Ladder, Percentile, Program, Score, Tier


@attrs.define
class Judged:
    """One account on its way: its facts, the exclusion it met, what each tier's gate says (None: unknown) and its cluster in each tier."""

    facts: Facts
    exclusion: Exclusion | None = None
    gates: Mapping[str, bool | None] = attrs.field(factory=dict)
    clusters: Mapping[str, str | None] = attrs.field(factory=dict)


def begin(program: Program, account: Account, as_of: dt.date) -> Judged:
    """The account after its own definitions and the exclusions; all exclusions are asked, the first that holds counts."""
    facts = facts_of(program, account, as_of)
    for definition in program.definitions:
        define(definition, facts)
    met = [exclusion for exclusion in program.exclusions if holds(exclusion.when, facts)]
    return Judged(facts, met[0] if met else None)


def define(definition: Definition, facts: Facts) -> None:
    """Learn one derived field or score. A percentile comes from the population; here it only starts as missing."""
    match definition:
        case Derive(name=name, value=value, text=text):
            facts.defined[name] = value_of(value, facts, text)
        case Score(name=name):
            facts.defined[name] = score_of(definition, facts).value
        case Percentile(name=name):
            facts.defined[name] = None


def finish(ladder: Ladder, judged: Judged) -> None:
    """Ask every gate and every cluster, also those of tiers where the account does not end."""
    facts = judged.facts
    judged.gates = {tier.name: holds(tier.gate, facts) for tier in ladder.tiers if tier.gate is not None}
    judged.clusters = {tier.name: _cluster(tier, facts) for tier in ladder.tiers if tier.cluster is not None}


def _cluster(tier: Tier, facts: Facts) -> str | None:
    assert tier.cluster is not None
    rows = tier.cluster.rows
    taken = [row.name for row in rows if value_of(row.test, facts, f"cluster of {tier.name}") is True]
    return taken[0] if taken else tier.cluster.otherwise
