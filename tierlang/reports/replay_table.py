"""A replay date by date: what each run moved, and how full the tiers were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.table import Table
from rich.text import Text

from tierlang.planning.replaying_figures import Day
from tierlang.program.outcome import Seats
from tierlang.reports.screen import columns
from tierlang.reports.seat_words import seats_short
from tierlang.reports.words import count, share

_TITLES = (
    "date", "occasion", "accounts", "new", "up", "down", "in", "out", "placed again", "excluded", "closed", "absent", "waiting", "moved", "fullest",
)  # fmt: skip
BLOCK_WORDS: Mapping[str, str] = {
    "approval": "an approval",
    "capacity": "a seat",
    "cool-down": "the end of a cool-down",
    "freeze": "the end of a freeze",
    "hold": "the end of a hold",
}


def days_table(days: Sequence[Day]) -> Table:
    """A row for each date; columns in which nothing ever happened are left out."""
    return columns(_TITLES, [_row(day) for day in days], left=(0, 1, len(_TITLES) - 1))


def remarks(days: Sequence[Day]) -> list[str]:
    """What the table cannot say: what the waiting ones waited for, and where the breaker would have stopped a plan."""
    said = []
    waited: dict[str, int] = {}
    for day in days:
        for block, number in day.waiting:
            waited[block] = waited.get(block, 0) + number
    if waited:
        each = [f"{number:,} for {BLOCK_WORDS[block]}" for block, number in sorted(waited.items())]
        said.append(f"Waiting, all dates added up: {', '.join(each)}.")
    over = [day for day in days if day.over_breaker]
    if over:
        first = ", ".join(f"{day.as_of.isoformat()} ({share(day.counted, day.held)})" for day in over[:3])
        more = f" and {len(over) - 3:,} more" if len(over) > 3 else ""
        said.append(f"! The breaker would have stopped {count(len(over), 'plan')}: {first}{more}.")
    aside = [day for day in days if day.aside]
    if aside:
        rows = count(sum(day.aside for day in aside), "row")
        said.append(f"! {rows} with bad cells took no part, on {count(len(aside), 'date')}: {_dates(aside)}.")
    approved = sum(day.approved for day in days)
    if approved:
        said.append(
            f"{count(approved, 'move')} that somebody has to approve {'is' if approved == 1 else 'are'} taken as approved."
        )
    return said


def _dates(days: Sequence[Day]) -> str:
    more = f" and {len(days) - 3:,} more" if len(days) > 3 else ""
    return ", ".join(day.as_of.isoformat() for day in days[:3]) + more


def _row(day: Day) -> tuple[str | Text, ...]:
    moved = share(day.counted, day.held) if day.held else "-"
    return (
        day.as_of.isoformat(),
        Text(day.occasion, style="bold" if day.occasion in ("review", "first") else "yellow" if day.occasion == "frozen" else ""),
        *(f"{each:,}" for each in (day.accounts, day.new, day.up, day.down, day.entered, day.left, day.placed)),
        *(f"{each:,}" for each in (day.excluded, day.closed, day.absent, day.waits)),
        Text(f"{moved} !" if day.over_breaker else f"{moved}  ", style="yellow" if day.over_breaker else ""),
        _fullest(day.seats),
    )  # fmt: skip


def _fullest(seats: Sequence[Seats]) -> Text:
    """The capacity that is used most, as `one 25 of 25`."""
    asked = [each for each in seats if each.seats > 0]
    if not asked:
        return Text("")
    fullest = max(asked, key=lambda each: each.used / each.seats)
    group = f" {fullest.group}" if fullest.group is not None else ""
    style = "yellow" if fullest.overbooked else "dim"
    return Text(f"{fullest.tier or 'all tiers'}{group} {seats_short(fullest)}", style=style)
