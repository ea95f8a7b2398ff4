"""`overflow down` of the lowest tier, which leads nowhere

Below the lowest tier there is none, so `overflow down` there means: out of the tiers. Whoever reads it expects another tier, often one that was removed or is still to be written. `overflow out` says what happens.

Bad:

```tier
tiers by fit {
  rest untiered
  tier one { range 80..  capacity 25 overflow down }
  tier two { range 50..<80  capacity 100 overflow down }
}
```

Good:

```tier
tiers by fit {
  rest untiered
  tier one { range 80..  capacity 25 overflow down }
  tier two { range 50..<80  capacity 100 overflow out }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Edit, Fix, Severity
from tierlang.lint.review import Review, place
from tierlang.lint.rule import Finding, Theme
from tierlang.source import Span

SEVERITY = Severity.WARNING
THEME = Theme.SEATS


def check(review: Review) -> Iterator[Finding]:
    """The last tier of every ladder."""
    for ladder in review.program.ladders:
        for tier in ladder.tiers[-1:]:
            for capacity in tier.capacities:
                if capacity.overflow == "down":
                    span = place(capacity, tier, ladder, review.program)
                    yield Finding(
                        span,
                        f"below {tier.name} there is no tier: whoever is over its capacity leaves the tiers",
                        hints=("write `overflow out`, which says so, or add the tier that is missing",),
                        fixes=_out(span),
                    )


def _out(span: Span) -> tuple[Fix, ...]:
    at = span.text.rfind("down")
    if at < 0:
        return ()
    word = span.source.span(span.start + at, span.start + at + len("down"))
    return (Fix("write `overflow out`", (Edit(word, "out"),)),)
