"""A field of the account that no rule reads

A column is read, typed and checked for every account, and decides nothing: a wrong cell in it stops a run for nobody's sake. Either a rule was to read it and does not, which is worth finding out, or the line can go; columns that are not
declared are simply left alone.

Plain text fields are not looked at, as names and countries are carried for people to see, and neither are the fields of a file that others `use`.

Bad:

```tier
account {
  key   id        text
  field employees whole in 0..
  field growth    number
}
score fit {
  range 0..100
  points by employees { 500.. -> 60  ..<500 -> 20  missing -> 20 }
  points 40 "Our country" when country = "DE"
}
```

Good:

```tier
account {
  key   id        text
  field name      text
  field employees whole in 0..
  field growth    number
}
score fit {
  range 0..100
  points by employees { 500.. -> 40  ..<500 -> 20  missing -> 20 }
  points 40 "Our country" when country = "DE"
  points 20 "Growing" when growth >= 10
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.review import Review
from tierlang.lint.rule import Finding, Theme
from tierlang.lint.unused import unused
from tierlang.program.nodes import Field
from tierlang.program.values import Kind

SEVERITY = Severity.NOTE
THEME = Theme.NAMES


def check(review: Review) -> Iterator[Finding]:
    """Fields without a reader, but those for people to see."""
    carried = {field.name for field in review.program.fields if for_people(field)}
    hint = "let a rule read it, or take the line out: a column need not be declared to be in the file"
    yield from unused(review, "field", "no rule reads `{name}`", hint, but=lambda named: named.name in carried)


def for_people(field: Field) -> bool:
    """Whether it is a text that people read and rules need not."""
    return field.kind is Kind.TEXT and not field.one_of and not field.same
