"""A tier that nobody can ever be in

Every account that the tier would take is taken by the tiers before it, or its line and its condition contradict each other, or nothing is left for `otherwise`. Owners are named and plays are paid for a tier that stays empty for ever.
Ranges, allowed values, exclusions and what scores really reach are taken into account, and so are raises, caps and overflow: where one of them could bring somebody, nothing is said; nor where a trigger does and `keep while` lets them stay.

Bad:

```tier
tiers by fit {
  match first
  tier one   { range 80.. }
  tier two   { range 50.. }
  tier three { range 60..  when employees >= 500 }
  tier four  { otherwise }
}
```

Good:

```tier
tiers by fit {
  match first
  tier one   { range 80.. }
  tier three { range 60..  when employees >= 500 }
  tier two   { range 50.. }
  tier four  { otherwise }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.analysis.answers import Impossible
from tierlang.analysis.claims import on_line, satisfies
from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.landing import gate, is_empty_by_rules, moved_to
from tierlang.lint.review import Review, head
from tierlang.lint.rule import Finding
from tierlang.program.nodes import Ladder, Tier

SEVERITY = Severity.ERROR


def check(review: Review) -> Iterator[Finding]:
    """Every tier: is anybody left for it? One whose line alone, or whose condition alone, takes nobody has a finding of another rule."""
    for ladder in review.program.ladders:
        for position, tier in enumerate(ladder.tiers):
            if not is_empty_by_rules(review, ladder, position) or _by_itself(review, ladder, tier):
                continue
            why, hint = _why(review, ladder, tier)
            hints: tuple[str, ...] = (hint,)
            message = f"nobody can ever be in {tier.name}: {why}"
            if ladder is review.program.ladders[0] and moved_to(review, tier):
                message = (
                    f"nobody is ever placed in {tier.name}, and whom a trigger brings leaves at the next review: {why}"
                )
                hints = (hint, f"if {tier.name} is for those whom triggers bring, say who may stay: `keep while …`")
            yield Finding(head(tier, ladder, review.program), message, hints=hints)


def _by_itself(review: Review, ladder: Ladder, tier: Tier) -> bool:
    """Whether the line alone, or the condition alone, takes nobody."""
    lines = () if tier.line is None else (on_line(ladder, tier.line),)
    alone = (*lines, *(() if tier.gate is None else (gate(tier),)))
    return any(isinstance(review.model.possible(claim), Impossible) for claim in alone)


def _why(review: Review, ladder: Ladder, tier: Tier) -> tuple[str, str]:
    if tier.otherwise:
        return "the other tiers take everybody", "take the tier out, or narrow the others"
    if isinstance(review.model.possible(satisfies(ladder, tier)), Impossible):
        return (
            "its range and its condition exclude each other",
            "one of the two is not what was meant: no account that the condition lets in has such a score",
        )
    return (
        "the tiers before it take every account that it would",
        "put it before them if it is meant to pick accounts out of theirs, or take it out",
    )
