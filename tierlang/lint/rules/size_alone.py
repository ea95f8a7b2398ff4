"""The tiers go by the size of the company, and by nothing else

Employees and revenue are on every list one can buy, so many models end there. Size alone is a weak signal: it ranks every hotel chain above the best customer ever won, and says nothing of whether they need the product or would listen
now. Add what makes an account fit (industry, technology, country), what it would be worth, or what it does.

A note only, as many good models begin like that. Looked at is what places an account on the ruleset's own ladder: its score, lines, gates and adjustments, down to the columns they read.

Bad:

```tier
score size {
  range 0..100
  points by employees { 1_000.. -> 60  100..<1_000 -> 30  ..<100 -> 0  missing -> 0 }
  points by revenue { 50M.. -> 40  ..<50M -> 0  missing -> 0 }
}
tiers by size {
  tier one { range 60.. }
  tier two { otherwise }
}
```

Good:

```tier
score fit {
  range 0..100
  points by employees { 1_000.. -> 50  100..<1_000 -> 30  ..<100 -> 0  missing -> 0 }
  points 20 "Runs a system we connect to" when tech contains "SAP"
  points 30 "Came to a meeting" when any meeting within 90 days
}
tiers by fit {
  tier one { range 60.. }
  tier two { otherwise }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.diagnostics.words import code_list
from tierlang.lint.dimensions import is_size
from tierlang.lint.reading import Reading, placed_by
from tierlang.lint.review import Review, head
from tierlang.lint.rule import Finding, Theme

SEVERITY = Severity.NOTE
THEME = Theme.MODEL


def check(review: Review) -> Iterator[Finding]:
    """A first ladder that goes by columns of size and nothing else."""
    ladder = review.program.ladders[0]
    read = Reading.of(review.program).sources(*placed_by(ladder))
    if read and all(is_size(source) for source in read.values()):
        yield Finding(
            head(ladder, review.program),
            f"the tiers go by size alone: {code_list(read)}",
            hints=("add what makes an account fit, what it would be worth to you, or what it does with you",),
        )
