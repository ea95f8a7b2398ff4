"""Two rulesets over the same past, side by side: what each moved, how stable each was, and which accounts end elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from tierlang.planning.replaying_figures import NO_TIER, NOWHERE, Comparison, Elsewhere, Replay
from tierlang.reports.bars import fitted
from tierlang.reports.replay import replay_parts
from tierlang.reports.replay_stability import days
from tierlang.reports.screen import columns, heading, is_fancy, print_parts
from tierlang.reports.words import count, share

_WIDEST = 100
_REASON = 60


def print_comparison(console: Console, compared: Comparison) -> None:
    """Writes both replays, then what they differ in."""
    width, fancy = min(console.width, _WIDEST), is_fancy(console)
    here, there = compared.here, compared.there
    parts: list[RenderableType] = [Text(""), Text(here.rules, style="dim"), *replay_parts(here, width, fancy)]
    parts += [Text(""), Text(there.rules, style="dim"), *replay_parts(there, width, fancy)]
    parts += [*heading(f"{here.rules} against {there.rules}"), _sides(here, there)]
    parts += [*heading("Moves on each date"), _moves(here, there)]
    parts += [*heading(f"Where accounts end: {here.rules} down, {there.rules} across"), *_matrix(compared)]
    parts += _elsewhere(compared, fancy)
    print_parts(console, parts)


def _sides(here: Replay, there: Replay) -> Table:
    rows: list[tuple[str, str, str]] = [
        ("moves", f"{here.moves:,}", f"{there.moves:,}"),
        ("kept their tier", share(here.kept, here.steps), share(there.kept, there.steps)),
        ("went back to a tier", f"{here.returned:,}", f"{there.returned:,}"),
        ("dates over the breaker", _over(here), _over(there)),
        ("waited, all dates", f"{sum(day.waits for day in here.days):,}", f"{sum(day.waits for day in there.days):,}"),
    ]
    mine = {each.tier: each for each in here.tenures}
    theirs = {each.tier: each for each in there.tenures}
    for tier in dict.fromkeys([*mine, *theirs]):
        a, b = mine.get(tier), theirs.get(tier)
        ended = bool((a and a.ended) or (b and b.ended))
        if ended:
            rows.append(
                (f"median days in {tier or NO_TIER}", days(a.median if a else None), days(b.median if b else None))
            )
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, justify="right")
    table.add_column(no_wrap=True, justify="right")
    table.add_row("", Text(here.rules, style="dim"), Text(there.rules, style="dim"))
    for row in rows:
        table.add_row(*row)
    return table


def _over(replay: Replay) -> str:
    return f"{sum(day.over_breaker for day in replay.days):,}"


def _moves(here: Replay, there: Replay) -> Table:
    titles = ("date", "occasion", "up", "down", "in", "out", "occasion ", "up ", "down ", "in ", "out ")
    rows = []
    for a, b in zip(here.days, there.days, strict=True):
        first = (a.as_of.isoformat(), a.occasion, *(f"{each:,}" for each in (a.up, a.down, a.entered, a.left)))
        rows.append((*first, b.occasion, *(f"{each:,}" for each in (b.up, b.down, b.entered, b.left))))
    return columns(titles, rows, left=(0, 1, 6))


def _matrix(compared: Comparison) -> Iterator[RenderableType]:
    rows = _places(compared.here, {here for here, _, _ in compared.matrix})
    across = _places(compared.there, {there for _, there, _ in compared.matrix})
    counts = {(here, there): number for here, there, number in compared.matrix}
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    for _ in range(len(across) + 1):
        table.add_column(no_wrap=True, justify="right")
    table.add_row("", *(Text(each, style="dim") for each in (*across, "all")))
    for here in rows:
        cells = [_cell(counts.get((here, there), 0), same=here == there) for there in across]
        total = sum(counts.get((here, there), 0) for there in across)
        table.add_row(Text(here, style="bold"), *cells, Text(f"{total:,}", style="dim"))
    yield table


def _places(replay: Replay, used: set[str]) -> list[str]:
    return [*replay.tiers, *(place for place in (NO_TIER, NOWHERE) if place in used)]


def _cell(number: int, *, same: bool) -> Text:
    style = "dim" if not number else "green" if same else "yellow"
    return Text(f"{number:,}" if number else ".", style=style)


def _elsewhere(compared: Comparison, fancy: bool) -> Iterator[RenderableType]:
    everyone = sum(number for _, _, number in compared.matrix)
    if not compared.differing:
        yield Text("")
        yield Text("Every account ends in the same place.")
        return
    verb = "ends" if compared.differing == 1 else "end"
    yield from heading(f"{count(compared.differing, 'account')} of {everyone:,} {verb} elsewhere")
    yield _differing(compared.elsewhere, fancy)
    rest = compared.differing - len(compared.elsewhere)
    if rest:
        yield Text(f"and {rest:,} more", style="dim")


def _differing(shown: Sequence[Elsewhere], fancy: bool) -> Table:
    arrow = "→" if fancy else "->"
    rows = []
    for each in shown:
        here = place_name(each.here, held=each.held_here)
        there = place_name(each.there, held=each.held_there)
        rows.append((each.key, f"{here} {arrow} {there}", fitted(each.why_here, _REASON, fancy)))
        rows.append(("", "", fitted(each.why_there, _REASON, fancy)))
    return columns(("account", "tier", "why, here and there"), rows, left=(0, 1, 2))


def place_name(tier: str | None, *, held: bool) -> str:
    """Where an account stands: its tier, in none, or not held at all."""
    return tier or NO_TIER if held else NOWHERE
