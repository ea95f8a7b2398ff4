"""Ways on which an account comes back to where it was with nothing about it changed."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence

import attrs

from tierlang.analysis.claims import both
from tierlang.analysis.moving.contradictions import contradict
from tierlang.analysis.moving.steps import Moves, Step
from tierlang.program.expressions import Expression
from tierlang.program.nodes import Tier, Trigger

LONGEST = 4
"""Cycles of more steps are not looked for: whoever gets rid of the short ones has few left."""
MOST, CLOSELY = 2_000, 100
"""So many cycles of triggers are looked at, and so many of them closely."""
WAYS = 8
"""So many ways are looked at in which a review can take back one step."""

CanBe = Callable[[Expression], bool]
"""Whether an account can be so: only false where that is proved."""


@attrs.frozen(eq=False)
class Cycle:
    """Steps that end where they began; the first is the one written first among those of a trigger."""

    steps: tuple[Step, ...]

    @property
    def claim(self) -> Expression:
        """Whether one account can take all of the steps."""
        return both(*(step.claim for step in self.steps))

    @property
    def core(self) -> tuple[Expression, ...]:
        """What is asked first."""
        return tuple(part for step in self.steps for part in step.core)

    @property
    def triggers(self) -> tuple[Trigger, ...]:
        """The triggers that take part, each once."""
        return tuple(dict.fromkeys(step.trigger for step in self.steps if step.trigger is not None))

    @property
    def tiers(self) -> tuple[Tier, ...]:
        """The tiers that it goes through, from the first."""
        return tuple(step.source for step in self.steps)


def of_triggers(moves: Moves, can_be: CanBe) -> Iterator[Cycle]:
    """Those that triggers alone go round, the shortest first; without those whose conditions exclude each other."""
    steps: dict[str, list[Step]] = {tier.name: [] for tier in moves.ladder.tiers}
    for step in trigger_steps(moves):
        if step.to is not None:
            steps[step.source.name].append(step)
    known: dict[frozenset[int], bool] = {}
    left = CLOSELY
    for found in itertools.islice(_rounds(steps), MOST):
        cycle = Cycle(_from_first(moves, found))
        asked = frozenset(map(id, cycle.core))
        if asked not in known:
            known[asked] = not contradict(*cycle.core) and can_be(both(*cycle.core))
        if known[asked] and not contradict(cycle.claim):
            left -= 1
            yield cycle
        if not left:
            return


def _rounds(steps: Mapping[str, Sequence[Step]]) -> Iterator[tuple[Step, ...]]:
    """The ways that end where they begin, and pass no tier twice; each once, from its best tier."""
    names = list(steps)
    for length in range(2, LONGEST + 1):
        for at, home in enumerate(names):
            yield from _on(steps, home, frozenset(names[: at + 1]), (), length)


def _on(
    steps: Mapping[str, Sequence[Step]], home: str, passed: frozenset[str], begun: tuple[Step, ...], length: int
) -> Iterator[tuple[Step, ...]]:
    """The rest of a way."""
    here = begun[-1].to.name if begun and begun[-1].to is not None else home
    for step in steps[here]:
        assert step.to is not None
        if len(begun) + 1 == length:
            if step.to.name == home:
                yield (*begun, step)
        elif step.to.name not in passed:
            yield from _on(steps, home, passed | {step.to.name}, (*begun, step), length)


def _from_first(moves: Moves, steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The same round, from the trigger that is written first."""
    written = [next(at for at, each in enumerate(moves.triggers) if each is step.trigger) for step in steps]
    first = written.index(min(written))
    return (*steps[first:], *steps[:first])


def trigger_steps(moves: Moves) -> Iterator[Step]:
    """Every step of every trigger, of accounts that do not change."""
    for trigger in moves.triggers:
        for source in moves.sources(trigger):
            yield from moves.steps(trigger, source, frozen=True)


def with_reviews(moves: Moves, can_be: CanBe, *, up: bool) -> Iterator[Cycle]:
    """Those of a trigger that promotes (`up`) or demotes, and a review that takes it back; without those whose conditions exclude each other."""
    known: dict[frozenset[int], bool] = {}

    def joined(*parts: Expression) -> bool:
        asked = frozenset(map(id, parts))
        if asked not in known:
            known[asked] = can_be(both(*parts))
        return known[asked]

    for step in trigger_steps(moves):
        if step.trigger is None or step.trigger.up != up or step.to is None:
            continue
        left = WAYS
        for back in moves.reviews(step.to, step.source, frozen=True):
            if not left or contradict(step.claim, back.claim):
                continue
            if joined(*step.core, *back.core) and joined(*step.core, *back.taken):
                left -= 1
                yield Cycle((step, back))
