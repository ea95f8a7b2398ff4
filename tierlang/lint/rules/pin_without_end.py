"""A pin that never ends

An exception without a last day becomes the rule: in two years nobody knows that the account is not where the model would put it. `until` lets it end by itself, and makes its owner ask for it again.

Pins of a `pins from` file are not looked at: their days belong to whoever keeps the file.

Bad:

```tier
pin "0015" to one owner sam because "Board member knows their CEO"
```

Good:

```tier
pin "0015" to one until 2026-12-31 owner sam because "Board member knows their CEO"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.diagnostics.words import quoted
from tierlang.lint.pinned import in_rules
from tierlang.lint.review import Review
from tierlang.lint.rule import Finding, Theme
from tierlang.program.calendar import Duration, shift

SEVERITY = Severity.WARNING
THEME = Theme.SEATS


def check(review: Review) -> Iterator[Finding]:
    """Pins of the rule files without `until`."""
    for pin, span in in_rules(review.program):
        if pin.until is None:
            yield Finding(
                span,
                f"the pin of account {quoted(pin.key)} to tier `{pin.tier}` never ends",
                hints=(
                    f"add a last day after the tier, for example `until {shift(review.today, Duration(1, 'quarter'), 1)}`",
                ),
            )
