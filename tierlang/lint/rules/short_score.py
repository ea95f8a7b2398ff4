"""A score that cannot reach what its range promises

`range 0..100` says to everybody who reads a score what the best possible account has. If all points together come to 85, the best account looks mediocre, lines drawn at 80 are much harsher than they look, and in a weighted score the part
counts for less than its weight. The finding names the highest value there can be, and an account that has it. Up to a tenth of the range is taken for rounding and left alone.

Bad:

```tier
score warmth {
  range 0..100
  points 50 "Good fit" when fit >= 50
  points 35 "Asked for a demo" when any demo_request within 90 days
}
```

Good:

```tier
score warmth {
  range 0..100
  points 60 "Good fit" when fit >= 50
  points 40 "Asked for a demo" when any demo_request within 90 days
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.analysis.answers import Impossible
from tierlang.analysis.writing import as_test
from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.review import Review, head
from tierlang.lint.rule import Finding, Theme
from tierlang.program.expressions import Compare, Constant, Defined
from tierlang.program.nodes import Weighing
from tierlang.program.numbers import number_text
from tierlang.program.values import Kind

SEVERITY = Severity.WARNING
THEME = Theme.SCORES

MARGIN = 10
"""Off by less than one part in so many of the range is nothing."""


def check(review: Review) -> Iterator[Finding]:
    """Every score with a range: how high does it get? One that is short only because a part of it is has no finding of its own."""
    short: set[str] = set()
    for score in review.program.scores:
        if score.low is None or score.high is None or score.high <= score.low:
            continue
        by = Defined(score.name, Kind.NUMBER)
        margin = (score.high - score.low) // MARGIN
        high = Compare(">", by, Constant(score.high - margin, Kind.NUMBER))
        if not isinstance(review.ask(f"can `{score.name}` be near its top", high, score.span), Impossible):
            continue
        short.add(score.name)
        extent = review.model.extent(by)
        if extent.high is None or (isinstance(score.body, Weighing) and _parts(score.body) & short):
            continue
        promised, reached = number_text(score.high), number_text(extent.high)
        example = None
        if extent.high_witness is not None:
            example = as_test(
                review.program,
                extent.high_witness,
                f"the most that `{score.name}` can be",
                [f"{score.name} = {reached}"],
            )
        yield Finding(
            head(score, review.program),
            f"`{score.name}` promises up to {promised} and never gets over {reached}",
            hints=(
                f"let its points or weights add up to {promised}, or write `range {number_text(score.low)}..{reached}`",
            ),
            example=example,
        )


def _parts(body: Weighing) -> set[str]:
    return {line.part.name for line in body.lines if isinstance(line.part, Defined)}
