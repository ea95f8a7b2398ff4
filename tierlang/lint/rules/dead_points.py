"""Points that can never change the score

A row of bands that an earlier row always takes first; the line of a `best of` that a better one beats whenever it holds; a line that stands behind a clamp it cannot get through, like minus points in a score that is 0 at that point anyway. Each
looks like part of the model and is none.

Bad:

```tier
score warmth {
  range 0..100
  points 100 "Good fit" when fit >= 50
  best of {
    points 40 "Met us" when any meeting within 90 days
    points 20 "Met our CEO" when any meeting where (role = "CEO") within 90 days
  }
}
```

Good:

```tier
score warmth {
  range 0..100
  points 60 "Good fit" when fit >= 50
  best of {
    points 20 "Met us" when any meeting within 90 days
    points 40 "Met our CEO" when any meeting where (role = "CEO") within 90 days
  }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.analysis.answers import Impossible
from tierlang.analysis.claims import both, fails
from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.points import is_bounded, least_of, most_of
from tierlang.lint.review import Review, place
from tierlang.lint.rule import Finding, Theme
from tierlang.program.expressions import Expression, IsMissing, Not
from tierlang.program.nodes import BestOf, PointLine, PointsPerEvent, PointSum, PointTable, Score
from tierlang.program.numbers import number_text

SEVERITY = Severity.WARNING
THEME = Theme.SCORES


def check(review: Review) -> Iterator[Finding]:
    """Every score of points: rows, lines of a `best of`, and what the range cuts off."""
    for score in review.program.scores:
        if isinstance(score.body, PointSum):
            for line in score.body.lines:
                for each in line.lines if isinstance(line, BestOf) else (line,):
                    if isinstance(each, PointTable):
                        yield from _rows(review, score, each)
                if isinstance(line, BestOf):
                    yield from _beaten(review, score, line)
            yield from _cut_off(review, score, score.body)


def _rows(review: Review, score: Score, table: PointTable) -> Iterator[Finding]:
    """Rows that no account gets to."""
    earlier: list[Expression] = [Not(IsMissing(table.subject))]
    for row in table.rows:
        question = f"can an account get the points of `{row.text}` in `{score.name}`"
        if isinstance(review.ask(question, both(row.test, *earlier), row.span), Impossible):
            beyond = isinstance(review.model.possible(row.test), Impossible)
            why = f"`{table.text}` is never that" if beyond else "earlier rows take all of its accounts"
            yield Finding(
                place(row, table, score),
                f"the row `{row.text}` never gives its points: {why}",
                hints=("take it out, or change the bands",),
            )
        earlier.append(fails(row.test))


def _beaten(review: Review, score: Score, best: BestOf) -> Iterator[Finding]:
    """Lines of a `best of` that never win."""
    for line in best.lines:
        if not isinstance(line, PointLine):
            continue
        better = [
            each.when.test
            for each in best.lines
            if isinstance(each, PointLine)
            and each is not line
            and (
                each.points > line.points
                or (each.points == line.points and each.span and line.span and each.span.start < line.span.start)
            )
        ]
        claim = both(line.when.test, *(fails(test) for test in better))
        alone = review.model.possible(line.when.test)
        if isinstance(alone, Impossible) or not better:
            continue
        if isinstance(review.model.possible(claim), Impossible):
            yield Finding(
                place(line, best, score),
                f"`{' '.join(line.when.text.split())}` never gives its {number_text(line.points)} points: a line with more of them holds for all of its accounts",
                hints=("give the narrower condition more points, or take it out",),
            )


def _cut_off(review: Review, score: Score, body: PointSum) -> Iterator[Finding]:
    """Lines whose points the range swallows whatever the others say."""
    for line in body.lines:
        if not isinstance(line, PointLine | PointsPerEvent):
            continue
        others = [each for each in body.lines if each is not line]
        mine = (least_of(review.program, line), most_of(review.program, line))
        if not all(is_bounded(review.program, each) for each in body.lines) or mine == (0, 0):
            continue
        least = sum(least_of(review.program, each) for each in others)
        most = sum(most_of(review.program, each) for each in others)
        over = score.high is not None and least + mine[0] >= score.high
        under = score.low is not None and most + mine[1] <= score.low
        if over or under:
            end = number_text((score.high if over else score.low) or 0)
            yield Finding(
                place(line, score),
                f"these points never change `{score.name}`: without them it is at {end} anyway, where its range ends",
                hints=("change the range or the points of the other lines, or take this line out",),
            )
