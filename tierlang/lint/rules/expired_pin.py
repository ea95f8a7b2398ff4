"""A pin whose last day is over

The exception has ended: the account is where the rules put it, and the line still says otherwise to everybody who reads the file. Take it out, or renew it with a new day, if its owner still stands by it.

Pins of a `pins from` file are not looked at here; every run counts those that have ended.

Bad, on 1 November 2026:

```tier
pin "0015" to one until 2026-09-30 owner sam because "One last try"
```

Good:

```tier
pin "0015" to one until 2026-12-31 owner sam because "One last try"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.diagnostics.words import quoted
from tierlang.lint.edits import removal
from tierlang.lint.pinned import in_rules
from tierlang.lint.review import Review
from tierlang.lint.rule import Finding, Theme

SEVERITY = Severity.WARNING
THEME = Theme.SEATS


def check(review: Review) -> Iterator[Finding]:
    """Pins of the rule files that are no longer in force."""
    for pin, span in in_rules(review.program):
        if not pin.in_force(review.today):
            yield Finding(
                span,
                f"the pin of account {quoted(pin.key)} to tier `{pin.tier}` ended on {pin.until}",
                hints=("take it out, or give it a new day if its owner still stands by it",),
                fixes=(removal(span, "take the pin out"),),
            )
