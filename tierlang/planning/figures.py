"""What a plan comes to: every record counted by what it does, and the headline numbers that follow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Literal, TypeAlias

import attrs

Direction: TypeAlias = Literal["up", "down", "in", "out"]
"""Where a move leads: to a better or a worse tier, from no tier into one, out of the tiers."""


@attrs.frozen
class Counted:
    """So many accounts of which the plan says the same; `act` None: holders that stay, and of which nothing has to be recorded."""

    accounts: int
    act: str | None
    cause: str | None = None
    trigger: str | None = None
    from_tier: str | None = None
    tier: str | None = None
    proposed: str | None = None
    waits: str | None = None

    @property
    def changes_tier(self) -> bool:
        """Whether these are holders that go elsewhere (closings are not moves)."""
        return self.act == "move" and self.from_tier != self.tier

    @property
    def absent(self) -> bool:
        """Whether these are holders that the data does not have."""
        return self.cause == "absence"


@attrs.frozen
class Breaker:
    """How far a plan goes, against the share (1/10,000ths) that may go without being overridden; `limit` None: the rules set none."""

    counted: int
    open_rows: int
    limit: int | None

    @property
    def open(self) -> bool:
        """Whether the plan goes too far."""
        return self.limit is not None and self.counted * 10_000 > self.limit * self.open_rows


@attrs.frozen
class Figures:
    """The numbers of one plan.

    `tiers` are the ladder's from the best. `open_rows` are the open assignments before the plan, `present` the accounts that it decides about. `merging` are the pairs (old key, new key) of a merge
    that waits, because the old account still stands in the data. `settled` are the days on which cool-downs end, with the holders (after the plan) concerned. `limit` is the breaker's share on this occasion.
    """

    tiers: tuple[str, ...]
    counts: tuple[Counted, ...]
    open_rows: int
    present: int
    limit: int | None = None
    merging: tuple[tuple[str, str], ...] = ()
    settled: tuple[tuple[dt.date, int], ...] = ()

    def total(self, fits: Callable[[Counted], bool]) -> int:
        """How many accounts are counted under what fits."""
        return sum(each.accounts for each in self.counts if fits(each))

    def direction(self, counted: Counted) -> Direction | None:
        """Where a move leads; None for those out of a tier that the ladder no longer has."""
        return direction(self.tiers, counted.from_tier, counted.tier)

    def moved(self, where: Direction | None) -> int:
        """The holders that move in this direction."""
        return self.total(lambda each: each.changes_tier and self.direction(each) == where)

    @property
    def moves(self) -> int:
        """The holders that change their tier."""
        return self.total(lambda each: each.changes_tier)

    @property
    def new(self) -> int:
        """Accounts that get their first place (those that take over the place of another one are none)."""
        return self.total(lambda each: each.act == "assign" and each.cause != "merged")

    @property
    def excluded(self) -> int:
        """Holders that an exclusion takes."""
        return self.total(lambda each: each.cause == "exclusion")

    @property
    def absent(self) -> int:
        """Holders that the data does not have, those that are closed for it included."""
        return self.total(lambda each: each.absent)

    @property
    def closing(self) -> int:
        """Holders that are closed for having been absent too long."""
        return self.total(lambda each: each.absent and each.act == "close")

    @property
    def merged(self) -> int:
        """Holders whose account has become part of another."""
        return self.total(lambda each: each.cause == "merged" and each.act == "close")

    def waiting(self, block: str) -> int:
        """Those that wait for this."""
        return self.total(lambda each: each.waits == block)

    @property
    def breaker(self) -> Breaker:
        """How far it goes."""
        return Breaker(self.moves + self.excluded + self.absent, self.open_rows, self.limit)

    @property
    def is_empty(self) -> bool:
        """Whether nothing moves, comes or goes."""
        return not any(each.act in ("assign", "move", "close") for each in self.counts)


def direction(tiers: Iterable[str], old: str | None, new: str | None) -> Direction | None:
    """Where a move from the old to the new tier (None: no tier) leads; None where the old one is no tier of the ladder."""
    order = {tier: place for place, tier in enumerate(tiers)}
    if old is None:
        return "in" if new is not None else None
    if new is None:
        return "out"
    if old not in order:
        return None
    return "up" if order[new] < order[old] else "down"
