"""A ledger as people read it: its runs, who holds what, and the verdict on the whole file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import attrs
from rich.console import Console, RenderableType
from rich.text import Text

from tierlang.ledger.problems import Problem, Verified
from tierlang.reports.screen import columns, print_parts
from tierlang.reports.words import count, date, share

NO_TIER = "no tier"


@attrs.frozen
class Held:
    """Who holds what: how many hold each tier (None: in no tier), the first of them, and how many there are. `day` is None for today's."""

    counts: tuple[tuple[str | None, int], ...]
    first: tuple[tuple[str, str | None, dt.date, str], ...]
    day: dt.date | None = None

    @property
    def total(self) -> int:
        """All of them."""
        return sum(number for _, number in self.counts)


def print_runs(console: Console, path: str, runs: Sequence[Mapping[str, object]]) -> None:
    """A line for each run, and what people overrode."""
    if not runs:
        print_parts(console, [Text(f"{path} has no run yet; `tierlang plan` and `tierlang apply` make one.")])
        return
    titles = (
        "run",
        "as of",
        "what",
        "version",
        "new",
        "moved",
        "closed",
        "holders",
        "approved",
        "applied",
        "by",
        "plan",
    )
    rows = [
        (
            str(run["run"]),
            str(run["as_of"]),
            _occasion(run),
            str(run["version"] or ""),
            *(f"{run[name]:,}" for name in ("assigned", "moved", "closed", "holders", "approvals")),
            f"{run['applied_at']:%Y-%m-%d %H:%M}",
            str(run["applied_by"]),
            str(run["plan"])[:12],
        )
        for run in runs
    ]
    parts: list[RenderableType] = [columns(titles, rows, left=(1, 2, 3, 9, 10, 11))]
    over = [run for run in runs if run["override"] is not None]
    parts += [Text(f"run {run['run']} went over the breaker: {run['override']}") for run in over]
    print_parts(console, parts)


def _occasion(run: Mapping[str, object]) -> str:
    if run["freeze"] is not None:
        return f"freeze: {run['freeze']}"
    return "review" if run["review"] else "between"


def print_holders(console: Console, path: str, held: Held) -> None:
    """How many hold each tier, and the first of them."""
    when = "" if held.day is None else f" as of {date(held.day)}"
    parts: list[RenderableType] = [Text(f"{path}: {count(held.total, 'account')}{when}"), Text("")]
    if held.total:
        rows = [(tier or NO_TIER, f"{number:,}", share(number, held.total)) for tier, number in held.counts]
        parts += [columns(("tier", "accounts", "share"), rows), Text("")]
        first = [(key, tier or NO_TIER, date(since), reason) for key, tier, since, reason in held.first]
        parts.append(columns(("account", "tier", "since", "why"), first, left=(0, 1, 2, 3)))
    if held.total > len(held.first):
        parts += [
            Text(""),
            Text(f"The first {len(held.first)} of {held.total:,}; -o FILE writes them all.", style="dim"),
        ]
    print_parts(console, parts)


def verified_lines(path: str, verified: Verified) -> list[str]:
    """The problems, each in a line of its own however long, and the verdict."""
    lines = [problem_words(problem) for problem in verified.problems]
    if verified.found > len(lines):
        lines.append(f"… and {verified.found - len(lines):,} more like these")
    sizes = (
        f"{count(verified.runs, 'run')}, {count(verified.moves, 'move')}, {count(verified.observations, 'observation')}"
    )
    if verified.found:
        return [*lines, f"{path}: {count(verified.found, 'problem')} in {sizes}"]
    return [f"{path}: ok; {sizes}; every move follows from the one before, and every fingerprint matches"]


def problem_words(problem: Problem) -> str:
    """`run 3, account A-00002: it begins in one, but …`."""
    where = [] if problem.run is None else [f"run {problem.run}"]
    where += [] if problem.account is None else [f"account {problem.account}"]
    return f"{', '.join(where)}: {problem.words}" if where else problem.words
