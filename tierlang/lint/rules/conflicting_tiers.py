"""Two tiers of a `match unique` ladder fit one account

`match unique` promises that no account fits two tiers, and a run stops at the first account that does. This ladder does not keep the promise: the finding shows such an account, before one of them turns up in the data on a Monday
morning and nobody gets a tier at all.

Bad:

```tier
tiers by fit {
  match unique
  tier growing { when employees >= 1_000 }
  tier leaving { when customer and fit < 20 }
  tier rest    { otherwise }
}
```

Good:

```tier
tiers by fit {
  match unique
  tier growing { when employees >= 1_000 and not (customer and fit < 20) }
  tier leaving { when customer and fit < 20 }
  tier rest    { otherwise }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from tierlang.analysis.answers import Possible
from tierlang.analysis.claims import both, satisfies
from tierlang.analysis.writing import as_test
from tierlang.diagnostics.diagnostic import Related, Severity
from tierlang.lint.landing import either
from tierlang.lint.review import Review, head
from tierlang.lint.rule import Finding
from tierlang.program.nodes import Ladder, Tier

SEVERITY = Severity.ERROR

MANY = 12
"""Of more tiers, each is asked about with all before it at once."""


def check(review: Review) -> Iterator[Finding]:
    """Every two tiers of a ladder that must not share accounts and whose ranges alone do not part them."""
    for ladder in review.program.ladders:
        if not ladder.unique or ladder.separate:
            continue
        tiers = [tier for tier in ladder.tiers if not tier.otherwise]
        if len(tiers) > MANY:
            yield from _together(review, ladder, tiers)
            continue
        for first, second in combinations(tiers, 2):
            claim = both(satisfies(ladder, first), satisfies(ladder, second))
            answer = review.ask(f"can an account fit {first.name} and {second.name}", claim, second.span)
            if isinstance(answer, Possible):
                yield _finding(review, ladder, first.name, second, answer, first)


def _together(review: Review, ladder: Ladder, tiers: list[Tier]) -> Iterator[Finding]:
    for at, tier in enumerate(tiers[1:], start=1):
        claim = both(satisfies(ladder, tier), either(*(satisfies(ladder, each) for each in tiers[:at])))
        answer = review.ask(f"can an account fit {tier.name} and a tier before it", claim, tier.span)
        if isinstance(answer, Possible):
            yield _finding(review, ladder, "a tier before it", tier, answer, None)


def _finding(review: Review, ladder: Ladder, first: str, tier: Tier, answer: Possible, other: Tier | None) -> Finding:
    related = () if other is None else (Related(head(other, ladder, review.program), "and this one"),)
    return Finding(
        head(tier, ladder, review.program),
        f"an account can fit {tier.name} and {first}, and `match unique` lets a run with such an account stop",
        hints=("let their conditions exclude each other, or write `match first` if the better tier may win",),
        related=related,
        example=as_test(review.program, answer.witness, f"fits two tiers: {tier.name} and {first}", ["not excluded"]),
    )
