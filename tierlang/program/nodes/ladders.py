"""Ladders and their tiers: lines, tops, gates, adjustments, capacities, clusters, owners, plays; and pins."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import attrs

from tierlang.program.expressions import Defined, Expression, Input
from tierlang.program.nodes.definitions import Condition
from tierlang.program.written import Written


@attrs.frozen(eq=False, repr=False)
class Line(Written):
    """The part of a ladder's score that a tier takes; an end that is None is open. `text` as written: `80..`, `over 80`."""

    low: int | None
    high: int | None
    low_open: bool
    high_open: bool
    text: str


@attrs.frozen(eq=False, repr=False)
class Top(Written):
    """The best so many of the eligible accounts that have `by`: a `percent` (1/10,000ths, cumulative) or a `count`; one of them is None.

    Ordered by `by` descending, then the ladder's `rank by` keys, then the account's key; within each value of `per` (accounts without it
    form one group). The size is ceil(N · percent) in integers, or `count`, but never more than the N of the group.
    `text` as written: `5%`, `25 by fit per region`.
    """

    percent: int | None
    count: int | None
    by: Input | Defined
    per: Input | None
    text: str


@attrs.frozen(eq=False, repr=False)
class Capacity(Written):
    """At most `seats` (of each value of `per`, accounts without it forming one group); the others go where `overflow` says.

    Without `of`, seats and `minimum` are heads. With it they are a sum of that number (never missing for an account), in 1/10,000ths: the sum begins with all accounts that
    are never cut; then the others are added one by one in their order, and the first with which it is over `seats` leaves, and all after it.
    A number below 0 makes room.

    `to` is a tier's name for overflow "to". A `minimum` not reached is reported. Pinned accounts, and accounts in the tier that a floor secures them (see `Ladder`), take seats first and are never cut.
    `text` says the seats: `25`, `25 per ae`, `500k of arr per ae`.
    """

    seats: int
    minimum: int | None
    per: Input | None
    overflow: Literal["down", "out", "to"]
    to: str | None
    text: str
    of: Input | Defined | None = None


@attrs.frozen(eq=False, repr=False)
class ClusterRow(Written):
    """One cluster and whom it takes; `test` reads the cluster's field."""

    name: str
    label: str | None
    test: Expression


@attrs.frozen(eq=False, repr=False)
class Cluster(Written):
    """The first row whose test is true names the account's cluster, else `otherwise`, else it has none."""

    by: Input | Defined
    rows: tuple[ClusterRow, ...]
    otherwise: str | None


@attrs.frozen(eq=False, repr=False)
class Owner(Written):
    """A person who can own tiers, pins and triggers."""

    name: str
    label: str | None = None
    email: str | None = None
    team: str | None = None

    @property
    def shown(self) -> str:
        """What people are shown."""
        return self.label or self.name


@attrs.frozen(eq=False, repr=False)
class TierOwner(Written):
    """Who answers for a tier in a function (marketing, sales, …): a declared owner, or whoever a field of the account names."""

    function: str
    owner: Owner | None
    field: Input | None


@attrs.frozen(eq=False, repr=False)
class Play(Written):
    """What a function does for the accounts of a tier; with `when`, for those of them for which it holds."""

    function: str
    label: str
    channel: str | None = None
    respond_within: str | None = None
    budget: int | None = None
    when: Condition | None = None


@attrs.frozen(eq=False, repr=False)
class Tier(Written):
    """One tier: at most one of `line` and `top`, a gate, or `otherwise`.

    `keep`: who may stay though the line, top and gate no longer hold (see `tierlang.program.holdings`; only of the first ladder, never beside `otherwise`). `was`: names that the tier had before.
    """

    name: str
    label: str | None = None
    line: Line | None = None
    top: Top | None = None
    gate: Condition | None = None
    otherwise: bool = False
    capacities: tuple[Capacity, ...] = ()
    coverage: tuple[Input, ...] = ()
    cluster: Cluster | None = None
    owners: tuple[TierOwner, ...] = ()
    plays: tuple[Play, ...] = ()
    exits: tuple[str, ...] = ()
    keep: Condition | None = None
    was: tuple[str, ...] = ()


@attrs.frozen(eq=False, repr=False)
class RankKey(Written):
    """One more key of the rank order; missing stands last in either direction."""

    by: Input | Defined
    ascending: bool = False


@attrs.frozen(eq=False, repr=False)
class Shift(Written):
    """`raise` (steps > 0) or `lower` (steps < 0) by so many tiers, for accounts for which `when` holds. `shown` is its label, or the condition's words."""

    steps: int
    when: Condition
    shown: str

    @property
    def what(self) -> str:
        """`raise 1`."""
        return f"{'raise' if self.steps > 0 else 'lower'} {abs(self.steps)}"


@attrs.frozen(eq=False, repr=False)
class Bound(Written):
    """`floor at` or `cap at` a tier of the ladder, by name, for accounts for which `when` holds. `shown` is its label, or the condition's words."""

    which: Literal["floor", "cap"]
    tier: str
    when: Condition
    shown: str

    @property
    def what(self) -> str:
        """`floor at two`."""
        return f"{self.which} at {self.tier}"


@attrs.frozen(eq=False, repr=False)
class Ladder(Written):
    """Tiers from best to worst.

    `by` is the score (or numeric field) that lines read. `unique`: no account may satisfy two tiers; unless `separate` (proved), a run counts
    and stops on an account that does. `first`: the rules say that the order decides (`match first`), which engines do anyway. Rank order: `by` descending, then `rank_by`, missing last, then the key.
    In a tier, and in the ladder itself, at most one capacity of each sort stands: heads `per` a field, a sum `per` a field, heads, a sum; in this order.

    Adjustments change the base tier of accounts that have no pin in force. A gate that is not true is never passed, and tiers without a gate (`otherwise` too) let
    everyone in. Let the tiers be 1..K from the best, and the base b.

    1. *Shifts.* n is the sum of the steps of the shifts that hold, t = b − n put into 1..K. t < b: the account goes to the first of t, t+1, …, b−1
       whose gate is true, and stays in b if there is none. t > b: to the first of t, t+1, …, K whose gate is true, else out of the tiers. Untiered accounts are not shifted.
    2. *Floors.* f is the best tier of the floors that hold (the first written, of equals), now the tier after 1. An untiered account, or one in a tier worse than f, goes to the
       first of f, f+1, … whose gate is true and that is better than where it is; if there is none it stays.
    3. *Caps.* c is the worst tier of the caps that hold (the first written, of equals), now the tier after 2. An account in a tier better than c goes to the first of c, c+1, …, K
       whose gate is true, else out of the tiers.

    Conditions of shifts read this ladder's tier as the base tier, those of floors as the tier after 1, those of caps as the tier after 2.
    The tier that a floor secures: the first of f, f+1, …, K whose gate is true, where a floor holds, whether it moved the account or not; but where a cap moved the account down
    past it, the tier after 3. An account that the floor did not move (the tier after 2 is the one after 1), and which stands after 3 in the tier that it secures, is *held* by it where that
    tier, or the ladder, has a capacity: no capacity moves it on, and its reason says so.

    Capacities of the ladder itself come first: all its accounts, those never cut first, then tier by tier from the best, in each by rank; those over it go out of the tiers.
    Then the capacities of the tiers, from the best down.
    """

    name: str | None
    label: str | None
    by: Input | Defined | None
    tiers: tuple[Tier, ...]
    rank_by: tuple[RankKey, ...] = ()
    unique: bool = False
    separate: bool = True
    rest_untiered: bool = False
    capacities: tuple[Capacity, ...] = ()
    shifts: tuple[Shift, ...] = ()
    floors: tuple[Bound, ...] = ()
    caps: tuple[Bound, ...] = ()
    first: bool = attrs.field(default=False, eq=False, repr=False)
    was: tuple[str, ...] = ()


@attrs.frozen(eq=False, repr=False)
class Pin(Written):
    """An account placed by hand: `tier` is a name of the first ladder; in force while as-of ≤ `until` (None: always).

    A program has at most one pin per key.
    """

    key: str
    tier: str
    until: dt.date | None
    owner: Owner | None
    because: str | None

    def in_force(self, as_of: dt.date) -> bool:
        """Whether the pin still counts on this date."""
        return self.until is None or as_of <= self.until
