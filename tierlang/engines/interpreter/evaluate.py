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
from tierlang.engines.interpreter.words import excluded_reason, reason_of
from tierlang.program.nodes import Definition, Ladder, Percentile, Pin, Program, Tier
from tierlang.program.outcome import Assignment, Conflict, Fault, Stopped, Summary

_SHOWN = 20


@attrs.frozen
class Outcome:
    """One assignment per account, in the order of the input, and the figures of the whole."""

    assignments: tuple[Assignment, ...]
    summary: Summary


@attrs.frozen
class Survey:
    """The population before anyone is placed: every account, the tops by tier, and by key the tiers tried on each eligible account."""

    everyone: tuple[Judged, ...]
    tops: Mapping[str, TopResult]
    tried: Mapping[str, tuple[Tried, ...]]

    @property
    def eligible(self) -> list[Judged]:
        """The accounts that no exclusion took."""
        return [judged for judged in self.everyone if judged.exclusion is None]


def evaluate(program: Program, accounts: Sequence[Account], as_of: dt.date) -> Outcome | Stopped:
    """The tier of every account, or why there is none; keys must be distinct."""
    surveyed = survey(program, accounts, as_of)
    return surveyed if isinstance(surveyed, Stopped) else place(program, surveyed, as_of)


def survey(program: Program, accounts: Sequence[Account], as_of: dt.date) -> Survey | Stopped:
    """Definitions, exclusions, percentiles, gates and tops; stops on faults and on accounts that satisfy two tiers."""
    if len({account.key for account in accounts}) < len(accounts):
        raise ValueError("two accounts have the same key")
    ladder = program.ladders[0]
    everyone = tuple(begin(program, account, as_of) for account in accounts)
    for definition in program.relative:
        _define_together(definition, everyone)
    for judged in everyone:
        finish(ladder, judged)
    faults = [Fault(judged.facts.key, judged.facts.faults[0]) for judged in everyone if judged.facts.faults]
    if faults:
        return Stopped(tuple(faults[:_SHOWN]), len(faults), (), 0)
    eligible = [judged for judged in everyone if judged.exclusion is None]
    facts = [judged.facts for judged in eligible]
    tops = {tier.name: top(tier.name, tier.top, ladder, facts) for tier in ladder.tiers if tier.top is not None}
    tried = {judged.facts.key: try_tiers(ladder, judged, _tops_of(judged, tops)) for judged in eligible}
    conflicts = _conflicts(tried) if ladder.unique and not ladder.separate else []
    if conflicts:
        return Stopped((), 0, tuple(conflicts[:_SHOWN]), len(conflicts))
    return Survey(everyone, tops, tried)


def _define_together(definition: Definition, everyone: Sequence[Judged]) -> None:
    """One relative definition for all accounts; only eligible ones have percentiles."""
    for judged in everyone:
        define(definition, judged.facts)
    if isinstance(definition, Percentile):
        inside = [each for each in everyone if _holds_in(definition, each)]
        found = percentiles(definition, [each.facts for each in inside if each.exclusion is None])
        for judged in everyone:
            judged.facts.defined[definition.name] = found.get(judged.facts.key)


def _holds_in(percentile: Percentile, judged: Judged) -> bool:
    return percentile.where is None or holds(percentile.where, judged.facts, percentile.text) is True


def _tops_of(judged: Judged, tops: Mapping[str, TopResult]) -> dict[str, bool]:
    return {tier: judged.facts.key in result.inside for tier, result in tops.items()}


def _conflicts(tried: Mapping[str, tuple[Tried, ...]]) -> list[Conflict]:
    pairs = [(key, two_that_fit(each)) for key, each in tried.items()]
    return [Conflict(key, pair[0].name, pair[1].name) for key, pair in pairs if pair is not None]


def place(program: Program, surveyed: Survey, as_of: dt.date) -> Outcome:
    """Base tiers, pins, capacities; then what each account's final tier says of it."""
    ladder = program.ladders[0]
    pins = {pin.key: pin for pin in program.pins if pin.in_force(as_of)}
    base = {key: base_tier(tried) for key, tried in surveyed.tried.items()}
    candidates = {judged.facts.key: _candidate(ladder, judged, pins, base) for judged in surveyed.eligible}
    seated = seat(ladder, list(candidates.values()))
    rank = ranks(ladder, [judged.facts for judged in surveyed.eligible])
    assignments: list[Assignment] = []
    for judged in surveyed.everyone:
        key = judged.facts.key
        if judged.exclusion is not None:
            assignments.append(_excluded(program, judged))
        else:
            reason = reason_of(ladder, candidates[key], base[key], pins.get(key), surveyed.tops)
            assignments.append(_assigned(program, candidates[key], rank.get(key), reason))
    ties = [*(tie for result in surveyed.tops.values() for tie in result.ties), *seated.ties]
    return Outcome(tuple(assignments), summarize(program, surveyed.everyone, assignments, seated.seats, ties, as_of))


def _candidate(ladder: Ladder, judged: Judged, pins: Mapping[str, Pin], base: Mapping[str, Tier | None]) -> Candidate:
    pin = pins.get(judged.facts.key)
    if pin is None:
        return Candidate(judged, base[judged.facts.key], pinned=False)
    return Candidate(judged, next(tier for tier in ladder.tiers if tier.name == pin.tier), pinned=True)


def _excluded(program: Program, judged: Judged) -> Assignment:
    assert judged.exclusion is not None
    scores = {score.name: None for score in program.scores}
    reason = excluded_reason(judged.exclusion)
    return Assignment(judged.facts.key, None, judged.exclusion.name, scores, None, None, (), reason)


def _assigned(program: Program, candidate: Candidate, rank: int | None, reason: str) -> Assignment:
    judged, tier = candidate.judged, candidate.tier
    scores: dict[str, int | None] = {}
    for score in program.scores:
        value = judged.facts.defined[score.name]
        assert value is None or isinstance(value, int)
        scores[score.name] = value
    return Assignment(
        key=judged.facts.key,
        tier=tier.name if tier else None,
        excluded=None,
        scores=scores,
        rank=rank,
        cluster=judged.clusters.get(tier.name) if tier else None,
        uncovered=_uncovered(tier, judged) if tier else (),
        reason=reason,
    )


def _uncovered(tier: Tier, judged: Judged) -> tuple[str, ...]:
    return tuple(field.name for field in tier.coverage if read(field, judged.facts) in (None, ()))
