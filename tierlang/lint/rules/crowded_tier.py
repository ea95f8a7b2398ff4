"""One tier takes so many accounts that it separates nobody

A tier decides who gets people and who gets automation. Where 80 % of the accounts land in one tier (or whatever share `limits { share … }` allows), the model has decided nothing for most of the
market: look at how the score spreads before drawing the lines, and move a line or split the tier. Counted are the accounts that no exclusion takes, on the ruleset's own ladder, those in no tier among them. Of fewer than ten
accounts nothing is said.

Bad:

```tier also=empty-tier
score priority {
  range 0..100
  value 1 * fit
}

tiers by priority {
  match first
  tier one   { range 80.. }
  tier two   { range 50.. }
  tier three { otherwise }
}
```

```csv
id,fit
A-01,95
A-02,40
A-03,38
A-04,35
A-05,33
A-06,30
A-07,29
A-08,27
A-09,25
A-10,20
```

Good:

```tier
score priority {
  range 0..100
  value 1 * fit
}

tiers by priority {
  match first
  tier one   { range 80.. }
  tier two   { range 50.. }
  tier three { otherwise }
}
```

```csv
id,fit
A-01,95
A-02,90
A-03,75
A-04,70
A-05,65
A-06,40
A-07,35
A-08,30
A-09,25
A-10,20
```

Allow it where the many are meant to be left alone, and say so: a model that picks 25 accounts out of thousands and has one wide tier for the rest.
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.review import Review, head
from tierlang.lint.rule import Finding
from tierlang.program.numbers import SCALE

ASKS_ACCOUNTS = True
SEVERITY = Severity.WARNING


_FEWEST = 10


def check(review: Review) -> Iterator[Finding]:
    """Whether more than the allowed share of the eligible accounts is in one tier, or in none."""
    assert review.population is not None
    program, figures = review.program, review.population.summary.own
    counts = [(tier, each.count) for tier, each in zip(program.ladders[0].tiers, figures.tiers, strict=True)]
    total = sum(count for _, count in counts) + figures.untiered
    limit = program.limits.share
    if total < _FEWEST:
        return
    for tier, count in [*counts, (None, figures.untiered)]:
        if count * SCALE > limit * total:
            where = f"tier {tier.name}" if tier is not None else "no tier at all"
            yield Finding(
                head(tier or program.ladders[0], program),
                f"{count:,} of {total:,} accounts ({100 * count // total} %) are in {where}, more than the {limit // 100} % that the ruleset allows",
                hints=(
                    "a tier that takes nearly everybody decides nothing: look at how the score spreads, then move a line or split the tier",
                ),
            )
