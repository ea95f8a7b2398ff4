"""What a replay of the past found: date by date, and over all dates. Plain figures, for people and for machines."""

from __future__ import annotations

import datetime as dt
from typing import Literal, TypeAlias

import attrs

from tierlang.program.holdings import Block
from tierlang.program.outcome import Seats

OccasionName: TypeAlias = Literal["first", "review", "between", "frozen"]


@attrs.frozen
class Day:
    """One date of a replay: what sort of run it was, and what became of the accounts.

    `accounts` are those in the snapshot; `held` had an open assignment before the run. `new` were placed for the first time (or again, after their assignment was closed). Of the holders went `up` and `down`
    from tier to tier, `entered` from no tier into one, `left` out of the tiers, `placed` again because their tier is no more, `excluded` out of the program by an exclusion, `closed` for another reason (absent for too long, merged); `absent` counts holders
    that the snapshot does not have. `waiting` is by what they wait for, no zeros. `approved` counts moves that somebody had to approve, which a replay takes as given. `holders` are by tier as of the end
    of the date, in the ladder's order, zeros too; None: in no tier.

    `aside` counts rows with bad cells, of accounts, events and signals, that were left aside. `limit` is the share (1/10,000ths) that the breaker lets move on such a date, None without one.
    """

    as_of: dt.date
    snapshot: str
    occasion: OccasionName
    accounts: int
    held: int
    new: int
    up: int
    down: int
    entered: int
    left: int
    placed: int
    excluded: int
    closed: int
    absent: int
    approved: int
    waiting: tuple[tuple[Block, int], ...]
    holders: tuple[tuple[str | None, int], ...]
    seats: tuple[Seats, ...] = ()
    limit: int | None = None
    aside: int = 0

    @property
    def moved(self) -> int:
        """The holders that changed their tier, by review, trigger, pin, or because their tier is no more."""
        return self.up + self.down + self.entered + self.left + self.placed

    @property
    def counted(self) -> int:
        """What the breaker counts: moves, exclusions of holders, and absences."""
        return self.moved + self.excluded + self.absent

    @property
    def over_breaker(self) -> bool:
        """Whether `apply` would have asked for an override."""
        return self.limit is not None and self.held > 0 and self.counted * 10_000 > self.limit * self.held

    @property
    def waits(self) -> int:
        """All that wait for something."""
        return sum(number for _, number in self.waiting)


@attrs.frozen
class Tenure:
    """How long accounts stay in one tier (None: in no tier).

    `kept` of `steps` is how often an account that held the tier on one date held it on the next one still. `ended` stays had a median of `median` days; `running` ones have lasted a median of `so_far` days up to
    the last date.
    """

    tier: str | None
    steps: int
    kept: int
    ended: int
    median: int | None
    running: int
    so_far: int | None


@attrs.frozen
class Flapping:
    """An account that went back to tiers it had left not long before: how often, and the tiers that it went through (None: no tier), with the day from which it held each."""

    key: str
    returns: int
    course: tuple[tuple[dt.date, str | None], ...]


@attrs.frozen
class Peak:
    """How full a capacity was: of `dates`, it was full on `full` and held more than it may on `over`. `used` is the most that it held, on `at`; `wanted` the most that would have liked to be in."""

    tier: str | None
    what: str
    seats: int
    summed: bool
    dates: int
    full: int
    over: int
    used: int
    at: dt.date
    wanted: int
    wanted_at: dt.date


@attrs.frozen
class Replay:
    """The whole past under one ruleset. `rules` is the path, `tiers` are the ladder's from the best; `returned` accounts went back to a tier `returns` times, `flapping` has the worst of them."""

    rules: str
    title: str
    version: str | None
    tiers: tuple[str, ...]
    days: tuple[Day, ...]
    tenures: tuple[Tenure, ...]
    within: str
    returned: int
    returns: int
    flapping: tuple[Flapping, ...]
    peaks: tuple[Peak, ...]

    @property
    def steps(self) -> int:
        """How often an account that held something on one date could have kept it on the next."""
        return sum(each.steps for each in self.tenures)

    @property
    def kept(self) -> int:
        """How often it did."""
        return sum(each.kept for each in self.tenures)

    @property
    def moves(self) -> int:
        """All moves of holders."""
        return sum(day.moved for day in self.days)


@attrs.frozen
class Elsewhere:
    """An account that the two rulesets leave in different places on the last date; None: no tier, `absent`: that ruleset holds nothing for it (excluded, or closed)."""

    key: str
    here: str | None
    there: str | None
    why_here: str
    why_there: str
    held_here: bool = True
    held_there: bool = True


@attrs.frozen
class Comparison:
    """Two replays of the same past: `matrix` counts accounts by where the one and the other leave them (`NOWHERE`: no open assignment), without zeros; `elsewhere` shows the first of the `differing` ones."""

    here: Replay
    there: Replay
    matrix: tuple[tuple[str, str, int], ...]
    differing: int
    elsewhere: tuple[Elsewhere, ...]


NO_TIER = "no tier"
NOWHERE = "not held"
