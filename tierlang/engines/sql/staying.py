"""Who is never cut, who comes before others, and where those go who are over a capacity: pins and floors, and what keeps accounts in the tier that they hold."""

from __future__ import annotations

from sqlglot import exp

from tierlang.engines.sql import adjusting, trees
from tierlang.engines.sql import ladder as ladders
from tierlang.engines.sql.moving import ANCHOR, KEEPER, SECURED, Moving
from tierlang.engines.sql.names import Own
from tierlang.engines.sql.order import Order, behind
from tierlang.engines.sql.seating import Seating, first_open_target, reachable
from tierlang.engines.sql.trees import Tree


class Staying:
    """What the capacities of a ladder ask about an account besides its place in the order."""

    def __init__(self, own: Own, in_force: int, moving: Moving | None) -> None:
        self._own = own
        self._moving = moving
        self._secured: str | None = None
        if adjusting.secures(own):
            self._secured = adjusting.secured(own) if moving is None else SECURED
        self.pinned = [ladders.pinned(in_force)] if in_force else []

    @property
    def moving(self) -> Moving | None:
        """What a run that knows the past asks."""
        return self._moving

    @property
    def columns(self) -> list[str]:
        """The columns that pools carry along for this."""
        kept = [] if self._secured is None else [self._secured]
        if self._moving is not None:
            kept += [ANCHOR, *([KEEPER] if self._keeping else [])]
        return kept

    def tests(self, found: Seating) -> list[Tree]:
        """Tests of which one is true for those in the tier (of a relation with all accounts) who are never cut."""
        stays = [each.copy() for each in self.pinned]
        if self._secured is not None:
            stays.append(trees.compare("=", trees.column(self._secured), found.before))
        if self._moving is not None:
            anchor = trees.column(ANCHOR)
            anywhere = self._moving.occasion.review and not found.number
            stays.append(
                trees.compare(">", anchor, trees.number(0)) if anywhere else trees.compare("=", anchor, found.before)
            )
        return stays

    def in_pool(self, number: int) -> list[Tree]:
        """The same for the rows of a pool of the tier, pins aside."""
        here = trees.number(number)
        columns = [self._secured] if self._secured is not None else []
        columns += [ANCHOR] if self._moving is not None else []
        return [trees.compare("=", trees.column(each), here.copy()) for each in columns]

    # --- classes ----------------------------------------------------------------------------------------------------------------

    @property
    def _keeping(self) -> bool:
        return self._moving is not None and ladders.is_keeping(self._own, self._moving.occasion)

    def is_classed(self, number: int) -> bool:
        """Whether some come before others in the tier (0: in the ladder) whatever their rank."""
        return self._keeping and (not number or self._own.ladder.tiers[number - 1].keep is not None)

    def classed(self, ordered: Order, number: int, before: Tree) -> Order:
        """The order with those first who keep the tier, which is `before` in a capacity of the ladder."""
        if not self.is_classed(number):
            return ordered
        here = trees.number(number) if number else before
        return behind(ordered, trees.compare("=", trees.column(KEEPER), here))

    # --- where to -----------------------------------------------------------------------------------------------------------------

    def target(self, found: Seating) -> Tree:
        """Where an account goes that is over the capacity, by its columns or those of a pool."""
        moving, anchor, none = self._moving, trees.column(ANCHOR), trees.number(0)
        if moving is None:
            return first_open_target(found)
        if moving.stops:
            return self._stopped(found, anchor)
        home: list[tuple[Tree, Tree]] = []
        if moving.sends_home:
            home.append((trees.compare(">", anchor, none), anchor.copy()))
        if moving.asks:
            home.append((trees.compare("<", anchor.copy(), none.copy()), none.copy()))
        return trees.choose(home, first_open_target(found))

    def _stopped(self, found: Seating, anchor: Tree) -> Tree:
        """The first tier that is open and not below the one that a hold keeps the account from leaving; else that one."""
        branches: list[tuple[Tree, Tree]] = []
        for number, tier in reachable(found):
            above = trees.any_of(
                trees.compare("=", anchor.copy(), trees.number(0)),
                trees.compare(">=", anchor.copy(), trees.number(number)),
            )
            gate = [] if tier.gate is None else [trees.column(self._own.gate(number))]
            branches.append((trees.all_of(above, *gate), trees.number(number)))
        return trees.choose(branches, anchor.copy())

    def no_seat(self, up: Tree) -> Tree:
        """The anchor of a second candidate, in a pool: below 0 where it vanishes if it is over a capacity."""
        return trees.choose([(up, exp.Neg(this=trees.number(1)))], trees.number(0))
