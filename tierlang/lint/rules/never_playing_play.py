"""A play for accounts that are never in its tier

The play's condition contradicts the tier it stands in: `when tier is two` inside tier one, or `when employees < 50` behind a gate that wants 500. Somebody planned it, perhaps with a budget, and it is never played.

Bad:

```tier
tiers by priority {
  tier one {
    range 80..
    when employees >= 500
    owner marketing dana
    owner sales     sam
    owner success   marcus
    play marketing "Page for one company"
    play sales     "Call the owner of the shop" { when employees < 50 }
    play success   "Reference call"
    exit "Under 80 at a review: to tier two"
  }
  tier two { otherwise }
}
```

Good:

```tier
tiers by priority {
  tier one {
    range 80..
    when employees >= 500
    owner marketing dana
    owner sales     sam
    owner success   marcus
    play marketing "Page for one company"
    play sales     "Call the buying committee" { when employees >= 5_000 }
    play success   "Reference call"
    exit "Under 80 at a review: to tier two"
  }
  tier two { otherwise }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from tierlang.analysis.answers import Impossible
from tierlang.analysis.claims import both, holds, on_line
from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.review import Review, place
from tierlang.lint.rule import Finding, Theme
from tierlang.program.expressions import (
    AllOf,
    AnyOf,
    AtLeast,
    Constant,
    Expression,
    InTier,
    IsMissing,
    Not,
    reads_tiers,
)
from tierlang.program.nodes import Ladder, Tier
from tierlang.program.values import Kind

SEVERITY = Severity.WARNING
THEME = Theme.PEOPLE


def check(review: Review) -> Iterator[Finding]:
    """Every play with a condition, asked together with what its tier wants."""
    for position, ladder in enumerate(review.program.ladders):
        for tier in ladder.tiers:
            wants = _wanted(ladder, tier)
            for play in tier.plays:
                if play.when is None:
                    continue
                inside = _in_tier(play.when.test, position, tier.name)
                if reads_tiers(inside) or isinstance(play.when.test, Constant):
                    continue
                # A condition that is never true at all is a constant condition.
                alone = play.when.test
                if not reads_tiers(alone) and isinstance(review.model.possible(alone), Impossible):
                    continue
                question = f"can the play `{play.label}` be played"
                if isinstance(review.ask(question, both(inside, *wants), play.span), Impossible):
                    words = " ".join(play.when.text.split())
                    yield Finding(
                        place(play.when.test, play, tier),
                        f"the play is never played: no account of {tier.name} meets `{words}`",
                        hints=(
                            f"give it to the tier whose accounts are like that, or change what contradicts {tier.name}",
                        ),
                    )


def _wanted(ladder: Ladder, tier: Tier) -> list[Expression]:
    """What is so of every account that rules put into the tier: its gate; its line where nothing moves accounts across lines."""
    wanted = [holds(tier.gate)] if tier.gate is not None else []
    moved = (
        ladder.shifts
        or ladder.floors
        or ladder.caps
        or ladder.capacities
        or any(each.capacities for each in ladder.tiers)
    )
    if tier.line is not None and not moved:
        wanted.append(on_line(ladder, tier.line))
    return wanted


def _in_tier(test: Expression, ladder: int, tier: str) -> Expression:
    """The condition as an account of the tier sees it."""
    match test:
        case InTier(ladder=read, tiers=tiers) if read == ladder:
            return Constant(tier in tiers, Kind.FLAG)
        case AllOf(parts=parts) | AnyOf(parts=parts) | AtLeast(parts=parts):
            return attrs.evolve(test, parts=tuple(_in_tier(part, ladder, tier) for part in parts))
        case Not(part=part) | IsMissing(part=part):
            return attrs.evolve(test, part=_in_tier(part, ladder, tier))
        case _:
            return test
