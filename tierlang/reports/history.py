"""One account's life as people read it: a timeline of its tiers, why, on whose word, and what its scores were meanwhile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tierlang.reports.history_facts import History, Observed, Stay, Step
from tierlang.reports.screen import heading, is_fancy, print_parts
from tierlang.reports.sparks import sparkline
from tierlang.reports.values import amount
from tierlang.reports.words import count

_NO_TIER = "no tier"
_INDENT = 12
_WIDEST = 100
_SHOWN = 40
"""So many of the latest values go into a line."""


def print_history(console: Console, history: History) -> None:
    """Writes the whole view."""
    fancy = is_fancy(console)
    parts: list[RenderableType] = [Text(""), *_head(history)]
    for number, life in enumerate(history.lives, 1):
        parts += heading("Tiers" if len(history.lives) == 1 else f"Life {number}")
        parts += _timeline(life, history.last_as_of)
        ended = life[-1].ended if life else None
        if ended is not None:
            parts.append(_closing(ended))
    for title, observed in (("Scores observed", history.scores), ("Signals observed", history.signals)):
        if observed:
            parts += [*heading(title), _observed(observed, fancy)]
    remarks = list(_remarks(history))
    if remarks:
        parts += [*heading("Also"), *(Padding(Text(line), (0, 0, 0, 2)) for line in remarks)]
    print_parts(console, parts)


def _head(history: History) -> list[Text]:
    holds = history.holds
    text = Text(history.key, style="bold")
    if holds is None:
        last = history.steps[-1]
        text.append(f" holds nothing: closed on {last.as_of.isoformat()}", style="not bold")
    else:
        text.append(" is in ", style="not bold")
        text.append(holds.begun.tier_now or _NO_TIER, style="cyan" if holds.begun.tier_now else "not bold")
        text.append(f" since {holds.start.isoformat()} ({_days(holds.start, history.last_as_of)})", style="not bold")
    facts = [f"{history.ledger}, last run {history.last_run} as of {history.last_as_of.isoformat()}"]
    if holds is not None:
        facts += _state((holds.notes or (holds.begun,))[-1], history.last_as_of)
    return [text, Text("; ".join(facts), style="dim")]


def _state(step: Step, as_of: dt.date) -> Iterator[str]:
    if step.settled_until is not None and step.settled_until > as_of:
        yield f"settled until {step.settled_until.isoformat()}"
    if step.pinned:
        yield "pinned"
    if step.absences:
        yield f"absent at {count(step.absences, 'review')} in a row"
    if step.base != step.tier:
        yield f"its base is {step.base or _NO_TIER}"


def _timeline(life: tuple[Stay, ...], last: dt.date) -> Iterator[RenderableType]:
    """A line for each stay, below it how it came about, and what was written down meanwhile."""
    tier_width = max(4, *(cell_len(_tier(stay.begun).plain) for stay in life))
    yield _columns(("from", "to", "days", "tier", "why"), tier_width, style="dim")
    for stay in life:
        end = stay.end
        until, days = "" if end is None else end.isoformat(), f"{((end or last) - stay.start).days:,}"
        why = stay.begun.reason or stay.begun.cause or ""
        yield _columns((stay.start.isoformat(), until, days, _tier(stay.begun), why), tier_width)
        yield Padding(Text("; ".join(_circumstances(stay.begun)), style="dim"), (0, 0, 0, _INDENT))
        yield from (Padding(Text(_note(note), style="dim"), (0, 0, 0, _INDENT)) for note in stay.notes)


def _columns(cells: tuple[str | Text, ...], tier_width: int, style: str = "") -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    for width, right in ((10, False), (10, False), (5, True), (tier_width, False)):
        table.add_column(no_wrap=True, min_width=width, justify="right" if right else "left")
    table.add_column(overflow="fold", max_width=_WIDEST - 33 - tier_width)
    table.add_row(*(cell if isinstance(cell, Text) else Text(cell, style=style) for cell in cells))
    return table


def _tier(step: Step) -> Text:
    text = Text(step.tier or _NO_TIER, style="bold cyan" if step.tier else "")
    return text.append(f" (now {step.tier_now})", style="dim") if step.tier_now != step.tier else text


def _circumstances(step: Step) -> Iterator[str]:
    """By what, on whose word, in which run under which rules."""
    yield step.cause or step.kind
    if step.score is not None:
        yield f"score {amount(step.score)}"
    if step.word:
        yield f"on the word of {step.word}"
    if step.approver:
        yield f"approved by {step.approver}"
    if step.settled_until is not None:
        yield f"settled until {step.settled_until.isoformat()}"
    yield _run(step)


def _run(step: Step) -> str:
    version = f" {step.version}" if step.version else f" (rules {step.rules[:8]})"
    what = " (review)" if step.review else f" (freeze: {step.freeze})" if step.freeze else ""
    return f"run {step.run}{what}, {step.ruleset}{version}"


def _note(step: Step) -> str:
    """What a run wrote down without moving the account."""
    what = ", ".join(_state(step, step.as_of)) or "nothing keeps it any more"
    reason = f": {step.reason}" if step.reason and not step.absences else ""
    return f"{step.as_of.isoformat()} {what}{reason}; {_run(step)}"


def _closing(step: Step) -> Text:
    text = Text(f"{step.as_of.isoformat()}  closed: ", style="bold")
    return text.append(f"{step.reason or step.cause}; {_run(step)}", style="not bold")


def _observed(observed: tuple[Observed, ...], fancy: bool) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold", max_width=70)
    for each in observed:
        latest = each.values[-_SHOWN:]
        numbers = [value if isinstance(value, int) else None for _, value in latest]
        line = sparkline(numbers, fancy) if each.is_score else ""
        told = ", ".join(f"{day.isoformat()} {_value(value)}" for day, value in latest)
        start = "" if len(latest) == len(each.values) else "… " if fancy else "... "
        table.add_row(Text(f"  {each.name}", style="bold"), Text(line, style="cyan"), Text(start + told))
    return table


def _value(value: int | str | None) -> str:
    if value is None:
        return "none"
    return amount(value) if isinstance(value, int) else value


def _remarks(history: History) -> Iterator[str]:
    for each in history.renamed:
        yield f"{each.as_of.isoformat()}  the {each.kind} {each.old} is called {each.new} since run {each.run}"
    for override in history.overrides:
        yield f"{override.as_of.isoformat()}  run {override.run} was over the breaker, which was overridden: {override.reason}"


def _days(start: dt.date, end: dt.date) -> str:
    return count((end - start).days, "day")
