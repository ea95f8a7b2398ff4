"""One ladder with everyone on it: tops, base tiers, pins, adjustments, seats."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import attrs

from tierlang.engines.interpreter.adjusting import Adjusted, Gates, adjust
from tierlang.engines.interpreter.capacity import Candidate, Seated, seat
from tierlang.engines.interpreter.deciding import decision_of
from tierlang.engines.interpreter.facts import Facts
from tierlang.engines.interpreter.matching import Tried, base_tier, gates_of, try_tiers, two_that_fit
from tierlang.engines.interpreter.moving import Course, Mover
from tierlang.engines.interpreter.population import TopResult, ranks, top
from tierlang.engines.interpreter.words import Tops, reason_of
from tierlang.program.holdings import Decision, Occasion
from tierlang.program.nodes import Ladder, Pin, Program, Tier
from tierlang.program.outcome import Conflict, Stopped

SHOWN = 20
"""How many faulty or conflicting accounts a stopped run names."""


@attrs.frozen
class Path:
    """How one eligible account got to its tier on a ladder; `pin` is one in force, and then nothing is adjusted.

    In a run that knows the past `course` says what became of it; an account that was not placed afresh has no base here, and was not adjusted.
    """

    tried: tuple[Tried, ...]
    base: Tier | None
    pin: Pin | None
    adjusted: Adjusted | None
    candidate: Candidate
    rank: int | None
    reason: str
    course: Course | None = None

    @property
    def tier(self) -> Tier | None:
        """Where it ended."""
        return self.candidate.tier


@attrs.frozen
class Placed:
    """One ladder placed: its tops by tier, the way of every eligible account by key, and how the seats were used.

    In a run that knows the past `decisions` has, for the first ladder, what was decided about each.
    """

    ladder: Ladder
    tops: Tops
    paths: Mapping[str, Path]
    seated: Seated
    decisions: Mapping[str, Decision] | None = None


def place_on(
    program: Program, position: int, eligible: Sequence[Facts], as_of: dt.date, occasion: Occasion | None = None
) -> Placed | Stopped:
    """Everyone on the ladder at this position; those that its gates and adjustments read are placed. Each account learns its final tier.

    With an `occasion` the accounts have memories, which count on the first ladder.
    """
    ladder = program.ladders[position]
    tops = {tier.name: top(tier.name, tier.top, ladder, eligible) for tier in ladder.tiers if tier.top is not None}
    gates = {facts.key: gates_of(ladder, facts) for facts in eligible}
    tried = {facts.key: try_tiers(ladder, facts, gates[facts.key], _inside(facts, tops)) for facts in eligible}
    conflicts = _conflicts(tried) if ladder.unique and not ladder.separate else []
    if conflicts:
        return Stopped((), 0, tuple(conflicts[:SHOWN]), len(conflicts))
    # Only the ruleset's own ladder has pins.
    pins = {pin.key: pin for pin in program.pins if pin.in_force(as_of)} if position == 0 else {}
    if position == 0 and occasion is not None:
        mover = Mover(program, occasion, tops)
        courses = {
            each.key: mover.course_of(each, tried[each.key], gates[each.key], pins.get(each.key)) for each in eligible
        }
        return _seated(ladder, eligible, tried, gates, pins, courses, tops)
    base = {key: base_tier(each) for key, each in tried.items()}
    adjusted = {
        facts.key: adjust(ladder, position, base[facts.key], facts, gates[facts.key])
        for facts in eligible
        if facts.key not in pins
    }
    candidates = {
        facts.key: _candidate(ladder, facts, gates[facts.key], adjusted.get(facts.key), pins.get(facts.key))
        for facts in eligible
    }
    seated = seat(ladder, list(candidates.values()))
    rank = ranks(ladder, eligible)
    paths: dict[str, Path] = {}
    for facts in eligible:
        key = facts.key
        candidate, pin = candidates[key], pins.get(key)
        facts.tiers[position] = candidate.tier.name if candidate.tier else None
        reason = reason_of(ladder, candidate, base[key], pin, adjusted.get(key), tops)
        paths[key] = Path(tried[key], base[key], pin, adjusted.get(key), candidate, rank.get(key), reason)
    return Placed(ladder, tops, paths, seated)


def _seated(
    ladder: Ladder,
    eligible: Sequence[Facts],
    tried: Mapping[str, tuple[Tried, ...]],
    gates: Mapping[str, Gates],
    pins: Mapping[str, Pin],
    courses: Mapping[str, Course],
    tops: Tops,
) -> Placed:
    """Seats for the accounts and for their moves that wait for an approval, and what is decided then."""
    stand = {facts.key: courses[facts.key].candidates(facts, gates[facts.key]) for facts in eligible}
    every = [each for pair in stand.values() for each in pair if each is not None]
    seated, rank = seat(ladder, every), ranks(ladder, eligible)
    paths: dict[str, Path] = {}
    decisions: dict[str, Decision] = {}
    for facts in eligible:
        key = facts.key
        course, (own, beside) = courses[key], stand[key]
        decision = decisions[key] = decision_of(course, facts.holding, own, beside)
        facts.tiers[0] = decision.tier
        base, adjusted = (course.fresh.base, course.fresh.adjusted) if course.fresh is not None else (None, None)
        paths[key] = Path(tried[key], base, pins.get(key), adjusted, own, rank.get(key), decision.reason, course)
    return Placed(ladder, tops, paths, seated, decisions)


def _inside(facts: Facts, tops: Mapping[str, TopResult]) -> dict[str, bool]:
    return {tier: facts.key in result.inside for tier, result in tops.items()}


def _conflicts(tried: Mapping[str, tuple[Tried, ...]]) -> list[Conflict]:
    pairs = [(key, two_that_fit(each)) for key, each in tried.items()]
    return [Conflict(key, pair[0].name, pair[1].name) for key, pair in pairs if pair is not None]


def _candidate(ladder: Ladder, facts: Facts, gates: Gates, adjusted: Adjusted | None, pin: Pin | None) -> Candidate:
    if adjusted is not None:
        return Candidate(facts, gates, adjusted.start, pinned=False, secured=adjusted.secured)
    assert pin is not None
    return Candidate(facts, gates, next(tier for tier in ladder.tiers if tier.name == pin.tier), pinned=True)
