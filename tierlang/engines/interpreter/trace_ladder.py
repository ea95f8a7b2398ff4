"""One account on one ladder, for `explain`: the tiers tried, what each raise, lower, floor and cap did, and what is done for it where it ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from tierlang.engines.interpreter.adjusting import Adjusted, Step, adjust
from tierlang.engines.interpreter.asking import ConditionTrace, ask
from tierlang.engines.interpreter.definitions import cluster_of
from tierlang.engines.interpreter.facts import Facts
from tierlang.engines.interpreter.matching import Answer, Tried, base_tier, gates_of, try_tiers
from tierlang.engines.interpreter.population import read
from tierlang.program.nodes import Bound, Ladder, Pin, Play, Program, Shift, Tier
from tierlang.program.values import Value


@attrs.frozen
class Decided:
    """What the population made of one account on one ladder: by tier whether it is in the top, and the name of the tier where it ended."""

    tops: Mapping[str, bool] = attrs.field(factory=dict)
    tier: str | None = None


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
class AdjustmentTrace:
    """A raise, lower, floor or cap asked, and the step it took part in: None where it decided nothing.

    Several shifts that add up, and a floor or cap beside a stronger one, share a step or have none. `holds_seat`: a floor that only holds the account's seat.
    """

    adjustment: Shift | Bound
    asked: ConditionTrace
    step: Step | None
    holds_seat: bool = False

    @property
    def does_something(self) -> bool:
        """Whether the account would not be where it is, or not as safely, without it."""
        return self.step is not None or self.holds_seat


@attrs.frozen
class PlayTrace:
    """A play of the tier where the account ended; `asked` is None for one without a condition."""

    play: Play
    asked: ConditionTrace | None

    @property
    def holds(self) -> bool:
        """Whether it is for the account."""
        return self.asked is None or self.asked.answer is Answer.YES


@attrs.frozen
class LadderTrace:
    """One account on one ladder.

    `base` is the tier by lines and gates, `adjusted` what raises, floors and caps made of it (None where a pin in force, or an exclusion, decides), `start` the tier that the capacities
    start from: the pin's, or the adjusted one. `ended` is where the population let it end. `clusters` says by tier which cluster it would have
    there. All of base, start and ended are None for an excluded account, and it has no plays.
    """

    ladder: Ladder
    tried: tuple[TierTrace, ...]
    base: Tier | None
    pin: Pin | None
    adjustments: tuple[AdjustmentTrace, ...]
    adjusted: Adjusted | None
    start: Tier | None
    ended: Tier | None
    clusters: Mapping[str, str | None]
    plays: tuple[PlayTrace, ...]


def trace_ladder(
    program: Program,
    position: int,
    facts: Facts,
    decided: Decided,
    pin: Pin | None,
    kept: Tier | None = None,
    *,
    excluded: bool,
) -> LadderTrace:
    """Follow the account on the ladder at this position; the final tiers of all ladders are known. `pin` is one in force, `kept` a tier that it may stay in whether it fits or not."""
    ladder = program.ladders[position]
    gates = gates_of(ladder, facts)
    tops = {tier.name: decided.tops.get(tier.name, False) for tier in ladder.tiers}
    tried = try_tiers(ladder, facts, gates, tops)
    base = None if excluded else base_tier(tried, kept)
    # Its own adjustments read the tier so far; a copy keeps the final one.
    meanwhile = attrs.evolve(facts, tiers=dict(facts.tiers))
    adjusted = None if excluded or pin is not None else adjust(ladder, position, base, meanwhile, gates)
    pinned = next((tier for tier in ladder.tiers if pin is not None and tier.name == pin.tier), None)
    ended = None if excluded else next((tier for tier in ladder.tiers if tier.name == decided.tier), None)
    return LadderTrace(
        ladder=ladder,
        tried=tuple(_tried(ladder, each, facts) for each in tried),
        base=base,
        pin=pin,
        adjustments=() if adjusted is None else _adjustments(ladder, position, adjusted, meanwhile),
        adjusted=adjusted,
        start=adjusted.start if adjusted is not None else None if excluded else pinned,
        ended=ended,
        clusters={tier.name: cluster_of(tier, facts) for tier in ladder.tiers if tier.cluster is not None},
        plays=() if ended is None else tuple(_play(play, facts) for play in ended.plays),
    )


def _tried(ladder: Ladder, tried: Tried, facts: Facts) -> TierTrace:
    tier = tried.tier
    by = tier.top.by if tier.top is not None else ladder.by if tier.line is not None else None
    return TierTrace(
        tier=tier,
        line=tried.line,
        top=tried.top,
        value=None if by is None else read(by, facts),
        gate=None if tier.gate is None else ask(tier.gate, facts),
        fits=tried.fits,
    )


def _adjustments(ladder: Ladder, position: int, adjusted: Adjusted, facts: Facts) -> tuple[AdjustmentTrace, ...]:
    """Every adjustment asked again, with the tier that stood before the step of its sort."""
    sorts: tuple[Iterable[Shift | Bound], ...] = (ladder.shifts, ladder.floors, ladder.caps)
    found: list[AdjustmentTrace] = []
    for step, each_of in zip(adjusted.steps, sorts, strict=True):
        facts.tiers[position] = None if step.before is None else step.before.name
        for each in each_of:
            took_part = any(each is cause for cause in step.causes)
            holds_seat = each is adjusted.holding
            found.append(AdjustmentTrace(each, ask(each.when, facts), step if took_part else None, holds_seat))
    return tuple(found)


def _play(play: Play, facts: Facts) -> PlayTrace:
    return PlayTrace(play, None if play.when is None else ask(play.when, facts))
