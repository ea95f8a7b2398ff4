"""Most conditions hang on one field that may be empty

A condition over an empty cell is unknown, and an unknown condition does not hold. Where most of the conditions that place an account read the same field, one missing cell sends the account to the bottom: not because it is a bad account, but
because nobody filled in the number. Give the field a `default`, say in the rules what an empty cell means, or spread the decision.

Counted are the conditions that place accounts on the ruleset's own ladder (lines of points, gates, adjustments) and become unknown with the field; bands are not, since they say what `missing` gives. A note only.

Bad:

```tier
score fit {
  range 0..100
  points 30 "Large" when employees >= 1_000
  points 20 "Not too large" when employees < 20_000
  points 20 "Large deal for their size" when arr > 100 * employees
  points 30 "Our country" when country = "DE"
}
tiers by fit {
  tier one { range 60..  when employees >= 500 }
  tier two { otherwise }
}
```

Good:

```tier
score fit {
  range 0..100
  points by employees "Size" { 20_000.. -> 30  1_000..<20_000 -> 50  ..<1_000 -> 0  missing -> 20 }
  points 20 "Large deal" when arr > 100k
  points 30 "Our country" when country = "DE"
}
tiers by fit {
  tier one { range 60..  when employees >= 500 }
  tier two { otherwise }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.placing import Decision, decisions
from tierlang.lint.review import Review, head
from tierlang.lint.rule import Finding, Theme
from tierlang.program.nodes import Field, Program
from tierlang.program.reach import Reaches, reaches_of

SEVERITY = Severity.NOTE
THEME = Theme.MISSING

_FEWEST = 4


def check(review: Review) -> Iterator[Finding]:
    """A field that may be missing and takes along more than half of the conditions, four of them at least."""
    program = review.program
    asked = decisions(program)
    now: Reaches | None = None
    for field in program.fields:
        if not field.may_be_missing:
            continue
        mine = [each for each in asked if field.name in each.fields]
        if len(mine) < _FEWEST or 2 * len(mine) <= len(asked):
            continue
        now, filled = now or reaches_of(program), _filled(program, field)
        lost = [each for each in mine if _unknown_without(each, now, filled)]
        if len(lost) >= _FEWEST and 2 * len(lost) > len(asked):
            yield Finding(
                head(field, program),
                f"{len(lost)} of the {len(asked)} conditions that place an account are unknown where `{field.name}` is empty",
                hints=(
                    "give it a `default`, or say what an empty cell means: bands with `missing -> …`, `is missing`, `first of [ … ]`",
                ),
            )


def _filled(program: Program, field: Field) -> Reaches:
    """What can be missing if this field never is."""
    fields = tuple(attrs.evolve(each, required=True) if each is field else each for each in program.fields)
    return reaches_of(attrs.evolve(program, fields=fields))


def _unknown_without(decision: Decision, now: Reaches, filled: Reaches) -> bool:
    """Whether it can be unknown, and not if the field is filled (or for other fields too, which may be as empty)."""
    return now.of(decision.test).missing and (not filled.of(decision.test).missing or len(decision.fields) > 1)
