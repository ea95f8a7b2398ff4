"""A pin puts an account into a tier that the rules never give anybody

The tier stays empty but for accounts placed by hand: its line is out of reach, or the tiers before it take everybody. Then the tier is not a part of the model but a list of favours, and its capacity and plays are planned for nobody else. Fix the
tier's line, or pin the account to a tier that the model knows.

Bad:

```tier also=unreachable-tier
tiers by fit {
  match first
  tier one   { range 50.. }
  tier two   { range 60..  when employees >= 500 }
  tier three { otherwise }
}

pin "A-01" to two until 2027-03-31 owner dana because "Board member knows their CEO"
```

Good:

```tier
tiers by fit {
  match first
  tier two   { range 60..  when employees >= 500 }
  tier one   { range 50.. }
  tier three { otherwise }
}

pin "A-01" to two until 2027-03-31 owner dana because "Board member knows their CEO"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.landing import is_empty_by_rules
from tierlang.lint.review import Review, place
from tierlang.lint.rule import Finding, Theme

SEVERITY = Severity.WARNING
THEME = Theme.SEATS


def check(review: Review) -> Iterator[Finding]:
    """Pins in force to tiers of the first ladder that are empty without them; of a file, once for each tier."""
    ladder = review.program.ladders[0]
    told: set[tuple[str, int, str]] = set()
    for position, tier in enumerate(ladder.tiers):
        pins = [pin for pin in review.program.pins if pin.tier == tier.name and pin.in_force(review.today)]
        if not pins or not is_empty_by_rules(review, ladder, position):
            continue
        for pin in pins:
            span = place(pin, review.program)
            where = (span.source.path, span.start, tier.name)
            if where not in told:
                told.add(where)
                yield Finding(
                    span,
                    f'"{pin.key}" is pinned to {tier.name}, and the rules never put anybody there',
                    hints=(f"let the rules reach {tier.name}, or pin the account to a tier that they give",),
                )
