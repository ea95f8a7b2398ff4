"""A review takes back what a trigger did, and the trigger does it again

At a review everybody is placed afresh: by score and line, or by `keep while` in the tier that is held. An account that a trigger has promoted across the line is below it still, so the review takes it down; and if the trigger's condition is still true, it goes up again the day
after. That goes on review after review, with nothing about the account changed. The finding shows such an account. Let `keep while` of the tier hold for those whom the trigger brings.

A promotion for something that happens once (a funding round) and is over at the next review is not meant: it lasts as long as it was to last.

Bad:

```tier also=one-way-mobility
tiers by fit {
  tier one { range 80.. }
  tier two { otherwise }
}
mobility {
  cooldown 30 days
  promote surging { from two  to one  when intent >= 70  owner dana }
}
```

Good:

```tier also=one-way-mobility
tiers by fit {
  tier one {
    range 80..
    keep while fit >= 75 or intent >= 60
  }
  tier two { otherwise }
}
mobility {
  cooldown 30 days
  promote surging { from two  to one  when intent >= 70  owner dana }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.review import Review, head
from tierlang.lint.rounds import Round, example, told, undone, undone_words
from tierlang.lint.rule import Finding, Theme

SEVERITY = Severity.WARNING
THEME = Theme.MOBILITY


def check(review: Review) -> Iterator[Finding]:
    """Every trigger that promotes: is there an account that a review places where the trigger took it from?"""
    for found in undone(review, up=True):
        yield _finding(review, found)


def _finding(review: Review, found: Round) -> Finding:
    (trigger,) = found.cycle.triggers
    _, high = found.cycle.tiers
    if high.otherwise:
        change = f"let the line of {high.name} take it"
    elif high.keep is None:
        change = f"say in {high.name} who may stay: `keep while {trigger.when.text}`, or a milder condition"
    else:
        change = f"let `keep while` of {high.name} hold for it, too: `{high.keep.text} or …`"
    return Finding(
        head(trigger, review.program),
        undone_words(found),
        hints=(told(found), change),
        example=example(review, found),
    )
