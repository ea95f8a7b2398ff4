"""One ladder of a run as a picture: a bar for each tier, with its share and its seats."""

from __future__ import annotations

import attrs
from rich.cells import cell_len
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from tierlang.program.nodes import Ladder
from tierlang.program.outcome import LadderSummary, Seats
from tierlang.reports.bars import bar, fitted
from tierlang.reports.seat_words import seats_short
from tierlang.reports.values import shown_label
from tierlang.reports.words import share

_LABEL = 20
_NAME = 20
_GAP = 2


@attrs.frozen
class _Row:
    name: str
    label: str
    count: int
    seats: str = ""
    seats_style: str = "dim"
    is_tier: bool = True
    has_bar: bool = True


def ladder_picture(
    ladder: Ladder, figures: LadderSummary, accounts: int, excluded: int, width: int, fancy: bool
) -> Table:
    """The tiers from the best, then those in none, then the excluded ones if there are any to show."""
    return _picture(_rows(ladder, figures, excluded), accounts, width, fancy)


def _rows(ladder: Ladder, figures: LadderSummary, excluded: int) -> list[_Row]:
    counts = {each.tier: each.count for each in figures.tiers}
    rows = []
    for tier in ladder.tiers:
        rows.append(_seated(_Row(tier.name, shown_label(tier), counts.get(tier.name, 0)), figures, tier.name))
    whole = _seated(_Row("all tiers", "", sum(counts.values()), is_tier=False, has_bar=False), figures, None)
    others = (("no tier", figures.untiered), ("excluded", excluded))
    rows += [whole] if whole.seats else []
    return rows + [_Row(name, "", number, is_tier=False) for name, number in others if number]


def _seated(row: _Row, figures: LadderSummary, tier: str | None) -> _Row:
    """With the seats that all accounts share: heads if they are counted, else the sum that is."""
    totals = [seats for seats in figures.seats if seats.tier == tier and " per " not in seats.what]
    if not totals:
        return row
    shown: Seats = min(totals, key=lambda seats: seats.summed)
    style = "yellow" if shown.overbooked or shown.short else "dim"
    return attrs.evolve(row, seats=seats_short(shown), seats_style=style)


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
    most = max(row.count for row in rows if row.has_bar)
    table = Table.grid(padding=(0, _GAP, 0, 0))
    for title, texts in filled:
        if title == "accounts":
            table.add_column(no_wrap=True, width=bar_width)
        table.add_column(no_wrap=True, justify="right" if texts in (counts, shares, seats) else "left")
    table.add_row(*_header([title for title, _ in filled]))
    for place, row in enumerate(rows):
        length = bar(row.count, most, bar_width, fancy) if row.has_bar else ""
        cells: list[RenderableType] = [
            Text(names[place], style="bold" if row.is_tier else ""),
            *([labels[place]] if any(labels) else []),
            Text(length, style="cyan" if row.is_tier else "dim"),
            Text(counts[place], style="bold" if row.is_tier else ""),
            shares[place],
            *([Text(seats[place], style=row.seats_style)] if any(seats) else []),
        ]
        table.add_row(*cells)
    return table


def _header(titles: list[str]) -> list[Text]:
    at = titles.index("accounts")
    return [Text(title, style="dim") for title in [*titles[:at], "", *titles[at:]]]
