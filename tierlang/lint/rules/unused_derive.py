"""A derived value that nothing reads

A condition was given a name, and no rule asks for it by that name: often a copy of it stands in the rules, so that the next change is made in one place and not in the other. Read it by its name, or take it out.

Derived values of a file that others `use` are not looked at.

Bad:

```tier
account {
  key id text
  derive large "Large account" = employees >= 1_000
}
score value {
  range 0..100
  points 60 "Large" when employees >= 1_000
  points 40 "A customer" when customer
}
```

Good:

```tier
account {
  key id text
  derive large "Large account" = employees >= 1_000
}
score value {
  range 0..100
  points 60 "Large" when large
  points 40 "A customer" when customer
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
    """Derives of the ruleset's own file without a reader."""
    hint = "read it by its name where its words stand now, or take the line out"
    yield from unused(review, "derive", "no rule reads `{name}`", hint)
