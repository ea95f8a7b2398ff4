"""How tiers change over time: triggers, holds, freezes, the circuit breaker, and names that were changed."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import attrs

from tierlang.program.calendar import Duration
from tierlang.program.nodes.definitions import Condition
from tierlang.program.nodes.ladders import Owner
from tierlang.program.written import Written


@attrs.frozen(eq=False, repr=False)
class Trigger(Written):
    """`promote` or `demote`: an event in the life of an account that moves it between reviews, on somebody's word.

    `sources` are the tiers that it moves from, best first, always at least one; all of them are worse (`promote`) or better (`demote`) than `to`. Instead of `to` there may be `steps`: so many
    tiers up or down, at most to the end of the ladder. `approver`: its moves wait until this person has approved them. `cooldown` (None: the one of the whole `mobility`) is how long the move settles the account.
    """

    direction: Literal["promote", "demote"]
    name: str
    label: str | None
    sources: tuple[str, ...]
    to: str | None
    steps: int | None
    when: Condition
    owner: Owner | None = None
    approver: Owner | None = None
    cooldown: Duration | None = None
    was: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """What people are shown."""
        return self.label or self.name

    @property
    def up(self) -> bool:
        """Whether it moves accounts to better tiers."""
        return self.direction == "promote"


@attrs.frozen(eq=False, repr=False)
class Hold(Written):
    """Accounts for which `when` holds do not go down (`both_ways`: do not move at all), neither by reviews nor by triggers nor for want of a seat."""

    name: str
    label: str | None
    when: Condition
    both_ways: bool = False

    @property
    def shown(self) -> str:
        """What people are shown."""
        return self.label or self.name


@attrs.frozen(eq=False, repr=False)
class Freeze(Written):
    """From `start` to `end`, both in, nobody moves."""

    start: dt.date
    end: dt.date
    label: str | None = None


@attrs.frozen(eq=False, repr=False)
class Breaker(Written):
    """The share of accounts, in 1/10,000ths, that one plan may move before it has to be overridden; `at_review` is that of a review."""

    share: int
    at_review: int


@attrs.frozen(eq=False, repr=False)
class Retired(Written):
    """A tier that is no more: its accounts go to the tier `to`, or (None) are placed as new ones."""

    name: str
    to: str | None


@attrs.frozen(eq=False, repr=False)
class Merge(Written):
    """The account with the key `old` has become part of the one with the key `new`; chains are followed by the compiler, `new` is never the `old` of another."""

    old: str
    new: str


@attrs.frozen(eq=False, repr=False)
class Mobility(Written):
    """The `mobility` block. Triggers stand in the order of the file, which decides."""

    triggers: tuple[Trigger, ...] = ()
    holds: tuple[Hold, ...] = ()
    freezes: tuple[Freeze, ...] = ()
    breaker: Breaker | None = None
    cooldown: Duration | None = None
    retired: tuple[Retired, ...] = ()
    merges: tuple[Merge, ...] = ()
