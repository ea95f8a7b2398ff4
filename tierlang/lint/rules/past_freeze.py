"""A freeze that is over

It freezes nothing any more. If there is one every year, its next dates should stand there; if not, the line can go once nobody replays that time: a replay of older snapshots still keeps to it.

Bad, on 1 November 2026:

```tier
mobility {
  cooldown 30 days
  freeze   2025-12-15..2026-01-02 "Year end"
}
```

Good:

```tier
mobility {
  cooldown 30 days
  freeze   2026-12-15..2027-01-02 "Year end"
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.edits import removal
from tierlang.lint.review import Review, place
from tierlang.lint.rule import Finding, Theme

SEVERITY = Severity.NOTE
THEME = Theme.MOBILITY


def check(review: Review) -> Iterator[Finding]:
    """Freezes that ended before today; where a later one stands beside it, somebody looks after them."""
    mobility = review.program.mobility
    if mobility is None or any(freeze.end >= review.today for freeze in mobility.freezes):
        return
    for freeze in mobility.freezes:
        span = place(freeze, mobility, review.program)
        named = f" “{freeze.label}”" if freeze.label else ""
        yield Finding(
            span,
            f"the freeze{named} ended on {freeze.end}",
            hints=("give it its next dates, or take it out",),
            fixes=(removal(span, "take the freeze out"),),
        )
