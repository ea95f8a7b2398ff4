"""Seats are given out by a score that can take only few values, so that the account's key decides

A capacity or a `top` cuts through the ranking. Where the score can be only 0, 40, 60 or 100, hundreds of accounts share each of these, and the cut falls among equals: the account whose key comes first in the alphabet gets the seat. `rank by`
says who comes first among equals: the larger deal, the warmer account.

A note only, and none with `--data`: then it shows whether accounts really tie (`tie-at-cut`). Looked at are scores that can take at most 20 values where the cut falls, as far as their lines tell.

Bad:

```tier
score promise {
  range 0..100
  points 60 "Large" when employees >= 1_000
  points 40 "A customer" when customer
}
tiers by promise {
  tier one {
    range 60..
    capacity 25 overflow down
  }
  tier two { otherwise }
}
```

Good:

```tier
score promise {
  range 0..100
  points 60 "Large" when employees >= 1_000
  points 40 "A customer" when customer
}
tiers by promise {
  rank by arr, employees
  tier one {
    range 60..
    capacity 25 overflow down
  }
  tier two { otherwise }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.few_values import FewValues
from tierlang.lint.reading import Reading
from tierlang.lint.review import Review, place
from tierlang.lint.rule import Finding, Theme
from tierlang.program.expressions import Defined, Input
from tierlang.program.nodes import Capacity, Ladder, Line, Program, Top
from tierlang.program.values import Kind

SEVERITY = Severity.NOTE
THEME = Theme.SEATS

_FEW = 20


def check(review: Review) -> Iterator[Finding]:
    """Tops and capacities that cut by few values, on ladders without `rank by`."""
    if review.population is not None:
        return
    few = FewValues(Reading.of(review.program))
    for ladder in review.program.ladders:
        if ladder.rank_by:
            continue
        for cut, by, line in _cuts(ladder):
            values = few.of(by) if by is not None else frozenset({0})
            if values is None:
                continue
            count = sum(1 for value in values if line is None or _inside(value, line))
            if count == 0 or count > _FEW:
                continue
            word = "top" if isinstance(cut, Top) else "capacity"
            ranking = (
                f"`{by.name}` can take only {count} {'value' if count == 1 else 'values'} here"
                if by
                else "nothing ranks the accounts"
            )
            yield Finding(
                place(cut, ladder, review.program),
                f"`{word} {cut.text}` cuts among equals: {ranking}",
                hints=(
                    f"say who comes first among equals{_such_as(review.program)}; without it the account's key decides",
                ),
            )


def _such_as(program: Program) -> str:
    """A number of the account that could rank it: money first."""
    numbers = sorted(
        (field for field in program.fields if field.kind.is_numeric), key=lambda each: each.kind is not Kind.MONEY
    )
    return f", for example `rank by {numbers[0].name}`" if numbers else " with `rank by`"


def _cuts(ladder: Ladder) -> Iterator[tuple[Top | Capacity, Input | Defined | None, Line | None]]:
    """What cuts, by what it ranks, and the line of the tier in which it does."""
    for capacity in ladder.capacities:
        yield capacity, ladder.by, None
    for tier in ladder.tiers:
        if tier.top is not None:
            yield tier.top, tier.top.by, None
        for capacity in tier.capacities:
            yield capacity, ladder.by, tier.line


def _inside(value: int, line: Line) -> bool:
    if line.low is not None and (value < line.low or (line.low_open and value == line.low)):
        return False
    return line.high is None or value < line.high or (value == line.high and not line.high_open)
