"""The picture of one run: a bar per tier, what the capacities and missing data decided, and what deserves a look."""

from __future__ import annotations

import datetime as dt

import attrs
from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tierlang.program.nodes import Ladder, Program, Tier
from tierlang.program.outcome import Seats, Summary
from tierlang.reports.bars import bar, fitted
from tierlang.reports.remarks import Remark, facts, warnings
from tierlang.reports.values import shown_label
from tierlang.reports.words import count, share

_WIDEST = 100
_LABEL = 20
_NAME = 20
_GAP = 2


@attrs.frozen
class RunFacts:
    """What a run was asked, and what came of its rows besides the assignments."""

    accounts: str
    as_of: dt.date
    today: bool
    rejected: int = 0
    rejects: str | None = None
    rounded: int = 0


@attrs.frozen
class _Row:
    name: str
    label: str
    count: int
    seats: str = ""
    seats_style: str = "dim"
    is_tier: bool = True


def print_summary(console: Console, program: Program, summary: Summary, run: RunFacts) -> None:
    """Writes the whole picture; in plain ASCII where the console is no terminal or cannot show more."""
    fancy = console.is_terminal and console.encoding.lower().startswith("utf")
    width = min(console.width, _WIDEST)
    worth = warnings(summary, run.rejected, run.rejects)
    others = facts(program, summary, run.rounded)
    numbers = [remark.count for _, remarks in others for remark in remarks if remark.count is not None]
    column = max([1, *(len(f"{number:,}") for number in numbers)])
    parts: list[RenderableType] = [Text(""), *_head(program, summary, run, fancy), Text("")]
    parts.append(_picture(_rows(program.ladders[0], summary), summary.accounts, width, fancy))
    if worth:
        parts.append(_section("Worth a look", worth, column, "bold yellow", "!"))
    parts += [_section(title, remarks, column, "cyan", "-") for title, remarks in others]
    picture = Padding(Group(*parts), (0, 0, 0, 1))
    with console.capture() as capture:
        console.print(picture, width=width)
    console.file.write(capture.get() if console.is_terminal else _without_trailing_space(capture.get()))
    console.file.flush()


def _without_trailing_space(text: str) -> str:
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def _head(program: Program, summary: Summary, run: RunFacts, fancy: bool) -> list[Text]:
    dot = " · " if fancy else " - "
    title = Text(program.label or program.name, style="bold")
    if program.version:
        title.append(f"{dot}version {program.version}", style="not bold")
    day = f"{dot}as of {run.as_of.isoformat()}" + (" (today)" if run.today else "")
    title.append(day, style="not bold")
    return [title, Text(f"{count(summary.accounts, 'account')} from {run.accounts}", style="dim")]


def _rows(ladder: Ladder, summary: Summary) -> list[_Row]:
    counts = {each.tier: each.count for each in summary.own.tiers}
    totals = {each.tier: each for each in summary.own.seats if " per " not in each.what}
    rows = [_tier_row(tier, counts.get(tier.name, 0), totals.get(tier.name)) for tier in ladder.tiers]
    excluded = sum(number for _, number in summary.excluded)
    others = (("no tier", summary.own.untiered), ("excluded", excluded))
    return rows + [_Row(name, "", number, is_tier=False) for name, number in others if number]


def _tier_row(tier: Tier, number: int, seats: Seats | None) -> _Row:
    if seats is None:
        return _Row(tier.name, shown_label(tier), number)
    style = "yellow" if seats.overbooked or seats.short else "dim"
    return _Row(tier.name, shown_label(tier), number, f"{seats.used:,} of {seats.seats:,}", style)


def _picture(rows: list[_Row], accounts: int, width: int, fancy: bool) -> Table:
    names = [fitted(row.name, _NAME, fancy) for row in rows]
    labels = [fitted(row.label, _LABEL, fancy) for row in rows]
    counts = [f"{row.count:,}" for row in rows]
    shares = [share(row.count, accounts) for row in rows]
    seats = [row.seats for row in rows]
    columns = [("", names), ("", labels), ("accounts", counts), ("share", shares), ("seats", seats)]
    filled = [(title, texts) for title, texts in columns if any(texts)]
    taken = sum(max(cell_len(text) for text in (title, *texts)) + _GAP for title, texts in filled)
    bar_width = max(6, width - 1 - taken - _GAP)
    most = max(row.count for row in rows)
    table = Table.grid(padding=(0, _GAP, 0, 0))
    for title, texts in filled:
        if title == "accounts":
            table.add_column(no_wrap=True, width=bar_width)
        table.add_column(no_wrap=True, justify="right" if texts in (counts, shares, seats) else "left")
    table.add_row(*_header([title for title, _ in filled]))
    for place, row in enumerate(rows):
        cells: list[RenderableType] = [
            Text(names[place], style="bold" if row.is_tier else ""),
            *([labels[place]] if any(labels) else []),
            Text(bar(row.count, most, bar_width, fancy), style="cyan" if row.is_tier else "dim"),
            Text(counts[place], style="bold" if row.is_tier else ""),
            shares[place],
            *([Text(seats[place], style=row.seats_style)] if any(seats) else []),
        ]
        table.add_row(*cells)
    return table


def _header(titles: list[str]) -> list[Text]:
    at = titles.index("accounts")
    return [Text(title, style="dim") for title in [*titles[:at], "", *titles[at:]]]


def _section(title: str, remarks: list[Remark], column: int, style: str, mark: str) -> RenderableType:
    table = Table.grid(padding=(0, _GAP, 0, 0))
    table.add_column(no_wrap=True, justify="right", style=style, width=column)
    table.add_column()
    for remark in remarks:
        table.add_row(mark if remark.count is None else f"{remark.count:,}", Text(remark.text))
    return Group(Text(""), Text(title, style="bold"), table)
