"""A tier that no account of the data is in

People planned plays, owners and seats for this tier, and nobody is in it. Either the line is drawn where no account's score is, or a condition reads a column that this file does not fill the way the rules expect. The first
place to look is `tierlang explain` on an account that should be there.

Bad:

```tier
score priority {
  range 0..100
  value 1 * fit
}

tiers by priority {
  match first
  tier one   { range 80.. }
  tier two   { range 50.. }
  tier three { otherwise }
}
```

```csv
id,fit
A-01,95
A-02,90
A-03,45
A-04,40
A-05,35
A-06,30
A-07,25
A-08,20
A-09,15
A-10,10
```

Good:

```tier
score priority {
  range 0..100
  value 1 * fit
}

tiers by priority {
  match first
  tier one   { range 80.. }
  tier two   { range 50.. }
  tier three { otherwise }
}
```

```csv
id,fit
A-01,95
A-02,90
A-03,75
A-04,70
A-05,65
A-06,40
A-07,35
A-08,30
A-09,25
A-10,20
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.review import Review, head
from tierlang.lint.rule import Finding
from tierlang.program.nodes import Tier

ASKS_ACCOUNTS = True
SEVERITY = Severity.WARNING


def check(review: Review) -> Iterator[Finding]:
    """The tiers of every ladder without an account, unless nobody is eligible."""
    assert review.population is not None
    for ladder, figures in zip(review.program.ladders, review.population.summary.ladders, strict=True):
        if not any(each.count for each in figures.tiers) and not figures.untiered:
            continue
        for tier, each in zip(ladder.tiers, figures.tiers, strict=True):
            if each.count == 0:
                view = f"{ladder.name} " if ladder.name else ""
                yield Finding(
                    head(tier, ladder, review.program),
                    f"no account is in {view}{tier.name}",
                    hints=(f"ask `tierlang explain` about an account that should be there{_asking(tier)}",),
                )


def _asking(tier: Tier) -> str:
    """Where to look first."""
    if tier.gate is not None:
        return "; does its condition read a column that this data fills in another way?"
    if tier.line is not None:
        return "; is its line beyond what the scores of this data reach?"
    return ""
