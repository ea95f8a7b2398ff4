"""A tier takes its owner from a field that may be empty, and does not watch for it

`owner sales from ae` names whoever stands in the account's field. Where the cell is empty nobody answers for the account, and nothing says so. `coverage ae` in the same tier lists such accounts after every run, so that somebody can
be found for them.

A gate that lets in only accounts with a value (`when ae is not missing`) does as well.

Bad:

```tier
tiers by priority {
  tier one {
    range 80..
    owner marketing dana
    owner sales     from ae
    owner success   marcus
    play marketing "Landing page of their own"
    play sales     "The AE calls within a day"
    play success   "Reference call"
    exit "Under 80: to Tier 2"
  }
  tier two { otherwise }
}
```

Good:

```tier
tiers by priority {
  tier one {
    range 80..
    coverage ae
    owner marketing dana
    owner sales     from ae
    owner success   marcus
    play marketing "Landing page of their own"
    play sales     "The AE calls within a day"
    play success   "Reference call"
    exit "Under 80: to Tier 2"
  }
  tier two { otherwise }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.edits import line_before
from tierlang.lint.filled import covered, may_be_empty
from tierlang.lint.review import Review, place
from tierlang.lint.rule import Finding, Theme

SEVERITY = Severity.WARNING
THEME = Theme.PEOPLE


def check(review: Review) -> Iterator[Finding]:
    """Owners from fields that may be missing, in tiers that do not cover them."""
    for ladder in review.program.ladders:
        for tier in ladder.tiers:
            for owner in tier.owners:
                if owner.field is None or not may_be_empty(review.program, owner.field) or covered(tier, owner.field):
                    continue
                span, name = place(owner, tier, ladder), owner.field.name
                fixes = () if tier.coverage else (line_before(span, f"coverage {name}", f"add `coverage {name}`"),)
                also = f": `coverage {', '.join(each.name for each in tier.coverage)}, {name}`" if tier.coverage else ""
                yield Finding(
                    span,
                    f"where `{name}` is empty, nobody answers for {owner.function} of an account in tier `{tier.name}`, and nothing says so",
                    hints=(f"add `{name}` to the tier's coverage{also}",),
                    fixes=fixes,
                )
