"""Parts printed below each other on a console: as wide as they need in a file or a pipe, without blanks at the ends of lines."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console, Group, RenderableType
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text


def is_fancy(console: Console) -> bool:
    """Whether the console shows more than plain ASCII."""
    return console.is_terminal and console.encoding.lower().startswith("utf")


def print_parts(console: Console, parts: Sequence[RenderableType], *, widest: int = 100) -> None:
    """Writes the parts. Tables are never squeezed: somebody who narrows a window can widen it again."""
    tables = [part for part in parts if isinstance(part, Table)]
    needed = [_width(console, each) for each in tables]
    before, console.width = console.width, max([min(console.width, widest), *needed])
    try:
        with console.capture() as capture:
            console.print(Padding(Group(*parts), (0, 0, 0, 1)))
    finally:
        console.width = before
    text = capture.get()
    console.file.write(text if console.is_terminal else "".join(f"{line.rstrip()}\n" for line in text.splitlines()))
    console.file.flush()


def _width(console: Console, table: Table) -> int:
    """How wide a table is on its own, with the blank before it."""
    return Measurement.get(console, console.options.update(width=10_000, max_width=10_000), table).maximum + 2


def heading(title: str) -> list[RenderableType]:
    """A blank line and the title of what follows."""
    return [Text(""), Text(title, style="bold")]


def columns(titles: Sequence[str], rows: Sequence[Sequence[str | Text]], *, left: Sequence[int] = (0,)) -> Table:
    """Rows under their titles, numbers to the right; `left` are the columns of words. A column that says nothing is left out."""
    shown = [place for place in range(len(titles)) if place == 0 or any(_says(row[place]) for row in rows)]
    table = Table.grid(padding=(0, 2, 0, 0))
    for place in shown:
        table.add_column(no_wrap=True, justify="left" if place in left else "right")
    table.add_row(*(Text(titles[place], style="dim") for place in shown))
    for row in rows:
        table.add_row(*(row[place] if isinstance(row[place], Text) else Text(str(row[place])) for place in shown))
    return table


def _says(cell: str | Text) -> bool:
    return str(cell) not in ("", "0", "-")
