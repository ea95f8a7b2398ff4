"""One person answers for too much

An owner is the person who is asked when a tier does not work. One who answers for several functions of most tiers is asked about everything and can change little; usually the name is a placeholder that was never replaced.
Counted are the functions of the tiers of the ruleset's own ladder: more than six in one hand, of more than one function, is too much. One function in all tiers is fine.

Allow it in a small company where one person really does all of it.

Bad:

```tier
tiers by priority {
  tier one {
    range 80..
    owner marketing dana
    owner sales     dana
    owner success   dana
    play marketing "Landing page of their own"
    play sales     "The AE calls within a day"
    play success   "Reference call"
    exit "Under 80: to Tier 2"
  }
  tier two {
    range 60..<80
    owner marketing dana
    owner sales     dana
    owner success   dana
    play marketing "Webinar of the industry"
    play sales     "Sequence"
    play success   "Benchmark report"
    exit "Under 60: to Tier 3"
  }
  tier three {
    otherwise
    owner marketing dana
    owner sales     sam
    owner success   marcus
    play marketing "Newsletter"
    play sales     "Answers what comes in"
    play success   "Help centre"
  }
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
    exit "Under 80: to Tier 2"
  }
  tier two {
    range 60..<80
    owner marketing dana
    owner sales     sam
    owner success   marcus
    play marketing "Webinar of the industry"
    play sales     "Sequence"
    play success   "Benchmark report"
    exit "Under 60: to Tier 3"
  }
  tier three {
    otherwise
    owner marketing dana
    owner sales     sam
    owner success   marcus
    play marketing "Newsletter"
    play sales     "Answers what comes in"
    play success   "Help centre"
  }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.diagnostics.suggest import listing
from tierlang.lint.review import Review, head
from tierlang.lint.rule import Finding, Theme

SEVERITY = Severity.WARNING
THEME = Theme.PEOPLE

_MOST = 6


def check(review: Review) -> Iterator[Finding]:
    """Owners of more than six functions of tiers, of more than one function."""
    ladder = review.program.ladders[0]
    for person in review.program.owners:
        theirs = [(tier.name, each.function) for tier in ladder.tiers for each in tier.owners if each.owner == person]
        functions = list(dict.fromkeys(function for _, function in theirs))
        if len(theirs) > _MOST and len(functions) > 1:
            tiers = len({tier for tier, _ in theirs})
            yield Finding(
                head(person, review.program),
                f"{person.shown} answers for {listing(functions)} in {tiers} tiers: {len(theirs)} times in all",
                hints=("who is asked about everything can change little: name those who do the work",),
            )
