"""A list that nothing reads

A list of competitors or of regulated industries stands in the model, and nobody is excluded or favoured by it. Either the rule that was to read it is missing, or the list can go.

Lists of a file that others `use` are not looked at.

Bad:

```tier
list competitors = ["rival.example", "other.example"]
exclude competitor "Competitors are not targets" when domain = "rival.example"
```

Good:

```tier
list competitors = ["rival.example", "other.example"]
exclude competitor "Competitors are not targets" when domain in competitors
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
    """Lists of the ruleset's own file without a reader."""
    hint = "read it, as in `domain in NAME`, or take it out"
    yield from unused(review, "list", "no rule reads the list `{name}`", hint, certain=True)
