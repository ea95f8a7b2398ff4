"""A constant that nothing reads

`let` names a number that people tune. One that no rule reads can be tuned for ever without anything changing, and somebody will: most often the rule beside it has the number itself, or reads another constant by mistake.

Constants of a file that others `use` are not looked at.

Bad:

```tier
let one_line = 80
let two_line = 60
tiers by priority {
  tier one   { range one_line.. }
  tier two   { range 50..<one_line }
  tier three { otherwise }
}
```

Good:

```tier
let one_line = 80
let two_line = 60
tiers by priority {
  tier one   { range one_line.. }
  tier two   { range two_line..<one_line }
  tier three { otherwise }
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
    """Constants of the ruleset's own file without a reader."""
    hint = "read it where its number stands now, or take the line out"
    yield from unused(review, "constant", "no rule reads `{name}`: to change it changes nothing", hint, certain=True)
