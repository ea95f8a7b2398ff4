"""A pin that nobody answers for

A pin overrules the model for one account. Somebody must have wanted it, and somebody must say when it is over: without `owner` there is nobody to ask.

Bad:

```tier
pin "0015" to one until 2026-12-31 because "Board member knows their CEO"
```

Good:

```tier
pin "0015" to one until 2026-12-31 owner sam because "Board member knows their CEO"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.diagnostics.words import quoted, text_list
from tierlang.lint.pinned import in_rules, of_files
from tierlang.lint.review import Review
from tierlang.lint.rule import Finding, Theme

SEVERITY = Severity.WARNING
THEME = Theme.SEATS

_HINT = "say whose decision it is: `owner NAME`, in a file the column `owner`"


def check(review: Review) -> Iterator[Finding]:
    """Pins without an owner; those of a file together, at the line that names the file."""
    for pin, span in in_rules(review.program):
        if pin.owner is None:
            yield Finding(
                span, f"nobody answers for the pin of account {quoted(pin.key)} to tier `{pin.tier}`", hints=(_HINT,)
            )
    for span, pins in of_files(review.program):
        keys = [pin.key for pin in pins if pin.owner is None]
        if keys:
            yield Finding(
                span,
                f"nobody answers for {len(keys)} of {len(pins)} pins in this file: {text_list(keys, most=4)}",
                hints=(_HINT,),
            )
