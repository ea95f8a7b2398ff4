"""Adding up a replay, date by date: what each plan did, who stayed where for how long, and how full the tiers became."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import attrs
import duckdb

from tierlang.planning.columns import PLANNED
from tierlang.planning.decide import Planned
from tierlang.planning.figures import Counted, Figures, direction
from tierlang.planning.replaying_figures import Day, OccasionName, Peak, Tenure
from tierlang.planning.sql import day as sql_day
from tierlang.program.holdings import Block, Occasion
from tierlang.program.outcome import Seats, Summary

_BLOCKS: tuple[Block, ...] = ("approval", "capacity", "cool-down", "freeze", "hold")


@attrs.frozen
class Snapshot:
    """The file of accounts of one date, and how many rows were left aside on that date (in all files)."""

    label: str
    aside: int = 0


@attrs.define
class Tally:
    """What is known of a replay so far; `approving`: moves that need an approval have it.

    `_running` counts the open stays by tier and first day, `_ended` the days that those lasted which are over, `_steps` and `_kept` by tier how often a holder could have stayed, and did.
    """

    tiers: tuple[str, ...]
    approving: bool
    days: list[Day] = attrs.field(factory=list)
    _running: Counter[tuple[str | None, dt.date]] = attrs.field(factory=Counter)
    _ended: dict[str | None, Counter[int]] = attrs.field(factory=dict)
    _steps: Counter[str | None] = attrs.field(factory=Counter)
    _kept: Counter[str | None] = attrs.field(factory=Counter)

    def add(
        self,
        connection: duckdb.DuckDBPyConnection,
        planned: Planned,
        summary: Summary,
        occasion: Occasion,
        as_of: dt.date,
        snapshot: Snapshot,
    ) -> None:
        """One date more: its plan stands in `planned`, and the ledger's tables before it in the connection."""
        for tier, since, to, begun, number in self._changed(connection, as_of):
            self._change(tier, since, to, begun, number, as_of)
        for each in planned.figures.counts:
            self._step(each)
        self.days.append(self._day(planned.figures, summary, occasion, as_of, snapshot))

    def tenures(self) -> tuple[Tenure, ...]:
        """How long accounts stayed in each tier, up to the last date."""
        return tuple(self._tenure(tier) for tier in (*self.tiers, None))

    def peaks(self) -> tuple[Peak, ...]:
        """How full each capacity became."""
        found: dict[tuple[str | None, str], list[tuple[dt.date, Seats]]] = {}
        for day in self.days:
            for seats in day.seats:
                found.setdefault((seats.tier, seats.what), []).append((day.as_of, seats))
        return tuple(_peak(each) for each in found.values())

    def _changed(
        self, connection: duckdb.DuckDBPyConnection, as_of: dt.date
    ) -> list[tuple[str | None, dt.date | None, str | None, dt.date | None, int]]:
        """The stays that end and begin: tier and first day before, tier and first day after (no day: none), and how many."""
        going = f"waits = 'approval' AND proposed IS DISTINCT FROM tier AND {str(self.approving).lower()}"
        after = (
            f"SELECT key, act, CASE WHEN act = 'close' THEN NULL WHEN {going} THEN proposed ELSE tier END AS tier_after,"
            f" CASE WHEN act = 'close' THEN NULL WHEN {going} THEN {sql_day(as_of)} ELSE since END AS since_after"
            f" FROM {PLANNED} WHERE act IN ('assign', 'move', 'close', 'stay') OR {going}"
        )
        select = (
            f"SELECT coalesce(o.tier, o.retired), o.since, tier_after, since_after, count(*) FROM ({after}) p LEFT JOIN open_rows o ON o.key = p.key"
            " WHERE act <> 'stay' OR since_after IS DISTINCT FROM o.since GROUP BY ALL"
        )
        return connection.execute(select).fetchall()

    def _change(
        self,
        tier: str | None,
        since: dt.date | None,
        to: str | None,
        begun: dt.date | None,
        number: int,
        as_of: dt.date,
    ) -> None:
        if since is not None:
            self._running[tier, since] -= number
            if begun is None or to != tier:
                self._ended.setdefault(tier, Counter())[(as_of - since).days] += number
        if begun is not None:
            self._running[to, begun] += number

    def _step(self, each: Counted) -> None:
        """Holders before the run, and whether they still are where they were after it."""
        if each.act == "assign":
            return
        self._steps[each.from_tier] += each.accounts
        if each.act != "close" and self._after(each) == each.from_tier:
            self._kept[each.from_tier] += each.accounts

    def _after(self, each: Counted) -> str | None:
        return each.proposed if self._approved(each) else each.tier

    def _approved(self, each: Counted) -> bool:
        return self.approving and each.waits == "approval"

    def _day(self, figures: Figures, summary: Summary, occasion: Occasion, as_of: dt.date, snapshot: Snapshot) -> Day:
        def given(where: str) -> int:
            """Moves in this direction that were approved."""
            return sum(
                each.accounts
                for each in figures.counts
                if self._approved(each) and direction(figures.tiers, each.from_tier, each.proposed) == where
            )

        approved = sum(each.accounts for each in figures.counts if self._approved(each))
        waiting = [(block, figures.waiting(block)) for block in _BLOCKS if not (self.approving and block == "approval")]
        return Day(
            as_of=as_of,
            snapshot=snapshot.label,
            aside=snapshot.aside,
            occasion=_name(occasion, first=not self.days),
            accounts=summary.accounts,
            held=figures.open_rows,
            new=figures.new,
            up=figures.moved("up") + given("up"),
            down=figures.moved("down") + given("down"),
            entered=figures.moved("in") + given("in"),
            left=figures.moved("out") + given("out"),
            placed=figures.moved(None),
            excluded=figures.excluded,
            closed=figures.closing + figures.merged,
            absent=figures.absent,
            approved=approved,
            waiting=tuple((block, number) for block, number in waiting if number),
            holders=tuple(self._holders()),
            seats=summary.own.seats,
            limit=figures.limit,
        )

    def _holders(self) -> Iterator[tuple[str | None, int]]:
        """The open stays by tier."""
        sizes: Counter[str | None] = Counter()
        for (tier, _), number in self._running.items():
            sizes[tier] += number
        yield from ((tier, sizes[tier]) for tier in (*self.tiers, None))

    def _tenure(self, tier: str | None) -> Tenure:
        last = self.days[-1].as_of
        running = Counter[int]()
        for (held, since), number in self._running.items():
            if held == tier and number:
                running[(last - since).days] += number
        ended = self._ended.get(tier, Counter())
        return Tenure(
            tier,
            self._steps[tier],
            self._kept[tier],
            sum(ended.values()),
            median(ended),
            sum(running.values()),
            median(running),
        )


def median(counts: Mapping[int, int]) -> int | None:
    """The middle of counted values; of an even number the lower of the two."""
    total, seen = sum(counts.values()), 0
    for value in sorted(counts):
        seen += counts[value]
        if seen * 2 >= total and counts[value]:
            return value
    return None


def _name(occasion: Occasion, *, first: bool) -> OccasionName:
    if occasion.freeze is not None:
        return "frozen"
    if first:
        return "first"
    return "review" if occasion.review else "between"


def _peak(seen: Sequence[tuple[dt.date, Seats]]) -> Peak:
    at, most = max(seen, key=lambda each: each[1].used)
    wanted_at, wanted = max(seen, key=lambda each: each[1].wanted)
    return Peak(
        tier=most.tier,
        what=most.what,
        seats=seen[-1][1].seats,
        summed=most.summed,
        dates=len(seen),
        full=sum(each.used >= each.seats for _, each in seen),
        over=sum(each.overbooked for _, each in seen),
        used=most.used,
        at=at,
        wanted=wanted.wanted,
        wanted_at=wanted_at,
    )
