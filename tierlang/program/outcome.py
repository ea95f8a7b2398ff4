"""What a run says: one assignment per account, and the figures of the whole."""

from __future__ import annotations

from collections.abc import Mapping

import attrs


@attrs.frozen
class Placement:
    """Where one account ended on one ladder, and why.

    `tier` is a tier's name, None for an account that is excluded or in no tier.
    `rank` is the competition rank among eligible accounts by the ladder's rank order without the key (equals share a rank; 1 is best); None for
    excluded accounts, accounts without the ladder's score, and ladders with neither `by` nor `rank by`.
    `uncovered` names the tier's coverage fields that are empty for the account. `plays` are the positions (from 0) of the tier's plays that are for the account: those without a condition, and
    those whose condition holds. Excluded accounts have no rank, no cluster and no plays.
    """

    tier: str | None
    rank: int | None
    cluster: str | None
    uncovered: tuple[str, ...]
    plays: tuple[int, ...]
    reason: str


@attrs.frozen
class Assignment:
    """What became of one account.

    `scores` has every score by name, None where unscored (and for excluded accounts). `placements` has one for each ladder, in the program's order.
    `marks` are the names of the marks that hold, in the program's order; none for excluded accounts.
    """

    key: str
    excluded: str | None
    scores: Mapping[str, int | None]
    placements: tuple[Placement, ...]
    marks: tuple[str, ...] = ()

    @property
    def own(self) -> Placement:
        """Where it ended on the ruleset's own ladder, the first."""
        return self.placements[0]

    @property
    def tier(self) -> str | None:
        """Its tier on the first ladder."""
        return self.own.tier

    @property
    def reason(self) -> str:
        """Why, on the first ladder."""
        return self.own.reason


@attrs.frozen
class CutTie:
    """A `top` or a capacity that cuts between accounts which differ only by key.

    `what` is `top 5%` or `capacity 25 per ae` (the word and the node's text), `group` the value of `per` as text: texts as they are, numbers
    as `number_text` writes them, dates as ISO, flags `true` or `false` (None without a `per`, or for the accounts without a value). `tier` is None for a capacity of the ladder itself.
    `inside` and `outside` count the equals on either side; `keys` are the first five of them (bytewise), inside before outside.
    """

    tier: str | None
    what: str
    group: str | None
    inside: int
    outside: int
    keys: tuple[str, ...]


@attrs.frozen
class Seats:
    """How a capacity was used: `wanted` before it cut, `used` after (those who are never cut included).

    All three are heads; of a capacity that counts a sum (`summed`) they are that sum in 1/10,000ths. `tier` is None for a capacity of the ladder itself.
    Each capacity of a tier sees the accounts that those before it left. For a capacity `per` a field, the figures of the fullest group (most wanted, then the group's text bytewise, None last).
    """

    tier: str | None
    what: str
    group: str | None
    wanted: int
    used: int
    seats: int
    minimum: int | None
    summed: bool = False

    @property
    def overbooked(self) -> bool:
        """Whether pins and floors put more here than there are seats."""
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
class AdjustmentCount:
    """What a raise, lower, floor or cap did; `what` and `shown` are the node's own.

    `held` counts the eligible accounts without a pin in force for which its condition is true, whether they are in a tier or not. `moved` counts those of them that
    its step (shifts, floors, caps) brought into another tier, or out of the tiers, where this one is a cause: one that the words of the reason name. A step after it may have brought
    them back. `lost` counts those of the moved that some capacity moved on afterwards.
    """

    what: str
    shown: str
    held: int
    moved: int
    lost: int


@attrs.frozen
class LadderSummary:
    """The figures of one ladder.

    `name` is None for one without a name. `tiers` has every tier in order, zeros too; `uncovered` (tier, field, accounts) and `unclustered` (tier, accounts) have no zeros.
    `seats` stand first for the ladder's own capacities, then in the order of the tiers, each in the order of the program. `ties`: first the tops, in the order of the tiers, then the capacities in the order of
    `seats`; their groups by their text bytewise, None last. `untiered` counts eligible accounts without a tier, `unscored` the eligible ones without the ladder's
    score (some of them may have a tier). `adjustments` has every shift, then every floor, then every cap, as written, zeros too.
    """

    name: str | None
    tiers: tuple[TierCount, ...]
    untiered: int
    unscored: int
    seats: tuple[Seats, ...]
    ties: tuple[CutTie, ...]
    uncovered: tuple[tuple[str, str, int], ...]
    unclustered: tuple[tuple[str, int], ...]
    adjustments: tuple[AdjustmentCount, ...] = ()


@attrs.frozen
class Summary:
    """The figures of one run over one population.

    `ladders` stand in the program's order. `excluded` has every exclusion and `marks` every mark, in order, zeros too. `ungrouped` counts, for each `per` field, the eligible accounts without
    a value there (no zeros), in the order of use: percentiles, then ladder by ladder: its own capacities, then tier by tier its top and its capacities. `doubts` are what missing data
    decided, with the accounts concerned (only those counted at least once). `pins_unknown` are keys pinned but not in the data (in force or not),
    `pins_expired` those out of force (in the data or not), `pins_excluded` those in force on excluded accounts; in the order of the pins.
    """

    accounts: int
    excluded: tuple[tuple[str, int], ...]
    ladders: tuple[LadderSummary, ...]
    marks: tuple[tuple[str, int], ...]
    doubts: tuple[tuple[str, int], ...]
    ungrouped: tuple[tuple[str, int], ...]
    pins_unknown: tuple[str, ...]
    pins_expired: tuple[str, ...]
    pins_excluded: tuple[str, ...]

    @property
    def own(self) -> LadderSummary:
        """The figures of the ruleset's own ladder, the first."""
        return self.ladders[0]


@attrs.frozen
class FactFigures:
    """What came in of one event type or signal.

    `rows` are those of known accounts (excluded ones too) that are not after the as-of date, `later` those of known accounts that are. `unknown` counts the rows, of any
    date, of accounts that the data does not have: of `strangers` accounts, `examples` are the first three of these bytewise.
    """

    name: str
    rows: int
    later: int
    unknown: int
    strangers: int
    examples: tuple[str, ...]


@attrs.frozen
class Fault:
    """A number out of bounds: the account (excluded ones too) and the words of the first rule that made one.

    The order is that of the program: facts, definitions, exclusions, relative definitions, then ladder by ladder as written: the gates tier by tier, the clusters' tests, the
    conditions of shifts, floors and caps, those of the plays tier by tier; last the marks. Conditions that read tiers cannot make any.
    The words are the `text` of a fact, a Derive, a Percentile (its `where` included) and a Formula, `score NAME` for any other score body (its
    point lines' conditions, its `weigh … when` and table rows included), the condition's text for an exclusion, a gate, an adjustment, a play or a mark, `cluster of TIER` for a cluster's rows.
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

    Where there are faults, conflicts are not looked for. Conflicts are sought among the eligible accounts, pinned ones included, ladder by ladder in placing order; the first ladder that has some
    stops the run, before any later ladder is placed.
    """

    faults: tuple[Fault, ...]
    fault_count: int
    conflicts: tuple[Conflict, ...]
    conflict_count: int


@attrs.frozen
class FieldFigures:
    """What a run saw in one field: of `accounts`, how many were without a value, and (for a field with `one of`) how many had each of its texts (of tags: have it among them), zeros too, as declared."""

    name: str
    accounts: int
    missing: int
    values: tuple[tuple[str, int], ...] = ()


@attrs.frozen
class ScoreFigures:
    """How one number (a score, or a field that ranks a ladder) spreads over the eligible accounts that have it.

    `quantiles` are the 101 values at 0 %, 1 %, … 100 % of those accounts in ascending order (the value at position half((n - 1) · p, 100)), empty for none; `distinct` counts different values; `common` are the three
    most common with their counts (of equals the greater value first).
    """

    name: str
    accounts: int
    quantiles: tuple[int, ...]
    distinct: int
    common: tuple[tuple[int, int], ...]


@attrs.frozen
class Population:
    """What `check --data` knows of a run: the run's summary, and how fields and scores spread. `fields` are all of the program's, `scores` those of `Program.ranking_numbers`."""

    summary: Summary
    fields: tuple[FieldFigures, ...]
    scores: tuple[ScoreFigures, ...]
    facts: tuple[FactFigures, ...] = ()
