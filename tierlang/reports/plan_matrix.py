"""The migration matrix of a plan as a picture: whence in rows, whither in columns, a bar beside every number that moves."""

from __future__ import annotations

from collections import Counter

import attrs
from rich.table import Table
from rich.text import Text

from tierlang.planning.figures import Figures, direction
from tierlang.reports.bars import bar, fitted

NO_TIER, CLOSED, NEW = "no tier", "closed", "new"
_CORNER = "from / to"
_NAME = 16
_SHORT = 8
_MANY = 6
"""With more columns than these their names are cut short."""
_LEAST = 6
_BAR = 5
_STYLES = {"up": "green", "down": "yellow", "in": "green", "out": "red"}


@attrs.frozen
class Matrix:
    """The numbers: `rows` and `columns` are tiers (and `no tier`, `new`, `closed`, tiers that are no more), `cells` without zeros."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: dict[tuple[str, str], int]


def matrix(figures: Figures) -> Matrix:
    """Every holder and every new account: where it was, and where it goes; absent ones stay, those that wait too."""
    cells: Counter[tuple[str, str]] = Counter()
    for each in figures.counts:
        old = NEW if each.act == "assign" else each.from_tier or NO_TIER
        cells[old, CLOSED if each.act == "close" else each.tier or NO_TIER] += each.accounts
    held, going = {old for old, _ in cells}, {new for _, new in cells}
    gone = sorted(held - {*figures.tiers, NO_TIER, NEW})
    rows = (
        *(tier for tier in figures.tiers if held - {NEW}),
        *gone,
        *(each for each in (NO_TIER, NEW) if each in held),
    )
    columns = (*figures.tiers, *gone, *(each for each in (NO_TIER, CLOSED) if each in going))
    return Matrix(rows, tuple(each for each in columns if each in figures.tiers or each in going), dict(cells))


def matrix_picture(figures: Figures, width: int, fancy: bool) -> Table:
    """The picture; bars are to the scale of the greatest number that moves, and left out where there is no room for them."""
    found = matrix(figures)
    most = max((number for (old, new), number in found.cells.items() if old != new and old != NEW), default=0)
    most_new = max((number for (old, _), number in found.cells.items() if old == NEW), default=0)
    name = _NAME if len(found.columns) <= _MANY else _SHORT
    taken = max(len(each) for each in (_CORNER, *found.rows)) + sum(
        _column(found, new, name) + _BAR + 2 for new in found.columns
    )
    bars = taken <= width
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(no_wrap=True)
    for _ in found.columns:
        table.add_column(no_wrap=True, justify="right", min_width=_LEAST)
        if bars:
            table.add_column(no_wrap=True, width=_BAR)
    heads = [[Text(fitted(new, name, fancy), style="bold"), Text("")] for new in found.columns]
    table.add_row(Text(_CORNER, style="dim"), *_kept(heads, bars))
    for old in found.rows:
        scale = most_new if old == NEW else most
        cells = [_cell(figures, old, new, found.cells.get((old, new), 0), scale, fancy) for new in found.columns]
        table.add_row(Text(fitted(old, _NAME, fancy), style="bold"), *_kept(cells, bars))
    return table


def _column(found: Matrix, new: str, name: int) -> int:
    """How wide the numbers of a column are, with its name."""
    numbers = [len(f"{number:,}") for (_, to), number in found.cells.items() if to == new]
    return max(_LEAST, min(len(new), name), *numbers) if numbers else max(_LEAST, min(len(new), name))


def _kept(cells: list[list[Text]], bars: bool) -> list[Text]:
    return [part for cell in cells for part in (cell if bars else cell[:1])]


def _cell(figures: Figures, old: str, new: str, number: int, most: int, fancy: bool) -> list[Text]:
    if not number:
        return [Text("·" if fancy else ".", style="dim"), Text("")]
    if old == new:
        return [Text(f"{number:,}", style="dim"), Text("=", style="dim")]
    style = "cyan" if old == NEW else "red" if new == CLOSED else _moved(figures, old, new)
    return [Text(f"{number:,}", style="bold"), Text(bar(number, most, _BAR, fancy), style=style)]


def _moved(figures: Figures, old: str, new: str) -> str:
    where = direction(figures.tiers, None if old == NO_TIER else old, None if new == NO_TIER else new)
    return _STYLES.get(where or "", "cyan")
