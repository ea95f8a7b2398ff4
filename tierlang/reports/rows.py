"""Rows in columns, as the explanation of one account is made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tierlang.engines.interpreter.asking import ConditionTrace
from tierlang.engines.interpreter.matching import Answer
from tierlang.reports.values import value_text

Row: TypeAlias = tuple[str | Text, ...]

_MARKS = {Answer.YES: ("yes", ""), Answer.NO: ("no", "dim"), Answer.UNKNOWN: ("?", "yellow")}


def table(rows: Sequence[Row], *, indent: int = 2) -> RenderableType | None:
    """Rows in columns; the last column takes the room that is left. None for no rows."""
    if not rows:
        return None
    grid = Table.grid(padding=(0, 2, 0, 0))
    for column in range(len(rows[0])):
        grid.add_column(overflow="fold", no_wrap=column == 0 and len(rows[0]) > 1)
    for row in rows:
        grid.add_row(*(cell if isinstance(cell, Text) else Text(cell) for cell in row))
    return Padding(grid, (0, 0, 0, indent))


def sentences(lines: Sequence[str]) -> RenderableType | None:
    """A line each, wrapped where it must be."""
    return table([(Text(line),) for line in lines])


def answer_text(answer: Answer, *, yes: str = "green") -> Text:
    """`yes`, `no` or `?`; `yes` is the colour of that answer."""
    word, style = _MARKS[answer]
    return Text(word, style=yes if answer is Answer.YES else style)


def condition_text(asked: ConditionTrace) -> str:
    """A condition and its answer, with the values that it read, or with what it lacked."""
    read = ", ".join(f"{each.name} is {value_text(each.value)}" for each in asked.reads if each.name != asked.text)
    match asked.answer:
        case Answer.YES:
            return f"`{asked.text}` holds" + (f" ({read})" if read else "")
        case Answer.NO:
            return f"`{asked.text}` does not hold" + (f" ({read})" if read else "")
        case Answer.UNKNOWN:
            lacks = [name for name in asked.missing if name != asked.text]
            return f"`{asked.text}` is unknown" + (f": {' and '.join(lacks)} missing" if lacks else "")
