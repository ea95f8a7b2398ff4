"""A model that reads nothing of fit, nothing of value, or nothing of engagement

Three questions decide what an account deserves: should they buy (fit), what would it be worth (value), would they listen now (engagement). A model that never asks one of them works accounts that cannot buy, accounts not worth the
effort, or accounts that will not answer.

What a column is about is judged by its name, its headings and its kind; events and signals are engagement, and value too where an event brings an amount of money. Where a column could be anything (`grade`, `model_output`), nothing is said. A note only, as some models leave a question out on
purpose: then `allow` it and say why.

Bad:

```tier
score priority {
  range 0..100
  points by employees { 1_000.. -> 30  100..<1_000 -> 20  ..<100 -> 0  missing -> 0 }
  points 30 "Our industry" when industry = "Banking"
  points 40 "A big deal possible" when potential >= 100k
}
tiers by priority {
  tier one { range 60.. }
  tier two { otherwise }
}
```

Good:

```tier
score priority {
  range 0..100
  points by employees { 1_000.. -> 30  100..<1_000 -> 20  ..<100 -> 0  missing -> 0 }
  points 20 "Our industry" when industry = "Banking"
  points 30 "A big deal possible" when potential >= 100k
  points 20 "Came to a meeting" when any meeting within 90 days
}
tiers by priority {
  tier one { range 60.. }
  tier two { otherwise }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.diagnostics.suggest import listing
from tierlang.lint.dimensions import QUESTIONS, dimensions_of, is_size
from tierlang.lint.reading import Reading, placed_by
from tierlang.lint.review import Review, head
from tierlang.lint.rule import Finding, Theme

SEVERITY = Severity.NOTE
THEME = Theme.MODEL


def check(review: Review) -> Iterator[Finding]:
    """What the first ladder never asks for, if it is known what everything that it reads is about."""
    ladder = review.program.ladders[0]
    ranked = [key.by for key in ladder.rank_by]
    read = list(Reading.of(review.program).sources(*placed_by(ladder), *ranked).values())
    asked = [dimensions_of(source) for source in read]
    if not asked or None in asked or all(is_size(source) for source in read):
        return
    found = {dimension for each in asked if each is not None for dimension in each}
    lacking = [dimension for dimension in QUESTIONS if dimension not in found]
    if lacking:
        yield Finding(
            head(ladder, review.program),
            f"nothing that places an account says anything of {listing(lacking, most=3)}",
            hints=tuple(f"{dimension}: {QUESTIONS[dimension]}" for dimension in lacking),
        )
