"""A line of a score that adds nothing: `weigh 0%`, or `points 0`

The line stands in the score, people see it there and believe that it counts, and it never does. Either the number is a slip, or the part was switched off for now: then take the line out, or say why it stays.

Lines of a `best of` are not looked at: there `points 0` can be the best of several bad ones.

Bad:

```tier
score total {
  range 0..100
  weigh 60% fit
  weigh 40% intent
  weigh 0%  min(100, employees)
  missing zero
}
```

Good:

```tier
score total {
  range 0..100
  weigh 50% fit
  weigh 40% intent
  weigh 10% min(100, employees)
  missing zero
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.edits import removal
from tierlang.lint.review import Review, place
from tierlang.lint.rule import Finding, Theme
from tierlang.program.nodes import PointLine, PointSum, Score, Weighing, WeighLine

SEVERITY = Severity.WARNING
THEME = Theme.SCORES


def check(review: Review) -> Iterator[Finding]:
    """Lines without weight, and lines of no points."""
    for score in review.program.scores:
        for line, what in _empty(score):
            span = place(line, score, review.program)
            alone = isinstance(score.body, Weighing | PointSum) and len(score.body.lines) == 1
            fixes = () if line.span is None or alone else (removal(span, "take the line out"),)
            yield Finding(
                span,
                f"{what} adds nothing to score `{score.name}`",
                hints=("give the line its number, or take it out",),
                fixes=fixes,
            )


def _empty(score: Score) -> list[tuple[WeighLine | PointLine, str]]:
    match score.body:
        case Weighing(lines=lines):
            return [(line, "a weight of 0 %") for line in lines if line.weight == 0]
        case PointSum(lines=lines):
            return [(line, "`points 0`") for line in lines if isinstance(line, PointLine) and line.points == 0]
        case _:
            return []
