"""Triggers and holds asked of an account that holds a tier: which of them hold, where a trigger leads, and which one counts."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from tierlang.engines.interpreter.adjusting import Gates, Way, way_down
from tierlang.engines.interpreter.expressions import holds
from tierlang.engines.interpreter.facts import Facts
from tierlang.program import move_reasons
from tierlang.program.nodes import Hold, Ladder, Program, Tier, Trigger


@attrs.frozen
class Fired:
    """A trigger whose condition holds for an account in one of its sources. `way` is where it leads (None: nowhere), `blocked` the first hold that blocks it."""

    trigger: Trigger
    way: Way | None
    blocked: Hold | None

    @property
    def words(self) -> str:
        """What people read of the move."""
        assert self.way is not None
        to = self.way.to
        return move_reasons.moved(self.trigger, to.name if to else None, stopped=self.way.stopped)


@attrs.frozen
class Moving:
    """What triggers would do with an account: `by` moves it; where nothing does, `held` would but for a hold."""

    by: Fired | None
    held: Fired | None


def holds_on(program: Program, facts: Facts) -> tuple[Hold, ...]:
    """The holds that hold for an account; they do nothing for one that holds no tier."""
    if program.mobility is None or facts.holding is None or facts.holding.tier is None:
        return ()
    return tuple(hold for hold in program.mobility.holds if holds(hold.when, facts))


def blocks(hold: Hold, *, up: bool) -> bool:
    """Whether it stops a move in this direction."""
    return hold.both_ways or not up


def fired(program: Program, facts: Facts, gates: Gates) -> tuple[Fired, ...]:
    """The triggers that fire for the account, in the order of the file."""
    held = facts.holding.tier if facts.holding is not None else None
    if program.mobility is None or held is None:
        return ()
    on = holds_on(program, facts)
    return tuple(
        Fired(
            trigger,
            way_of(program.ladders[0], trigger, held, gates),
            next((hold for hold in on if blocks(hold, up=trigger.up)), None),
        )
        for trigger in program.mobility.triggers
        if held in trigger.sources and holds(trigger.when, facts)
    )


def way_of(ladder: Ladder, trigger: Trigger, held: str, gates: Gates) -> Way | None:
    """Where the trigger leads from the tier that the account holds; None: nowhere."""
    names = [tier.name for tier in ladder.tiers]
    at = names.index(held)
    if trigger.to is not None:
        target = names.index(trigger.to)
    else:
        steps = trigger.steps or 0
        target = max(at - steps, 0) if trigger.up else min(at + steps, len(names) - 1)
    if target == at:
        return None
    way = way_down(ladder, target, at if trigger.up else len(names), gates)
    return None if trigger.up and way.to is None else way


def first_of(every: Sequence[Fired]) -> Moving:
    """The first that no hold blocks; where that leads nowhere, or there is none, the first before it that only a hold keeps from leading somewhere."""
    at = next((at for at, each in enumerate(every) if each.blocked is None), len(every))
    if at < len(every) and every[at].way is not None:
        return Moving(every[at], None)
    return Moving(None, next((each for each in every[:at] if each.way is not None), None))


def tier_named(ladder: Ladder, name: str | None) -> Tier | None:
    """The tier of this name."""
    return next((tier for tier in ladder.tiers if tier.name == name), None)
