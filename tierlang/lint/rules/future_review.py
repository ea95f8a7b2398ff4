"""The date of the last review has not come yet

`reviewed` is the day on which people last looked at the model. A day to come is a slip of the keyboard, or the date of the next review; either way the model will not be called stale when it is.

Bad, on 1 November 2026:

```tier
ruleset example "Example" {
  reviewed 2027-01-15
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

SEVERITY = Severity.WARNING
THEME = Theme.MODEL


def check(review: Review) -> Iterator[Finding]:
    """A date of review after today."""
    program = review.program
    if program.reviewed is not None and program.reviewed > review.today:
        yield Finding(
            program.header.reviewed or place(program),
            f"the model was reviewed on {program.reviewed}, which has not come yet (today is {review.today})",
            hints=(
                "`reviewed` is the day on which people last looked at the model; `review every quarter` says when they will",
            ),
        )
