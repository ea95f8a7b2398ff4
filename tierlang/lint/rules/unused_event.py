"""An event that no rule asks for

The files of this event are read and checked at every run, and nothing depends on them. A demotion of quiet accounts or the points for meetings were perhaps to read it.

Events of a file that others `use` are not looked at.

Bad:

```tier
event meeting "Meeting"
score warmth {
  range 0..100
  points 60 "Good fit" when fit >= 50
  points 40 "A customer" when customer
}
```

Good:

```tier
event meeting "Meeting"
score warmth {
  range 0..100
  points 60 "Good fit" when fit >= 50
  points 40 "Met us this quarter" when any meeting within 1 quarter
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.review import Review
from tierlang.lint.rule import Finding, Theme
from tierlang.lint.unused import unused

SEVERITY = Severity.WARNING
THEME = Theme.NAMES


def check(review: Review) -> Iterator[Finding]:
    """Events of the ruleset's own file without a reader."""
    hint = "ask for it (`any NAME within 90 days`), or take it out"
    yield from unused(review, "event", "no rule asks for the event `{name}`", hint)
