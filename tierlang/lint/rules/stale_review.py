"""The model was last looked at longer ago than the house allows

Markets, products and teams change within a quarter, and a tier model that nobody looked at since describes the company of last year. `reviewed` says when people last looked at it, and `limits { review age 1 quarter }` how long that
holds (a quarter unless said). When the time is over, look at the lines, the weights and the names again, and set the date.

The finding depends on the day: `check --as-of` asks for another one.

Bad, on 1 November 2026:

```tier
ruleset example "Example" {
  reviewed 2026-05-04
  review   every quarter
}
```

Good:

```tier
ruleset example "Example" {
  reviewed 2026-10-01
  review   every quarter
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.review import Review, place
from tierlang.lint.rule import Finding, Theme
from tierlang.program.calendar import shift

SEVERITY = Severity.WARNING
THEME = Theme.MODEL


def check(review: Review) -> Iterator[Finding]:
    """A date of review older than the limit."""
    program = review.program
    if program.reviewed is None:
        return
    age = program.limits.review_age
    due = shift(program.reviewed, age, 1)
    if due < review.today:
        days = (review.today - due).days
        yield Finding(
            program.header.reviewed or place(program),
            f"the model was last reviewed on {program.reviewed}; a review holds for {age}, until {due}, {days} {'day' if days == 1 else 'days'} ago",
            hints=("look at lines, weights, owners and plays again, then set `reviewed` to the day",),
        )
