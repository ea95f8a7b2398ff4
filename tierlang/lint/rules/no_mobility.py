"""Nothing says what happens to a tier between two reviews, and who may stay at one

With `review every …` tiers hold from review to review. Without `mobility` a company that raised 50 million waits for the next one, however hot it is, and at every review an account that is a point under the line changes hands, and back at the next. `keep while` says who may stay,
triggers say what moves an account between reviews, and on whose word.

A note only, for models with reviews and plays: one that is run for a campaign needs no mobility.

Bad:

```tier
ruleset example "Example" {
  reviewed 2026-10-01
  review   every quarter
}
```

Good:

```tier also=undone-promotion,undone-demotion
ruleset example "Example" {
  reviewed 2026-10-01
  review   every quarter
}
mobility {
  cooldown 60 days
  promote surging { from two  to one  when intent >= 80  owner dana }
  demote  cooled  { from one  to two  when intent < 20  owner sam }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.review import Review, head
from tierlang.lint.rule import Finding, Theme

SEVERITY = Severity.NOTE
THEME = Theme.MOBILITY


def check(review: Review) -> Iterator[Finding]:
    """A model of several tiers that people work by and review, without `mobility` and `keep while`."""
    program = review.program
    tiers = program.ladders[0].tiers
    if program.review is None or len(tiers) < 2 or not any(tier.plays for tier in tiers):
        return
    if program.mobility is None and all(tier.keep is None for tier in tiers):
        span = program.header.review
        yield Finding(
            head(program) if span is None else span,
            "tiers are reviewed, but nothing says what moves an account between reviews, and who may stay at one",
            hints=(
                "add `keep while …` to tiers, a little below their lines, and a `mobility` block with what promotes and demotes between reviews",
            ),
        )
