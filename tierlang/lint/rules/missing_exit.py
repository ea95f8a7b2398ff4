"""A tier does not say when an account leaves it, and what happens then

Every tier owes an answer to "when is an account out, and what happens then?" Without it accounts stay out of habit: nobody wants to be the one who demotes the logo of a colleague, and the handover is improvised. `exit "…"` writes
the agreement down, where it shows on every account of the tier.

The last tier may do without if it is `otherwise`: nobody falls out of it. In a model without any exit line, one note says so for all tiers; in one without any play, `missing-play` comes first. Views may do without.

Bad:

```tier
tiers by priority {
  tier one {
    range 80..
    owner marketing dana
    owner sales     sam
    owner success   marcus
    play marketing "Landing page of their own"
    play sales     "The AE calls within a day"
    play success   "Reference call"
  }
  tier two   { range 60..<80 }
  tier three { otherwise }
}
```

Good:

```tier
tiers by priority {
  tier one {
    range 80..
    owner marketing dana
    owner sales     sam
    owner success   marcus
    play marketing "Landing page of their own"
    play sales     "The AE calls within a day"
    play success   "Reference call"
    exit "Under 80 at two reviews: to Tier 2, with a handover call"
  }
  tier two   { range 60..<80 }
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
THEME = Theme.PEOPLE

_HINT = 'add a line like `exit "Under the line at a review: to the next tier, with a handover call"`'


def check(review: Review) -> Iterator[Finding]:
    """Tiers of the first ladder without an exit line; one note where there are none at all, and nothing where `missing-play` says that tiers are but labels."""
    ladder = review.program.ladders[0]
    if not any(tier.plays for tier in ladder.tiers):
        return
    if not any(tier.exits for tier in ladder.tiers):
        message = "no tier says when an account leaves it, and what happens then"
        yield Finding(head(ladder, review.program), message, hints=(_HINT,), severity=Severity.NOTE)
        return
    for tier in ladder.tiers:
        if not tier.exits and not (tier.otherwise and tier is ladder.tiers[-1]):
            message = f"tier `{tier.name}` does not say when an account leaves it, and what happens then"
            yield Finding(head(tier, ladder), message, hints=(_HINT,))
