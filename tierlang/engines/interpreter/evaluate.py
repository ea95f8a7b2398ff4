"""A whole population through a program, step by step in the order that the language promises."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import attrs

from tierlang.engines.interpreter.capacity import Candidate, seat
from tierlang.engines.interpreter.definitions import Judged, begin, define, finish
from tierlang.engines.interpreter.expressions import holds
from tierlang.engines.interpreter.facts import Account
from tierlang.engines.interpreter.matching import Tried, base_tier, try_tiers, two_that_fit
from tierlang.engines.interpreter.population import TopResult, percentiles, ranks, read, top
from tierlang.engines.interpreter.summary import summarize
from tierlang.engines.interpreter.words import reason_of
from tierlang.program import reasons
from tierlang.program.nodes import Definition, Ladder, Percentile, Program, Tier
from tierlang.program.outcome import Assignment, Conflict, Fault, Stopped, Summary

_SHOWN = 20


@attrs.frozen
class Outcome:
    """One assignment per account, in the order of the input, and the figures of the whole."""

    assignments: tuple[Assignment, ...]
    summary: Summary


def evaluate(program: Program, accounts: Sequence[Account], as_of: dt.date) -> Outcome | Stopped:
    """The tier of every account, or why there is none; keys must be distinct."""
    if len({account.key for account in accounts}) < len(accounts):
        raise ValueError("two accounts have the same key")
    ladder = program.ladders[0]
    everyone = [begin(program, account, as_of) for account in accounts]
    for definition in program.relative:
        _define_together(definition, everyone)
    for judged in everyone:
        finish(ladder, judged)
    faults = [Fault(judged.facts.key, judged.facts.faults[0]) for judged in everyone if judged.facts.faults]
    if faults:
        return Stopped(tuple(faults[:_SHOWN]), len(faults), (), 0)
    eligible = [judged for judged in everyone if judged.exclusion is None]
    tops = {
        tier.name: top(tier.name, tier.top, ladder, [judged.facts for judged in eligible])
        for tier in ladder.tiers
        if tier.top is not None
    }
    tried = {judged.facts.key: try_tiers(ladder, judged, _in_tops(ladder, judged, tops)) for judged in eligible}
    conflicts = _conflicts(tried) if ladder.unique and not ladder.separate else []
    if conflicts:
        return Stopped((), 0, tuple(conflicts[:_SHOWN]), len(conflicts))
    return _place(program, everyone, tried, tops, as_of)


def _define_together(definition: Definition, everyone: Sequence[Judged]) -> None:
    """One relative definition for all accounts; excluded ones have no percentile."""
    for judged in everyone:
        define(definition, judged.facts)
    if isinstance(definition, Percentile):
        inside = [each for each in everyone if _holds_in(definition, each)]
        found = percentiles(definition, [each.facts for each in inside if each.exclusion is None])
        for judged in everyone:
            judged.facts.defined[definition.name] = found.get(judged.facts.key)


def _holds_in(percentile: Percentile, judged: Judged) -> bool:
    """Whether the account meets the percentile's `where`."""
    return percentile.where is None or holds(percentile.where, judged.facts, percentile.text) is True


def _in_tops(ladder: Ladder, judged: Judged, tops: Mapping[str, TopResult]) -> dict[str, bool]:
    return {
        tier.name: any(judged.facts.key in group.inside for group in tops[tier.name].groups.values())
        for tier in ladder.tiers
        if tier.top is not None
    }


def _conflicts(tried: Mapping[str, tuple[Tried, ...]]) -> list[Conflict]:
    pairs = [(key, two_that_fit(each)) for key, each in tried.items()]
    return [Conflict(key, pair[0].name, pair[1].name) for key, pair in pairs if pair is not None]


def _place(
    program: Program,
    everyone: Sequence[Judged],
    tried: Mapping[str, tuple[Tried, ...]],
    tops: Mapping[str, TopResult],
    as_of: dt.date,
) -> Outcome:
    """Base tiers, pins, capacities; then what each account's final tier says of it."""
    ladder = program.ladders[0]
    eligible = [judged for judged in everyone if judged.exclusion is None]
    pins = {pin.key: pin for pin in program.pins if pin.in_force(as_of)}
    named = {tier.name: tier for tier in ladder.tiers}
    base: dict[str, Tier | None] = {key: base_tier(each) for key, each in tried.items()}
    candidates: dict[str, Candidate] = {}
    for judged in eligible:
        key = judged.facts.key
        start = named[pins[key].tier] if key in pins else base[key]
        candidates[key] = Candidate(judged, start, key in pins)
    seated = seat(ladder, list(candidates.values()))
    rank = ranks(ladder, [judged.facts for judged in eligible])
    assignments: list[Assignment] = []
    for judged in everyone:
        key = judged.facts.key
        if judged.exclusion is not None:
            assignments.append(_excluded(program, judged))
            continue
        reason = reason_of(ladder, candidates[key], base[key], pins.get(key), tops)
        assignments.append(_assigned(program, candidates[key], rank.get(key), reason))
    ties = [*(tie for result in tops.values() for tie in result.ties), *seated.ties]
    return Outcome(tuple(assignments), summarize(program, everyone, assignments, seated.seats, ties, as_of))


def uncovered(tier: Tier, judged: Judged) -> tuple[str, ...]:
    """The tier's coverage fields that are empty for the account."""
    return tuple(field.name for field in tier.coverage if read(field, judged.facts) in (None, ()))


def _excluded(program: Program, judged: Judged) -> Assignment:
    assert judged.exclusion is not None
    reason = "".join(str(part) for part in reasons.excluded(judged.exclusion))
    scores = {score.name: None for score in program.scores}
    return Assignment(judged.facts.key, None, judged.exclusion.name, scores, None, None, (), reason)


def _assigned(program: Program, candidate: Candidate, rank: int | None, reason: str) -> Assignment:
    judged, tier = candidate.judged, candidate.tier
    scores: dict[str, int | None] = {}
    for score in program.scores:
        value = judged.facts.defined[score.name]
        assert value is None or isinstance(value, int)
        scores[score.name] = value
    if tier is None:
        return Assignment(judged.facts.key, None, None, scores, rank, None, (), reason)
    cluster = judged.clusters.get(tier.name)
    return Assignment(judged.facts.key, tier.name, None, scores, rank, cluster, uncovered(tier, judged), reason)
