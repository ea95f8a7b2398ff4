"""A plan as people look at it: the numbers, the matrix, the accounts with their reasons, the seats, and what comes next."""

from __future__ import annotations

import os
from collections.abc import Sequence
from decimal import Decimal

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tierlang.planning import movers
from tierlang.planning.header import Head
from tierlang.program.numbers import SCALE
from tierlang.program.outcome import Seats
from tierlang.reports.plan_matrix import matrix_picture
from tierlang.reports.plan_words import due_words, group_title, headlines, occasion_words
from tierlang.reports.seat_words import group_words, seats_short
from tierlang.reports.values import amount
from tierlang.reports.words import count

_WIDEST = 120
_IN_A_FILE = 110
_GAP = 2
_KEY_SHARE = 3
"""A key gets this part of the width at most, and never less than _KEY_LEAST: a long one must not take the room of the reasons."""
_KEY_LEAST = 12


def print_plan(console: Console, head: Head, groups: Sequence[movers.Group], ending: Sequence[str] = ()) -> None:
    """Writes the whole picture, in plain ASCII where the console is no terminal or cannot show more; `ending` are lines at its end."""
    fancy = console.is_terminal and console.encoding.lower().startswith("utf")
    parts: list[RenderableType] = [Text(""), *_head(head, fancy), Text(""), _headlines(head), Text("")]
    parts.append(matrix_picture(head.figures, _width(console) - 1, fancy))
    for group in groups:
        parts += [Text(""), _title(group_title(head, group), group.accounts), _movers(group, _width(console), fancy)]
    if head.seats:
        parts += [Text(""), Text("Seats after it", style="bold"), _seats(head.seats)]
    next_ones = list(due_words(head))
    if next_ones:
        parts += [Text(""), Text("Next", style="bold"), *(Padding(Text(line), (0, 0, 0, 2)) for line in next_ones)]
    picture = Padding(Group(*parts), (0, 0, 0, 1))
    with console.capture() as capture:
        console.print(picture, width=_width(console))
    console.file.write(capture.get() if console.is_terminal else _without_trailing_space(capture.get()))
    console.file.write("".join(f"{line}\n" for line in ["", *(f" {line}" for line in ending)] if ending))
    console.file.flush()


def _width(console: Console) -> int:
    """As wide as the screen; a file has no width, so that reasons need not be broken there as often."""
    return min(console.width, _WIDEST) if console.is_terminal or "COLUMNS" in os.environ else _IN_A_FILE


def _without_trailing_space(text: str) -> str:
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def _head(head: Head, fancy: bool) -> list[Text]:
    dot = " · " if fancy else " - "
    title = Text(head.rules.label or head.rules.ruleset, style="bold")
    version = f"{dot}version {head.rules.version}" if head.rules.version else ""
    title.append(f"{version}{dot}plan as of {head.as_of}{dot}{occasion_words(head)}", style="not bold")
    accounts = next((each.path for each in head.inputs if each.role == "accounts"), "")
    came = f"{count(head.accounts, 'account')} from {'standard input' if accounts == '-' else accounts}"
    came += f", {head.excluded:,} of them excluded" if head.excluded else ""
    if head.first:
        ledger = f"{head.ledger.path} has no run yet"
    else:
        ledger = f"{count(head.figures.open_rows, 'holder')} in {head.ledger.path} (run {head.ledger.run}, as of {head.ledger.as_of})"
    return [title, Text(f"{came}; {ledger}", style="dim")]


def _headlines(head: Head) -> Table:
    table = Table.grid(padding=(0, _GAP, 0, 0))
    table.add_column(no_wrap=True, style="bold")
    table.add_column()
    for word, text in headlines(head):
        over = word == "Breaker" and head.figures.breaker.open
        table.add_row(word, Text(text, style="bold yellow" if over else ""))
    return table


def _title(text: str, number: int) -> Text:
    title = Text(text, style="bold")
    title.append(f"  {number:,}", style="not bold cyan")
    return title


def _movers(group: movers.Group, width: int, fancy: bool) -> RenderableType:
    arrow = "→" if fancy else "->"
    table = Table.grid(padding=(0, _GAP, 0, 0))
    table.add_column(no_wrap=True, max_width=max(width // _KEY_SHARE, _KEY_LEAST))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, justify="right", style="dim")
    table.add_column()
    for each in group.movers:
        table.add_row(Text(_on_a_line(each.key)), Text(_way(group, each, arrow)), _score(each.score), Text(each.reason))
    more = group.accounts - len(group.movers)
    rows: list[RenderableType] = [table]
    if more:
        rows.append(Text(f"and {more:,} more", style="dim"))
    return Padding(Group(*rows), (0, 0, 0, 2))


def _on_a_line(key: str) -> str:
    """A key as it can stand in a table: line breaks, tabs and what else cannot be printed are spaces."""
    return "".join(sign if sign.isprintable() else " " for sign in key)


def _way(group: movers.Group, mover: movers.Mover, arrow: str) -> str:
    old, new = mover.old or "no tier", mover.new or "no tier"
    if group.sort == "new":
        return new
    if group.sort in ("exclusion", "closed", "merged away", "absent") or old == new:
        return old
    return f"{old} {arrow} {new}"


def _score(score: Decimal | None) -> str:
    return "" if score is None else amount(int(score * SCALE))


def _seats(seats: Sequence[Seats]) -> RenderableType:
    table = Table.grid(padding=(0, _GAP, 0, 0))
    for _ in range(3):
        table.add_column(no_wrap=True)
    for each in seats:
        full = " (the fullest)" if " per " in each.what else ""
        where = (each.tier or "all tiers") + group_words(each.what, each.group) + full
        over = "overbooked" if each.overbooked else "under its minimum" if each.short else ""
        table.add_row(Text(where), Text(seats_short(each)), Text(over, style="yellow"))
    return Padding(table, (0, 0, 0, 2))
