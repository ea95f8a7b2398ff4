"""The program: a whole ruleset as meant. What the compiler makes and everything above it reads.

Numbers and percentages are integer counts of 1/10,000 (`tierlang.program.numbers`): 5 % is 500, 80 is 800,000.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal, TypeAlias

import attrs

from tierlang.program.calendar import Duration
from tierlang.program.expressions import Defined, Expression, Input
from tierlang.program.values import Kind, Value
from tierlang.said import Said
from tierlang.source import Span

# --- accounts -----------------------------------------------------------------------------------------------------------------------


@attrs.frozen(eq=False, repr=False)
class Field(Said):
    """One typed column of the account, and how its cells are read.

    `headings`: the column is the first of these that the file has. `low`/`high`: the numbers allowed, both in unless `high_open`.
    `one_of`: the texts allowed, empty for any. `same`: texts read as another one, after `fold_case`.
    `ranges_as`: which end of a cell like `51-200` is meant. `date_format`: as in `MM/DD/YYYY`; None is ISO.
    """

    name: str
    kind: Kind
    label: str | None = None
    headings: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None
    high_open: bool = False
    one_of: tuple[str, ...] = ()
    same: tuple[tuple[str, str], ...] = ()
    fold_case: bool = False
    required: bool = False
    default: Value = None
    ranges_as: Literal["low", "middle", "high"] | None = None
    split: str = ","
    date_format: str | None = None
    span: Span | None = attrs.field(default=None, eq=False, repr=False)

    @property
    def may_be_missing(self) -> bool:
        """Whether an account can be without a value here."""
        return not self.required and self.default is None and self.kind is not Kind.TAGS


@attrs.frozen(eq=False, repr=False)
class Condition(Said):
    """A test that decides something: it holds only if it is true. `text` is the user's own words on one line."""

    test: Expression
    text: str


# --- definitions --------------------------------------------------------------------------------------------------------------------


@attrs.frozen(eq=False, repr=False)
class Derive(Said):
    """A value computed once per account; `hidden` ones were named by the compiler, not by the user."""

    name: str
    kind: Kind
    value: Expression
    text: str
    label: str | None = None
    hidden: bool = False


@attrs.frozen(eq=False, repr=False)
class Percentile(Said):
    """half(100 · #{values ≤ x}, #{accounts with X}) among eligible accounts for which `where` holds, within each value of `per`.

    A whole number, 0 to 100 (so 0 to 1,000,000 in 1/10,000ths). Missing for an account without X or outside `where`, and for excluded accounts. Accounts without `per` form one group.
    """

    name: str
    of: Input | Defined
    where: Condition | None
    per: Input | None
    text: str

    kind = Kind.NUMBER


@attrs.frozen(eq=False, repr=False)
class WeighLine(Said):
    """`weight` (1/10,000ths, 50 % is 5,000) of a part."""

    weight: int
    part: Expression
    text: str


@attrs.frozen(eq=False, repr=False)
class Weighing(Said):
    """One exact sum of weight × part, divided once. The weights total 10,000.

    What a missing part does: `share` leaves it out and divides by the present weight (unscored where that is under `floor`), `zero` counts
    it as 0, `unscored` and None (no part can be missing) make the score missing.
    """

    lines: tuple[WeighLine, ...]
    missing: Literal["share", "zero", "unscored"] | None = None
    floor: int = 0


@attrs.frozen(eq=False, repr=False)
class PointLine(Said):
    """`points` when the condition holds."""

    points: int
    when: Condition
    label: str | None = None


@attrs.frozen(eq=False, repr=False)
class TableRow(Said):
    """Points for the subjects that meet the test; `text` is the band as written."""

    test: Expression
    points: int
    text: str


@attrs.frozen(eq=False, repr=False)
class PointTable(Said):
    """Points by the first row whose test is true, else `otherwise`; `missing` for a missing subject.

    None for `otherwise` or `missing` says that the compiler proved it cannot be needed; both engines then give 0.
    """

    subject: Input | Defined
    rows: tuple[TableRow, ...]
    otherwise: int | None
    missing: int | None
    text: str
    label: str | None = None


@attrs.frozen(eq=False, repr=False)
class BestOf(Said):
    """The largest points of the lines that hold (a table always holds), 0 where none does."""

    lines: tuple[PointLine | PointTable, ...]
    label: str | None = None


@attrs.frozen(eq=False, repr=False)
class PointSum(Said):
    """All lines added up; never missing."""

    lines: tuple[PointLine | PointTable | BestOf, ...]


@attrs.frozen(eq=False, repr=False)
class Formula(Said):
    """`value expression`."""

    value: Expression
    text: str


@attrs.frozen(eq=False, repr=False)
class Score(Said):
    """A number per account: the exact body, clamped to low..high (each may be open), then rounded once to `digits`.

    Only this result can be out of bounds (besides the operations inside the parts): a huge sum that the range clamps is no fault.
    """

    name: str
    body: Weighing | PointSum | Formula
    low: int | None
    high: int | None
    digits: int
    label: str | None = None

    kind = Kind.NUMBER


Definition: TypeAlias = Derive | Percentile | Score


@attrs.frozen(eq=False, repr=False)
class Exclusion(Said):
    """Accounts that take no part, and why."""

    name: str
    when: Condition
    label: str | None = None


# --- ladders ------------------------------------------------------------------------------------------------------------------------


@attrs.frozen(eq=False, repr=False)
class Line(Said):
    """The part of a ladder's score that a tier takes; an end that is None is open. `text` as written: `80..`, `over 80`."""

    low: int | None
    high: int | None
    low_open: bool
    high_open: bool
    text: str


@attrs.frozen(eq=False, repr=False)
class Top(Said):
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
class Capacity(Said):
    """At most `seats` (of each value of `per`, accounts without it forming one group); the others go where `overflow` says.

    `to` is a tier's name for overflow "to". A `minimum` not reached is reported. Pinned accounts take seats first and are never cut.
    `text` says the seats: `25`, `25 per ae`.
    """

    seats: int
    minimum: int | None
    per: Input | None
    overflow: Literal["down", "out", "to"]
    to: str | None
    text: str


@attrs.frozen(eq=False, repr=False)
class ClusterRow(Said):
    """One cluster and whom it takes; `test` reads the cluster's field."""

    name: str
    label: str | None
    test: Expression


@attrs.frozen(eq=False, repr=False)
class Cluster(Said):
    """The first row whose test is true names the account's cluster, else `otherwise`, else it has none."""

    by: Input | Defined
    rows: tuple[ClusterRow, ...]
    otherwise: str | None


@attrs.frozen(eq=False, repr=False)
class Owner(Said):
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
class TierOwner(Said):
    """Who answers for a tier in a function (marketing, sales, …): a declared owner, or whoever a field of the account names."""

    function: str
    owner: Owner | None
    field: Input | None


@attrs.frozen(eq=False, repr=False)
class Play(Said):
    """What a function does for the accounts of a tier."""

    function: str
    label: str
    channel: str | None = None
    respond_within: str | None = None
    budget: int | None = None


@attrs.frozen(eq=False, repr=False)
class Tier(Said):
    """One tier: at most one of `line` and `top`, a gate, or `otherwise`."""

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
    span: Span | None = attrs.field(default=None, eq=False, repr=False)


@attrs.frozen(eq=False, repr=False)
class RankKey(Said):
    """One more key of the rank order; missing stands last in either direction."""

    by: Input | Defined
    ascending: bool = False


@attrs.frozen(eq=False, repr=False)
class Ladder(Said):
    """Tiers from best to worst.

    `by` is the score (or numeric field) that lines read. `unique`: no account may satisfy two tiers; unless `separate` (proved), a run counts
    and stops on an account that does. Rank order: `by` descending, then `rank_by`, missing last, then the key.
    At most one total and one `per` capacity stand in a tier, the `per` one first.
    """

    name: str | None
    label: str | None
    by: Input | Defined | None
    tiers: tuple[Tier, ...]
    rank_by: tuple[RankKey, ...] = ()
    unique: bool = False
    separate: bool = True
    rest_untiered: bool = False


@attrs.frozen(eq=False, repr=False)
class Pin(Said):
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


# --- the whole ----------------------------------------------------------------------------------------------------------------------


@attrs.frozen(eq=False, repr=False)
class Limits(Said):
    """The house's own limits; shares are 1/10,000ths."""

    tiers: int = 5
    share: int = 8_000
    review_age: Duration = attrs.field(default=Duration(1, "quarter"))


@attrs.frozen(eq=False, repr=False)
class ReviewPeriod(Said):
    """How often everyone is placed again."""

    unit: Literal["day", "week", "month", "quarter", "year"]
    starting: dt.date | None = None


@attrs.frozen(eq=False, repr=False)
class Program(Said):
    """A compiled ruleset.

    `definitions` read one account only and stand in dependency order; `exclusions` read those; `relative` definitions (percentiles and
    whatever reads them) need the whole population after exclusions, and stand in dependency order too. `key` and `fields` say how accounts
    are read; `missing_cells` are the cells that mean no value.
    """

    name: str
    label: str | None
    version: str | None
    reviewed: dt.date | None
    review: ReviewPeriod | None
    limits: Limits
    key: Field
    fields: tuple[Field, ...]
    missing_cells: tuple[str, ...]
    definitions: tuple[Definition, ...]
    exclusions: tuple[Exclusion, ...]
    relative: tuple[Definition, ...]
    ladders: tuple[Ladder, ...]
    owners: tuple[Owner, ...]
    pins: tuple[Pin, ...]

    @property
    def scores(self) -> tuple[Score, ...]:
        """All scores, in dependency order."""
        return tuple(d for d in (*self.definitions, *self.relative) if isinstance(d, Score))
