"""A function plays in a tier, and nobody answers for it there

A play that nobody owns is done by whoever has time, and when it is not done nobody is asked why. Every function that plays in a tier needs a name there: a person, or the field of the account that names one.

Views (further `tiers` blocks) may do without owners.

Bad:

```tier
tiers by priority {
  tier one {
    range 80..
    owner marketing dana
    owner sales     sam
    play marketing "Landing page of their own"
    play sales     "The AE calls within a day"
    play success   "Reference call"
    exit "Under 80 at a review: to Tier 2"
  }
  tier two { otherwise }
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
    exit "Under 80 at a review: to Tier 2"
  }
  tier two { otherwise }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.review import Review, place
from tierlang.lint.rule import Finding, Theme

SEVERITY = Severity.WARNING
THEME = Theme.PEOPLE


def check(review: Review) -> Iterator[Finding]:
    """The first play of each function without an owner, tier by tier of the first ladder."""
    ladder = review.program.ladders[0]
    for tier in ladder.tiers:
        answered = {owner.function for owner in tier.owners}
        for play in tier.plays:
            if play.function in answered:
                continue
            answered.add(play.function)
            owner = next(
                (o.owner.name for t in ladder.tiers for o in t.owners if o.function == play.function and o.owner), None
            )
            yield Finding(
                place(play, tier, ladder),
                f"{play.function} plays in tier `{tier.name}`, and nobody answers for it",
                hints=(f"add `owner {play.function} {owner or '…'}` to the tier",),
            )
