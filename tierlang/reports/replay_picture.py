"""How large the tiers were over time: a stacked bar for each date, and a line for each tier."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from tierlang.planning.replaying_figures import NO_TIER, Day
from tierlang.reports.bars import fitted
from tierlang.reports.sparks import sparkline

_FANCY = "█▓▒░·"
_PLAIN = "#=+-."
_STYLES = ("cyan", "green", "yellow", "magenta", "blue", "dim")
_NAME = 20


def sizes_picture(days: Sequence[Day], width: int, fancy: bool) -> Iterator[RenderableType]:
    """A bar for each date, all on one scale, and below them what its parts are and how each went."""
    most = max(sum(number for _, number in day.holders) for day in days)
    room = max(20, width - 1 - 10 - 2 - len(f"{most:,}") - 2)
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, width=room)
    table.add_column(no_wrap=True, justify="right")
    for day in days:
        total = sum(number for _, number in day.holders)
        table.add_row(day.as_of.isoformat(), _stacked(day, most, room, fancy), f"{total:,}")
    yield table
    yield Text("")
    yield _legend(days, room, fancy)


def _stacked(day: Day, most: int, room: int, fancy: bool) -> Text:
    """One bar: borders are rounded where they lie, so that parts of equal size end at equal places; what is not nothing is seen."""
    text, done, drawn = Text(), 0, 0
    for place, (_, number) in enumerate(day.holders):
        done += number
        end = done * room // most if most else 0
        length = max(end - drawn, 1 if number else 0)
        length = min(length, room - drawn)
        text.append(_sign(place, len(day.holders), fancy) * length, style=_STYLES[min(place, len(_STYLES) - 1)])
        drawn += length
    return text


def _sign(place: int, of: int, fancy: bool) -> str:
    signs = _FANCY if fancy else _PLAIN
    return signs[-1] if place == of - 1 else signs[min(place, len(signs) - 2)]


def _legend(days: Sequence[Day], room: int, fancy: bool) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    for place in range(6):
        table.add_column(no_wrap=True, justify="left" if place < 3 else "right")
    table.add_row(*(Text(title, style="dim") for title in ("", "", "", "least", "most", "at the end")))
    for place, (tier, _) in enumerate(days[0].holders):
        sizes = [dict(day.holders)[tier] for day in days]
        if tier is None and not any(sizes):
            continue
        style = _STYLES[min(place, len(_STYLES) - 1)]
        name = fitted(NO_TIER if tier is None else tier, _NAME, fancy)
        line = sparkline(_thinned(sizes, room // 2), fancy)
        sign = _sign(place, len(days[0].holders), fancy)
        numbers = [f"{each:,}" for each in (min(sizes), max(sizes), sizes[-1])]
        table.add_row(Text(sign * 2, style=style), Text(name, style="bold"), Text(line, style=style), *numbers)
    return table


def _thinned(sizes: Sequence[int], most: int) -> list[int]:
    """At most so many of the values, evenly taken, the last among them."""
    if len(sizes) <= most:
        return list(sizes)
    return [sizes[(place + 1) * len(sizes) // most - 1] for place in range(most)]
