"""A trigger to a tier whose condition keeps out exactly those whom it moves

Triggers cross lines, but never the condition (`when`) of a tier. Where that contradicts the trigger's own condition, none of its accounts gets there: a promotion ends in a lower tier, or nowhere; a demotion goes on down, out of the tiers at worst.

Bad:

```tier also=one-way-mobility
tiers by fit {
  match first
  tier one { range 80..  when not customer }
  tier two { otherwise }
}
mobility {
  promote growing { from two  to one  when customer and intent >= 70  owner dana }
}
```

Good:

```tier also=one-way-mobility,undone-promotion
tiers by fit {
  match first
  tier one { range 80..  when not customer }
  tier two { otherwise }
}
mobility {
  promote growing { from two  to one  when not customer and intent >= 70  owner dana }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.analysis.answers import Impossible
from tierlang.analysis.claims import both, holds
from tierlang.diagnostics.diagnostic import Related, Severity
from tierlang.diagnostics.words import code_list
from tierlang.lint.review import Review, head, place
from tierlang.lint.rule import Finding, Theme
from tierlang.program.nodes import Tier, Trigger

SEVERITY = Severity.WARNING
THEME = Theme.MOBILITY


def check(review: Review) -> Iterator[Finding]:
    """Every trigger, for each of the tiers that it leads to: does the condition of that tier let in one of the accounts that it moves there?"""
    moves = review.moves
    for trigger in moves.triggers:
        targets: dict[str, list[Tier]] = {}
        for source in moves.sources(trigger):
            targets.setdefault(moves.target(trigger, source).name, []).append(source)
        for name, sources in targets.items():
            target = moves.tier(name)
            if target.gate is None:
                continue
            wanted = [moves.asked(trigger.when, source) for source in sources]
            if all(isinstance(review.model.possible(claim), Impossible) for claim in wanted):
                continue
            claims = [both(claim, holds(target.gate)) for claim in wanted]
            question = f"can `{trigger.name}` lead to {name}"
            if isinstance(review.ask_any(question, claims, trigger.span), Impossible):
                yield _finding(review, trigger, target, sources)


def _finding(review: Review, trigger: Trigger, target: Tier, sources: list[Tier]) -> Finding:
    assert target.gate is not None
    moves = review.moves
    to = [tier.name for tier in moves.ways(trigger, sources[-1]) if tier is not target]
    if trigger.up:
        then = f"they go to {code_list(to)} at best" if to else "they stay where they are"
    else:
        then = f"they go on to {code_list(to)}" if to else "they drop out of the tiers"
    return Finding(
        head(trigger, review.program),
        f"`{trigger.name}` never gets an account into {target.name}: `{target.gate.text}` keeps all of them out, so {then}",
        hints=(f"change the condition of the trigger or of {target.name}, or let it lead to another tier",),
        related=(Related(place(target.gate.test, target.gate, target), f"the condition of {target.name}"),),
    )
