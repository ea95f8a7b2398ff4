"""What a summary says in words: what deserves a look, and what capacities, missing data and pins decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from tierlang.diagnostics.suggest import listing
from tierlang.program.nodes import Program
from tierlang.program.outcome import LadderSummary, Summary
from tierlang.reports.came_in import came_in_warnings, later_words
from tierlang.reports.run_facts import Aside, RunFacts
from tierlang.reports.seat_words import full_words, overbooked_words, short_words, tie_words, tier_words
from tierlang.reports.words import count

_MOST_DOUBTS = 12
_MOST_KEYS = 5


@attrs.frozen
class Remark:
    """One sentence, with the number of accounts it is about where it stands in front."""

    text: str
    count: int | None = None


def warnings(program: Program, summary: Summary, run: RunFacts) -> list[Remark]:
    """What somebody should look at before using the result."""
    return [Remark(text) for text in _warnings(program, summary, run)]


def aside_words(aside: Aside, *, whose: bool) -> str:
    """How many rows were left aside, and where they are; `whose`: also of which file."""
    of = f" of {aside.label}" if whose else ""
    there = "they are" if aside.rows > 1 else "it is"
    return f"{count(aside.rows, 'row')}{of} with bad cells took no part; {there} in {aside.path}."


def _warnings(program: Program, summary: Summary, run: RunFacts) -> Iterator[str]:
    for aside in run.aside:
        yield aside_words(aside, whose=bool(run.sources))
    yield from came_in_warnings(program, run)
    if summary.accounts == 0:
        yield "No account is left." if run.aside else "The file has no accounts."
    for ladder, figures in zip(program.ladders, summary.ladders, strict=True):
        for seats in figures.seats:
            if seats.overbooked:
                yield overbooked_words(program, ladder, figures, seats)
            if seats.short:
                yield short_words(figures, seats)
        for tie in figures.ties:
            yield tie_words(figures, tie)
    if summary.pins_unknown:
        yield f"Pinned, but not in the accounts: {_keys(summary.pins_unknown)}."
    if summary.pins_excluded:
        yield f"Pinned, but excluded, so the pin does nothing: {_keys(summary.pins_excluded)}."


def facts(program: Program, summary: Summary, run: RunFacts) -> list[tuple[str, list[Remark]]]:
    """The other remarks, by heading, in the order people ask."""
    excluded = {each.name: each.label or each.name for each in program.exclusions}
    marks = {each.name: each.shown for each in program.marks}
    full = [
        Remark(full_words(figures, seats))
        for figures in summary.ladders
        for seats in figures.seats
        if seats.wanted > seats.used
    ]
    sections = [
        ("Marks", [Remark(marks[name], number) for name, number in summary.marks]),
        ("Excluded", [Remark(excluded[name], number) for name, number in summary.excluded]),
        ("Full tiers", full),
        ("What missing data decided", _doubts(program, summary)),
        ("Not covered", [gap for figures in summary.ladders for gap in _gaps(figures)]),
        ("Pins", [Remark(f"No longer in force: {_keys(summary.pins_expired)}")] if summary.pins_expired else []),
        ("Reading", list(_reading(program, run))),
    ]
    return [(title, remarks) for title, remarks in sections if remarks]


def _doubts(program: Program, summary: Summary) -> list[Remark]:
    doubts = [Remark(text, number) for text, number in summary.doubts]
    if len(doubts) > _MOST_DOUBTS:
        rest = f"and {len(doubts) - _MOST_DOUBTS} more places where missing data decided"
        doubts = [*doubts[:_MOST_DOUBTS], Remark(rest)]
    lacking: set[str] = set()
    for ladder, figures in zip(program.ladders, summary.ladders, strict=True):
        if figures.unscored and ladder.by is not None and ladder.by.name not in lacking:
            lacking.add(ladder.by.name)
            doubts.append(Remark(f"without {ladder.by.name}: they meet no line and rank last", figures.unscored))
    return doubts + [Remark(f"without {field}: taken together as one group", n) for field, n in summary.ungrouped]


def _gaps(figures: LadderSummary) -> Iterator[Remark]:
    for tier, field, number in figures.uncovered:
        yield Remark(f"{tier_words(figures, tier)}: no {field}", number)
    for tier, number in figures.unclustered:
        yield Remark(f"{tier_words(figures, tier)}: in none of its clusters", number)


def _reading(program: Program, run: RunFacts) -> Iterator[Remark]:
    for each in run.figures:
        if each.later:
            yield Remark(later_words(program, each, run), each.later)
    if run.rounded:
        one = run.rounded == 1
        yield Remark(
            f"number{'' if one else 's'} with more than 4 decimals {'was' if one else 'were'} rounded", run.rounded
        )


def _keys(keys: Sequence[str]) -> str:
    return listing(keys, most=_MOST_KEYS)
