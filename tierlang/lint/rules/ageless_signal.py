"""A number over time that never grows old

A signal holds until the account's next observation. Without `lasts` it holds for ever: when the vendor stops covering an account, last spring's intent of 90 stays, and the account is hot until somebody wonders. Say how long a value is
worth believing; after that it is missing, which is what it is.

Signals of text and yes/no values are not meant: a plan or a status holds until it changes. Allow it for a number that is delivered only when it changes.

Bad:

```tier
signal visits "Visits of the week" whole in 0..
score warmth {
  range 0..100
  points 60 "Good fit" when fit >= 50
  points 40 "On our pages every week" when visits >= 5
}
```

Good:

```tier
signal visits "Visits of the week" whole in 0.. lasts 14 days
score warmth {
  range 0..100
  points 60 "Good fit" when fit >= 50
  points 40 "On our pages every week" when visits >= 5
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.review import Review, head
from tierlang.lint.rule import Finding, Theme

SEVERITY = Severity.WARNING
THEME = Theme.SCORES


def check(review: Review) -> Iterator[Finding]:
    """Signals of numbers without `lasts`."""
    for signal in review.program.signals:
        if signal.lasts is None and signal.value.kind.is_numeric:
            yield Finding(
                head(signal, review.program),
                f"a value of `{signal.name}` counts for ever, however long nobody has measured it",
                hints=("say how long it may be believed, for example `lasts 14 days`",),
            )
