"""A whole population through a program, step by step in the order that the language promises."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import attrs

from tierlang.engines.interpreter.deciding import closed
from tierlang.engines.interpreter.definitions import Judged, begin, cluster_of, define, finish
from tierlang.engines.interpreter.expressions import holds
from tierlang.engines.interpreter.facts import Account, Facts, memory_of
from tierlang.engines.interpreter.placing import SHOWN, Path, Placed, place_on
from tierlang.engines.interpreter.population import percentiles, read
from tierlang.engines.interpreter.summary import summarize
from tierlang.engines.interpreter.words import excluded_reason
from tierlang.program.holdings import Decision, Occasion, Past
from tierlang.program.nodes import Definition, Exclusion, Percentile, Program, Tier
from tierlang.program.outcome import Assignment, Fault, Placement, Stopped, Summary


@attrs.frozen
class Outcome:
    """One assignment per account, in the order of the input, and the figures of the whole; `placed` are the ladders, in the program's order.

    `decisions` are those of a run that knows the past, in the order of the input; none without one.
    """

    assignments: tuple[Assignment, ...]
    summary: Summary
    placed: tuple[Placed, ...] = attrs.field(eq=False, repr=False)
    decisions: tuple[Decision, ...] = ()


@attrs.frozen
class Survey:
    """The population before anyone is placed."""

    everyone: tuple[Judged, ...]

    @property
    def eligible(self) -> list[Judged]:
        """The accounts that no exclusion took."""
        return [judged for judged in self.everyone if judged.exclusion is None]


def evaluate(
    program: Program,
    accounts: Sequence[Account],
    as_of: dt.date,
    past: Past | None = None,
    occasion: Occasion | None = None,
) -> Outcome | Stopped:
    """The tier of every account, or why there is none; keys must be distinct. With a past there is an occasion, and decisions come out."""
    surveyed = survey(program, accounts, as_of, past)
    return surveyed if isinstance(surveyed, Stopped) else place(program, surveyed, as_of, occasion)


def survey(program: Program, accounts: Sequence[Account], as_of: dt.date, past: Past | None = None) -> Survey | Stopped:
    """Facts, definitions, exclusions, percentiles, and every condition that reads no tier; stops on faults."""
    if len({account.key for account in accounts}) < len(accounts):
        raise ValueError("two accounts have the same key")
    everyone = tuple(begin(program, account, as_of, memory_of(past, account.key, program)) for account in accounts)
    for definition in program.relative:
        _define_together(definition, everyone)
    for judged in everyone:
        finish(program, judged.facts)
    faults = [Fault(judged.facts.key, judged.facts.faults[0]) for judged in everyone if judged.facts.faults]
    return Stopped(tuple(faults[:SHOWN]), len(faults), (), 0) if faults else Survey(everyone)


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


def place(program: Program, surveyed: Survey, as_of: dt.date, occasion: Occasion | None = None) -> Outcome | Stopped:
    """Every ladder after those that it reads; then what the final tiers say of each account. Stops on accounts that satisfy two tiers."""
    if any((judged.facts.memory is None) is not (occasion is None) for judged in surveyed.everyone):
        raise ValueError("a past and an occasion belong together")
    eligible = [judged.facts for judged in surveyed.eligible]
    by_position: dict[int, Placed] = {}
    for position in program.placing_order:
        placed = place_on(program, position, eligible, as_of, occasion)
        if isinstance(placed, Stopped):
            return placed
        by_position[position] = placed
    everywhere = tuple(by_position[position] for position in range(len(program.ladders)))
    assignments = [
        _assigned(program, judged.facts, everywhere)
        if judged.exclusion is None
        else _excluded(program, judged.facts.key, judged.exclusion)
        for judged in surveyed.everyone
    ]
    return Outcome(
        tuple(assignments),
        summarize(program, surveyed.everyone, assignments, everywhere, as_of),
        everywhere,
        tuple(_decisions(surveyed, everywhere[0])),
    )


def _decisions(surveyed: Survey, own: Placed) -> Iterator[Decision]:
    if own.decisions is None:
        return
    for judged in surveyed.everyone:
        if judged.exclusion is None:
            yield own.decisions[judged.facts.key]
        elif judged.facts.holding is not None:
            yield closed(judged.facts.key, judged.exclusion)


def _excluded(program: Program, key: str, exclusion: Exclusion) -> Assignment:
    nowhere = Placement(None, None, None, (), (), excluded_reason(exclusion))
    scores = {score.name: None for score in program.scores}
    return Assignment(key, exclusion.name, scores, tuple(nowhere for _ in program.ladders))


def _assigned(program: Program, facts: Facts, everywhere: Sequence[Placed]) -> Assignment:
    scores: dict[str, int | None] = {}
    for score in program.scores:
        value = facts.defined[score.name]
        assert value is None or isinstance(value, int)
        scores[score.name] = value
    return Assignment(
        key=facts.key,
        excluded=None,
        scores=scores,
        placements=tuple(_placement(facts, placed.paths[facts.key]) for placed in everywhere),
        marks=tuple(mark.name for mark in program.marks if holds(mark.when, facts)),
    )


def _placement(facts: Facts, path: Path) -> Placement:
    tier = path.tier
    return Placement(
        tier=tier.name if tier else None,
        rank=path.rank,
        cluster=cluster_of(tier, facts) if tier else None,
        uncovered=_uncovered(tier, facts) if tier else (),
        plays=_plays(tier, facts) if tier else (),
        reason=path.reason,
    )


def _plays(tier: Tier, facts: Facts) -> tuple[int, ...]:
    return tuple(at for at, play in enumerate(tier.plays) if play.when is None or holds(play.when, facts))


def _uncovered(tier: Tier, facts: Facts) -> tuple[str, ...]:
    return tuple(field.name for field in tier.coverage if read(field, facts) in (None, ()))
