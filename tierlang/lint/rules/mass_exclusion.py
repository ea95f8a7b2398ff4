"""An exclusion takes more than half of all accounts

Exclusions are for competitors, embargoed countries, companies who asked not to be contacted. One that takes every second account is usually a condition that is true for empty cells too, or a list that went wrong; and the tiers
then describe only what is left. Of fewer than ten accounts nothing is said.

Bad:

```tier also=empty-tier
exclude small "Too small for us" when fit < 80
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

Good:

```tier
exclude small "Too small for us" when fit < 40
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
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.review import Review, place
from tierlang.lint.rule import Finding

ASKS_ACCOUNTS = True
SEVERITY = Severity.WARNING


_FEWEST = 10


def check(review: Review) -> Iterator[Finding]:
    """Exclusions that take more than half."""
    assert review.population is not None
    summary = review.population.summary
    if summary.accounts < _FEWEST:
        return
    for exclusion, (_, count) in zip(review.program.exclusions, summary.excluded, strict=True):
        if count * 2 > summary.accounts:
            yield Finding(
                place(exclusion, review.program),
                f"`exclude {exclusion.name}` takes {count:,} of {summary.accounts:,} accounts",
                hints=(
                    "is that meant? ask `tierlang explain` about one of them; a lowest tier shows such accounts instead of hiding them",
                ),
            )
