"""One account's life as a ledger tells it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs


@attrs.frozen
class Step:
    """One row that a run wrote about the account (see the table `moves` of docs/ledger.md), and what the run was.

    `tier` and `from_tier` are the names of that time, `tier_now` is the tier's name today. `score` is the ladder's, in 1/10,000ths.
    """

    run: int
    as_of: dt.date
    review: bool
    freeze: str | None
    ruleset: str
    version: str | None
    rules: str
    kind: str
    cause: str | None
    trigger: str | None
    from_tier: str | None
    tier: str | None
    tier_now: str | None
    base: str | None
    since: dt.date | None
    settled_until: dt.date | None
    pinned: bool
    absences: int
    score: int | None
    reason: str | None
    word: str | None
    approver: str | None

    @property
    def places(self) -> bool:
        """Whether a stay in a tier (or in none) begins here."""
        return self.kind in ("assign", "move")


@attrs.frozen
class Stay:
    """A stay in one tier: what began it, what happened meanwhile without a move, and what ended it (None: it lasts)."""

    begun: Step
    notes: tuple[Step, ...]
    ended: Step | None

    @property
    def start(self) -> dt.date:
        """The first day; that of an account it was merged with may be earlier than the run."""
        return self.begun.since or self.begun.as_of

    @property
    def end(self) -> dt.date | None:
        """The first day no longer."""
        return None if self.ended is None else self.ended.as_of


@attrs.frozen
class Observed:
    """What was seen of one score or signal, by day: only the changes. Scores are in 1/10,000ths, signals are texts; None: it had no value."""

    name: str
    values: tuple[tuple[dt.date, int | str | None], ...]

    @property
    def is_score(self) -> bool:
        """Whether these are numbers of a score."""
        return not any(isinstance(value, str) for _, value in self.values)


@attrs.frozen
class Renamed:
    """A name that the rules gave up for another while the account lived, and since which run."""

    kind: str
    old: str
    new: str
    run: int
    as_of: dt.date


@attrs.frozen
class Override:
    """A run that moved the account though the breaker would have stopped it, and the reason that somebody gave."""

    run: int
    as_of: dt.date
    reason: str


@attrs.frozen
class History:
    """Everything about one account. `last_run` is the last of the ledger, whether or not it wrote about the account."""

    key: str
    ledger: str
    steps: tuple[Step, ...]
    scores: tuple[Observed, ...]
    signals: tuple[Observed, ...]
    renamed: tuple[Renamed, ...]
    overrides: tuple[Override, ...]
    last_run: int
    last_as_of: dt.date

    @property
    def lives(self) -> tuple[tuple[Stay, ...], ...]:
        """Its stays, life by life: an account that was closed and came back lives again."""
        lives: list[list[Step]] = []
        for step in self.steps:
            if step.kind == "assign" or not lives:
                lives.append([])
            lives[-1].append(step)
        return tuple(tuple(_stays(life)) for life in lives)

    @property
    def holds(self) -> Stay | None:
        """The stay that lasts; None for an account that was closed."""
        last = self.lives[-1][-1] if self.lives and self.lives[-1] else None
        return last if last is not None and last.ended is None else None


def _stays(life: list[Step]) -> Iterator[Stay]:
    starts = [place for place, step in enumerate(life) if step.places]
    for number, place in enumerate(starts):
        until = starts[number + 1] if number + 1 < len(starts) else len(life)
        between = life[place + 1 : until]
        closing = next((step for step in between if step.kind == "close"), None)
        ended = closing or (life[until] if until < len(life) else None)
        yield Stay(life[place], tuple(step for step in between if step.kind == "stay"), ended)
