"""Two tiers with the same plays, which should be one

Tiers exist to treat accounts differently. Where marketing, sales and success do the same for two of them, the line between the two costs reviews, politics and reports, and changes nothing for the account. Merge the tiers, or
decide what the better one gets that the other does not. Who owns the plays, and how large a budget they have, is not compared.

Bad:

```tier
tiers by priority {
  tier one {
    range 80..
    owner marketing dana
    owner sales     sam
    owner success   marcus
    play marketing "Named campaigns"
    play sales     "High-touch outreach"
    play success   "Reference call"
    exit "Under 80: to Tier 2"
  }
  tier two {
    range 60..<80
    owner marketing dana
    owner sales     sam
    owner success   marcus
    play sales     "High-touch outreach"
    play marketing "Named campaigns"
    play success   "Reference call"
    exit "Under 60: to Tier 3"
  }
  tier three { otherwise }
}
```

Good:

```tier
tiers by priority {
  tier one {
    range 60..
    owner marketing dana
    owner sales     sam
    owner success   marcus
    play marketing "Named campaigns"
    play sales     "High-touch outreach"
    play success   "Reference call"
    exit "Under 60: to Tier 2"
  }
  tier two { otherwise }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Related, Severity
from tierlang.lint.review import Review, head
from tierlang.lint.rule import Finding, Theme
from tierlang.program.nodes import Tier

SEVERITY = Severity.WARNING
THEME = Theme.PEOPLE


def check(review: Review) -> Iterator[Finding]:
    """Tiers whose plays an earlier tier of the ladder has too."""
    for ladder in review.program.ladders:
        first: dict[frozenset[tuple[str, str, str]], Tier] = {}
        for tier in ladder.tiers:
            if not tier.plays:
                continue
            other = first.setdefault(_plays(tier), tier)
            if other is not tier:
                yield Finding(
                    head(tier, ladder),
                    f"tiers `{other.name}` and `{tier.name}` do the same for their accounts",
                    hints=("make them one tier, or give the better one a play that the other does not have",),
                    related=(Related(head(other, ladder), f"`{other.name}` has the same plays"),),
                )


def _plays(tier: Tier) -> frozenset[tuple[str, str, str]]:
    """Who does what for whom; how it is spelt, and by which channel, makes no other play."""
    return frozenset(
        (play.function, " ".join(play.label.casefold().split()), play.when.text if play.when else "")
        for play in tier.plays
    )
