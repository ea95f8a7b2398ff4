"""What becomes of each account in a run that knows the past, before capacities: which way it goes, where it begins, and where it is never cut."""

from __future__ import annotations

from tierlang.engines.sql import adjusting, names, trees, triggers
from tierlang.engines.sql import ladder as ladders
from tierlang.engines.sql.expressions import Lowering
from tierlang.engines.sql.moving import (
    ANCHOR,
    HELD_BY,
    KEEPER,
    KEPT,
    LED,
    MOVED_BY,
    SECURED,
    WAY,
    Moving,
    Way,
    bind,
    goes_up,
    is_way,
    second,
)
from tierlang.engines.sql.trees import Tree

_PLACED = (Way.FRESH, Way.NEW, Way.ENDED)
"""These are placed by lines, gates and adjustments."""
_STAYING = (Way.STAYS, Way.ASKED, Way.HELD, Way.SETTLED, Way.FROZEN)
"""These begin where they are, and are not cut there."""


# --- base tiers -------------------------------------------------------------------------------------------------------------------------


def begin(lowering: Lowering, moving: Moving) -> None:
    """Bind the base tier: what lines and gates gave, or a better one that the account may keep."""
    if not ladders.is_keeping(moving.own, moving.occasion):
        return
    own, fitted, base = moving.own, trees.column(moving.own.fitted), trees.column(names.HELD_BASE)
    rest = ladders.rest(own.ladder)
    behind = [trees.compare("=", fitted, trees.number(rest)), trees.compare("<", base, fitted.copy())]
    if rest:
        behind.append(trees.compare("=", fitted.copy(), trees.number(0)))
    has = [trees.column(names.HELD), trees.is_null(trees.column(names.HELD_RETIRED))]
    has += [trees.negate(trees.column(names.HELD_PINNED)), ladders.eligible()]
    holds = trees.compare(">", keeper(moving), trees.number(0))
    kept = lowering.layers.bind(trees.all_of(*has, holds, trees.any_of(*behind)), KEPT)
    bind(lowering, moving, own.base, trees.choose([(kept, base.copy())], fitted.copy()))


def keeper(moving: Moving) -> Tree:
    """The tier that the account held as its base and whose `keep while` holds, 0 for none."""
    base = trees.column(names.HELD_BASE)
    kept = [
        (
            trees.all_of(trees.compare("=", base.copy(), trees.number(at)), trees.column(names.keep(at))),
            trees.number(at),
        )
        for at, tier in ladders.numbered(moving.own.ladder)
        if tier.keep is not None
    ]
    return trees.choose(kept, trees.number(0))


# --- ways -------------------------------------------------------------------------------------------------------------------------------


def move(lowering: Lowering, moving: Moving) -> None:
    """Bind everything that capacities and decisions read, over a relation with the tiers after adjustments."""
    settled = lowering.layers.bind(
        trees.is_true(trees.compare(">", trees.column(names.HELD_UNTIL), trees.date(moving.as_of)))
    )
    goes = triggers.choose(lowering, moving, settled)
    if moving.occasion.review:
        bind(lowering, moving, HELD_BY, _held_at_review(moving), len(moving.holds))
    _bind_way(lowering, moving, settled, goes)
    started = _start(moving)
    bind(lowering, moving, moving.own.tier_after(0), started)
    if moving.asks:
        bind(lowering, moving, second(0), trees.choose([(is_way(Way.ASKED), trees.column(LED))], trees.number(0)))
    bind(lowering, moving, ANCHOR, _anchor(moving))
    if adjusting.secures(moving.own):
        secured = trees.column(adjusting.secured(moving.own))
        bind(lowering, moving, SECURED, trees.choose([(_is_placed(moving), secured)], trees.number(0)))
    if ladders.is_keeping(moving.own, moving.occasion):
        bind(lowering, moving, KEEPER, trees.choose([(is_way(Way.FRESH), keeper(moving))], trees.number(0)))


def _bind_way(lowering: Lowering, moving: Moving, settled: Tree, goes: Tree | None) -> None:
    held, retired = trees.column(names.HELD), trees.not_null(trees.column(names.HELD_RETIRED))
    branches = [(ladders.excluded(), Way.OUT)]
    if moving.frozen:
        branches.append((trees.all_of(held, trees.negate(retired)), Way.FROZEN))
    branches += [(test, Way.PINNED) for test in moving.pinned]
    branches += [(trees.negate(held.copy()), Way.NEW), (retired.copy(), Way.RETIRED)]
    branches += [(trees.column(names.HELD_PINNED), Way.ENDED), (settled.copy(), Way.SETTLED)]
    kept = trees.compare(">", trees.column(HELD_BY), trees.number(0))
    if moving.occasion.review:
        branches.append((kept, Way.HELD))
    elif goes is not None:
        asking = [place for place, each in enumerate(moving.triggers, start=1) if each.approver is not None]
        by = [trees.compare("=", trees.column(MOVED_BY), trees.number(place)) for place in asking]
        branches += [(trees.all_of(goes, trees.any_of(*by)), Way.ASKED)] if by else []
        branches.append((goes.copy(), Way.MOVED))
        branches += [(kept, Way.HELD)] if moving.holds else []
    last = Way.FRESH if moving.occasion.review else Way.STAYS
    chosen = trees.choose([(test, trees.number(way)) for test, way in branches], trees.number(last))
    bind(lowering, moving, WAY, chosen, len(Way))


def _held_at_review(moving: Moving) -> Tree:
    """The first hold that keeps the account from where it is placed afresh."""
    held, fresh, none = trees.column(names.HELD_TIER), trees.column(adjusting.adjusted(moving.own)), trees.number(0)
    tiered = trees.compare(">", held, none)
    worse = trees.any_of(trees.compare("=", fresh, none.copy()), trees.compare(">", fresh.copy(), held.copy()))
    better = trees.all_of(trees.compare(">", fresh.copy(), none.copy()), trees.compare("<", fresh.copy(), held.copy()))
    branches = [(trees.all_of(tiered, worse), triggers.first_hold(moving, both_ways=False))]
    branches.append((trees.all_of(tiered.copy(), better), triggers.first_hold(moving, both_ways=True)))
    return trees.choose(branches, none.copy())


def _is_sent(moving: Moving) -> Tree:
    """Whether the rules say where the accounts of the retired tier go."""
    retired = trees.column(names.HELD_RETIRED)
    sent = [rule.name for rule in moving.mobility.retired if rule.to is not None]
    return trees.any_of(*(trees.compare("=", retired.copy(), trees.text(name)) for name in sent))


def _is_placed(moving: Moving) -> Tree:
    """Whether the account is placed by lines, gates and adjustments."""
    retired = trees.all_of(is_way(Way.RETIRED), trees.negate(_is_sent(moving)))
    return trees.any_of(is_way(*_PLACED), retired)


def _start(moving: Moving) -> Tree:
    """The tier in which the account takes part in the capacities."""
    held, adjusted = trees.column(names.HELD_TIER), trees.column(adjusting.adjusted(moving.own))
    branches = [(is_way(*_STAYING), held), (is_way(*_PLACED), adjusted)]
    branches.append((is_way(Way.MOVED), trees.column(LED)))
    branches.append((trees.all_of(is_way(Way.RETIRED), _is_sent(moving)), trees.column(LED)))
    branches.append((is_way(Way.RETIRED), adjusted.copy()))
    branches += moving.pin_tiers
    return trees.choose(branches, trees.number(0))


def _anchor(moving: Moving) -> Tree:
    held = trees.column(names.HELD_TIER)
    branches = [(is_way(*_STAYING), held)]
    if moving.sends_home:
        branches.append((trees.all_of(is_way(Way.MOVED), goes_up(moving)), held.copy()))
    if moving.stops:
        holds = trees.any_of(*(trees.column(names.hold(place)) for place, _ in enumerate(moving.holds)))
        branches.append((trees.all_of(is_way(Way.FRESH), holds), held.copy()))
    return trees.choose(branches, trees.number(0))
