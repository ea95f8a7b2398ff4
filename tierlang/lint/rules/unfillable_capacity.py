"""A capacity that can never be full

`top 25` lets at most 25 accounts in, so `capacity 40` next to it never cuts anybody, and `capacity 30..40` asks for more than there can be. A capacity of the whole ladder likewise stands over those of its tiers, and one of the whole tier over the seats `per` rep. One of the two numbers
was changed and the other forgotten, and the plan that was made for 40 accounts gets 25.

Nothing is said where raises, floors, caps or overflow can bring more accounts into the tier.

Bad:

```tier
tiers by fit {
  tier one { top 25  capacity 40 overflow down }
  tier two { otherwise }
}
```

Good:

```tier
tiers by fit {
  tier one { top 60  when employees >= 500  capacity 40 overflow down }
  tier two { otherwise }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.landing import others_bring
from tierlang.lint.review import Review, place
from tierlang.lint.rule import Finding, Theme
from tierlang.program.nodes import Capacity, Ladder, Tier

SEVERITY = Severity.WARNING
THEME = Theme.SEATS


def check(review: Review) -> Iterator[Finding]:
    """Seats of tiers against the size of their top, and against the seats of the ladder."""
    for ladder in review.program.ladders:
        for position, tier in enumerate(ladder.tiers):
            for capacity in tier.capacities:
                told = _by_ladder(ladder, tier, capacity) or _by_top(review, ladder, position, capacity)
                if told is not None:
                    yield Finding(place(capacity, tier, ladder, review.program), told, hints=(_hint(told),))


def _by_top(review: Review, ladder: Ladder, position: int, capacity: Capacity) -> str | None:
    tier = ladder.tiers[position]
    top = tier.top
    if top is None or top.count is None or capacity.of is not None or others_bring(ladder, position, review):
        return None
    if top.per != capacity.per and top.per is not None:
        return None
    if capacity.minimum is not None and capacity.minimum > top.count:
        return f"{tier.name} asks for at least {capacity.minimum} accounts, and `top {top.text}` lets in {top.count} at most"
    if top.count < capacity.seats:
        return f"{tier.name} has room for {capacity.text}, and `top {top.text}` lets in {top.count} at most: the capacity never cuts anybody"
    return None


def _by_ladder(ladder: Ladder, tier: Tier, capacity: Capacity) -> str | None:
    for whole, around in (
        *((each, "the whole ladder") for each in ladder.capacities),
        *((each, tier.name) for each in tier.capacities if each is not capacity and each.per is None),
    ):
        narrower = whole.per is None or whole.per == capacity.per
        if whole.of == capacity.of and narrower and whole.seats <= capacity.seats and capacity.seats:
            return f"room for {capacity.text} is never full: {around} has room for {whole.text} only"
    return None


def _hint(told: str) -> str:
    return "one of the two numbers is not what was meant: make the capacity smaller, or let more accounts in"
