"""Nothing says how often the model and its accounts are reviewed

Tiers hold between reviews, and change at them: with `review every quarter` everybody knows when the next change comes, and that last quarter's tier is not for ever. Without the line there is no such day, and tiers ossify.

A note only: a model that is run once, for one campaign, needs no review.

Bad:

```tier
ruleset example "Example" {
  reviewed 2026-10-01
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
from tierlang.lint.edits import line_after_statement
from tierlang.lint.review import Review, head
from tierlang.lint.rule import Finding, Theme

SEVERITY = Severity.NOTE
THEME = Theme.MODEL


def check(review: Review) -> Iterator[Finding]:
    """A header without `review every …`."""
    program = review.program
    if program.review is None:
        after = program.header.reviewed
        fixes = () if after is None else (line_after_statement(after, "review every quarter"),)
        first = (
            "" if after is not None else f"`reviewed {review.today}`, the day on which people last looked at it, and "
        )
        yield Finding(
            head(program),
            "nothing says how often the model is reviewed, and with it everybody's tier",
            hints=(f"add {first}`review every quarter` to the `ruleset` block",),
            fixes=fixes,
        )
