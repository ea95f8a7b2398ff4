"""The reasons of a run that knows the past, from the shared words: a choice by the way that each account goes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence

from tierlang.engines.sql import adjusting, names, trees
from tierlang.engines.sql import ladder as ladders
from tierlang.engines.sql.adjusted_words import Passage
from tierlang.engines.sql.moving import ASKED, HELD_BY, KEPT, LED, MOVED_BY, Moving, Way, goes_up, is_way, second
from tierlang.engines.sql.placing import Placing
from tierlang.engines.sql.trees import Tree
from tierlang.program import move_reasons
from tierlang.program.nodes import Trigger

_WOULD, _NAME = "\4", "\5"
_ANY_DAY = dt.date.min
_SLOT = re.compile(f"({_WOULD}|{_NAME}|{_ANY_DAY.isoformat()})")


def reason(placing: Placing, fresh: Tree, pinned: Tree | None, capacities: Tree | None, seconds: Tree | None) -> Tree:
    """Why an eligible account is where it is, or what it waits for.

    `fresh` are the words of its place by lines and adjustments, `pinned` those of its pin, `capacities` what the capacities add that moved it on (empty for none), and `seconds` what they add
    that moved its second candidate on.
    """
    moving = placing.moving
    assert moving is not None
    over = capacities if capacities is not None else trees.text("")
    words = _Words(placing, moving, fresh)
    placed = trees.joined_text([fresh, over])
    ways: dict[Way, Callable[[], Tree]] = {
        Way.STAYS: lambda: trees.text(move_reasons.STAYS),
        Way.FRESH: lambda: placed,
        Way.NEW: lambda: placed.copy(),
        Way.ENDED: lambda: _filled(move_reasons.pin_ended(_WOULD), {_WOULD: placed.copy()}),
        Way.RETIRED: lambda: words.retired(placed, over),
        Way.SETTLED: words.settled,
    }
    if moving.holds and (moving.occasion.review or moving.triggers):
        ways[Way.HELD] = words.held
    if moving.frozen:
        ways[Way.FROZEN] = words.frozen
    if pinned is not None:
        ways[Way.PINNED] = lambda: pinned
    if moving.triggers:
        ways[Way.MOVED] = lambda: words.moved(over)
    if moving.asks:
        ways[Way.ASKED] = lambda: words.asked(seconds)
    return trees.choose([(is_way(way), made()) for way, made in ways.items()], trees.text(""))


class _Words:
    """What is said of an account that is moved, or kept from it."""

    def __init__(self, placing: Placing, moving: Moving, fresh: Tree) -> None:
        self._placing = placing
        self._moving = moving
        self._own = placing.own
        self._fresh = fresh
        self._passage = Passage(placing.own, ASKED, LED, trees.text(""))

    def _by_trigger(self, words: Callable[[Trigger], Tree]) -> Tree:
        by = trees.column(MOVED_BY)
        branches = [
            (trees.compare("=", by.copy(), trees.number(place)), words(trigger))
            for place, trigger in enumerate(self._moving.triggers, start=1)
        ]
        return trees.choose(branches, trees.text(""))

    def _would(self) -> Tree:
        """The words of the move by the trigger."""

        def said(trigger: Trigger) -> Tree:
            return self._passage.moved(lambda to, stopped: move_reasons.moved(trigger, to, stopped=stopped))

        return self._by_trigger(said)

    def _at_review(self) -> Tree:
        """Where a review would put the account, and the words of that."""
        to = trees.column(adjusting.adjusted(self._own))
        branches = [
            (trees.compare("=", to.copy(), trees.number(number)), self._review_words(tier.name))
            for number, tier in ladders.numbered(self._own.ladder)
        ]
        return trees.choose(branches, self._review_words(None))

    def _review_words(self, to: str | None) -> Tree:
        return _filled(move_reasons.at_review(to, _WOULD), {_WOULD: self._fresh.copy()})

    def _blocked(self, words: Callable[[str | None], str], would: Tree, test: Tree) -> Tree:
        slots: Mapping[str, Tree] = {
            _WOULD: would,
            _ANY_DAY.isoformat(): trees.cast(trees.column(names.HELD_UNTIL), "TEXT"),
        }
        return trees.choose([(test, _filled(words(_WOULD), slots))], _filled(words(None), slots))

    def settled(self) -> Tree:
        """It was moved lately."""

        def words(would: str | None) -> str:
            return move_reasons.settled(_ANY_DAY, would)

        if not self._moving.occasion.review:
            return self._blocked(words, self._would(), trees.compare(">", trees.column(MOVED_BY), trees.number(0)))
        elsewhere = trees.compare("!=", trees.column(adjusting.adjusted(self._own)), trees.column(names.HELD_TIER))
        return self._blocked(words, self._at_review(), elsewhere)

    def frozen(self) -> Tree:
        """A freeze lasts."""
        freeze = self._moving.occasion.freeze
        assert freeze is not None
        there = trees.compare(">", trees.column(MOVED_BY), trees.number(0))
        return self._blocked(lambda would: move_reasons.frozen(freeze, would), self._would(), there)

    def held(self) -> Tree:
        """A hold keeps it where it is."""
        by, branches = trees.column(HELD_BY), []
        would = self._at_review() if self._moving.occasion.review else self._would()
        for place, hold in enumerate(self._moving.holds, start=1):
            before = move_reasons.held(hold, "")
            branches.append((trees.compare("=", by.copy(), trees.number(place)), trees.text(before)))
        return trees.joined_text([trees.choose(branches, trees.text("")), would])

    def moved(self, over: Tree) -> Tree:
        """A trigger moves it, or would if there were a seat."""
        gone = trees.joined_text([self._would(), over.copy()])
        if not self._placing.seatings or not self._moving.sends_home:
            return gone
        home = trees.all_of(
            goes_up(self._moving), trees.compare("!=", trees.column(self._placing.final), trees.column(LED))
        )
        return trees.choose([(home, self._awaits_seat(self._own.tier_after))], gone)

    def asked(self, over: Tree | None) -> Tree:
        """Somebody has to approve the move."""
        parts = [self._by_trigger(_awaits_approval), self._would(), *([] if over is None else [over])]
        waits = trees.joined_text(parts)
        if not self._placing.seatings:
            return waits
        gone = trees.compare("=", trees.column(self._placing.final_second), trees.number(0))
        vanished = trees.all_of(goes_up(self._moving), gone)
        return trees.choose([(vanished, self._awaits_seat(second))], waits)

    def _awaits_seat(self, after: Callable[[int], str]) -> Tree:
        """`after` names the tier of the promotion after so many capacities: those of the ladder come first."""
        ladder, led = self._own.ladder, trees.column(LED)
        branches: list[tuple[Tree, Tree]] = []
        if ladder.capacities:
            cut = trees.compare("!=", trees.column(after(len(ladder.capacities))), led)
            branches.append((cut, trees.text(move_reasons.awaits_seat(None, ""))))
        branches += [
            (trees.compare("=", led.copy(), trees.number(number)), trees.text(move_reasons.awaits_seat(tier, "")))
            for number, tier in ladders.numbered(ladder)
            if tier.capacities
        ]
        return trees.joined_text([trees.choose(branches, trees.text("")), self._would()])

    def retired(self, placed: Tree, over: Tree) -> Tree:
        """Its tier is no more."""
        name = trees.column(names.HELD_RETIRED)
        branches = [
            (
                trees.compare("=", name.copy(), trees.text(rule.name)),
                self._passage.moved(
                    lambda to, stopped, rule=rule: move_reasons.retired(rule, rule.name, "", to, stopped=stopped)  # type: ignore[misc]
                ),
            )
            for rule in self._moving.mobility.retired
            if rule.to is not None
        ]
        anew = move_reasons.retired(None, _NAME, _WOULD, None, stopped=())
        as_new = _filled(anew, {_NAME: name, _WOULD: placed.copy()})
        return trees.choose([(test, trees.joined_text([words, over.copy()])) for test, words in branches], as_new)


def _awaits_approval(trigger: Trigger) -> Tree:
    """What stands before the words of the move."""
    return trees.text(move_reasons.awaits_approval(trigger, "") if trigger.approver is not None else "")


def kept(moving: Moving, placed: Tree) -> Tree:
    """The words of the base tier, where some have it only by its `keep while`."""
    if not ladders.is_keeping(moving.own, moving.occasion):
        return placed
    base = trees.column(moving.own.base)
    branches = [
        (
            trees.all_of(trees.column(KEPT), trees.compare("=", base.copy(), trees.number(number))),
            trees.text(move_reasons.kept(tier.keep)),
        )
        for number, tier in ladders.numbered(moving.own.ladder)
        if tier.keep is not None
    ]
    return trees.choose(branches, placed)


def _filled(template: str, slots: Mapping[str, Tree]) -> Tree:
    parts: Sequence[Tree] = [
        slots[part].copy() if part in slots else trees.text(part) for part in _SLOT.split(template) if part
    ]
    return trees.joined_text(parts)
