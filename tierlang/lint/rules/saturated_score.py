"""A score whose points run far over its range

All lines together can reach more than one and a half times the top of the range. Everything above is cut off, so accounts that differ by half the scale look the same, and the order among the best, where it matters most, is left to chance. Some
overlap is meant (there are several ways to be a good account); this much is not. Only points that one account can have together count.

Bad:

```tier
score warmth {
  range 0..100
  points 60 "Good fit" when fit >= 50
  points 60 "Large" when employees >= 500
  points 60 "Asked for a demo" when any demo_request within 90 days
}
```

Good:

```tier
score warmth {
  range 0..100
  points 40 "Good fit" when fit >= 50
  points 25 "Large" when employees >= 500
  points 35 "Asked for a demo" when any demo_request within 90 days
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from tierlang.analysis.answers import Possible
from tierlang.analysis.model import Model
from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.points import most_of
from tierlang.lint.review import Review, head
from tierlang.lint.rule import Finding, Theme
from tierlang.program.expressions import Compare, Constant, Defined
from tierlang.program.nodes import PointSum, Program, Score
from tierlang.program.numbers import number_text
from tierlang.program.values import Kind

SEVERITY = Severity.WARNING
THEME = Theme.SCORES


def check(review: Review) -> Iterator[Finding]:
    """Every score of points with a range from 0 up, first by adding up, then by asking whether one account has it all."""
    for score in review.program.scores:
        if not isinstance(score.body, PointSum) or score.high is None or score.high <= 0 or (score.low or 0) < 0:
            continue
        most = sum(most_of(review.program, line) for line in score.body.lines)
        limit = score.high + score.high // 2
        if most <= limit:
            continue
        model = Model(_unclamped(review.program, score), review.today)
        claim = Compare(">", Defined(score.name, Kind.NUMBER), Constant(limit, Kind.NUMBER))
        if isinstance(model.possible(claim), Possible):
            top = number_text(score.high)
            yield Finding(
                head(score, review.program),
                f"the points of `{score.name}` add up to {number_text(most)}, and its range cuts everything over {top} off",
                hints=(
                    f"scale the points so that the best account has about {top}, or put lines that say the same into a `best of`",
                ),
            )


def _unclamped(program: Program, score: Score) -> Program:
    free = attrs.evolve(score, low=None, high=None)
    return attrs.evolve(
        program,
        definitions=tuple(free if each is score else each for each in program.definitions),
        relative=tuple(free if each is score else each for each in program.relative),
    )
