"""What a run says: one assignment per account, and the figures of the whole."""

from __future__ import annotations

from collections.abc import Mapping

import attrs


@attrs.frozen
class Assignment:
    """Where one account ended, and why.

    `tier` is a tier's name, None for an account that is excluded or in no tier. `scores` has every score by name, None where unscored.
    `rank` is the competition rank among eligible accounts by the ladder's rank order without the key (equals share a rank; 1 is best); None for
    excluded accounts, accounts without the ladder's score, and ladders with neither `by` nor `rank by`.
    Excluded accounts have None for every score, no rank and no cluster. `uncovered` names the tier's coverage fields that are empty for the account.
    """

    key: str
    tier: str | None
    excluded: str | None
    scores: Mapping[str, int | None]
    rank: int | None
    cluster: str | None
    uncovered: tuple[str, ...]
    reason: str


@attrs.frozen
class CutTie:
    """A `top` or a capacity that cuts between accounts which differ only by key.

    `what` is `top 5%` or `capacity 25 per ae` (the word and the node's text), `group` the value of `per` as text: texts as they are, numbers
    as `number_text` writes them, dates as ISO, flags `true` or `false` (None without a `per`, or for the accounts without a value).
    `inside` and `outside` count the equals on either side; `keys` are the first five of them (bytewise), inside before outside.
    """

    tier: str
    what: str
    group: str | None
    inside: int
    outside: int
    keys: tuple[str, ...]


@attrs.frozen
class Seats:
    """How a capacity was used: `wanted` before it cut, `used` after (pinned accounts included, who are never cut).

    A total capacity sees the accounts that the tier's `per` capacity left. For a capacity `per` a field, the figures of the fullest group (most wanted, then the group's text bytewise, None last).
    """

    tier: str
    what: str
    group: str | None
    wanted: int
    used: int
    seats: int
    minimum: int | None

    @property
    def overbooked(self) -> bool:
        """Whether pins put more accounts here than there are seats."""
        return self.used > self.seats

    @property
    def short(self) -> bool:
        """Whether the declared minimum was not reached."""
        return self.minimum is not None and self.used < self.minimum


@attrs.frozen
class TierCount:
    """How many accounts ended in a tier."""

    tier: str
    count: int


@attrs.frozen
class Summary:
    """The figures of one run over one population.

    `tiers` has every tier and `excluded` every exclusion, in order, zeros too; `ungrouped`, `uncovered` and `unclustered` have no zeros.
    `seats` stand in the order of the tiers, `per` before the total. `ties`: first the tops, then the capacities, each in the order of the tiers, a
    `per` before the total, its groups by their text bytewise, None last. `ungrouped` in the order of use: percentiles, then tier by tier
    its top and its capacities.
    `untiered` counts eligible accounts without a tier, `unscored` the eligible ones without the ladder's score (some of them may have a
    tier). `doubts` are what missing data decided, with the accounts concerned (only those counted at least once). `ungrouped` counts, for
    each `per` field, the eligible accounts without a value there. `pins_unknown` are keys pinned but not in the data (in force or not),
    `pins_expired` those out of force (in the data or not), `pins_excluded` those in force on excluded accounts; in the order of the pins.
    """

    accounts: int
    tiers: tuple[TierCount, ...]
    excluded: tuple[tuple[str, int], ...]
    untiered: int
    unscored: int
    seats: tuple[Seats, ...]
    ties: tuple[CutTie, ...]
    doubts: tuple[tuple[str, int], ...]
    ungrouped: tuple[tuple[str, int], ...]
    uncovered: tuple[tuple[str, str, int], ...]
    unclustered: tuple[tuple[str, int], ...]
    pins_unknown: tuple[str, ...]
    pins_expired: tuple[str, ...]
    pins_excluded: tuple[str, ...]


@attrs.frozen
class Fault:
    """A number out of bounds: the account (excluded ones too) and the words of the first definition or rule that made one.

    The order is that of the program: definitions, exclusions, relative definitions, then all gates, then the tests of all clusters, tier by
    tier. The words are the `text` of a Derive, a Percentile (its `where` included) and a Formula, `score NAME` for any other score body (its
    point lines' conditions and table rows included), the condition's text for an exclusion or a gate, `cluster of TIER` for a cluster's rows.
    """

    key: str
    where: str


@attrs.frozen
class Conflict:
    """An account that satisfies two tiers of a `match unique` ladder: the first two, best first."""

    key: str
    first: str
    second: str


@attrs.frozen
class Stopped:
    """A run that may not give a result: faulty accounts or conflicts, the first twenty in input order, and how many there are.

    Where there are faults, conflicts are not looked for. Conflicts are sought among the eligible accounts, pinned ones included.
    """

    faults: tuple[Fault, ...]
    fault_count: int
    conflicts: tuple[Conflict, ...]
    conflict_count: int
