"""Nothing says when people last looked at the model

A model is to be reviewed every so often, and without `reviewed` nobody can tell whether the lines and weights are of this quarter or of three years ago, and no finding will ever say that the model is stale. One line with the day of the last review is enough.

Bad:

```tier
ruleset example "Example" {
  review every quarter
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
from tierlang.lint.review import Review, head
from tierlang.lint.rule import Finding, Theme

SEVERITY = Severity.WARNING
THEME = Theme.MODEL


def check(review: Review) -> Iterator[Finding]:
    """A header that says `review every …` and not `reviewed`; without both, `no-review` says so."""
    if review.program.reviewed is None and review.program.review is not None:
        yield Finding(
            head(review.program),
            "nothing says when people last looked at this model",
            hints=(f"add `reviewed {review.today}` to the `ruleset` block, with the day of the last review",),
        )
