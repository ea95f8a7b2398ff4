"""A tier has more or fewer accounts than its capacity declares

`capacity 10..25` is a promise in both directions: fewer than ten, and the people who were planned for the tier have no work; more than 25, and somebody is served badly. More can only come from pins and floors, which are never
cut. Draw the line lower, or plan fewer people; release pins, or add seats.

Bad:

```tier
score priority {
  range 0..100
  value 1 * fit
}

tiers by priority {
  tier one {
    range 80..
    capacity 3..5 overflow down
  }
  tier two { range ..<80 }
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

Good:

```tier
score priority {
  range 0..100
  value 1 * fit
}

tiers by priority {
  tier one {
    range 80..
    capacity 2..5 overflow down
  }
  tier two { range ..<80 }
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
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.review import Review, head
from tierlang.lint.rule import Finding
from tierlang.program.numbers import number_text

ASKS_ACCOUNTS = True
SEVERITY = Severity.WARNING


def check(review: Review) -> Iterator[Finding]:
    """Capacities with fewer than their minimum or more than their seats."""
    assert review.population is not None
    for ladder, figures in zip(review.program.ladders, review.population.summary.ladders, strict=True):
        tiers = {tier.name: tier for tier in ladder.tiers}
        for seats in figures.seats:
            if not (seats.short or seats.overbooked):
                continue
            used = number_text(seats.used) if seats.summed else f"{seats.used:,}"
            where = f"tier {seats.tier}" if seats.tier else "the tiers together"
            group = f" for {seats.group}" if seats.group else ""
            fault, hint = (
                ("more than its seats", "pins and floors are never cut: end some, or add seats")
                if seats.overbooked
                else ("fewer than its minimum", "draw the line lower, or plan fewer people for it")
            )
            yield Finding(
                head(tiers[seats.tier] if seats.tier else ladder, ladder, review.program),
                f"`{seats.what}`: {where} has {used}{group}, {fault}",
                hints=(hint,),
            )
