"""Whoever approves a trigger's moves has nothing to do with the tiers

An approval is worth something if it is given by somebody who bears the consequences: an owner of one of the tiers, or of their team. Here the approver owns none of the tiers that the trigger moves accounts between, no trigger, and belongs to no team of those who do; usually it is a
name from an older model.

Nothing is said where a field of the account names the owners, or nobody has a team.

Bad:

```tier also=undone-promotion,one-way-mobility
owner zoe "Zoe Lane" { email "zoe@example.com"  team "Finance" }

mobility {
  promote surging { from two  to one  when intent >= 80  owner dana  approve by zoe }
}
```

Good:

```tier also=undone-promotion,one-way-mobility
mobility {
  promote surging { from two  to one  when intent >= 80  owner dana  approve by sam }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.diagnostics.suggest import listing
from tierlang.lint.review import Review, head
from tierlang.lint.rule import Finding, Theme
from tierlang.program.nodes import Owner, Trigger

SEVERITY = Severity.NOTE
THEME = Theme.MOBILITY


def check(review: Review) -> Iterator[Finding]:
    """Approvers who share nothing with the people of the tiers."""
    for trigger in review.moves.triggers:
        approver, people = trigger.approver, _people(review, trigger)
        if approver is None or people is None or approver.team is None:
            continue
        if all(each.team is not None and each.team != approver.team and each != approver for each in people):
            yield Finding(
                head(trigger, review.program),
                f"{approver.shown} approves the moves of `{trigger.name}`, and has nothing to do with the tiers that it moves accounts between",
                hints=(
                    f"their owners are {listing(sorted({each.shown for each in people}))}: let one of them approve",
                ),
            )


def _people(review: Review, trigger: Trigger) -> list[Owner] | None:
    """The owners of the tiers that a trigger moves between, and of the triggers; None where accounts name their own."""
    moves = review.moves
    sources = moves.sources(trigger)
    tiers = [*sources, *(way for source in sources for way in moves.ways(trigger, source))]
    owners = [owner for tier in tiers for owner in tier.owners]
    if not owners or any(owner.owner is None for owner in owners):
        return None
    triggers = [each.owner for each in moves.triggers if each.owner is not None]
    return [*(owner.owner for owner in owners if owner.owner is not None), *triggers]
