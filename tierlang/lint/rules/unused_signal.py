"""A signal that no rule reads

Somebody delivers a value for it every week, perhaps for money, and no rule looks at it. Give it a part in a score, or take it out.

Signals of a file that others `use` are not looked at.

Bad:

```tier
signal visits "Visits of the week" whole in 0.. lasts 14 days
score warmth {
  range 0..100
  points 60 "Good fit" when fit >= 50
  points 40 "A customer" when customer
}
```

Good:

```tier
signal visits "Visits of the week" whole in 0.. lasts 14 days
score warmth {
  range 0..100
  points 60 "Good fit" when fit >= 50
  points 40 "On our pages every week" when visits >= 5
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.review import Review
from tierlang.lint.rule import Finding, Theme
from tierlang.lint.unused import unused

SEVERITY = Severity.WARNING
THEME = Theme.NAMES


def check(review: Review) -> Iterator[Finding]:
    """Signals of the ruleset's own file without a reader."""
    hint = "read it in a score or a condition, or take it out"
    yield from unused(review, "signal", "no rule reads the signal `{name}`", hint)
