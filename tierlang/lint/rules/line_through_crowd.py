"""A tier's line lies right beside a score that very many accounts share

Where a tenth of all accounts have exactly the score at which a tier begins, or just miss it, the line does not separate good from less good accounts: one point of a rule moves hundreds of them up or down together. Lines
belong where few accounts are. Said of lines of the ladder's score with at least 50 accounts that have it, where one of its three most common values lies within half a point of the line and a tenth of them or more have it. A note only: a score of a few points always has such values.

Bad:

```tier rows=60
score priority {
  range 0..100
  value 1 * fit
}

tiers by priority {
  tier one { range 60.. }
  tier two { range ..<60 }
}
```

```csv
id,fit
A-01,60
A-02,25
A-03,90
```

Good:

```tier rows=60
score priority {
  range 0..100
  value 1 * fit
}

tiers by priority {
  tier one { range 50.. }
  tier two { range ..<50 }
}
```

```csv
id,fit
A-01,60
A-02,25
A-03,90
```

(Both files go on like this for 60 rows.)
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.review import Review, place
from tierlang.lint.rule import Finding
from tierlang.program.numbers import SCALE, number_text

ASKS_ACCOUNTS = True
SEVERITY = Severity.NOTE


_FEWEST = 50
_TENTH = 10
_BESIDE = SCALE // 2


def check(review: Review) -> Iterator[Finding]:
    """Lower ends of lines beside one of the most common values."""
    assert review.population is not None
    spread = {figures.name: figures for figures in review.population.scores}
    for ladder in review.program.ladders:
        figures = None if ladder.by is None else spread.get(ladder.by.name)
        if figures is None or figures.accounts < _FEWEST:
            continue
        for tier in ladder.tiers:
            low = None if tier.line is None else tier.line.low
            if low is None:
                continue
            for value, count in figures.common:
                if abs(value - low) <= _BESIDE and count * _TENTH >= figures.accounts:
                    yield Finding(
                        place(tier.line, tier, ladder, review.program),
                        f"{tier.name} begins at {number_text(low)}, and {count:,} of {figures.accounts:,} accounts have {figures.name} {number_text(value)}",
                        hints=(
                            "one point more or less in any rule moves them all at once: draw the line where few accounts are, or let the score tell them apart",
                        ),
                    )
                    break
