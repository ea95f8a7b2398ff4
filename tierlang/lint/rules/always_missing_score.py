"""A score that no account has

Whatever the account, one of the parts it cannot do without is missing: only excluded accounts have a value there, or the floor of present weight can never be reached. Accounts without a score meet no line and no top and rank last, so the
ladder above is empty, in silence.

Bad:

```tier also=unreachable-tier,unreachable-line
exclude existing "Customers have a model of their own" when arr is not missing

score priority {
  value round(arr / 1_000, 0)
}
```

Good:

```tier
exclude existing "Customers have a model of their own" when arr is not missing

score priority {
  value round(potential / 1_000, 0)
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.analysis.answers import Impossible
from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.review import Review, head
from tierlang.lint.rule import Finding, Theme
from tierlang.program.expressions import Defined, IsMissing, Not
from tierlang.program.values import Kind

SEVERITY = Severity.WARNING
THEME = Theme.SCORES


def check(review: Review) -> Iterator[Finding]:
    """Every score: is there an account that has it?"""
    for score in review.program.scores:
        claim = Not(IsMissing(Defined(score.name, Kind.NUMBER)))
        if isinstance(review.ask(f"can an account have `{score.name}`", claim, score.span), Impossible):
            yield Finding(
                head(score, review.program),
                f"no account has `{score.name}`: a part of it that it cannot do without is always missing",
                hints=(
                    "say what a missing part means (`missing zero`, `missing share down to 50%`), or fill what is missing with `first of [part, 0]`",
                ),
            )
