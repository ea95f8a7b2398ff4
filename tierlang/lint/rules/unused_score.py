"""A score that nothing reads

A score is computed for every account and shown on it, and places nobody: no other score weighs it, no ladder goes by it, no condition asks for it. Mostly it was forgotten in the weights, and the model lacks a part that everybody believes
to be in it.

Allow it where a score is only for people to see.

Bad:

```tier
score value {
  range 0..100
  points 60 "Large" when employees >= 1_000
  points 40 "A customer" when customer
}
score total {
  range 0..100
  weigh 70% fit
  weigh 30% intent
}
```

Good:

```tier
score value {
  range 0..100
  points 60 "Large" when employees >= 1_000
  points 40 "A customer" when customer
}
score total {
  range 0..100
  weigh 50% fit
  weigh 30% intent
  weigh 20% value
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.review import Review
from tierlang.lint.rule import Finding, Theme
from tierlang.lint.unused import unused

SEVERITY = Severity.WARNING
THEME = Theme.NAMES


def check(review: Review) -> Iterator[Finding]:
    """Scores of the ruleset's own file without a reader."""
    hint = "weigh it, let a ladder go by it, or take it out"
    yield from unused(review, "score", "no tier, score or condition reads the score `{name}`", hint)
