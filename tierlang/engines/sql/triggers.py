"""Triggers: which of them moves an account between reviews, or would, which hold keeps it from that, and where they lead."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
from sqlglot import exp

from tierlang.engines.sql import adjusting, names, trees
from tierlang.engines.sql import ladder as ladders
from tierlang.engines.sql.expressions import Lowering
from tierlang.engines.sql.moving import ASKED, HELD_BY, LED, MOVED_BY, Moving, bind
from tierlang.engines.sql.trees import Tree
from tierlang.program.nodes import Trigger


def choose(lowering: Lowering, moving: Moving, settled: Tree) -> Tree | None:
    """Bind the trigger that moves the account or would, the hold in its way, and where it leads; returns whether it moves the account, None where no trigger is asked."""
    goes = None
    if moving.triggers:
        every = [_Asked.of(lowering, moving, place, each) for place, each in enumerate(moving.triggers, start=1)]
        goes = _chosen(lowering, moving, every, settled)
    else:
        bind(lowering, moving, MOVED_BY, trees.number(0))
    sent = [
        (trees.compare("=", trees.column(names.HELD_RETIRED), trees.text(rule.name)), _number(moving, rule.to))
        for rule in moving.mobility.retired
        if rule.to is not None
    ]
    targets = [
        (trees.compare("=", trees.column(MOVED_BY), trees.number(place)), _target(moving, each))
        for place, each in enumerate(moving.triggers, start=1)
    ]
    bind(lowering, moving, ASKED, trees.choose([*sent, *targets], trees.number(0)))
    bind(lowering, moving, LED, adjusting.first_open(moving.own, trees.column(ASKED)))
    return goes


@attrs.frozen
class _Asked:
    """A trigger, from 1: whether it is there for the account, whether a hold blocks it, and whether it leads somewhere; None where nothing can keep it from that."""

    place: int
    trigger: Trigger
    applies: Tree
    blocked: Tree | None
    leads: Tree | None

    @classmethod
    def of(cls, lowering: Lowering, moving: Moving, place: int, trigger: Trigger) -> _Asked:
        held = trees.column(names.HELD_TIER)
        here = [trees.compare("=", held.copy(), _number(moving, source)) for source in trigger.sources]
        applies = lowering.layers.bind(trees.all_of(trees.any_of(*here), trees.column(names.trigger(place - 1))))
        holds = [trees.column(names.hold(at)) for at in blocking(moving, both_ways=trigger.up)]
        blocked = lowering.layers.bind(trees.any_of(*holds)) if holds else None
        return cls(place, trigger, applies, blocked, _leads(lowering, moving, trigger))

    @property
    def is_free(self) -> Tree:
        """Whether it is there and not blocked."""
        free = [] if self.blocked is None else [trees.negate(self.blocked.copy())]
        return trees.all_of(self.applies.copy(), *free)


def blocking(moving: Moving, *, both_ways: bool) -> list[int]:
    """The places of the holds that keep accounts from going down, or of those that keep them from going up."""
    return [place for place, each in enumerate(moving.holds) if each.both_ways or not both_ways]


def first_hold(moving: Moving, *, both_ways: bool) -> Tree:
    """The first hold that holds, of all or of those both ways, from 1; 0 for none."""
    holds = blocking(moving, both_ways=both_ways)
    return trees.choose(
        [(trees.column(names.hold(place)), trees.number(place + 1)) for place in holds], trees.number(0)
    )


def _chosen(lowering: Lowering, moving: Moving, every: Sequence[_Asked], settled: Tree) -> Tree:
    """The first trigger that no hold blocks, if it leads somewhere; else, for an account that is not settled, the first blocked one before it that does."""
    none = trees.number(0)
    first = trees.choose([(each.is_free, trees.number(each.place)) for each in every], none.copy())
    first = lowering.layers.bind(first)
    mine = [(trees.compare("=", first.copy(), trees.number(each.place)), each.leads) for each in every]
    nowhere = [(test, leads.copy()) for test, leads in mine if leads is not None]
    there = trees.compare(">", first.copy(), none.copy())
    free = [trees.negate(test.copy()) for test in moving.pinned] if moving.frozen else []
    free += [trees.negate(trees.column(names.HELD_PINNED))] if moving.frozen else []
    goes = lowering.layers.bind(trees.all_of(there, trees.choose(nowhere, exp.true()), *free))
    waiting: list[tuple[Tree, Tree]] = []
    for each in every:
        if each.blocked is not None:
            before = trees.any_of(
                trees.compare("=", first.copy(), none.copy()),
                trees.compare(">", first.copy(), trees.number(each.place)),
            )
            leads = [] if each.leads is None else [each.leads.copy()]
            test = trees.all_of(each.applies.copy(), each.blocked.copy(), *leads, before)
            waiting.append((test, trees.number(each.place)))
    kept = [(trees.negate(settled.copy()), trees.choose(waiting, none.copy()))] if waiting else []
    chosen = trees.choose([(goes, first.copy()), *kept], none.copy())
    by = bind(lowering, moving, MOVED_BY, chosen, len(every))
    if moving.holds:
        ups = [trees.compare("=", by.copy(), trees.number(each.place)) for each in every if each.trigger.up]
        holds = [(trees.any_of(*ups), first_hold(moving, both_ways=True))] if ups else []
        asked = trees.choose(holds, first_hold(moving, both_ways=False))
        would = trees.all_of(trees.compare(">", by.copy(), none.copy()), trees.negate(goes.copy()))
        bind(lowering, moving, HELD_BY, trees.choose([(would, asked)], none.copy()), len(moving.holds))
    return goes


def _leads(lowering: Lowering, moving: Moving, trigger: Trigger) -> Tree | None:
    """Whether the trigger leads an account in one of its tiers somewhere; None where it always does."""
    tiers = moving.own.ladder.tiers
    closed = []
    for source in trigger.sources:
        held = ladders.number_of(moving.own.ladder, source)
        if trigger.up:
            start = _first_asked(moving, trigger, held)
            between = range(start, held)
            if any(tiers[at - 1].gate is None for at in between):
                continue
            open_ones = trees.any_of(*(trees.column(moving.own.gate(at)) for at in between))
            shut = trees.negate(open_ones)
        elif trigger.to is None and held == len(tiers):
            shut = exp.true()
        else:
            continue
        closed.append(trees.all_of(trees.compare("=", trees.column(names.HELD_TIER), trees.number(held)), shut))
    return lowering.layers.bind(trees.negate(trees.any_of(*closed))) if closed else None


def _first_asked(moving: Moving, trigger: Trigger, held: int) -> int:
    """The tier that a trigger means for an account in a tier."""
    if trigger.to is not None:
        return ladders.number_of(moving.own.ladder, trigger.to)
    assert trigger.steps is not None
    meant = held - trigger.steps if trigger.up else held + trigger.steps
    return min(max(meant, 1), len(moving.own.ladder.tiers))


def _target(moving: Moving, trigger: Trigger) -> Tree:
    if trigger.to is not None:
        return _number(moving, trigger.to)
    means: dict[int, list[Tree]] = {}
    for source in trigger.sources:
        held = ladders.number_of(moving.own.ladder, source)
        here = trees.compare("=", trees.column(names.HELD_TIER), trees.number(held))
        means.setdefault(_first_asked(moving, trigger, held), []).append(here)
    return trees.choose([(trees.any_of(*held), trees.number(to)) for to, held in means.items()], trees.number(0))


def _number(moving: Moving, tier: str) -> Tree:
    return trees.number(ladders.number_of(moving.own.ladder, tier))
