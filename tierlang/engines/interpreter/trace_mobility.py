"""One account in a run that knows the past, for `explain`: what it holds, what keeps it there, and every trigger with what it asks."""

from __future__ import annotations

import attrs

from tierlang.engines.interpreter.adjusting import Way
from tierlang.engines.interpreter.asking import ConditionTrace, ask
from tierlang.engines.interpreter.expressions import holds
from tierlang.engines.interpreter.facts import Facts, Memory
from tierlang.engines.interpreter.matching import Answer, gates_of
from tierlang.engines.interpreter.triggers import Fired, blocks, first_of, tier_named, way_of
from tierlang.program.holdings import Decision, Holding, Occasion
from tierlang.program.nodes import Hold, Program, Tier, Trigger


@attrs.frozen
class Remembered:
    """What a run with a past knew of the account besides its data, and what it decided (None: nothing was)."""

    memory: Memory
    occasion: Occasion
    decision: Decision | None = None


@attrs.frozen
class KeepTrace:
    """The `keep while` of the tier that is the account's held base."""

    tier: Tier
    asked: ConditionTrace


@attrs.frozen
class HoldTrace:
    """A hold asked; it does nothing for an account that holds no tier."""

    hold: Hold
    asked: ConditionTrace

    @property
    def holds(self) -> bool:
        """Whether it holds."""
        return self.asked.answer is Answer.YES


@attrs.frozen
class TriggerTrace:
    """A trigger asked, whether it is from the held tier (`from_here`) or not.

    `way` is where it leads from the held tier (None: nowhere, or it is not from there), `blocked` the first hold that blocks it. `counts`: of those that hold it is the one that decides between reviews.
    """

    trigger: Trigger
    from_here: bool
    asked: ConditionTrace
    way: Way | None
    blocked: Hold | None
    counts: bool

    @property
    def holds(self) -> bool:
        """Whether its condition holds."""
        return self.asked.answer is Answer.YES


@attrs.frozen
class MobilityTrace:
    """Everything that moves the account over time or keeps it. `settled` says whether its last move still settles it; `kept` is the held base, where its `keep` counts and holds."""

    holding: Holding | None
    occasion: Occasion
    decision: Decision | None
    settled: bool
    keep: KeepTrace | None
    holds: tuple[HoldTrace, ...]
    triggers: tuple[TriggerTrace, ...]

    @property
    def kept(self) -> Tier | None:
        """The tier that the account has by `keep while`, if not by its line and gate."""
        return self.keep.tier if self.keep is not None and self.keep.asked.answer is Answer.YES else None


def trace_mobility(program: Program, facts: Facts, remembered: Remembered) -> MobilityTrace:
    """Ask everything that mobility asks; the tiers of the ladders that it reads are known."""
    holding = remembered.memory.holding
    mobility = program.mobility
    holding_tier = holding is not None and holding.tier is not None
    asked_holds = tuple(HoldTrace(each, ask(each.when, facts)) for each in (mobility.holds if mobility else ()))
    on = [each.hold for each in asked_holds if each.holds] if holding_tier else []
    return MobilityTrace(
        holding=holding,
        occasion=remembered.occasion,
        decision=remembered.decision,
        settled=holding is not None and holding.settled_until is not None and facts.as_of < holding.settled_until,
        keep=_keep(program, facts, holding),
        holds=asked_holds,
        triggers=_triggers(program, facts, on),
    )


def _keep(program: Program, facts: Facts, holding: Holding | None) -> KeepTrace | None:
    if holding is None or holding.retired is not None or holding.pinned:
        return None
    base = tier_named(program.ladders[0], holding.base)
    return None if base is None or base.keep is None else KeepTrace(base, ask(base.keep, facts))


def _triggers(program: Program, facts: Facts, on: list[Hold]) -> tuple[TriggerTrace, ...]:
    ladder, held = program.ladders[0], facts.holding.tier if facts.holding is not None else None
    gates = gates_of(ladder, facts.aside())
    found: list[TriggerTrace] = []
    firing: list[Fired] = []
    for trigger in program.mobility.triggers if program.mobility is not None else ():
        way = way_of(ladder, trigger, held, gates) if held is not None and held in trigger.sources else None
        blocked = next((hold for hold in on if blocks(hold, up=trigger.up)), None)
        from_here = held in trigger.sources
        found.append(TriggerTrace(trigger, from_here, ask(trigger.when, facts), way, blocked, counts=False))
        if from_here and holds(trigger.when, facts.aside()):
            firing.append(Fired(trigger, way, blocked))
    moving = first_of(firing)
    first = moving.by or moving.held
    return tuple(attrs.evolve(each, counts=first is not None and first.trigger is each.trigger) for each in found)
