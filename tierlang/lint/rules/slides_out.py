"""A `lower` or `cap` puts accounts out of the tiers altogether

A lowered account goes to the next tier down whose condition lets it in, and if there is none it is in no tier: it drops out of the program, where the rule says one tier less. That happens when the tiers at the bottom have conditions of their own,
which an account of a better tier need not meet. The finding shows an account that a harmless-sounding `lower` or `cap` throws out.

Bad:

```tier
tiers by fit {
  rest untiered
  tier one { range 80.. }
  tier two { range 50..<80  when industry = "Banking" }
  lower 1 "On hold" when on_hold
}
```

Good:

```tier
tiers by fit {
  rest untiered
  tier one { range 80.. }
  tier two { range 50..<80 }
  lower 1 "On hold" when on_hold
}
```
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from tierlang.analysis.answers import Possible
from tierlang.analysis.claims import both, holds, takes
from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.landing import example, shut, with_tier
from tierlang.lint.review import Review, place
from tierlang.lint.rule import Finding
from tierlang.program.expressions import Expression
from tierlang.program.nodes import Bound, Ladder, Shift, Tier

SEVERITY = Severity.WARNING


def check(review: Review) -> Iterator[Finding]:
    """Every `lower` and `cap` of a ladder: is there an account in a tier that it sends down, and that no tier from there on lets in?"""
    for position, ladder in enumerate(review.program.ladders):
        if not ladder.tiers or ladder.tiers[-1].gate is None:
            continue
        lowers = (each for each in ladder.shifts if each.steps < 0)
        adjustments: tuple[Shift | Bound, ...] = (*lowers, *ladder.caps)
        for adjustment in adjustments:
            claims = tuple(_thrown_out(ladder, position, adjustment))
            if not claims:
                continue
            question = f"can `{adjustment.what}` put an account out of the tiers"
            answer = review.ask_any(question, claims, adjustment.span)
            if isinstance(answer, Possible):
                yield Finding(
                    place(adjustment, ladder, review.program),
                    f"`{adjustment.what}` can put an account out of the tiers: the `when` of the lower tiers does not let it in",
                    hints=("let the lowest tier take whoever comes down: a tier without `when` at the end",),
                    example=example(review, answer.witness, f"{adjustment.what}, and out of the tiers"),
                )


def _thrown_out(ladder: Ladder, position: int, adjustment: Shift | Bound) -> Iterator[Expression]:
    for at, tier in enumerate(ladder.tiers):
        rest = _ways(ladder, at, adjustment)
        if rest and all(each.gate is not None for each in rest):
            when = attrs.evolve(adjustment.when, test=with_tier(adjustment.when.test, position, tier))
            yield both(takes(ladder, at), holds(when), shut(rest))


def _ways(ladder: Ladder, at: int, adjustment: Shift | Bound) -> Sequence[Tier]:
    """The tiers that an account of this one is offered on its way down; none if it does not go down."""
    if isinstance(adjustment, Shift):
        to = min(at - adjustment.steps, len(ladder.tiers) - 1)
    else:
        to = [tier.name for tier in ladder.tiers].index(adjustment.tier)
    return ladder.tiers[to:] if to > at else ()
