"""A `when` on the score that the ladder goes by, where a `range` is meant

`range` is a line and `when` a gate. Lines are what `raise`, `lower`, `floor` and `cap` move accounts across; gates are what nothing but a pin ever passes. So `when priority >= 80` keeps out exactly those whom a raise is to bring in, and the
condition stands where nobody looks for the line of the tier. Write `range 80..`; for "over 85, 85 itself not" there is `range over 85`.

Nothing is said of a gate with other conditions beside it in a tier without a line, as long as nothing on the ladder would move accounts across it.

Bad:

```tier
tiers by priority {
  match first
  tier one   { when priority > 85 }
  tier two   { range 60.. }
  tier three { otherwise }
  raise 1 "Met us" when any meeting within 30 days
}
```

Good:

```tier
tiers by priority {
  tier one   { range over 85 }
  tier two   { range 60..85 }
  tier three { otherwise }
  raise 1 "Met us" when any meeting within 30 days
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.review import Review, place
from tierlang.lint.rule import Finding, Theme
from tierlang.program.expressions import AllOf, Compare, Constant, Expression
from tierlang.program.nodes import Ladder, Line, Tier
from tierlang.program.numbers import number_text

SEVERITY = Severity.WARNING
THEME = Theme.SCORES

_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_RANGES = {">=": "range {}..", ">": "range over {}", "<": "range ..<{}", "<=": "range ..{}"}


def check(review: Review) -> Iterator[Finding]:
    """Gates with a bound on the ladder's own score, where it stops what should pass or belongs into the line."""
    for ladder in review.program.ladders:
        for tier in ladder.tiers:
            for part, operator, bound in _bounds(ladder, tier):
                if not _matters(ladder, tier, operator):
                    continue
                by, wanted = ladder.by.name if ladder.by else "", _range(tier.line, operator, bound)
                yield Finding(
                    place(part, tier.gate, tier),
                    f"a condition on `{by}`, which the ladder goes by, is a gate here: no raise, floor or cap ever moves an account across it",
                    hints=(f"make it the tier's line: `{wanted}`",),
                )


def _range(line: Line | None, operator: str, bound: int) -> str:
    """The line with the bound in it, and with its other end, if it has one that goes with the bound."""
    if line is not None and operator in ("<", "<=") and line.low is not None and line.low < bound:
        return f"range {'over ' if line.low_open else ''}{number_text(line.low)}{'..<' if operator == '<' else '..'}{number_text(bound)}"
    if line is not None and operator in (">", ">=") and line.high is not None and line.high > bound:
        return f"range {'over ' if operator == '>' else ''}{number_text(bound)}{'..<' if line.high_open else '..'}{number_text(line.high)}"
    return _RANGES[operator].format(number_text(bound))


def _bounds(ladder: Ladder, tier: Tier) -> Iterator[tuple[Expression, str, int]]:
    if tier.gate is None or ladder.by is None:
        return
    test = tier.gate.test
    for part in test.parts if isinstance(test, AllOf) else (test,):
        match part:
            case Compare(operator=operator, left=left, right=Constant(value=int() as value)) if left == ladder.by:
                if operator in _TURNED:
                    yield part, operator, value
            case Compare(operator=operator, left=Constant(value=int() as value), right=right) if right == ladder.by:
                if operator in _TURNED:
                    yield part, _TURNED[operator], value


def _matters(ladder: Ladder, tier: Tier, operator: str) -> bool:
    """Whether the tier has a line for it, or nothing else, or the ladder moves accounts that the gate would stop."""
    if tier.line is not None or (tier.gate is not None and not isinstance(tier.gate.test, AllOf)):
        return True
    up = bool(ladder.floors) or any(shift.steps > 0 for shift in ladder.shifts)
    down = bool(ladder.caps) or any(shift.steps < 0 for shift in ladder.shifts)
    return up if operator in (">", ">=") else down
