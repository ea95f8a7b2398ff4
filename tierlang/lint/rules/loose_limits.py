"""The house's own limits allow what no model should do

`limits` says what the house calls too much, and other findings go by it. Limits so loose that nothing ever exceeds them switch those findings off without saying so: more than five tiers, over 90 % of the accounts in one tier, a review
older than a year.

Bad:

```tier
ruleset example "Example" {
  reviewed 2026-10-01
  review   every quarter
  limits   { tiers 5  share 100%  review age 1 quarter }
}
```

Good:

```tier
ruleset example "Example" {
  reviewed 2026-10-01
  review   every quarter
  limits   { tiers 5  share 80%  review age 1 quarter }
}
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Edit, Fix, Severity
from tierlang.lint.review import Review, place
from tierlang.lint.rule import Finding, Theme
from tierlang.program.calendar import Duration, shift
from tierlang.program.numbers import number_text
from tierlang.source import Span

SEVERITY = Severity.WARNING
THEME = Theme.MODEL

_TIERS, _SHARE, _AGE = 5, 9_000, Duration(1, "year")


def check(review: Review) -> Iterator[Finding]:
    """Each limit that is looser than any house's sense."""
    limits = review.program.limits
    span = review.program.header.limits or place(review.program)
    if limits.tiers > _TIERS:
        yield _loose(
            span,
            f"a limit of {limits.tiers} tiers",
            r"\btiers\s+\d+",
            "tiers 5",
            "three tiers are common, five the ceiling",
        )
    if limits.share > _SHARE:
        message = f"a limit of {number_text(limits.share * 100)} % of the accounts in one tier"
        yield _loose(
            span, message, r"\bshare\s+[\d.]+%", "share 80%", "a tier that takes nearly everybody decides nothing"
        )
    if shift(review.today, limits.review_age, 1) > shift(review.today, _AGE, 1):
        message = f"a review that holds for {limits.review_age}"
        yield _loose(
            span,
            message,
            r"\breview\s+age\s+\d+\s+\w+",
            "review age 1 quarter",
            "definitions are reviewed every quarter",
        )


def _loose(span: Span, what: str, pattern: str, better: str, why: str) -> Finding:
    found = re.search(pattern, span.text)
    at = span if found is None else span.source.span(span.start + found.start(), span.start + found.end())
    fixes = () if found is None else (Fix(f"write `{better}`", (Edit(at, better),)),)
    return Finding(at, f"{what} is no limit", hints=(f"{why}; the usual limit is `{better}`",), fixes=fixes)
