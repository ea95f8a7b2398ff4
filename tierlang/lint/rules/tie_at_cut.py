"""A top or a capacity cuts between accounts that differ only by key

Two accounts with the same score and the same `rank by` values, and one of them gets the seat because its key comes first in the alphabet. Nobody can explain that to the rep who lost it. The cut stays the same on every
machine, but it decides nothing that anybody meant: add a key to `rank by`, or a digit to the score.

Bad:

```tier
score priority {
  range 0..100
  value 1 * fit
}

tiers by priority {
  tier one {
    range 80..
    capacity 2 overflow down
  }
  tier two { range ..<80 }
}
```

```csv
id,fit
A-01,95
A-02,90
A-03,90
A-04,70
A-05,60
A-06,50
A-07,40
A-08,30
A-09,20
A-10,10
```

Good:

```tier
score priority {
  range 0..100
  value 1 * fit
}

tiers by priority {
  tier one {
    range 80..
    capacity 2 overflow down
  }
  tier two { range ..<80 }
}
```

```csv
id,fit
A-01,95
A-02,92
A-03,90
A-04,70
A-05,60
A-06,50
A-07,40
A-08,30
A-09,20
A-10,10
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.diagnostics.suggest import listing
from tierlang.lint.review import Review, head
from tierlang.lint.rule import Finding

ASKS_ACCOUNTS = True
SEVERITY = Severity.NOTE


def check(review: Review) -> Iterator[Finding]:
    """Every cut through a tie."""
    assert review.population is not None
    for ladder, figures in zip(review.program.ladders, review.population.summary.ladders, strict=True):
        tiers = {tier.name: tier for tier in ladder.tiers}
        for tie in figures.ties:
            whose = f" of {tie.tier}" if tie.tier else ""
            group = f" for {tie.group}" if tie.group else ""
            yield Finding(
                head(tiers[tie.tier] if tie.tier else ladder, ladder, review.program),
                f"`{tie.what}`{whose}{group} cuts through a tie: {tie.inside} got in and {tie.outside} did not, though only their keys differ ({listing(tie.keys, most=5)})",
                hints=("let `rank by` name what should decide between equal scores",),
            )
