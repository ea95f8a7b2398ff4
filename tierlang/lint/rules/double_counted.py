"""The same question gives points twice

Two lines of a score ask the same of the account, or of its events, so one fact counts twice: the demo is worth 20, and another 15 further down. Inside one score that is a mistake. In two scores that a third one weighs together it is a note:
the weights no longer say what counts how much.

Where two signs of one thing should not add up, `best of { … }` takes the stronger.

Bad:

```tier
score warmth {
  range 0..100
  points 50 "Good fit" when fit >= 50
  points 30 "Asked for a demo" when any demo_request within 90 days
  points 20 "Wants to see it" when any demo_request within 90 days
}
```

Good:

```tier
score warmth {
  range 0..100
  points 50 "Good fit" when fit >= 50
  points 50 "Asked for a demo" when any demo_request within 90 days
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from tierlang.diagnostics.diagnostic import Related, Severity
from tierlang.lint.reading import Points, Reading
from tierlang.lint.review import Review, place
from tierlang.lint.rule import Finding, Theme
from tierlang.program.expressions import Defined
from tierlang.program.nodes import (
    Aggregate,
    BestOf,
    EventPoints,
    PointLine,
    PointsPerEvent,
    PointSum,
    PointTable,
    Score,
    Weighing,
)

SEVERITY = Severity.WARNING
THEME = Theme.SCORES


@attrs.frozen
class _Asked:
    """A line that gives points, in which score, and in which line of it (a `best of` is one)."""

    score: Score
    position: int
    line: Points


def check(review: Review) -> Iterator[Finding]:
    """The later of two lines with one question: in a score, and in scores that are weighed into one."""
    reading = Reading.of(review.program)
    told: set[tuple[int, int]] = set()
    for total in review.program.scores:
        first: dict[tuple[object, ...], _Asked] = {}
        for asked in _lines(reading, total, set()):
            question = _question(reading, asked.line)
            if question is None:
                continue
            other = first.setdefault(question, asked)
            same_line = other.score is asked.score and other.position == asked.position
            if same_line or (pair := (id(other.line), id(asked.line))) in told:
                continue
            told.add(pair)
            yield _finding(review, total, other, asked)


def _lines(reading: Reading, total: Score, seen: set[str]) -> Iterator[_Asked]:
    """The lines of a score and of those weighed into it, each score once."""
    match total.body:
        case PointSum(lines=lines):
            for position, line in enumerate(lines):
                for each in line.lines if isinstance(line, BestOf) else (line,):
                    yield _Asked(total, position, each)
        case Weighing(lines=parts):
            for part in parts:
                made = reading.definition(part.part.name) if isinstance(part.part, Defined) else None
                if isinstance(made, Score) and part.weight and made.name not in seen:
                    seen.add(made.name)
                    yield from _lines(reading, made, seen)


def _question(reading: Reading, line: Points) -> tuple[object, ...] | None:
    """What a line asks, and whether it is good or bad to meet it; None where two may well ask the same (bands of a column)."""
    match line:
        case PointLine(points=points, when=when):
            return ("when", when.test, points > 0) if points else None
        case PointTable(subject=subject):
            made = reading.definition(subject.name)
            return ("by", subject) if isinstance(made, Aggregate) else None
        case PointsPerEvent(points=points):
            made = reading.definition(points.name)
            assert isinstance(made, EventPoints)
            return ("per", made.event, made.where.test if made.where else None, made.window, made.points > 0)


def _finding(review: Review, total: Score, first: _Asked, later: _Asked) -> Finding:
    within = first.score is later.score
    where = (
        f"score `{total.name}`"
        if within
        else f"`{first.score.name}` and `{later.score.name}`, both weighed into `{total.name}`"
    )
    return Finding(
        place(later.line, later.score, review.program),
        f"the same question gives points twice in {where}",
        hints=("keep one of the lines, or put both into a `best of`" if within else "ask it in one of the two scores",),
        related=(Related(place(first.line, first.score, review.program), "the first time"),),
        severity=None if within else Severity.NOTE,
    )
