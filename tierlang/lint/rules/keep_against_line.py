"""A `keep while` that keeps nobody, everybody, or just the wrong ones

`keep while` is the way to stay: an account that came in at 80 may stay down to 75, so that it does not go in and out for a point. For that it has to be milder than the line of the tier, and still end somewhere. A stricter one keeps nobody, since whoever meets it is
taken by the line anyway; one that is true of everybody below the line never lets go; and one with its sign turned around keeps those who fell far, and drops those who fell little.

Bad, stricter than the line:

```tier
tiers by fit {
  tier one {
    range 80..
    keep while fit >= 85
  }
  tier two { otherwise }
}
```

Bad, with no end:

```tier
tiers by fit {
  tier one {
    range 80..
    keep while fit < 95
  }
  tier two { otherwise }
}
```

Bad, turned around:

```tier
tiers by fit {
  tier one {
    range 80..
    keep while fit <= 75
  }
  tier two { otherwise }
}
```

Good:

```tier
tiers by fit {
  tier one {
    range 80..
    keep while fit >= 75
  }
  tier two { otherwise }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.analysis.answers import Impossible, Possible
from tierlang.analysis.claims import FALSE, both, fails, holds, on_line, satisfies
from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.review import Review, place
from tierlang.lint.rule import Finding, Theme
from tierlang.program.expressions import Compare, Constant, Expression, FirstOf, Not
from tierlang.program.nodes import Tier
from tierlang.program.numbers import SCALE, number_text
from tierlang.program.values import Kind

SEVERITY = Severity.WARNING
THEME = Theme.MOBILITY

_MILDER = "make it milder than the line, say five points below it, or take it out"


def check(review: Review) -> Iterator[Finding]:
    """Every `keep while`: does it keep somebody whom the line does not take, let somebody go, and hold for somebody who comes in?"""
    for tier in review.moves.ladder.tiers:
        if tier.keep is None or tier.top is not None:
            # Who is in a top depends on the others: nothing can be said of it for one account.
            continue
        keep = review.moves.asked(tier.keep, tier)
        if isinstance(review.model.possible(keep), Impossible):
            continue
        if isinstance(review.model.possible(fails(keep), eligible=False), Impossible):
            continue
        yield from _of_tier(review, tier, keep)


def _of_tier(review: Review, tier: Tier, keep: Expression) -> Iterator[Finding]:
    assert tier.keep is not None
    taken = satisfies(review.moves.ladder, tier)
    span, text = place(tier.keep.test, tier.keep, tier), tier.keep.text
    line = f"`range {tier.line.text}`" if tier.line is not None else "what the tier asks for"
    if _never(review, f"can `keep while` keep an account in {tier.name}", both(keep, fails(taken)), tier):
        yield Finding(
            span,
            f"`keep while {text}` keeps nobody in {tier.name}: whoever meets it is taken by {line} anyway",
            hints=(_below(review, tier) or _MILDER,),
        )
    elif _stricter(review, tier, keep):
        yield Finding(
            span,
            f"`keep while {text}` is stricter than {line}: nobody who falls below the line is kept in {tier.name}",
            hints=(_MILDER,),
        )
    elif _never(review, f"can an account leave {tier.name}", both(fails(keep), fails(taken)), tier):
        yield Finding(
            span,
            f"no account ever leaves {tier.name}: `keep while {text}` is true of everybody whom {line} does not take",
            hints=("let it end somewhere: `keep while` with a lower line than that of the tier",),
        )
    elif _never(review, f"can `keep while` hold for an account that {tier.name} takes", both(keep, taken), tier):
        yield Finding(
            span,
            f"`keep while {text}` is true of nobody whom {tier.name} takes: whoever falls a little below {line} is dropped, and only others are kept",
            hints=("is its sign turned around? it has to hold for accounts on the line, and for some below it",),
        )


def _below(review: Review, tier: Tier) -> str | None:
    """Where the scores below a line are, if no account can have one just below it."""
    by, line = review.moves.ladder.by, tier.line
    if by is None or line is None or line.low is None:
        return None
    under = Compare("<=" if line.low_open else "<", by, Constant(line.low, Kind.NUMBER))
    high = review.model.extent(by, given=under).high
    if high is None or high > line.low - SCALE:
        return None
    return f"below the line `{by.name}` is {number_text(high)} or less, never between: make it as mild as that, or take it out"


def _stricter(review: Review, tier: Tier, keep: Expression) -> bool:
    """Whether it only holds on the tier's line, and not all along it; just the line itself would let those stay who no longer meet the condition of the tier."""
    if tier.line is None or tier.gate is None:
        return False
    line = FirstOf((on_line(review.moves.ladder, tier.line), FALSE))
    below = _never(
        review, f"can `keep while` keep an account below the line of {tier.name}", both(keep, Not(line)), tier
    )
    return below and isinstance(review.model.possible(both(line, holds(tier.gate), Not(keep))), Possible)


def _never(review: Review, question: str, claim: Expression, tier: Tier) -> bool:
    return isinstance(review.ask(question, claim, tier.span), Impossible)
