"""Seats for each value of a field that may be empty: all accounts without one share one pool

`capacity 15 per ae` gives every AE fifteen accounts. Accounts without an AE form one group like any other, so fifteen of them get seats that no AE serves, and the sixteenth goes although nobody's book is full. `coverage ae` in the tier lists
them after every run; a gate `when ae is not missing` keeps them out.

Bad:

```tier
tiers by priority {
  rank by arr
  tier one {
    range 80..
    capacity 15 per ae overflow down
  }
  tier two { otherwise }
}
```

Good:

```tier
tiers by priority {
  rank by arr
  tier one {
    range 80..
    capacity 15 per ae overflow down
    coverage ae
  }
  tier two { otherwise }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.edits import line_before
from tierlang.lint.filled import covered, may_be_empty
from tierlang.lint.review import Review, place
from tierlang.lint.rule import Finding, Theme
from tierlang.program.nodes import Capacity, Ladder, Tier

SEVERITY = Severity.WARNING
THEME = Theme.SEATS


def check(review: Review) -> Iterator[Finding]:
    """Capacities per a field that may be missing and that the tier (of a ladder's own: no tier) watches."""
    for ladder in review.program.ladders:
        for tier, capacity in _capacities(ladder):
            per = capacity.per
            tiers = ladder.tiers if tier is None else (tier,)
            if per is None or not may_be_empty(review.program, per) or any(covered(each, per) for each in tiers):
                continue
            span = place(capacity, tier, ladder)
            fixes = (
                ()
                if tier is None or tier.coverage
                else (line_before(span, f"coverage {per.name}", f"add `coverage {per.name}`"),)
            )
            yield Finding(
                span,
                f"all accounts whose `{per.name}` is empty share one pool of `capacity {capacity.text}`, as if they had the same",
                hints=(
                    f"add `coverage {per.name}` so that a run lists them, or let them in only `when {per.name} is not missing`",
                ),
                fixes=fixes,
            )


def _capacities(ladder: Ladder) -> Iterator[tuple[Tier | None, Capacity]]:
    yield from ((None, capacity) for capacity in ladder.capacities)
    yield from ((tier, capacity) for tier in ladder.tiers for capacity in tier.capacities)
