"""A pin that does not say why

A pin overrules the model for one account. Without a reason nobody can judge, a quarter later, whether it still holds, and the loudest voice keeps its accounts for ever. `because "…"` is shown to everybody who asks why the account is where it is.

Bad:

```tier
pin "0015" to one until 2026-12-31 owner sam
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

_HINT = 'add `because "…"`, in a file the column `because`: it is shown as the reason of the placement'


def check(review: Review) -> Iterator[Finding]:
    """Pins without `because`; those of a file together, at the line that names the file."""
    for pin, span in in_rules(review.program):
        if pin.because is None:
            yield Finding(
                span, f"nothing says why account {quoted(pin.key)} is pinned to tier `{pin.tier}`", hints=(_HINT,)
            )
    for span, pins in of_files(review.program):
        keys = [pin.key for pin in pins if pin.because is None]
        if keys:
            yield Finding(
                span,
                f"{len(keys)} of {len(pins)} pins in this file do not say why: {text_list(keys, most=4)}",
                hints=(_HINT,),
            )
