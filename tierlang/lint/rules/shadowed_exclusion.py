"""An exclusion that takes nobody whom an earlier one does not

The first exclusion that holds gives the reason, and reports count accounts under it. One whose accounts are all taken before is never a reason: its count is always 0, and whoever reads it believes that the case does not occur. Put the narrower
one first if its own reason matters, or take it out.

Bad:

```tier
exclude test_data "Test accounts" when name starts with "TEST"
exclude trial     "Trials" when name starts with "TEST trial"
```

Good:

```tier
exclude trial     "Trials" when name starts with "TEST trial"
exclude test_data "Test accounts" when name starts with "TEST"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.analysis.answers import Impossible
from tierlang.analysis.claims import both, fails
from tierlang.diagnostics.diagnostic import Related, Severity
from tierlang.lint.review import Review, head, place
from tierlang.lint.rule import Finding
from tierlang.program.nodes import Exclusion

SEVERITY = Severity.WARNING


def check(review: Review) -> Iterator[Finding]:
    """Every exclusion against those before it."""
    before: list[Exclusion] = []
    for exclusion in review.program.exclusions:
        if before and _only_others(review, exclusion, before):
            covering = next((each for each in before if _covers(review, each, exclusion)), None)
            by = f"`{covering.name}` takes them" if covering is not None else "those before it take them"
            yield Finding(
                head(exclusion, review.program),
                f"`{exclusion.name}` excludes nobody: {by} first",
                hints=("put it before them if its own reason matters, or take it out",),
                related=()
                if covering is None
                else (Related(place(covering, review.program), "takes all of its accounts"),),
            )
        before.append(exclusion)


def _only_others(review: Review, exclusion: Exclusion, before: list[Exclusion]) -> bool:
    # An exclusion that is never true at all is a constant condition; an account of it that nobody else takes is mostly the first one found.
    if isinstance(review.model.possible(exclusion.when.test, eligible=False), Impossible):
        return False
    claim = both(exclusion.when.test, *(fails(each.when.test) for each in before))
    answer = review.ask(f"can `{exclusion.name}` be an account's reason", claim, exclusion.span, eligible=False)
    return isinstance(answer, Impossible)


def _covers(review: Review, one: Exclusion, other: Exclusion) -> bool:
    claim = both(other.when.test, fails(one.when.test))
    return isinstance(review.model.possible(claim, eligible=False), Impossible)
