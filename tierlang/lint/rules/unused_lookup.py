"""A lookup table that nothing reads

A small table stands beside the rules, is kept up to date by somebody, and no rule asks it anything. Read one of its columns, or take it out.

Lookups of a file that others `use` are not looked at.

Bad:

```tier
lookup likely from "budgets.csv" {
  match industry
  give  budget money in 0..
}
score value {
  range 0..100
  points 60 "Good fit" when fit >= 50
  points 40 "A customer" when customer
}
```

```csv file=budgets.csv
industry,budget
Banking,200000
Software,80000
```

Good:

```tier
lookup likely from "budgets.csv" {
  match industry
  give  budget money in 0..
}
score value {
  range 0..100
  points 60 "Good fit" when fit >= 50
  points 40 "Spends enough" when likely.budget >= 100k
}
```

```csv file=budgets.csv
industry,budget
Banking,200000
Software,80000
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
    """Lookups of the ruleset's own file without a reader."""
    hint = "read one of its columns (`NAME.COLUMN`), or take it out"
    yield from unused(review, "lookup", "no rule reads the lookup `{name}`", hint, certain=True)
