"""Five tiers, or more

Each tier is a decision about people and money, and more than four usually blur it: nobody can say from memory what the fourth gets that the third does not. Three is the common pattern. More than five is an error here,
even where `limits { tiers … }` lets it compile.

Views (further `tiers` blocks) are not counted. Allow it where five really means five different ways to work an account.

Bad:

```tier
tiers by priority {
  tier one   { range 80.. }
  tier two   { range 60..<80 }
  tier three { range 40..<60 }
  tier four  { range 20..<40 }
  tier five  { otherwise }
}
```

Good:

```tier
tiers by priority {
  tier one   { range 80.. }
  tier two   { range 40..<80 }
  tier three { otherwise }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.review import Review, head
from tierlang.lint.rule import Finding, Theme

SEVERITY = Severity.WARNING
THEME = Theme.MODEL

_MOST = 5


def check(review: Review) -> Iterator[Finding]:
    """A first ladder of five tiers and more."""
    ladder = review.program.ladders[0]
    count = len(ladder.tiers)
    if count >= _MOST:
        yield Finding(
            head(ladder, review.program),
            f"the model has {count} tiers: more than four usually blur what each of them gets",
            hints=("merge the two whose plays differ least",),
            severity=Severity.ERROR if count > _MOST else None,
        )
