"""What adjustments add to the reason of an account, from the shared words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

import attrs

from tierlang.engines.sql import adjusting, trees
from tierlang.engines.sql import ladder as ladders
from tierlang.engines.sql.names import Own
from tierlang.engines.sql.trees import Tree
from tierlang.program import reasons
from tierlang.program.nodes import Bound

_TO, _STOPPED, _CAUSES = "\1", "\2", "\3"
_SLOT = re.compile(f"([{_TO}{_STOPPED}{_CAUSES}])")


def words(own: Own) -> Tree | None:
    """The words, an empty text for an account that nothing moved or held back; None where the ladder adjusts nobody."""
    ladder = own.ladder
    parts = [
        *([_of_shifts(own)] if ladder.shifts else []),
        *([_of_floors(own)] if ladder.floors else []),
        *([_of_caps(own)] if ladder.caps else []),
        *([_of_holding(own)] if adjusting.secures(own) else []),
    ]
    return trees.joined_text(parts) if parts else None


def are_needed(own: Own) -> Tree:
    """Whether there are words for an account."""
    tests = [
        *(
            [trees.compare("!=", trees.column(adjusting.meant(own)), trees.column(own.base))]
            if own.ladder.shifts
            else []
        ),
        *([_asks_up(own)] if own.ladder.floors else []),
        *([_asks_down(own)] if own.ladder.caps else []),
        *([adjusting.holding(own)] if adjusting.secures(own) else []),
    ]
    return trees.any_of(*tests)


@attrs.frozen
class Passage:
    """From the tier that was asked for to the one that was reached (both columns), and why, as a text."""

    own: Own
    asked: str
    reached: str
    causes: Tree

    def moved(self, template: Callable[[str | None, list[str]], str]) -> Tree:
        """The words for accounts that went somewhere; `template` makes them from the tier's name and the names of those that were closed."""
        to = trees.column(self.reached)
        straight = trees.compare("=", to, trees.column(self.asked))
        out = trees.compare("=", to.copy(), trees.number(0))
        closed = self._closed(to.copy())
        branches = [
            (straight, self._filled(template(_TO, []))),
            (out, self._filled(template(None, [_STOPPED]), self._closed(None))),
        ]
        return trees.choose(branches, self._filled(template(_TO, [_STOPPED]), closed))

    def held(self, word: str) -> Tree:
        """The words for accounts that no gate let up."""
        stopped = reasons.not_moved(word, stopped=[_STOPPED], causes=[_CAUSES])
        here = trees.column(self.reached)
        nowhere = trees.compare("=", here, trees.number(0))
        below = self._filled(stopped, self._closed(None))
        return trees.choose([(nowhere, below)], self._filled(stopped, self._closed(here.copy())))

    def _closed(self, end: Tree | None) -> Tree:
        """The names of the tiers from the one asked for to `end`, or to the last: all that have a gate, since it stopped the account."""
        listed: list[Tree] = []
        for number, tier in ladders.numbered(self.own.ladder):
            if tier.gate is not None:
                passed = [trees.compare("<=", trees.column(self.asked), trees.number(number))]
                if end is not None:
                    passed.append(trees.compare(">", end.copy(), trees.number(number)))
                listed.append(trees.choose([(trees.all_of(*passed), trees.text(tier.name))]))
        return _comma(listed)

    def _filled(self, template: str, closed: Tree | None = None) -> Tree:
        ladder = self.own.ladder
        to = trees.column(self.reached)
        called = [
            (trees.compare("=", to.copy(), trees.number(number)), trees.text(tier.name))
            for number, tier in ladders.numbered(ladder)
        ]
        slots: Mapping[str, Tree | None] = {
            _TO: trees.choose(called, trees.text("")),
            _STOPPED: closed,
            _CAUSES: self.causes.copy(),
        }
        parts = [slots.get(part, trees.text(part)) for part in _SLOT.split(template) if part]
        return trees.joined_text([part.copy() for part in parts if part is not None])


def _of_shifts(own: Own) -> Tree:
    asked, reached = adjusting.meant(own), adjusting.shifted(own)

    def way(*, up: bool) -> Passage:
        causes = [
            trees.choose([(trees.column(own.shift(place)), trees.text(each.shown))])
            for place, each in enumerate(own.ladder.shifts)
            if (each.steps > 0) == up
        ]
        return Passage(own, asked, reached, _comma(causes))

    def template(*, up: bool) -> Callable[[str | None, list[str]], str]:
        return lambda to, stopped: reasons.shifted(to, up=up, stopped=stopped, causes=[_CAUSES])

    base = trees.column(own.base)
    stays = trees.compare("=", trees.column(reached), base)
    above = trees.compare("<", trees.column(asked), base.copy())
    below = trees.compare(">", trees.column(asked), base.copy())
    raised = trees.choose([(stays, way(up=True).held("raised"))], way(up=True).moved(template(up=True)))
    return trees.choose([(above, raised), (below, way(up=False).moved(template(up=False)))], trees.text(""))


def _of_floors(own: Own) -> Tree:
    listed = [(own.floor(place), each) for place, each in adjusting.floors(own)]
    way = Passage(own, adjusting.floor_at(own), adjusting.floored(own), _first(listed))
    stays = trees.compare("=", trees.column(adjusting.floored(own)), trees.column(adjusting.shifted(own)))
    words = trees.choose([(stays, way.held("floored"))], way.moved(_bounded(listed[0][1])))
    return trees.choose([(_asks_up(own), words)], trees.text(""))


def _of_caps(own: Own) -> Tree:
    listed = [(own.cap(place), each) for place, each in adjusting.caps(own)]
    way = Passage(own, adjusting.cap_at(own), adjusting.adjusted(own), _first(listed))
    return trees.choose([(_asks_down(own), way.moved(_bounded(listed[0][1])))], trees.text(""))


def _of_holding(own: Own) -> Tree:
    causes = [(trees.column(own.floor(place)), trees.text(reasons.held(each))) for place, each in adjusting.floors(own)]
    told = trees.choose(causes, trees.text(""))
    return trees.choose([(adjusting.holding(own), told)], trees.text(""))


def _bounded(bound: Bound) -> Callable[[str | None, list[str]], str]:
    """The template of all bounds of this sort."""
    any_one = attrs.evolve(bound, shown=_CAUSES)
    return lambda to, stopped: reasons.bounded(any_one, to, stopped=stopped)


def _asks_up(own: Own) -> Tree:
    """Whether a floor holds that is better than where the account is."""
    floor, before = trees.column(adjusting.floor_at(own)), trees.column(adjusting.shifted(own))
    below = trees.any_of(trees.compare("=", before, trees.number(0)), trees.compare(">", before.copy(), floor))
    return trees.all_of(trees.compare(">", floor.copy(), trees.number(0)), below)


def _asks_down(own: Own) -> Tree:
    """Whether a cap holds that is worse than where the account is."""
    before = trees.column(adjusting.floored(own))
    over = trees.compare("<", before, trees.column(adjusting.cap_at(own)))
    return trees.all_of(trees.compare(">", before.copy(), trees.number(0)), over)


def _first(bounds: Iterable[tuple[str, Bound]]) -> Tree:
    """What the first bound that holds shows."""
    return trees.choose([(trees.column(name), trees.text(each.shown)) for name, each in bounds], trees.text(""))


def _comma(texts: Iterable[Tree]) -> Tree:
    """The texts that are there, with commas between."""
    listed = list(texts)
    return trees.call("concat_ws", trees.text(", "), *listed) if listed else trees.text("")
