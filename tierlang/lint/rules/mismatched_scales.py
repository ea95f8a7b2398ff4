"""Parts of one weighing whose scales differ five times or more

`weigh 50% usage` and `weigh 50% fit` sounds like equal shares. If usage runs from 0 to 10 and fit from 0 to 100, fit decides ten times as much, and the percentages say nothing. Worse with money: an amount in a weighing drowns everything else.
Bring the parts to one scale first, by bands (`points by`) or a factor.

Bad:

```tier also=short-score
account {
  key   id    text
  field fit   number in 0..100 required
  field stars number in 0..5 required
}

score priority {
  range 0..100
  weigh 50% fit
  weigh 50% stars
}
```

Good:

```tier
account {
  key   id    text
  field fit   number in 0..100 required
  field stars number in 0..5 required
}

score priority {
  range 0..100
  weigh 50% fit
  weigh 50% stars * 20
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Related, Severity
from tierlang.lint.review import Review, place
from tierlang.lint.rule import Finding, Theme
from tierlang.program.expressions import Expression, kind_of
from tierlang.program.nodes import Program, Score, Weighing, WeighLine
from tierlang.program.numbers import LIMIT, number_text
from tierlang.program.reach import Bounds, Reaches, reaches_of
from tierlang.program.values import Kind

SEVERITY = Severity.WARNING
THEME = Theme.SCORES

TIMES = 5
OPEN = LIMIT // 1_000
"""An end as far away as this is none."""


def check(review: Review) -> Iterator[Finding]:
    """Every weighing: its widest part against its narrowest."""
    reaches = reaches_of(review.program)
    for score in review.program.scores:
        if isinstance(score.body, Weighing):
            yield from _of_weighing(review.program, reaches, score, score.body)


def _of_weighing(program: Program, reaches: Reaches, score: Score, body: Weighing) -> Iterator[Finding]:
    lines = [(line, reaches.of(line.part).bounds) for line in body.lines if line.weight]
    closed = [(line, bounds) for line, bounds in lines if not _is_open(bounds) and bounds.high > bounds.low]
    if not closed:
        return
    narrow = min(closed, key=lambda each: each[1].high - each[1].low)
    for line, bounds in lines:
        if _is_open(bounds) and _drowns(line.part):
            yield _finding(score, line, bounds, narrow)
    wide = max(closed, key=lambda each: each[1].high - each[1].low)
    if wide[1].high - wide[1].low >= TIMES * (narrow[1].high - narrow[1].low):
        yield _finding(score, wide[0], wide[1], narrow)


def _is_open(bounds: Bounds) -> bool:
    return bounds.low <= -OPEN or bounds.high >= OPEN


def _drowns(part: Expression) -> bool:
    """A number without a range may well be one of 0..100; an amount of money or a headcount is not."""
    return kind_of(part) in (Kind.MONEY, Kind.WHOLE)


def _finding(score: Score, line: WeighLine, bounds: Bounds, narrow: tuple[WeighLine, Bounds]) -> Finding:
    other, small = narrow
    return Finding(
        place(line, score),
        f"`{line.text}` is on another scale than `{other.text}`: {_range(bounds)} against {_range(small)}, so the weights do not say what counts how much",
        hints=("bring both to one scale first: bands (`points by`), or a factor",),
        related=(Related(place(other, score), f"{_range(small)}"),),
    )


def _range(bounds: Bounds) -> str:
    low = "" if bounds.low <= -OPEN else number_text(bounds.low)
    return f"{low}..{'' if bounds.high >= OPEN else number_text(bounds.high)}"
