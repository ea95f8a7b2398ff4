"""The budgets that one function's plays take add up to more than 100 %

`budget 50%` is the share of a function's money that a play may take. Over all tiers of a ladder the shares of one function can total less than 100 %, but never more: somebody has promised the same money twice, and the last tier to
ask will get nothing.

Bad:

```tier
tiers by priority {
  tier one {
    range 80..
    owner marketing dana
    owner sales     sam
    owner success   marcus
    play marketing "Landing page of their own" { budget 70% }
    play sales     "The AE calls within a day"
    play success   "Reference call"
    exit "Under 80: to Tier 2"
  }
  tier two {
    otherwise
    owner marketing dana
    owner sales     sam
    owner success   marcus
    play marketing "Newsletter" { budget 40% }
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
    play marketing "Landing page of their own" { budget 70% }
    play sales     "The AE calls within a day"
    play success   "Reference call"
    exit "Under 80: to Tier 2"
  }
  tier two {
    otherwise
    owner marketing dana
    owner sales     sam
    owner success   marcus
    play marketing "Newsletter" { budget 30% }
    play sales     "Answers what comes in"
    play success   "Help centre"
  }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.review import Review, place
from tierlang.lint.rule import Finding, Theme
from tierlang.program.numbers import SCALE, number_text

SEVERITY = Severity.WARNING
THEME = Theme.PEOPLE


def check(review: Review) -> Iterator[Finding]:
    """Functions whose shares total more than all of it, at the play that takes the last."""
    for ladder in review.program.ladders:
        plays = [play for tier in ladder.tiers for play in tier.plays if play.budget]
        for function in dict.fromkeys(play.function for play in plays):
            mine = [play for play in plays if play.function == function]
            shares = [play.budget or 0 for play in mine]
            if sum(shares) > SCALE:
                parts = " + ".join(number_text(share * 100) for share in shares)
                yield Finding(
                    place(mine[-1], ladder),
                    f"the budgets of {function}'s plays add up to {number_text(sum(shares) * 100)} %",
                    hints=(f"{parts} is more than there is: take {number_text((sum(shares) - SCALE) * 100)} % off",),
                )
