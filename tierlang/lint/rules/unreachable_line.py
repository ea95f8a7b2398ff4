"""A tier's line lies beyond what its score can reach

The score ends at 85 and the tier begins at 90: nobody ever gets there by the score, and the sales team waits for accounts that cannot come. Usually points were taken away, or weights changed, after the lines were drawn. The finding names what
the score really reaches, all points and clamps counted, and an account that does.

Bad:

```tier also=short-score,unreachable-tier
score warmth {
  range 0..100
  points 50 "Good fit" when fit >= 50
  points 35 "Asked for a demo" when any demo_request within 90 days
}

tiers by warmth {
  match first
  tier one   { range 90.. }
  tier two   { range 40.. }
  tier three { otherwise }
}
```

Good:

```tier
score warmth {
  range 0..100
  points 60 "Good fit" when fit >= 50
  points 40 "Asked for a demo" when any demo_request within 90 days
}

tiers by warmth {
  match first
  tier one   { range 90.. }
  tier two   { range 40.. }
  tier three { otherwise }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.analysis.answers import Extent, Impossible, Witness
from tierlang.analysis.claims import on_line
from tierlang.analysis.writing import as_test
from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.review import Review, place
from tierlang.lint.rule import Finding, Theme
from tierlang.program.nodes import Ladder, Line
from tierlang.program.numbers import number_text

SEVERITY = Severity.ERROR
THEME = Theme.SCORES


def check(review: Review) -> Iterator[Finding]:
    """Every line: is there an account on it?"""
    for ladder in review.program.ladders:
        for tier in ladder.tiers:
            if tier.line is None or ladder.by is None:
                continue
            question = f"can an account be on the line of {tier.name}"
            answer = review.ask(question, on_line(ladder, tier.line), tier.line.span)
            if not isinstance(answer, Impossible):
                continue
            extent = review.model.extent(ladder.by)
            if extent.low is not None and extent.high is not None:
                yield _finding(review, ladder, tier.name, tier.line, extent)


def _finding(review: Review, ladder: Ladder, tier: str, line: Line, extent: Extent) -> Finding:
    assert ladder.by is not None
    assert extent.low is not None
    assert extent.high is not None
    by = ladder.by.name
    above = line.low is not None and line.low >= extent.high
    end = extent.high if above else extent.low
    witness: Witness | None = extent.high_witness if above else extent.low_witness
    example = None
    if witness is not None:
        label = f"the {'most' if above else 'least'} that `{by}` can be"
        example = as_test(review.program, witness, label, [f"{by} = {number_text(end)}"])
    reach = f"{number_text(extent.low)}..{number_text(extent.high)}"
    return Finding(
        place(line, ladder, review.program),
        f"nobody can be on the line of {tier}: `{by}` only reaches {reach}",
        hints=(f"draw the line within {reach}, or change what `{by}` adds up",),
        example=example,
    )
