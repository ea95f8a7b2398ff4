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

from collections.abc import Iterable, Iterator

from tierlang.analysis.answers import Impossible
from tierlang.analysis.claims import both, fails
from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.points import is_bounded, least_of, most_of
from tierlang.lint.reading import point_lines
from tierlang.lint.review import Review, place
from tierlang.lint.rule import Finding, Theme
from tierlang.lint.values import tables_of_scores
from tierlang.program.expressions import AnyOf, Compare, Constant, Expression, IsMissing, Not
from tierlang.program.nodes import BestOf, PointLine, PointsPerEvent, PointSum, PointTable, Score
from tierlang.program.numbers import number_text
from tierlang.program.values import Kind

SEVERITY = Severity.WARNING
THEME = Theme.SCORES


def check(review: Review) -> Iterator[Finding]:
    """Every score of points: rows, lines of a `best of`, and what the range cuts off."""
    for score, table in tables_of_scores(review.program):
        yield from _rows(review, score, table)
    for score in review.program.scores:
        if isinstance(score.body, PointSum):
            for line in score.body.lines:
                if isinstance(line, BestOf):
                    yield from _beaten(review, score, line)
            for each in point_lines(score):
                if isinstance(each, PointsPerEvent):
                    yield from _no_event(review, score, each)
            yield from _cut_off(review, score, score.body)
            if score.low == 0:
                yield from _taken_from_nothing(review, score, score.body)


def _no_event(review: Review, score: Score, line: PointsPerEvent) -> Iterator[Finding]:
    """Points for each event of a sort that there cannot be."""
    some = Compare("!=", line.points, Constant(0, Kind.NUMBER))
    if isinstance(review.ask(f"can `{line.text}` give points", some, line.span, eligible=False), Impossible):
        yield Finding(
            place(line, score),
            f"`{line.text}` never gives points: there is no such event",
            hints=("look at its `where`: do two parts of it exclude each other, or was `or` meant?",),
        )


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
    if not all(is_bounded(review.program, each) for each in body.lines):
        return
    ends = [(least_of(review.program, each), most_of(review.program, each)) for each in body.lines]
    least, most = sum(low for low, _ in ends), sum(high for _, high in ends)
    for line, mine in zip(body.lines, ends, strict=True):
        if not isinstance(line, PointLine | PointsPerEvent) or mine == (0, 0):
            continue
        over = score.high is not None and least >= score.high
        under = score.low is not None and most <= score.low
        if over or under:
            end = number_text((score.high if over else score.low) or 0)
            yield Finding(
                place(line, score),
                f"these points never change `{score.name}`: without them it is at {end} anyway, where its range ends",
                hints=("change the range or the points of the other lines, or take this line out",),
            )


def _taken_from_nothing(review: Review, score: Score, body: PointSum) -> Iterator[Finding]:
    """Minus points for accounts that have no points to lose."""
    for line in body.lines:
        if not isinstance(line, PointLine) or line.points >= 0:
            continue
        gains = _gains(body.lines)
        if gains is None or not gains or isinstance(review.model.possible(line.when.test), Impossible):
            continue
        question = f"can the minus points of `{line.when.text}` in `{score.name}` count"
        if isinstance(review.ask(question, both(line.when.test, AnyOf(tuple(gains))), line.span), Impossible):
            yield Finding(
                place(line, score),
                f"these minus points never count: whoever meets `{' '.join(line.when.text.split())}` has no points in `{score.name}`, and its range ends at 0",
                hints=("take the line out, or let the range go below 0",),
            )


def _gains(lines: Iterable[PointLine | PointTable | PointsPerEvent | BestOf]) -> list[Expression] | None:
    """What gives points, as conditions; None where that cannot be said."""
    found: list[Expression] = []
    for line in lines:
        match line:
            case PointLine(points=points, when=when):
                found += [when.test] if points > 0 else []
            case PointTable(rows=rows, otherwise=last, missing=none):
                if (last or 0) > 0 or (none or 0) > 0:
                    return None
                found += [row.test for row in rows if row.points > 0]
            case PointsPerEvent(points=points):
                found.append(Compare(">", points, Constant(0, Kind.NUMBER)))
            case BestOf(lines=inner):
                more = _gains(inner)
                if more is None:
                    return None
                found += more
    return found
