"""What a run that knows the past asks about moves on the first ladder, and the columns in which it keeps the answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import IntEnum

import attrs

from tierlang.engines.sql import ladder as ladders
from tierlang.engines.sql import names, numbers, trees
from tierlang.engines.sql.expressions import Lowering
from tierlang.engines.sql.names import Own
from tierlang.engines.sql.trees import Tree
from tierlang.program.holdings import Occasion
from tierlang.program.nodes import Hold, Mobility, Pin, Program, Trigger

WAY = "way"
KEPT = "kept"
"""Whether the account has its base tier by `keep while` alone."""
MOVED_BY = "moved_by"
"""The trigger that moves the account or would, from 1; 0 for none."""
ASKED = "asked"
"""The tier that this trigger means, gates aside; or the one that a retired tier's accounts go to."""
LED = "led"
"""The tier to which that leads, 0 for out of the tiers."""
HELD_BY = "held_by"
"""The hold that keeps the account, from 1; 0 for none."""
ANCHOR = "anchor"
"""The tier in which the account is never cut, 0 for none."""
SECURED = "seat_secured"
"""The tier in which a floor keeps the account from being cut, 0 for none."""
KEEPER = "keeper"
"""The tier in which the account comes before others by its `keep while`, 0 for none."""


class Way(IntEnum):
    """What becomes of an account."""

    OUT = 0
    STAYS = 1
    MOVED = 2
    ASKED = 3
    HELD = 4
    SETTLED = 5
    FROZEN = 6
    FRESH = 7
    NEW = 8
    PINNED = 9
    ENDED = 10
    RETIRED = 11


@attrs.frozen
class Moving:
    """What the program says of moves on the first ladder that this run has to ask."""

    own: Own
    as_of: dt.date
    occasion: Occasion
    mobility: Mobility
    pins: tuple[Pin, ...]

    @property
    def triggers(self) -> tuple[Trigger, ...]:
        """The triggers that are asked: none at a review."""
        return () if self.occasion.review else self.mobility.triggers

    @property
    def holds(self) -> tuple[Hold, ...]:
        """The holds that are asked: none in a freeze."""
        return () if self.frozen else self.mobility.holds

    @property
    def frozen(self) -> bool:
        """Whether a freeze lasts."""
        return self.occasion.freeze is not None

    @property
    def pinned(self) -> list[Tree]:
        """Whether a pin in force places the account; empty where none is."""
        return [ladders.pinned(len(self.pins))] if self.pins else []

    @property
    def asks(self) -> bool:
        """Whether moves can wait for approval: an account then has a second candidate."""
        return not self.frozen and any(each.approver is not None for each in self.triggers)

    @property
    def sends_home(self) -> bool:
        """Whether triggers promote accounts, which go home where there is no seat."""
        return not self.frozen and any(each.up for each in self.triggers)

    @property
    def stops(self) -> bool:
        """Whether holds keep accounts from flowing past the tier they hold."""
        return self.occasion.review and bool(self.holds)

    @property
    def pin_tiers(self) -> list[tuple[Tree, Tree]]:
        """The tiers of the pins in force, by tests of an account that is pinned; the pins of a tier have codes in a row."""
        numbered = [ladders.number_of(self.own.ladder, pin.tier) for pin in self.pins]
        last = {number: code for code, number in enumerate(numbered, start=1)}
        pin = trees.column(names.PIN)
        tests = [(trees.compare("<=", pin.copy(), trees.number(code)), trees.number(to)) for to, code in last.items()]
        return [(trees.all_of(is_way(Way.PINNED), test), to) for test, to in tests]


def moving_of(
    program: Program, own: Own, as_of: dt.date, occasion: Occasion | None, pins: Sequence[Pin]
) -> Moving | None:
    """The moves of a ladder; None for views, and where no past is known. `pins` are those in force, by their codes."""
    if occasion is None or own.position:
        return None
    return Moving(own, as_of, occasion, program.mobility or Mobility(), tuple(pins))


def is_way(*ways: Way) -> Tree:
    """Whether the account goes one of these ways."""
    return trees.any_of(*(trees.compare("=", trees.column(WAY), trees.number(way)) for way in ways))


def second(step: int) -> str:
    """The tier of an account's second candidate after so many capacities, 0 for none."""
    return f"second_{step}"


def goes_up(moving: Moving) -> Tree:
    """Whether the trigger that moves the account or would promotes it."""
    ups = [place for place, each in enumerate(moving.triggers, start=1) if each.up]
    return trees.any_of(*(trees.compare("=", trees.column(MOVED_BY), trees.number(place)) for place in ups))


def bind(lowering: Lowering, moving: Moving, name: str, tree: Tree, most: int | None = None, least: int = 0) -> Tree:
    """Bind a small number to a column."""
    most = len(moving.own.ladder.tiers) if most is None else most
    return lowering.layers.bind(trees.cast(tree, numbers.stored_type(least, most)), name)
