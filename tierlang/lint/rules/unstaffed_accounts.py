"""Accounts of a tier lack the people that the tier promises

`coverage ae, sdr` says that every account of the tier has a named AE and SDR. Those without are in the tier, count as served in every report, and nobody calls them. Assign somebody, or let them wait in the next tier.

Bad:

```tier
account {
  field ae text
}

tiers by fit {
  tier one {
    range 80..
    coverage ae
  }
  tier two { range ..<80 }
}
```

```csv
id,fit,ae
A-01,90,
A-02,85,Kim
A-03,30,
```

Good:

```tier
account {
  field ae text
}

tiers by fit {
  tier one {
    range 80..
    coverage ae
  }
  tier two { range ..<80 }
}
```

```csv
id,fit,ae
A-01,90,Lee
A-02,85,Kim
A-03,30,
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.review import Review, head
from tierlang.lint.rule import Finding

ASKS_ACCOUNTS = True
SEVERITY = Severity.WARNING


def check(review: Review) -> Iterator[Finding]:
    """Tiers some of whose accounts have an empty coverage field."""
    assert review.population is not None
    for ladder, figures in zip(review.program.ladders, review.population.summary.ladders, strict=True):
        tiers = {tier.name: tier for tier in ladder.tiers}
        sizes = {each.tier: each.count for each in figures.tiers}
        for tier, field, count in figures.uncovered:
            view = f"{ladder.name} " if ladder.name else ""
            yield Finding(
                head(tiers[tier], ladder, review.program),
                f"{count:,} of {sizes[tier]:,} accounts in {view}{tier} have no {field}",
                hints=(f"fill `{field}` for them, or keep them out until it is: `when {field} is not missing`",),
            )
