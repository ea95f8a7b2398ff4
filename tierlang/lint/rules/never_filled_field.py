"""A field that the rules read is empty for every account

The column is there, or one of its headings was found, and no row has a value: an export without the permission to see it, a renamed field, a connector that stopped. Every rule that reads it goes the way of missing data, quietly.

Bad:

```tier
account {
  field growth number
}

score priority {
  range 0..100
  points 60 when fit >= 50
  points 40 when growth >= 10
}
```

```csv
id,fit,growth
A-01,90,
A-02,80,
A-03,20,
```

Good:

```tier
account {
  field growth number
}

score priority {
  range 0..100
  points 60 when fit >= 50
  points 40 when growth >= 10
}
```

```csv
id,fit,growth
A-01,90,25
A-02,80,3
A-03,20,
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.review import Review, place
from tierlang.lint.rule import Finding

ASKS_ACCOUNTS = True
SEVERITY = Severity.WARNING


def check(review: Review) -> Iterator[Finding]:
    """Fields without a single value, that some rule reads."""
    assert review.population is not None
    used = {named.name for named in review.names("field") if named.uses}
    fields = {field.name: field for field in review.program.fields}
    for figures in review.population.fields:
        if figures.accounts and figures.missing == figures.accounts and figures.name in used:
            yield Finding(
                place(fields[figures.name], review.program),
                f"no account has a value for {figures.name}",
                hints=(
                    "is it the right column, and may the export see it? until then, every rule that reads it decides by what is missing",
                ),
            )
