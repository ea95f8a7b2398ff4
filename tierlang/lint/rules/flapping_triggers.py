"""Two triggers move an account back and forth, with nothing about it changed

One account meets the conditions of both: the first moves it up, and as soon as it has settled the second moves it down, and so on for ever. Its plays start and stop, its owners change hands, and nobody trusts the next move. The finding shows such an account, with the days
of its round. A cool-down only makes the round slower; what ends it is that one of the triggers asks for what the other one is about.

Where something new has to happen for every round (another funding round, another demo request), it is a note: often that is what was meant.

Bad:

```tier also=undone-promotion,undone-demotion
tiers by fit {
  tier one { range 80.. }
  tier two { otherwise }
}
mobility {
  cooldown 30 days
  promote surging { from two  to one  when intent >= 70  owner dana }
  demote  quiet   { from one  to two  when no engagement within 90 days  owner sam }
}
```

Good:

```tier also=undone-promotion,undone-demotion
tiers by fit {
  tier one { range 80.. }
  tier two { otherwise }
}
mobility {
  cooldown 30 days
  promote surging {
    from  two
    to    one
    when  intent >= 70 and any engagement within 90 days
    owner dana
  }
  demote quiet { from one  to two  when no engagement within 90 days  owner sam }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.analysis.answers import Impossible
from tierlang.analysis.moving.cycles import Cycle, of_triggers
from tierlang.diagnostics.diagnostic import Related, Severity
from tierlang.diagnostics.words import code_list
from tierlang.lint.review import Review, head, place
from tierlang.lint.rounds import Round, example, round_of, told
from tierlang.lint.rule import Finding, Theme

SEVERITY = Severity.WARNING
THEME = Theme.MOBILITY


def check(review: Review) -> Iterator[Finding]:
    """Every round that triggers can go, the shortest of the same triggers: is there an account that goes it?"""
    moves = review.moves
    seen: list[frozenset[str]] = []
    for cycle in of_triggers(moves, lambda claim: not isinstance(review.model.possible(claim), Impossible)):
        names = frozenset(each.name for each in cycle.triggers)
        if any(each <= names for each in seen):
            continue
        tiers = " to ".join([*(tier.name for tier in cycle.tiers), cycle.tiers[0].name])
        question = f"can {code_list(each.name for each in cycle.triggers)} move an account from {tiers}"
        found = round_of(review, cycle, question, renewed=True)
        if found is not None:
            seen.append(names)
            yield _finding(review, cycle, found)


def _finding(review: Review, cycle: Cycle, found: Round) -> Finding:
    names = code_list(each.name for each in cycle.triggers)
    ways = "back and forth" if len(cycle.steps) == 2 else "round and round"
    last = max(cycle.triggers, key=lambda each: place(each, review.program).start)
    others = [each for each in cycle.triggers if each is not last]
    up = next(each for each in cycle.triggers if each.up)
    down = next(each for each in cycle.triggers if not each.up)
    if found.for_ever:
        message = f"{names} move an account {ways} for ever, with nothing about it changed"
    else:
        message = f"{names} move an account {ways} each time that the same happens again"
    change = f"let one of the two ask for what the other one is about: as `{up.name}` is now, it also moves accounts up for which `{down.when.text}` is true"
    return Finding(
        head(last, review.program),
        message,
        hints=(told(found), change),
        related=tuple(
            Related(head(each, review.program), f"`{each.name}` moves it {'up' if each.up else 'down'}")
            for each in others
        ),
        example=example(review, found),
        severity=None if found.for_ever else Severity.NOTE,
    )
