"""A pin ends within the next thirty days

From the day after, the account is where the rules put it. Its owner should know before the account's people do: renew the pin, or prepare the handover. A note; it is no mistake.

Pins of a `pins from` file are not looked at.

Bad, on 1 November 2026:

```tier
pin "0015" to one until 2026-11-15 owner sam because "One last try"
```

Good:

```tier
pin "0015" to one until 2027-01-31 owner sam because "One last try"
```
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.diagnostics.words import quoted
from tierlang.lint.pinned import in_rules
from tierlang.lint.review import Review
from tierlang.lint.rule import Finding, Theme

SEVERITY = Severity.NOTE
THEME = Theme.SEATS

_SOON = dt.timedelta(days=30)


def check(review: Review) -> Iterator[Finding]:
    """Pins of the rule files in their last thirty days."""
    for pin, span in in_rules(review.program):
        if pin.until is not None and pin.in_force(review.today) and pin.until - review.today <= _SOON:
            days = (pin.until - review.today).days
            when = "today" if days == 0 else "tomorrow" if days == 1 else f"in {days} days, on {pin.until}"
            who = pin.owner.shown if pin.owner else "whoever asked for it"
            yield Finding(
                span,
                f"the pin of account {quoted(pin.key)} to tier `{pin.tier}` ends {when}",
                hints=(f"ask {who}: renew it, or prepare the handover",),
            )
