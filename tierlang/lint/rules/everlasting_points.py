"""Points for events of all times, which never fade

`points 5 per meeting ever` counts a meeting of four years ago like one of yesterday. Such a score only ever rises: the oldest accounts in the CRM look like the warmest, and nobody who goes quiet ever loses a point. Say within how long an
event counts, or let its points fade (`halving every 90 days`).

Events that a `where` asks for their day or age are not meant.

Bad:

```tier
score warmth {
  range 0..100
  points 60 "Good fit" when fit >= 50
  points 10 "Meetings" per meeting ever up to 40
}
```

Good:

```tier
score warmth {
  range 0..100
  points 60 "Good fit" when fit >= 50
  points 10 "Meetings" per meeting within 1 year halving every 90 days up to 40
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Fix, Severity
from tierlang.diagnostics.edits import replace
from tierlang.lint.reading import Reading, point_lines
from tierlang.lint.review import Review, place
from tierlang.lint.rule import Finding, Theme
from tierlang.program.expressions import Attribute, Expression, parts_of
from tierlang.program.nodes import EventPoints, PointsPerEvent
from tierlang.source import Span

SEVERITY = Severity.WARNING
THEME = Theme.SCORES


def check(review: Review) -> Iterator[Finding]:
    """Points per event without a window and without fading."""
    reading = Reading.of(review.program)
    for score in review.program.scores:
        for line in point_lines(score):
            made = reading.definition(line.points.name) if isinstance(line, PointsPerEvent) else None
            if not isinstance(made, EventPoints) or made.window is not None or made.fading is not None:
                continue
            if made.where is not None and _asks_when(made.where.test):
                continue
            span = place(line, score, review.program)
            yield Finding(
                span,
                f"an event `{made.event}` of years ago gives as many points as one of yesterday",
                hints=("say within how long it counts, or let the points fade: `halving every 90 days`",),
                fixes=_within(span),
            )


def _asks_when(test: Expression) -> bool:
    return (isinstance(test, Attribute) and test.name == "at") or any(_asks_when(part) for part in parts_of(test))


def _within(span: Span) -> tuple[Fix, ...]:
    """The edit that puts a window in the place of `ever`, where the word stands once."""
    if span.text.count(" ever") != 1:
        return ()
    at = span.start + span.text.index(" ever") + 1
    return (replace(span.source.span(at, at + len("ever")), "within 1 year"),)
