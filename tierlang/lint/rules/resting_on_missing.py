"""A rule decides for many accounts only by what is missing

Where a cell is empty a condition is unknown, and unknown counts as "no"; a band has its `missing` row; a weight is shared out. That is right for the odd account. Where it happens to half of them, the rule no longer decides
by what accounts are but by what the CRM does not know, and a data project will re-tier the market. Said of rules that rest on missing data for at least half of the accounts that no exclusion takes (of ten or more).

Bad:

```tier
account {
  field growth number
}

score priority {
  range 0..100
  points 60 when fit >= 50
  points 40 when growth >= 10
}
```

```csv
id,fit,growth
A-01,95,20
A-02,90,
A-03,75,
A-04,70,
A-05,65,
A-06,40,
A-07,35,4
A-08,30,
A-09,25,
A-10,20,2
```

Good:

```tier
account {
  field growth number
}

score priority {
  range 0..100
  points 60 when fit >= 50
  points 40 when growth >= 10
}
```

```csv
id,fit,growth
A-01,95,20
A-02,90,15
A-03,75,7
A-04,70,30
A-05,65,2
A-06,40,
A-07,35,4
A-08,30,12
A-09,25,
A-10,20,2
```

Allow it where the missing value says something by itself: a field that is only filled for some accounts on purpose.
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.review import Review, head
from tierlang.lint.rule import Finding

ASKS_ACCOUNTS = True
SEVERITY = Severity.NOTE


_FEWEST = 10
_HALF = 2


def check(review: Review) -> Iterator[Finding]:
    """The doubts that concern at least half of the eligible accounts, in one finding."""
    assert review.population is not None
    summary = review.population.summary
    eligible = summary.accounts - sum(count for _, count in summary.excluded)
    if eligible < _FEWEST:
        return
    many = [(text, count) for text, count in summary.doubts if count * _HALF >= eligible]
    if many:
        text, count = max(many, key=lambda each: each[1])
        rest = len(many) - 1
        more = "one more rule rests" if rest == 1 else f"{rest} more rules rest"
        others = f", and {more} on missing data for half of them" if rest else ""
        yield Finding(
            head(review.program.ladders[0], review.program),
            f"missing data decides for {count:,} of {eligible:,} accounts: {text}{others}",
            hints=(
                *(f"{number:,} accounts: {words}" for words, number in many[:6]),
                "fill the column, or let the rule say what an empty cell should mean",
            ),
        )
