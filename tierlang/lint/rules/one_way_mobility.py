"""Triggers that only promote, or only demote

Where triggers only lead up, the best tiers fill between reviews with accounts that were interesting once, and nobody takes the seats back before the next review; where they only lead down, whoever falls waits a quarter for the way back. A model has both: what moves an
account up, and what says that it is over.

It is a note where reviews place everybody again, and a warning where there are none: then accounts go one way for good.

Bad:

```tier also=undone-promotion
tiers by fit {
  tier one { range 80.. }
  tier two { otherwise }
}
mobility {
  promote surging { from two  to one  when intent >= 80  owner dana }
}
```

Good:

```tier also=undone-promotion,undone-demotion
tiers by fit {
  tier one { range 80.. }
  tier two { otherwise }
}
mobility {
  promote surging { from two  to one  when intent >= 80  owner dana }
  demote  cooled  { from one  to two  when intent < 20  owner sam }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.review import Review, head
from tierlang.lint.rule import Finding, Theme

SEVERITY = Severity.WARNING
THEME = Theme.MOBILITY


def check(review: Review) -> Iterator[Finding]:
    """Triggers all of one direction."""
    triggers = review.moves.triggers
    directions = {each.direction for each in triggers}
    if len(directions) != 1:
        return
    up = "promote" in directions
    reviewed = review.program.review is not None
    until = "until the next review" if reviewed else "and without reviews that is for good"
    yield Finding(
        head(triggers[0], review.program),
        f"triggers only move accounts {'up' if up else 'down'}: what was true once counts {until}",
        hints=(
            "say what ends it, too: `demote quiet { … when no engagement within 2 quarters … }`"
            if up
            else "say what brings an account back, too: `promote NAME { … }`",
        ),
        severity=Severity.NOTE if reviewed else None,
    )
