"""The steps that an account can take over time: a trigger moves it between reviews, or a review places it afresh. Each is a claim about the account's facts.

Left out, so that a step that is possible is one that really happens: accounts with pins, and capacities.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from tierlang.analysis.claims import FALSE, both, holds, satisfies
from tierlang.analysis.moving.adjusting import Adjustments
from tierlang.analysis.moving.standing import Standing
from tierlang.program.expressions import AnyOf, Expression, FirstOf, Not
from tierlang.program.nodes import Condition, Ladder, Program, Tier, Trigger


@attrs.frozen(eq=False)
class Step:
    """An account that holds `source` ends in `to` (None: in no tier) if the claim is true of it. `trigger` None: a review places it there.

    `core` are parts of the claim that are asked fast, and mostly enough to see that it cannot be so together with another step; `taken` is another such part, asked apart from them.
    """

    source: Tier
    to: Tier | None
    trigger: Trigger | None
    claim: Expression
    core: tuple[Expression, ...]
    taken: tuple[Expression, ...] = ()


class Moves:
    """What a program's mobility does with an account that holds a tier. `frozen`: the account's facts have not changed for long."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.standing = Standing(program)
        self.ladder: Ladder = program.ladders[0]
        self.triggers: tuple[Trigger, ...] = () if program.mobility is None else program.mobility.triggers
        self.adjustments = Adjustments(self.ladder)
        self._effective: dict[tuple[int, str, bool], Expression] = {}
        self._asked: dict[tuple[int, str, bool], Expression] = {}

    def tier(self, name: str) -> Tier:
        """The tier of this name."""
        return next(tier for tier in self.ladder.tiers if tier.name == name)

    def position(self, tier: Tier) -> int:
        """Its position, from the best."""
        return next(at for at, each in enumerate(self.ladder.tiers) if each.name == tier.name)

    def sources(self, trigger: Trigger) -> tuple[Tier, ...]:
        """The tiers that a trigger moves from."""
        return tuple(tier for tier in self.ladder.tiers if tier.name in trigger.sources)

    def target(self, trigger: Trigger, source: Tier) -> Tier:
        """Where a trigger would take an account of this tier, were it not for gates."""
        if trigger.to is not None:
            return self.tier(trigger.to)
        assert trigger.steps is not None
        at = self.position(source) + (-trigger.steps if trigger.up else trigger.steps)
        return self.ladder.tiers[min(max(at, 0), len(self.ladder.tiers) - 1)]

    def asked(self, condition: Condition, source: Tier, *, frozen: bool = False) -> Expression:
        """Whether a condition holds for an account of this tier; the same node each time."""
        test = self.standing.of(condition.test, source.name, frozen=frozen)
        key = (id(condition), "" if test is condition.test else source.name, frozen)
        if key not in self._asked:
            self._asked[key] = FirstOf((test, FALSE))
        return self._asked[key]

    def wants(self, trigger: Trigger, source: Tier, *, frozen: bool = False) -> Expression:
        """Whether a trigger's condition holds for an account of this tier, and no hold keeps it from moving it."""
        key = (id(trigger), source.name, frozen)
        if key not in self._effective:
            holding = self.blocked(source, trigger.up, frozen=frozen)
            self._effective[key] = both(
                self.asked(trigger.when, source, frozen=frozen), *(Not(each) for each in holding)
            )
        return self._effective[key]

    def blocked(self, source: Tier, up: bool, *, frozen: bool = False) -> tuple[Expression, ...]:
        """What keeps an account of this tier from going up, or down."""
        mobility = self.program.mobility
        holding = () if mobility is None else mobility.holds
        return tuple(self.asked(each.when, source, frozen=frozen) for each in holding if each.both_ways or not up)

    def before(self, trigger: Trigger, source: Tier) -> tuple[Trigger, ...]:
        """The triggers that are asked before this one of an account of this tier."""
        at = next(at for at, each in enumerate(self.triggers) if each is trigger)
        return tuple(each for each in self.triggers[:at] if source.name in each.sources)

    def fires(self, trigger: Trigger, source: Tier, *, frozen: bool = False) -> Expression:
        """Whether a trigger is the first that wants an account of this tier."""
        earlier = (Not(self.wants(each, source, frozen=frozen)) for each in self.before(trigger, source))
        return both(self.wants(trigger, source, frozen=frozen), *earlier)

    def ways(self, trigger: Trigger, source: Tier) -> Sequence[Tier]:
        """The tiers that a trigger offers an account of this tier, in order; after the last a demoted one is in none."""
        at, to = self.position(source), self.position(self.target(trigger, source))
        return self.ladder.tiers[to:at] if trigger.up else self.ladder.tiers[to:]

    def steps(self, trigger: Trigger, source: Tier, *, frozen: bool = False) -> Iterator[Step]:
        """Each step that a trigger can take from this tier to another."""
        fires = self.fires(trigger, source, frozen=frozen)
        core = (self.asked(trigger.when, source, frozen=frozen),)
        closed: list[Expression] = []
        for tier in self.ways(trigger, source):
            claims = (fires, *closed, *(() if tier.gate is None else (holds(tier.gate),)))
            yield Step(source, tier, trigger, both(*claims), core)
            if tier.gate is None:
                return
            closed.append(Not(holds(tier.gate)))
        if not trigger.up:
            yield Step(source, None, trigger, both(fires, *closed), core)

    def enters(self, tier: Tier, held: Tier, *, frozen: bool = False) -> Expression:
        """Whether a review takes an account for this tier that holds one: by line, top and gate, or, where it holds this one, by `keep while`."""
        taken = satisfies(self.ladder, tier)
        if tier.keep is None or tier.name != held.name:
            return taken
        return AnyOf((taken, self.asked(tier.keep, held, frozen=frozen)))

    def placed(self, tier: Tier, held: Tier, *, frozen: bool = False) -> Expression:
        """Whether the base tier that a review gives an account that holds one is this one."""
        at = self.position(tier)
        others = [
            each
            for place, each in enumerate(self.ladder.tiers)
            if not each.otherwise and place != at and (tier.otherwise or place < at)
        ]
        own = () if tier.otherwise else (self.enters(tier, held, frozen=frozen),)
        return both(*own, *(Not(self.enters(each, held, frozen=frozen)) for each in others))

    def none(self, held: Tier, *, frozen: bool = False) -> Expression:
        """Whether a review finds no base tier for an account that holds one."""
        if any(each.otherwise for each in self.ladder.tiers):
            return FALSE
        return both(*(Not(self.enters(each, held, frozen=frozen)) for each in self.ladder.tiers))

    def reviews(self, source: Tier, to: Tier, *, frozen: bool = False) -> Iterator[Step]:
        """The ways in which a review takes an account from one tier to another: those on which no adjustment helps first."""
        up = self.position(to) < self.position(source)
        blocked = tuple(Not(each) for each in self.blocked(source, up, frozen=frozen))
        others = [each for each in self.ladder.tiers if each.name != to.name]
        for base in (to, *others, None):
            if base is None:
                placed = self.none(source, frozen=frozen)
                taken: tuple[Expression, ...] = ()
            else:
                placed = self.placed(base, source, frozen=frozen)
                taken = (self.enters(base, source, frozen=frozen),)
            worse = base is None or self.position(base) > self.position(source)
            left = (Not(self.asked(source.keep, source, frozen=frozen)),) if worse and source.keep is not None else ()
            for end, claims in self.adjustments.ways(base):
                if end is not None and end.name == to.name:
                    core = (*claims, *blocked, *left)
                    yield Step(source, to, None, both(*core, placed), core, taken)
