"""A floor and a cap hold for one account and contradict each other

The floor says not below Tier 2, the cap says not above Tier 3, and both conditions can be true of one account. The cap wins, always: whoever wrote the floor (often for a promise to somebody) will find the account below it. The finding shows such
an account. If the cap is meant to win, let the floor's condition say so.

Bad:

```tier
tiers by fit {
  match first
  tier one   { range 80.. }
  tier two   { range 50.. }
  tier three { otherwise }
  floor at two "Customers are never below" when customer
  cap at three "On hold" when on_hold
}
```

Good:

```tier
tiers by fit {
  match first
  tier one   { range 80.. }
  tier two   { range 50.. }
  tier three { otherwise }
  floor at two "Customers are never below" when customer and not on_hold
  cap at three "On hold" when on_hold
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from tierlang.analysis.answers import Possible
from tierlang.analysis.claims import both, holds
from tierlang.diagnostics.diagnostic import Related, Severity
from tierlang.lint.landing import either, example, gate, with_tier
from tierlang.lint.review import Review, place
from tierlang.lint.rule import Finding
from tierlang.program.expressions import Expression
from tierlang.program.nodes import Bound, Ladder

SEVERITY = Severity.WARNING


def check(review: Review) -> Iterator[Finding]:
    """Every floor with every cap below it."""
    for position, ladder in enumerate(review.program.ladders):
        names = [tier.name for tier in ladder.tiers]
        for floor in ladder.floors:
            for cap in ladder.caps:
                if names.index(floor.tier) >= names.index(cap.tier):
                    continue
                question = f"do `{floor.what}` and `{cap.what}` hold for one account"
                answer = review.ask(question, _both_hold(ladder, position, floor, cap), cap.span)
                if isinstance(answer, Possible):
                    yield Finding(
                        place(cap, ladder, review.program),
                        f"`{floor.what}` and `{cap.what}` can hold for one account, and the cap wins",
                        hints=("let one of the two conditions leave the other's accounts out",),
                        related=(Related(place(floor, ladder, review.program), "the floor that loses"),),
                        example=example(review, answer.witness, f"{floor.what} and {cap.what}"),
                    )


def _both_hold(ladder: Ladder, position: int, floor: Bound, cap: Bound) -> Expression:
    """That both conditions hold of an account that the floor puts, or keeps, above the cap: its tier when the cap is asked is one that lets it in."""
    end = [tier.name for tier in ladder.tiers].index(cap.tier)
    ways: list[Expression] = []
    for tier in ladder.tiers[:end]:
        when = attrs.evolve(cap.when, test=with_tier(cap.when.test, position, tier))
        ways.append(both(holds(when), gate(tier)))
    lower = (*ladder.tiers, None)
    meant = [holds(attrs.evolve(floor.when, test=with_tier(floor.when.test, position, each))) for each in lower]
    return both(meant[0] if meant.count(meant[0]) == len(meant) else either(*meant), either(*ways))
