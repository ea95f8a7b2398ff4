"""A field of an event that no rule reads

Each row of the event is read and checked for it, and a wrong cell is refused, for nobody's sake. Perhaps a `where` was to ask for it: points for *won* deals become points for all deals when the stage is not read.

Plain text fields are not looked at (who came, which page), and neither are the events of a file that others `use`.

Bad:

```tier
event deal {
  field stage  text  one of "open", "won", "lost"
  field amount money in 0..
}
score value {
  range 0..100
  points 50 "A deal of size" when any deal where (amount >= 20k) within 1 year
  points 50 "A very good fit" when fit >= 80
}
```

Good:

```tier
event deal {
  field stage  text  one of "open", "won", "lost"
  field amount money in 0..
}
score value {
  range 0..100
  points 50 "Won a deal of size" when any deal where (stage = "won" and amount >= 20k) within 1 year
  points 50 "A very good fit" when fit >= 80
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.review import Review
from tierlang.lint.rule import Finding, Theme
from tierlang.lint.rules.unused_field import for_people
from tierlang.lint.unused import unused

SEVERITY = Severity.NOTE
THEME = Theme.NAMES


def check(review: Review) -> Iterator[Finding]:
    """Attributes of events that are read themselves, but those for people to see."""
    idle = {named.name for named in review.own_names("event") if not named.uses}
    carried = {
        f"{event.name}.{field.name}"
        for event in review.program.events
        for field in event.fields
        if event.name in idle or for_people(field)
    }
    hint = "let a `where` ask for it, or take the line out: a column need not be declared to be in the file"
    yield from unused(review, "attribute", "no rule reads `{name}`", hint, but=lambda named: named.name in carried)
