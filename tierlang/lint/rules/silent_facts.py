"""The files have not one row of an event or a signal that the rules read

The rules give points for it, or demote without it, and the files that were given know nothing of it up to the as-of date: an export that stopped, a type that got another name, a filter too many. Every account then counts as one
with whom nothing ever happened.

Bad:

```tier also=empty-tier
event meeting

score priority {
  range 0..100
  points 60 when fit >= 50
  points 40 when any meeting within 90 days
}
```

```csv
id,fit
A-01,90
```

```csv events
event,account,at
```

Good:

```tier also=empty-tier
event meeting

score priority {
  range 0..100
  points 60 when fit >= 50
  points 40 when any meeting within 90 days
}
```

```csv
id,fit
A-01,90
```

```csv events
event,account,at
meeting,A-01,2026-10-20
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.review import Review, place
from tierlang.lint.rule import Finding
from tierlang.program.nodes import EventType, Signal

ASKS_ACCOUNTS = True
SEVERITY = Severity.WARNING


def check(review: Review) -> Iterator[Finding]:
    """Event types and signals that some rule reads and no row is of."""
    assert review.population is not None
    used = {named.name for named in review.names("event", "signal") if named.uses}
    facts: tuple[EventType | Signal, ...] = (*review.program.events, *review.program.signals)
    declared = {each.name: each for each in facts}
    for figures in review.population.facts:
        if figures.rows == 0 and figures.name in used:
            later = f" ({figures.later:,} are of later dates)" if figures.later else ""
            yield Finding(
                place(declared[figures.name], review.program),
                f"not one row of {figures.name} up to the as-of date is of an account of the data{later}",
                hints=(
                    "did the export stop, or does the file call it something else? to every rule it now looks as if it never happened",
                ),
            )
