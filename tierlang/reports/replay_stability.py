"""How stable a ruleset was over a past: who stayed, for how long, who went back and forth, and how full the tiers became."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from tierlang.planning.replaying_figures import NO_TIER, Flapping, Peak, Replay, Tenure
from tierlang.program.outcome import Seats
from tierlang.reports.screen import columns, heading
from tierlang.reports.seat_words import seats_short, summed_field
from tierlang.reports.values import amount
from tierlang.reports.words import count, share

_LONGEST = 6


def stability_parts(replay: Replay, fancy: bool) -> Iterator[RenderableType]:
    """The sections on stability, flapping and capacities, as far as there is something to say."""
    if replay.steps:
        yield from heading("Stability")
        yield Text(stayed_words(replay))
        yield tenure_table(replay.tenures)
    yield from heading("Back and forth")
    yield from (Text(line) for line in flapping_lines(replay, fancy))
    if replay.peaks:
        yield from heading("Capacities")
        yield peaks_table(replay.peaks)


def stayed_words(replay: Replay) -> str:
    """How many accounts kept their tier from one date to the next."""
    return f"{share(replay.kept, replay.steps)} kept their tier from one date to the next ({replay.kept:,} of {replay.steps:,})."


def tenure_table(tenures: Sequence[Tenure]) -> Table:
    """How long accounts stay in each tier."""
    titles = ("tier", "kept", "stays ended", "median days", "still running", "median so far")
    rows = [
        (
            Text(each.tier or NO_TIER, style="bold" if each.tier else ""),
            share(each.kept, each.steps),
            f"{each.ended:,}",
            days(each.median),
            f"{each.running:,}",
            days(each.so_far),
        )
        for each in tenures
        if each.steps or each.ended or each.running
    ]
    return columns(titles, rows)


def days(number: int | None) -> str:
    """A number of days, or a dash for none."""
    return "-" if number is None else f"{number:,}"


def flapping_lines(replay: Replay, fancy: bool) -> Iterator[str]:
    """How many went back, and the worst of them with the tiers they went through."""
    if not replay.returned:
        yield f"No account went back to a tier within {replay.within} of leaving it."
        return
    times = "" if replay.returns == replay.returned else f", {count(replay.returns, 'time')} in all"
    yield f"{count(replay.returned, 'account')} went back to a tier within {replay.within} of leaving it{times}."
    for each in replay.flapping:
        yield f"  {each.key}  {_course(each, fancy)}"
    rest = replay.returned - len(replay.flapping)
    if rest:
        yield f"  and {rest:,} more"


def _course(each: Flapping, fancy: bool) -> str:
    arrow = " → " if fancy else " -> "
    course = each.course[-_LONGEST:]
    start = f"…{arrow}" if fancy else f"...{arrow}"
    text = arrow.join(f"{tier or NO_TIER} {day.isoformat()}" for day, tier in course)
    return text if len(course) == len(each.course) else start + text


def peaks_table(peaks: Sequence[Peak]) -> Table:
    """How full each capacity became."""
    titles = ("tier", "capacity", "most used", "on", "most wanted", "on", "full", "over")
    rows = [
        (
            Text(each.tier or "all tiers", style="bold"),
            each.what.removeprefix("capacity "),
            Text(_used(each), style="yellow" if each.over else ""),
            each.at.isoformat(),
            f"{amount(each.wanted)} {summed_field(each.what)}" if each.summed else f"{each.wanted:,}",
            each.wanted_at.isoformat(),
            f"{each.full:,} of {each.dates:,}" if each.full else "",
            f"{each.over:,} of {each.dates:,}" if each.over else "",
        )
        for each in peaks
    ]
    return columns(titles, rows, left=(0, 1))


def _used(peak: Peak) -> str:
    return seats_short(Seats(peak.tier, peak.what, None, peak.wanted, peak.used, peak.seats, None, peak.summed))
