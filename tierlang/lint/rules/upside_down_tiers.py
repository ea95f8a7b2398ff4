"""Accounts with the best scores fall into a worse tier

The range of a better tier ends, and a worse tier below it goes on upwards: an account with 85 is in Tier 1, one with 97 in Tier 2. Nearly always the upper end of the better tier is a left-over (`80..95`) or the worse tier's was forgotten. The
finding shows an account that is too good for the better tier and lands in the worse.

It happens with a condition, too: Tier 1 is `80..` for those with a budget, Tier 2 is `60..<80`, and `otherwise` takes the rest. An account with 85 and no budget is then in the lowest tier, below one with 60.
Where Tier 2 has no upper end, and `match first`, whoever Tier 1 refuses is in Tier 2.

Bad:

```tier
tiers by fit {
  match first
  tier one   { range 80..95 }
  tier two   { range 60.. }
  tier three { otherwise }
}
```

Good:

```tier
tiers by fit {
  match first
  tier one   { range 80.. }
  tier two   { range 60.. }
  tier three { otherwise }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.analysis.answers import Possible
from tierlang.analysis.claims import both, takes
from tierlang.diagnostics.diagnostic import Related, Severity
from tierlang.lint.landing import either, example, gate
from tierlang.lint.review import Review, head, place
from tierlang.lint.rule import Finding
from tierlang.program.expressions import Compare, Constant, Defined, Expression
from tierlang.program.nodes import Ladder, Tier
from tierlang.program.values import Kind

SEVERITY = Severity.WARNING


def check(review: Review) -> Iterator[Finding]:
    """Tiers with an end upwards: does a worse tier with a range take accounts above it, which the better one would take if they scored less?"""
    for ladder in review.program.ladders:
        for at, tier in enumerate(ladder.tiers):
            worse = [each for each in range(at + 1, len(ladder.tiers)) if _goes_on(ladder, tier, ladder.tiers[each])]
            if not worse:
                continue
            claim = both(_above(ladder, tier), gate(tier), either(*(takes(ladder, each) for each in worse)))
            answer = review.ask(f"does an account too good for {tier.name} land in a worse tier", claim, tier.span)
            if isinstance(answer, Possible):
                below = next(
                    ladder.tiers[each]
                    for each in worse
                    if each == worse[-1]
                    or isinstance(
                        review.model.possible(both(_above(ladder, tier), gate(tier), takes(ladder, each))), Possible
                    )
                )
                yield _finding(review, ladder, tier, below, answer)


def _goes_on(ladder: Ladder, better: Tier, worse: Tier) -> bool:
    """Whether the worse tier's range goes on above the better one's; with a score, where more is better, `otherwise` goes on too."""
    if better.line is None or better.line.high is None:
        return False
    if worse.line is None:
        return worse.otherwise and isinstance(ladder.by, Defined)
    return worse.line.high is None or worse.line.high > better.line.high


def _above(ladder: Ladder, tier: Tier) -> Expression:
    assert ladder.by is not None
    assert tier.line is not None
    end = Constant(tier.line.high, Kind.NUMBER)
    return Compare(">=" if tier.line.high_open else ">", ladder.by, end)


def _finding(review: Review, ladder: Ladder, tier: Tier, below: Tier, answer: Possible) -> Finding:
    assert tier.line is not None
    return Finding(
        place(tier.line, tier, ladder, review.program),
        f"an account can be too good for {tier.name} ({tier.line.text}) and land in {below.name}, which is worse",
        hints=(f"leave the range of {tier.name} open upwards{'' if ladder.first else ', with `match first`'}",),
        related=(Related(head(below, ladder, review.program), f"takes what lies above {tier.name}"),),
        example=example(review, answer.witness, f"too good for {tier.name}"),
    )
