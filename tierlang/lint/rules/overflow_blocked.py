"""Who finds no seat in a tier has nowhere to go

`overflow down` sends accounts to the next lower tier that lets them in. Here the conditions of all those tiers contradict this tier's own: an account that was let in above can be let in nowhere below, so everybody over capacity leaves the
tiers, and the words say otherwise. It is proved from the conditions, whatever the accounts are.

Bad:

```tier
tiers by fit {
  match first
  rest untiered
  tier one { range 50..  when customer  capacity 20 overflow down }
  tier two { range 20..  when not customer }
}
```

Good:

```tier
tiers by fit {
  match first
  rest untiered
  tier one { range 50..  when customer  capacity 20 overflow down }
  tier two { range 20.. }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.analysis.answers import Impossible
from tierlang.analysis.claims import both
from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.landing import either, gate
from tierlang.lint.review import Review, place
from tierlang.lint.rule import Finding, Theme
from tierlang.program.nodes import Capacity, Ladder, Tier

SEVERITY = Severity.WARNING
THEME = Theme.SEATS


def check(review: Review) -> Iterator[Finding]:
    """Every overflow into tiers that all have conditions: does one of them let in anybody of this tier?"""
    for ladder in review.program.ladders:
        for at, tier in enumerate(ladder.tiers):
            for capacity in tier.capacities:
                below = _receivers(ladder, at, capacity)
                if not below or tier.gate is None or any(each.gate is None for each in below):
                    continue
                claim = both(gate(tier), either(*(gate(each) for each in below)))
                answer = review.ask(f"can an account over capacity of {tier.name} go on", claim, capacity.span)
                if isinstance(answer, Impossible) and not isinstance(review.model.possible(gate(tier)), Impossible):
                    yield _finding(review, ladder, tier, capacity, below)


def _receivers(ladder: Ladder, at: int, capacity: Capacity) -> list[Tier]:
    below = list(ladder.tiers[at + 1 :])
    if capacity.overflow == "to":
        return [tier for tier in below if tier.name == capacity.to]
    return below if capacity.overflow == "down" else []


def _finding(review: Review, ladder: Ladder, tier: Tier, capacity: Capacity, below: list[Tier]) -> Finding:
    names = " and ".join(each.name for each in below[:3]) + (" and the rest" if len(below) > 3 else "")
    return Finding(
        place(capacity, tier, ladder, review.program),
        f"whoever is over capacity of {tier.name} leaves the tiers: the `when` of {names} lets in nobody whom the `when` of {tier.name} lets in",
        hints=("let a tier below take them, or write `overflow out` if they are meant to leave",),
    )
