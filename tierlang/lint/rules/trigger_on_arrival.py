"""A trigger that moves every account out of a tier as soon as it is in

Its condition is true of everybody whom the line and the condition of the tier take, so the tier is a revolving door: a review puts accounts in, and the trigger takes them out the day after. Mostly a sign was turned around, or a limit is the one of the line.

Bad:

```tier also=one-way-mobility,undone-demotion
tiers by fit {
  tier one { range 80.. }
  tier two { otherwise }
}
mobility {
  demote cooling { from one  to two  when fit >= 60  owner sam }
}
```

Good:

```tier also=one-way-mobility,undone-demotion
tiers by fit {
  tier one { range 80.. }
  tier two { otherwise }
}
mobility {
  demote cooling { from one  to two  when fit < 60  owner sam }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.analysis.answers import Impossible, Possible
from tierlang.analysis.claims import both, fails, holds, takes
from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.landing import has_top
from tierlang.lint.review import Review, head
from tierlang.lint.rule import Finding, Theme
from tierlang.program.nodes import Tier, Trigger

SEVERITY = Severity.WARNING
THEME = Theme.MOBILITY


def check(review: Review) -> Iterator[Finding]:
    """Every trigger, for each tier that it moves from: is there an account that the tier takes, and the trigger leaves there?"""
    moves = review.moves
    for trigger in moves.triggers:
        plain = not moves.standing.asks_time(trigger.when.test)
        if plain and isinstance(review.model.possible(fails(trigger.when.test)), Impossible):
            continue
        for source in moves.sources(trigger):
            if _always(review, trigger, source):
                yield Finding(
                    head(trigger, review.program),
                    f"`{trigger.name}` moves every account out of {source.name} that comes in: `{trigger.when.text}` is true of everybody whom {source.name} takes",
                    hints=(f"look at its signs and limits, or take {source.name} out of its `from`",),
                )


def _always(review: Review, trigger: Trigger, source: Tier) -> bool:
    moves = review.moves
    if has_top(moves.ladder):
        # Who is in a top depends on the others; the conditions of the tier are known.
        if source.gate is None:
            return False
        here = holds(source.gate)
    else:
        here = takes(moves.ladder, moves.position(source))
    stays = both(here, fails(moves.asked(trigger.when, source)))
    answer = review.ask(f"can an account stay in {source.name} with `{trigger.name}`", stays, trigger.span)
    return isinstance(answer, Impossible) and isinstance(review.model.possible(here), Possible)
