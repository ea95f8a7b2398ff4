"""A trigger that nobody answers for

Between reviews a tier holds, but for what a trigger says. Somebody has promised that an account for which it holds is worth the change, and somebody has to explain it to the colleagues who lose or get the account. Without `owner` there is nobody to ask.

Bad:

```tier also=one-way-mobility,undone-promotion
mobility {
  promote surging { from two  to one  when intent >= 80 }
}
```

Good:

```tier also=one-way-mobility,undone-promotion
mobility {
  promote surging { from two  to one  when intent >= 80  owner dana }
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
    """Triggers without an owner."""
    for trigger in review.moves.triggers:
        if trigger.owner is None:
            yield Finding(
                head(trigger, review.program),
                f"nobody answers for the moves of `{trigger.name}`",
                hints=("say whose decision it is: `owner NAME` in its block",),
            )
