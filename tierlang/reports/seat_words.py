"""Capacities and tops in words: who is meant, how full they are, where they cut through a tie."""

from __future__ import annotations

from tierlang.program.nodes import Ladder, Program
from tierlang.program.numbers import SCALE
from tierlang.program.outcome import CutTie, LadderSummary, Seats
from tierlang.reports.values import amount
from tierlang.reports.words import count

_SHORT = ((10**9, "B"), (10**6, "M"), (10**3, "k"))
_PLAIN_BELOW = 10_000


def tier_words(ladder: LadderSummary, tier: str | None) -> str:
    """`one`, `coverage named` for a further ladder, `all tiers` for a ladder's own capacity."""
    where = "all tiers" if tier is None else tier
    return f"{ladder.name} {where}" if ladder.name else where


def group_words(what: str, group: str | None) -> str:
    """` for ae Dana`: the group that a capacity or a top `per` a field is about."""
    _, per, field = what.partition(" per ")
    if not per:
        return ""
    field = field.split()[0]
    return f" without {field}" if group is None else f" for {field} {group}"


def summed_field(what: str) -> str:
    """The field that a capacity `of` it counts."""
    _, _, rest = what.partition(" of ")
    return rest.split()[0] if rest else "it"


def seats_short(seats: Seats) -> str:
    """`10 of 25`, or `1.2M of 2M arr`, for a column."""
    if not seats.summed:
        return f"{seats.used:,} of {seats.seats:,}"
    return f"{_short(seats.used)} of {_short(seats.seats)} {summed_field(seats.what)}"


def _short(number: int) -> str:
    """A sum in few signs, rounded down: 1.99M is not yet 2M."""
    for size, sign in _SHORT:
        if number >= max(size, _PLAIN_BELOW) * SCALE:
            hundredths = number * 100 // (size * SCALE)
            return f"{amount(hundredths * SCALE // 100)}{sign}"
    return amount(number)


def overbooked_words(program: Program, ladder: Ladder, figures: LadderSummary, seats: Seats) -> str:
    """That more were secured a place than there are places."""
    who = ["pins"] if program.pins and ladder is program.ladders[0] else []
    who += ["floors"] if ladder.floors else []
    where = f"{tier_words(figures, seats.tier)} {'are' if seats.tier is None else 'is'} overbooked{group_words(seats.what, seats.group)}"
    cause = " and ".join(who) or "pins"
    if seats.summed:
        return f"{where}: {cause} put {amount(seats.used)} of {summed_field(seats.what)} where {amount(seats.seats)} may be."
    return f"{where}: {cause} put {count(seats.used, 'account')} on {count(seats.seats, 'seat')}."


def short_words(figures: LadderSummary, seats: Seats) -> str:
    """That a declared minimum was not reached."""
    assert seats.minimum is not None
    where = f"{tier_words(figures, seats.tier)} {'have' if seats.tier is None else 'has'}"
    group = group_words(seats.what, seats.group)
    if seats.summed:
        return f"{where} {amount(seats.used)} of {summed_field(seats.what)}{group}, less than the minimum of {amount(seats.minimum)}."
    return f"{where} {count(seats.used, 'account')}{group}, fewer than its minimum of {seats.minimum:,}."


def full_words(figures: LadderSummary, seats: Seats) -> str:
    """That a capacity moved accounts on, and how many."""
    fullest = " (the fullest)" if " per " in seats.what else ""
    where = f"{tier_words(figures, seats.tier)}{group_words(seats.what, seats.group)}{fullest}"
    went = "moved out" if seats.tier is None else "moved on"
    if seats.summed:
        field = summed_field(seats.what)
        moved = amount(seats.wanted - seats.used)
        return f"{where}: accounts of {amount(seats.wanted)} {field} for {amount(seats.seats)}, so {moved} {went}"
    moved = f"{seats.wanted - seats.used:,}"
    return f"{where}: {count(seats.wanted, 'account')} for {count(seats.seats, 'seat')}, so {moved} {went}"


def tie_words(figures: LadderSummary, tie: CutTie) -> str:
    """That a cut went through accounts which only their keys tell apart."""
    shown = ", ".join(tie.keys) + (", ..." if tie.inside + tie.outside > len(tie.keys) else "")
    whose = "their" if tie.tier is None else "its"
    what = f"{whose} {tie.what}" if tie.what.startswith("capacity") else tie.what
    return (
        f"{tier_words(figures, tie.tier)}: {what}{group_words(tie.what, tie.group)} cuts through a tie: {tie.inside:,} got in and"
        f" {tie.outside:,} did not, though only their keys differ ({shown}). `rank by` can decide it."
    )
