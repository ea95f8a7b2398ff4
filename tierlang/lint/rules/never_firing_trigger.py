"""A trigger that can never move anybody

No account of the tiers that it moves from can meet its condition, or whoever does is moved by a trigger that stands before it: between reviews the first that holds moves an account, in the order of the file. The slide promises a move that never comes. Put the trigger
that asks for more before the one that asks for less.

A condition that no account at all can meet has a finding of `constant-condition`.

Bad:

```tier also=one-way-mobility,undone-promotion
tiers by fit {
  tier one   { range 80.. }
  tier two   { range 50..<80 }
  tier three { otherwise }
}
mobility {
  promote warm { from three  to two  when intent >= 60  owner dana }
  promote hot  { from three  to one  when intent >= 90  owner dana }
}
```

Good:

```tier also=one-way-mobility,undone-promotion
tiers by fit {
  tier one   { range 80.. }
  tier two   { range 50..<80 }
  tier three { otherwise }
}
mobility {
  promote hot  { from three  to one  when intent >= 90  owner dana }
  promote warm { from three  to two  when intent >= 60  owner dana }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.analysis.answers import Impossible
from tierlang.diagnostics.diagnostic import Related, Severity
from tierlang.diagnostics.words import code_list
from tierlang.lint.review import Review, head
from tierlang.lint.rule import Finding, Theme
from tierlang.program.nodes import Trigger

SEVERITY = Severity.WARNING
THEME = Theme.MOBILITY


def check(review: Review) -> Iterator[Finding]:
    """Every trigger: is there an account in one of its tiers that it is the first to move?"""
    moves = review.moves
    for trigger in moves.triggers:
        sources = moves.sources(trigger)
        plain = not moves.standing.asks_time(trigger.when.test)
        if plain and isinstance(review.model.possible(trigger.when.test), Impossible):
            continue
        claims = [moves.fires(trigger, source) for source in sources]
        answer = review.ask_any(f"can `{trigger.name}` move an account", claims, trigger.span)
        if isinstance(answer, Impossible):
            yield _finding(review, trigger)


def _finding(review: Review, trigger: Trigger) -> Finding:
    moves = review.moves
    sources = moves.sources(trigger)
    alone = [moves.asked(trigger.when, source) for source in sources]
    tiers = code_list(source.name for source in sources)
    if all(isinstance(review.model.possible(claim), Impossible) for claim in alone):
        return Finding(
            head(trigger, review.program),
            f"`{trigger.name}` never moves anybody: no account of {tiers} can meet `{trigger.when.text}`",
            hints=("look at the tiers in `from`, and at what the condition asks of the tier and the days in it",),
        )
    free = [moves.wants(trigger, source) for source in sources]
    if all(isinstance(review.model.possible(claim), Impossible) for claim in free):
        return Finding(
            head(trigger, review.program),
            f"`{trigger.name}` never moves anybody: a hold keeps every account that it wants to move",
            hints=("narrow the hold, or take the trigger out",),
        )
    earlier = {each.name: each for source in sources for each in moves.before(trigger, source)}
    before = "it" if len(earlier) == 1 else "one of them"
    return Finding(
        head(trigger, review.program),
        f"`{trigger.name}` never moves anybody: every account that it wants to move is moved by {code_list(earlier)} before",
        hints=(f"put it before {before} if it is meant to pick accounts out of theirs, or take it out",),
        related=tuple(
            Related(head(each, review.program), "asked before it, and takes them all") for each in earlier.values()
        ),
    )
