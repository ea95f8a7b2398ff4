"""Two tiers, scores, marks or lines of points with the same label

People see labels, not names: in reports, in the CRM, in `explain`. Two tiers both called "Tier 1" are one tier to everybody outside the rule file, and two lines of points with one label cannot be told apart when somebody asks where
the points came from. Mostly a block was copied, and its label forgotten.

Bad:

```tier
tiers by priority {
  tier one   "Tier 1" { range 80.. }
  tier two   "Tier 1" { range 60..<80 }
  tier three "Tier 3" { otherwise }
}
```

Good:

```tier
tiers by priority {
  tier one   "Tier 1" { range 80.. }
  tier two   "Tier 2" { range 60..<80 }
  tier three "Tier 3" { otherwise }
}
```
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tierlang.diagnostics.diagnostic import Related, Severity
from tierlang.diagnostics.words import quoted
from tierlang.lint.reading import point_lines
from tierlang.lint.review import Review, head
from tierlang.lint.rule import Finding, Theme
from tierlang.program.nodes import BestOf, Mark, Play, PointLine, PointsPerEvent, PointTable, Score, Tier
from tierlang.program.written import Written

SEVERITY = Severity.WARNING
THEME = Theme.PEOPLE


def check(review: Review) -> Iterator[Finding]:
    """The later of two things of one sort with one label."""
    program = review.program
    yield from _doubled("tiers", (tier for ladder in program.ladders[:1] for tier in ladder.tiers))
    for view in program.ladders[1:]:
        yield from _doubled("tiers", view.tiers)
    yield from _doubled("scores", program.scores)
    yield from _doubled("marks", program.marks)
    for score in program.scores:
        yield from _doubled(f"lines of score `{score.name}`", point_lines(score))


def _doubled(
    what: str, labelled: Iterable[Tier | Score | Mark | PointLine | PointTable | PointsPerEvent | BestOf | Play]
) -> Iterator[Finding]:
    first: dict[str, Written] = {}
    for each in labelled:
        if each.label is None or each.span is None:
            continue
        other = first.setdefault(" ".join(each.label.casefold().split()), each)
        if other is not each:
            yield Finding(
                head(each),
                f"two {what} are called {quoted(each.label)}",
                hints=("people see the label: give each its own",),
                related=(Related(head(other), "the other one"),),
            )
