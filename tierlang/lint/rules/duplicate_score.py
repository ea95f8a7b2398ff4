"""Two scores that are computed in the same way

The second copy of a score is the one that is not changed when the first is. Whoever tunes one of them believes to have tuned the model, and half of it goes by the old lines. Keep one, and read it by its name.

Bad:

```tier
score value {
  range 0..100
  points 60 "Large" when employees >= 1_000
  points 40 "A customer" when customer
}
score worth {
  range 0..100
  points 60 "Large" when employees >= 1_000
  points 40 "A customer" when customer
}
tiers by value {
  tier one   { range 80.. }
  tier two   { when worth >= 40 }
  tier three { otherwise }
}
```

Good:

```tier
score value {
  range 0..100
  points 60 "Large" when employees >= 1_000
  points 40 "A customer" when customer
}
tiers by value {
  tier one   { range 80.. }
  tier two   { range 40..<80 }
  tier three { otherwise }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Related, Severity
from tierlang.lint.review import Review, head
from tierlang.lint.rule import Finding, Theme
from tierlang.program.nodes import Score

SEVERITY = Severity.WARNING
THEME = Theme.SCORES


def check(review: Review) -> Iterator[Finding]:
    """The later of two scores with the same body and range."""
    first: dict[tuple[object, ...], Score] = {}
    for score in sorted(review.program.scores, key=lambda score: score.span.start if score.span else 0):
        other = first.setdefault((score.body, score.low, score.high), score)
        if other is not score:
            yield Finding(
                head(score, review.program),
                f"score `{score.name}` is computed exactly like `{other.name}`",
                hints=(f"keep one of them: read `{other.name}` where `{score.name}` is read",),
                related=(Related(head(other, review.program), "the same lines stand here"),),
            )
