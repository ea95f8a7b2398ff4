"""An account is too good for one tier, not let into the better one, and falls out between them

A tier with a closed range (`60..<80`) takes nobody above it. If the better tier then refuses an account, because of its condition or because its range begins later, the account is in no tier at all, although with a worse score it
would have one. With `rest untiered` no other complaint says so. The finding shows such an account.

Ranges that are open upwards, with `match first`, have no such holes: whoever is refused by one tier is offered to the next.

Bad:

```tier
tiers by fit {
  rest untiered
  tier one { range 80..  when employees >= 500 }
  tier two { range 60..<80 }
}
```

Good:

```tier
tiers by fit {
  match first
  rest untiered
  tier one { range 80..  when employees >= 500 }
  tier two { range 60.. }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.analysis.answers import Possible
from tierlang.analysis.claims import both, no_tier
from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.landing import example, gate, has_top
from tierlang.lint.review import Review, head
from tierlang.lint.rule import Finding
from tierlang.program.expressions import Compare, Constant
from tierlang.program.nodes import Ladder, Tier
from tierlang.program.values import Kind

SEVERITY = Severity.WARNING


def check(review: Review) -> Iterator[Finding]:
    """Tiers with an end upwards: is there an account above it that the tier would take if it scored less, and that has no tier?"""
    for ladder in review.program.ladders:
        if ladder.by is None or not ladder.rest_untiered or has_top(ladder):
            continue
        for tier in ladder.tiers:
            if tier.line is None or tier.line.high is None:
                continue
            answer = review.ask(
                f"does an account too good for {tier.name} have no tier", _lost(ladder, tier), tier.span
            )
            if isinstance(answer, Possible):
                yield _finding(review, ladder, tier, answer)


def _lost(ladder: Ladder, tier: Tier) -> Compare:
    assert tier.line is not None
    assert ladder.by is not None
    end = Constant(tier.line.high, Kind.NUMBER)
    above = Compare(">=" if tier.line.high_open else ">", ladder.by, end)
    return both(above, gate(tier), no_tier(ladder))  # type: ignore[return-value]


def _finding(review: Review, ladder: Ladder, tier: Tier, answer: Possible) -> Finding:
    assert ladder.by is not None
    assert tier.line is not None
    return Finding(
        head(tier, ladder, review.program),
        f"an account can be above {tier.name} ({tier.line.text}) and in no tier, though with a lower `{ladder.by.name}` it would be in {tier.name}",
        hints=(
            f"leave the range of {tier.name} open upwards{'' if ladder.first else ' and write `match first`'}: who is refused above is then in {tier.name}",
        ),
        example=example(review, answer.witness, f"above {tier.name}, and in no tier"),
    )
