"""A pin on an account that the data does not have, or that is excluded

A pin is a promise that somebody made for one company. If its key is not among the accounts (merged, deleted, mistyped) or an exclusion takes the account, the promise is not kept and nobody notices.

Bad:

```tier
tiers by fit {
  tier one { range 80.. }
  tier two { range ..<80 }
}

pin "A-99" to one until 2027-03-31 owner dana because "Board member knows their CEO"
```

```csv
id,fit
A-01,90
A-02,70
```

Good:

```tier also=empty-tier
tiers by fit {
  tier one { range 80.. }
  tier two { range ..<80 }
}

pin "A-02" to one until 2027-03-31 owner dana because "Board member knows their CEO"
```

```csv
id,fit
A-01,90
A-02,70
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.review import Review, place
from tierlang.lint.rule import Finding

ASKS_ACCOUNTS = True
SEVERITY = Severity.WARNING


def check(review: Review) -> Iterator[Finding]:
    """Pins whose account is unknown or excluded."""
    assert review.population is not None
    summary = review.population.summary
    for pin in review.program.pins:
        if not pin.in_force(review.today):
            continue
        if pin.key in summary.pins_unknown:
            why, hint = (
                "the data has no such account",
                "was it merged or renamed? pin the account it became, or take the pin out",
            )
        elif pin.key in summary.pins_excluded:
            why, hint = "the account is excluded, so the pin does nothing", "either the exclusion or the pin is wrong"
        else:
            continue
        yield Finding(place(pin, review.program), f'the pin of "{pin.key}" to {pin.tier}: {why}', hints=(hint,))
