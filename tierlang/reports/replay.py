"""A replay as people read it: each date, the tiers over time, how stable it was, and how full."""

from __future__ import annotations

from rich.console import Console, RenderableType
from rich.text import Text

from tierlang.planning.replaying_figures import Replay
from tierlang.reports.replay_picture import sizes_picture
from tierlang.reports.replay_stability import stability_parts
from tierlang.reports.replay_table import days_table, remarks
from tierlang.reports.screen import heading, is_fancy, print_parts
from tierlang.reports.words import count

_WIDEST = 100


def print_replay(console: Console, replay: Replay) -> None:
    """Writes the whole report."""
    print_parts(console, [Text(""), *replay_parts(replay, min(console.width, _WIDEST), is_fancy(console))])


def replay_parts(replay: Replay, width: int, fancy: bool) -> list[RenderableType]:
    """All parts of the report, from its title."""
    parts: list[RenderableType] = [title(replay, fancy), Text("")]
    parts.append(days_table(replay.days))
    said = remarks(replay.days)
    if said:
        parts += [Text(""), *(Text(line, style="yellow" if line.startswith("!") else "dim") for line in said)]
    parts += [*heading("Tiers over time"), *sizes_picture(replay.days, width, fancy)]
    parts += stability_parts(replay, fancy)
    return parts


def title(replay: Replay, fancy: bool) -> Text:
    """The ruleset and the past that it ran over."""
    dot = " · " if fancy else " - "
    text = Text(replay.title, style="bold")
    version = f"{dot}version {replay.version}" if replay.version else ""
    first, last = replay.days[0].as_of, replay.days[-1].as_of
    span = f" from {first.isoformat()} to {last.isoformat()}" if len(replay.days) > 1 else f": {first.isoformat()}"
    return text.append(f"{version}{dot}{count(len(replay.days), 'date')}{span}", style="not bold")
