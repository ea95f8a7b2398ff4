"""A `raise`, `lower`, `floor` or `cap` that can never move anybody

Its condition holds for accounts, but none of them can be moved: they are in the tier already, or in none, or the conditions of the tiers keep them out. So the slide promises something (`floor at two` for evaluations) that never happens. Usually a condition is
copied from the tier that it should lead to, or the direction is wrong.

Bad:

```tier
tiers by fit {
  match first
  tier one   { range 80.. }
  tier two   { range 50.. }
  tier three { otherwise }
  cap at two "Weak fit" when fit < 60
}
```

Good:

```tier
tiers by fit {
  match first
  tier one   { range 80.. }
  tier two   { range 50.. }
  tier three { otherwise }
  cap at two "On hold" when on_hold
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.analysis.answers import Impossible
from tierlang.analysis.claims import both, holds, takes
from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.edits import removal
from tierlang.lint.landing import either, has_top, moves
from tierlang.lint.review import Review, place
from tierlang.lint.rule import Finding
from tierlang.program.expressions import reads_tiers
from tierlang.program.nodes import Bound, Ladder, Shift

SEVERITY = Severity.WARNING


def check(review: Review) -> Iterator[Finding]:
    """Every adjustment: is there an account that it moves? One whose condition never holds has a finding of another rule."""
    for position, ladder in enumerate(review.program.ladders):
        adjustments: tuple[Shift | Bound, ...] = (*ladder.shifts, *ladder.floors, *ladder.caps)
        for adjustment in adjustments:
            claims = [claim for _, claim in moves(ladder, position, adjustment)]
            if has_top(ladder):
                # Who is in a top depends on the others, so most such questions have no sure answer; a sure no is one all the same.
                answer = review.model.possible(either(*claims))
            else:
                answer = review.ask_any(f"can `{adjustment.what}` move an account", claims, adjustment.span)
            never = isinstance(review.model.possible(adjustment.when.test), Impossible)
            if isinstance(answer, Impossible) and not never:
                span = place(adjustment, ladder, review.program)
                yield Finding(
                    span,
                    f"`{adjustment.what}` never moves anybody: no account for which `{adjustment.when.text}` holds could be moved by it",
                    hints=(*_why(review, ladder, adjustment), "change its condition or its tier, or take it out"),
                    fixes=(removal(span, f"take the `{adjustment.what}` out"),),
                )


def _why(review: Review, ladder: Ladder, adjustment: Shift | Bound) -> tuple[str, ...]:
    """The one tier that all such accounts are in, if it is one."""
    if reads_tiers(adjustment.when.test):
        return ()
    meant = holds(adjustment.when)
    places = [
        tier
        for at, tier in enumerate(ladder.tiers)
        if not isinstance(review.model.possible(both(meant, takes(ladder, at))), Impossible)
    ]
    return (f"by lines and conditions all of them are in {places[0].name}",) if len(places) == 1 else ()
