"""A review takes an account up again that a trigger moved down, and the trigger does it again

The trigger demotes for what the score does not see: 80 points, and nobody has answered for half a year. At the next review the account is placed afresh, its points put it into the better tier, and the trigger moves it down once more. Each round the best team gets the account
for a day. The finding shows such an account. What a trigger asks between reviews has to count at reviews, too: as a `cap` with the same condition, or as a condition of the better tier.

Bad:

```tier also=one-way-mobility
tiers by fit {
  tier one { range 80.. }
  tier two { otherwise }
}
mobility {
  cooldown 30 days
  demote quiet { from one  to two  when no engagement within 2 quarters  owner sam }
}
```

Good:

```tier also=one-way-mobility
tiers by fit {
  tier one { range 80.. }
  tier two { otherwise }
  cap at two "Two quiet quarters" when no engagement within 2 quarters
}
mobility {
  cooldown 30 days
  demote quiet { from one  to two  when no engagement within 2 quarters  owner sam }
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
    """Every trigger that demotes: is there an account that a review places where the trigger took it from?"""
    for found in undone(review, up=False):
        yield _finding(review, found)


def _finding(review: Review, found: Round) -> Finding:
    (trigger,) = found.cycle.triggers
    high, low = found.cycle.tiers
    if review.moves.standing.asks_time(trigger.when.test):
        change = f"let reviews know it, too: a condition of {high.name}, or a `cap at {low.name}` for such accounts"
    else:
        change = f"let reviews know it, too: `cap at {low.name} when {trigger.when.text}`, or a condition (`when`) of {high.name}"
    return Finding(
        head(trigger, review.program),
        undone_words(found),
        hints=(told(found), change),
        example=example(review, found),
    )
