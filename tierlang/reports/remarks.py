"""What a summary says in words: what deserves a look, and what capacities, missing data and pins decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from tierlang.diagnostics.suggest import listing
from tierlang.program.nodes import Program
from tierlang.program.outcome import CutTie, Seats, Summary
from tierlang.reports.words import count

_MOST_DOUBTS = 12
_MOST_KEYS = 5


@attrs.frozen
class Remark:
    """One sentence, with the number of accounts it is about where it stands in front."""

    text: str
    count: int | None = None


def warnings(summary: Summary, rejected: int, rejects: str | None) -> list[Remark]:
    """What somebody should look at before using the result."""
    return [Remark(text) for text in _warnings(summary, rejected, rejects)]


def aside(rejected: int, rejects: str) -> str:
    """How many rows were left aside, and where they are."""
    return (
        f"{count(rejected, 'row')} with bad cells took no part; {'they are' if rejected > 1 else 'it is'} in {rejects}."
    )


def _warnings(summary: Summary, rejected: int, rejects: str | None) -> Iterator[str]:
    if rejected and rejects:
        yield aside(rejected, rejects)
    if summary.accounts == 0:
        yield "No account is left." if rejected else "The file has no accounts."
    for seats in summary.own.seats:
        where = _where(seats.what, seats.group)
        if seats.overbooked:
            yield f"{seats.tier} is overbooked{where}: pins put {seats.used:,} accounts on {seats.seats:,} seats."
        if seats.short:
            yield f"{seats.tier} has {count(seats.used, 'account')}{where}, fewer than its minimum of {seats.minimum:,}."
    for tie in summary.own.ties:
        yield _tie(tie)
    if summary.pins_unknown:
        yield f"Pinned, but not in the accounts: {_keys(summary.pins_unknown)}."
    if summary.pins_excluded:
        yield f"Pinned, but excluded, so the pin does nothing: {_keys(summary.pins_excluded)}."


def _tie(tie: CutTie) -> str:
    shown = ", ".join(tie.keys) + (", ..." if tie.inside + tie.outside > len(tie.keys) else "")
    where = _where(tie.what, tie.group)
    return (
        f"{tie.tier}: {_what(tie.what)}{where} cuts through a tie: {tie.inside:,} got in and {tie.outside:,} did not, though only"
        f" their keys differ ({shown}). `rank by` can decide it."
    )


def facts(program: Program, summary: Summary, rounded: int) -> list[tuple[str, list[Remark]]]:
    """The other remarks, by heading, in the order people ask."""
    ladder = program.ladders[0]
    full = [Remark(_full(seats)) for seats in summary.own.seats if seats.wanted > seats.used]
    labels = {each.name: each.label or each.name for each in program.exclusions}
    excluded = [Remark(labels[name], number) for name, number in summary.excluded]
    doubts = [Remark(text, number) for text, number in summary.doubts]
    if len(doubts) > _MOST_DOUBTS:
        doubts = [
            *doubts[:_MOST_DOUBTS],
            Remark(f"and {len(doubts) - _MOST_DOUBTS} more places where missing data decided"),
        ]
    if summary.own.unscored and ladder.by is not None:
        doubts.append(Remark(f"without {ladder.by.name}: they meet no line and rank last", summary.own.unscored))
    doubts += [Remark(f"without {field}: taken together as one group", number) for field, number in summary.ungrouped]
    gaps = [Remark(f"{tier}: no {field}", number) for tier, field, number in summary.own.uncovered]
    gaps += [Remark(f"{tier}: in none of its clusters", number) for tier, number in summary.own.unclustered]
    pins = [Remark(f"No longer in force: {_keys(summary.pins_expired)}")] if summary.pins_expired else []
    read = [Remark(_rounding(rounded), rounded)] if rounded else []
    sections = [
        ("Excluded", excluded),
        ("Full tiers", full),
        ("What missing data decided", doubts),
        ("Not covered", gaps),
        ("Pins", pins),
        ("Reading", read),
    ]
    return [(title, remarks) for title, remarks in sections if remarks]


def _full(seats: Seats) -> str:
    where = _where(seats.what, seats.group)
    moved = seats.wanted - seats.used
    fullest = " (the fullest)" if " per " in seats.what else ""
    return f"{seats.tier}{where}{fullest}: {seats.wanted:,} accounts for {count(seats.seats, 'seat')}, so {moved:,} moved on"


def _what(what: str) -> str:
    return f"its {what}" if what.startswith("capacity") else what


def _where(what: str, group: str | None) -> str:
    """` for ae Dana`: the group that a capacity or top `per` a field is about."""
    _, per, field = what.partition(" per ")
    if not per:
        return ""
    field = field.split()[0]
    return f" without {field}" if group is None else f" for {field} {group}"


def _rounding(rounded: int) -> str:
    return f"{'number' if rounded == 1 else 'numbers'} with more than 4 decimals {'was' if rounded == 1 else 'were'} rounded"


def _keys(keys: Sequence[str]) -> str:
    return listing(keys, most=_MOST_KEYS)
