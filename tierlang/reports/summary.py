"""The picture of one run: a bar per tier of each ladder, what the capacities and missing data decided, and what deserves a look."""

from __future__ import annotations

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tierlang.program.nodes import Ladder, Program
from tierlang.program.outcome import Summary
from tierlang.reports.adjustment_table import adjustment_table
from tierlang.reports.came_in import sources_lines
from tierlang.reports.ladder_picture import ladder_picture
from tierlang.reports.remarks import Remark, facts, warnings
from tierlang.reports.run_facts import RunFacts
from tierlang.reports.words import count

_WIDEST = 100
_GAP = 2


def print_summary(console: Console, program: Program, summary: Summary, run: RunFacts) -> None:
    """Writes the whole picture; in plain ASCII where the console is no terminal or cannot show more."""
    fancy = console.is_terminal and console.encoding.lower().startswith("utf")
    width = min(console.width, _WIDEST)
    worth = warnings(program, summary, run)
    others = facts(program, summary, run)
    numbers = [remark.count for _, remarks in others for remark in remarks if remark.count is not None]
    column = max([1, *(len(f"{number:,}") for number in numbers)])
    parts: list[RenderableType] = [Text(""), *_head(program, summary, run, fancy)]
    parts += _pictures(program, summary, width, fancy)
    if worth:
        parts.append(_section("Worth a look", worth, column, "bold yellow", "!"))
    for figures in summary.ladders:
        parts += [Text(""), adjustment_table(figures)] if figures.adjustments else []
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
    lines = [f"{count(summary.accounts, 'account')} from {run.accounts}", *sources_lines(program, run)]
    return [title, *(Text(line, style="dim") for line in lines)]


def _pictures(program: Program, summary: Summary, width: int, fancy: bool) -> list[RenderableType]:
    """Each ladder, the own first; where there are several, those that have a name or a label stand under it."""
    parts: list[RenderableType] = []
    excluded = sum(number for _, number in summary.excluded)
    for place, (ladder, figures) in enumerate(zip(program.ladders, summary.ladders, strict=True)):
        parts.append(Text(""))
        if len(program.ladders) > 1 and (ladder.name or ladder.label):
            parts.append(_ladder_title(ladder))
        parts.append(ladder_picture(ladder, figures, summary.accounts, 0 if place else excluded, width, fancy))
    return parts


def _ladder_title(ladder: Ladder) -> Text:
    """The ladder's name, as its columns have it, and its label where that says more."""
    title = Text(ladder.name or "", style="bold")
    label = ladder.label or ""
    if label.casefold().replace(" ", "_") != ladder.name:
        title.append(f"  {label}" if ladder.name else label, style="bold" if not ladder.name else "not bold")
    return title


def _section(title: str, remarks: list[Remark], column: int, style: str, mark: str) -> RenderableType:
    table = Table.grid(padding=(0, _GAP, 0, 0))
    table.add_column(no_wrap=True, justify="right", style=style, width=column)
    table.add_column()
    for remark in remarks:
        table.add_row(mark if remark.count is None else f"{remark.count:,}", Text(remark.text))
    return Group(Text(""), Text(title, style="bold"), table)
