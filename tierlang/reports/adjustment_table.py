"""What the raises, lowers, floors and caps of one ladder did in a run, as a table."""

from __future__ import annotations

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tierlang.program.outcome import AdjustmentCount, LadderSummary

_GAP = 2


def adjustment_table(figures: LadderSummary) -> Table:
    """A row for each adjustment: for how many it holds, how many it moved, and how many of those a capacity moved on; that only where there are some."""
    lost = any(each.lost for each in figures.adjustments)
    titles = ("holds for", "moved", *(("then no seat",) if lost else ()))
    table = Table.grid(padding=(0, _GAP, 0, 0))
    table.add_column(overflow="fold")
    for _ in titles:
        table.add_column(no_wrap=True, justify="right")
    title = f"Adjustments of {figures.name}" if figures.name else "Adjustments"
    table.add_row(Text(title, style="bold"), *(Text(each, style="dim") for each in titles))
    for each in figures.adjustments:
        counts = (each.held, each.moved, *((each.lost,) if lost else ()))
        table.add_row(_words(each), *(Text(f"{number:,}", style="" if number else "dim") for number in counts))
    return table


def _words(each: AdjustmentCount) -> Padding:
    return Padding(Text(f"{each.what}: ", style="cyan").append(each.shown, style="default"), (0, 0, 0, 1))
