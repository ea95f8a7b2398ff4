"""A value that the rules tell apart never occurs in the data

`one of` lists what a cell may say, and rules give some of those values points, a cluster or a tier of their own. Where no account has such a value, the rule for it has never been used: nobody
makes that choice any more, or the export leaves those accounts out. (Another spelling would have been refused.) Said of files with at least 50 accounts, of a field of which some value occurs.

Bad:

```tier rows=60
account {
  field segment text one of "Shipper", "Carrier", "Broker"
}

score priority {
  range 0..100
  points 60 when fit >= 50
  points 40 when segment in ["Carrier", "Broker"]
}
```

```csv
id,fit,segment
A-01,90,Carrier
A-02,20,Shipper
```

Good:

```tier rows=60
account {
  field segment text one of "Shipper", "Carrier", "Broker"
}

score priority {
  range 0..100
  points 60 when fit >= 50
  points 40 when segment in ["Carrier", "Broker"]
}
```

```csv
id,fit,segment
A-01,90,Carrier
A-02,20,Shipper
A-03,30,Broker
```

(Both files go on like this for 60 rows.)
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.diagnostics.words import text_list
from tierlang.lint.review import Review, place
from tierlang.lint.rule import Finding

ASKS_ACCOUNTS = True
SEVERITY = Severity.NOTE


_FEWEST = 50


def check(review: Review) -> Iterator[Finding]:
    """Fields with `one of`, some of whose texts nobody has."""
    assert review.population is not None
    used = {named.name for named in review.names("field") if named.uses}
    fields = {field.name: field for field in review.program.fields}
    for figures in review.population.fields:
        unseen = [text for text, count in figures.values if count == 0]
        if unseen and figures.name in used and figures.accounts >= _FEWEST and figures.missing < figures.accounts:
            yield Finding(
                place(fields[figures.name], review.program),
                f"no account has {figures.name} {text_list(unseen)}",
                hints=(
                    "does the CRM call it something else? `same` reads other spellings as this one; a value that is gone can leave the rules",
                ),
            )
