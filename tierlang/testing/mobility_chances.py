"""What triggers, holds and `keep while` can decide about accounts that hold a tier."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

import attrs

from tierlang.engines.interpreter.expressions import holds
from tierlang.engines.interpreter.facts import Facts
from tierlang.program.nodes import Condition, Program, Tier, Trigger
from tierlang.source import Span
from tierlang.testing.results import Ran

Seen = Callable[[Ran], bool]


@attrs.frozen
class Lasting:
    """One way in which one of them can come out, and whether a run shows it."""

    sort: Literal["triggers", "holds", "keeps"]
    what: str
    never: str
    span: Span | None
    seen: Seen


def mobility_chances(program: Program) -> Iterator[Lasting]:
    """A trigger fires for an account or not; a hold holds for a holder or not; a `keep while` keeps one whose line has gone, or lets it go."""
    mobility = program.mobility
    for trigger in mobility.triggers if mobility is not None else ():
        what = f"{trigger.direction} {trigger.name}"
        yield Lasting("triggers", what, "never fires", trigger.span, _fires(trigger))
        yield Lasting("triggers", what, "never false", trigger.span, _fires_not(trigger))
    for hold in mobility.holds if mobility is not None else ():
        what = f"hold {hold.name}"
        yield Lasting("holds", what, "never true", hold.span, _of_holder(hold.when, wanted=True))
        yield Lasting("holds", what, "never false", hold.span, _of_holder(hold.when, wanted=False))
    for at, tier in enumerate(program.ladders[0].tiers):
        if tier.keep is not None:
            what, span = f"tier {tier.name} keep while {tier.keep.text}", tier.keep.span or tier.span
            yield Lasting("keeps", what, "never keeps", span, _keeps(tier, at))
            yield Lasting("keeps", what, "never lets go", span, _lets_go(tier, tier.keep, at))


def _fires(trigger: Trigger) -> Seen:
    """It moves an account, or would but for what that waits for."""
    return lambda ran: any(each.trigger == trigger.name for each in ran.decisions.values())


def _fires_not(trigger: Trigger) -> Seen:
    """It is asked of an account that holds one of its sources, and does not hold."""

    def seen(ran: Ran) -> bool:
        if ran.occasion is None or ran.occasion.review:
            return False
        asked = [each for each in _holders(ran) if each.holding is not None and each.holding.tier in trigger.sources]
        return any(holds(trigger.when, each.aside()) is not True for each in asked)

    return seen


def _of_holder(when: Condition, *, wanted: bool) -> Seen:
    return lambda ran: any((holds(when, each.aside()) is True) == wanted for each in _holders(ran))


def _holders(ran: Ran) -> list[Facts]:
    """The eligible accounts that hold a tier."""
    every = [each.facts for each in ran.surveyed.eligible]
    return [each for each in every if each.holding is not None and each.holding.tier is not None]


def _keeps(tier: Tier, at: int) -> Seen:
    """An account is placed there by nothing else."""

    def seen(ran: Ran) -> bool:
        return any(path.base is tier and not path.tried[at].fits for path in ran.outcome.placed[0].paths.values())

    return seen


def _lets_go(tier: Tier, keep: Condition, at: int) -> Seen:
    """An account whose held base it is does not meet its line any more, nor this."""

    def seen(ran: Ran) -> bool:
        for path in ran.outcome.placed[0].paths.values():
            facts, course = path.candidate.facts, path.course
            held = facts.holding.base if facts.holding is not None else None
            if course is None or course.cause != "review" or held != tier.name or path.tried[at].fits:
                continue
            if holds(keep, facts.aside()) is not True:
                return True
        return False

    return seen
