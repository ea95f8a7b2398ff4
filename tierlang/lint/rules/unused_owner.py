"""A declared owner who owns nothing

Somebody stands in the model and answers for no tier and no pin. Most often a name was replaced in the tiers and stayed above; or a tier was meant to be theirs, and is not. Give them what is theirs, or take the name out.

Owners of a file that others `use` are not looked at: another ruleset may name them.

Bad:

```tier
owner zoe "Zoe Lane" { email "zoe@example.com"  team "Sales" }
```

Good:

```tier
owner zoe "Zoe Lane" { email "zoe@example.com"  team "Sales" }
pin "0015" to one until 2026-12-31 owner zoe because "Board-level relationship"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.review import Review
from tierlang.lint.rule import Finding, Theme
from tierlang.lint.unused import unused

SEVERITY = Severity.WARNING
THEME = Theme.PEOPLE


def check(review: Review) -> Iterator[Finding]:
    """Owners of the ruleset's own file whom nothing names."""
    hint = "give them a tier or a pin, or take the line out"
    yield from unused(review, "owner", "nothing is owned by `{name}`", hint, certain=True)
