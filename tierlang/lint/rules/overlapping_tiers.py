"""A number at the border of two tiers fits both

`employees >= 1_000` in one tier and `employees <= 1_000` in the next: a company of exactly 1,000 fits both, and lands in the better one only because that stands first. It is the classic mistake of the slide with "200 to 1,000" and "1,000 and more". Tiers by ranges cannot
do that; tiers by conditions can.

Conditions that overlap by more than such a border are meant: the tiers stand from best to worst, and the first one takes the account. If the border is meant too, `match first` says so.

Bad:

```tier
tiers by fit {
  tier large  { when employees >= 1_000 }
  tier middle { when employees >= 200 and employees <= 1_000 }
  tier rest   { otherwise }
}
```

Good:

```tier
tiers by fit {
  tier large  { when employees >= 1_000 }
  tier middle { when employees >= 200 and employees < 1_000 }
  tier rest   { otherwise }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from tierlang.analysis.answers import Impossible, Possible
from tierlang.analysis.claims import both, satisfies
from tierlang.diagnostics.diagnostic import Related, Severity
from tierlang.lint.edits import line_before
from tierlang.lint.landing import example
from tierlang.lint.review import Review, head, place
from tierlang.lint.rule import Finding
from tierlang.program.expressions import Compare, Constant, Defined, Expression, Input, parts_of
from tierlang.program.nodes import Ladder, Tier
from tierlang.program.numbers import number_text
from tierlang.program.values import Kind

SEVERITY = Severity.WARNING


def check(review: Review) -> Iterator[Finding]:
    """Every two tiers by conditions that compare the same value with the same number, of ladders that do not say how they match."""
    for ladder in review.program.ladders:
        if ladder.first or ladder.unique:
            continue
        for first, second in combinations(ladder.tiers, 2):
            for border in _shared(first, second):
                finding = _of_border(review, ladder, first, second, border)
                if finding is not None:
                    yield finding
                    break


def _shared(first: Tier, second: Tier) -> list[tuple[Input | Defined, int]]:
    """What both conditions compare with the same number."""
    if first.gate is None or second.gate is None:
        return []
    others = list(_borders(second.gate.test))
    return [border for border in dict.fromkeys(_borders(first.gate.test)) if border in others]


def _borders(test: Expression) -> Iterator[tuple[Input | Defined, int]]:
    match test:
        case Compare(operator=">=" | "<=", left=Input() | Defined() as name, right=Constant(value=int() as number)):
            yield name, number
        case _:
            for part in parts_of(test):
                yield from _borders(part)


def _of_border(
    review: Review, ladder: Ladder, first: Tier, second: Tier, border: tuple[Input | Defined, int]
) -> Finding | None:
    name, number = border
    overlap = both(satisfies(ladder, first), satisfies(ladder, second))
    shown = number_text(number)
    found = review.ask(f"do {first.name} and {second.name} share `{name.name} = {shown}`", overlap, second.span)
    beside = both(overlap, Compare("!=", name, Constant(number, Kind.NUMBER)))
    if not isinstance(found, Possible) or not isinstance(review.model.possible(beside), Impossible):
        return None
    fix = line_before(place(ladder.tiers[0], ladder, review.program), "match first", "say that the order decides")
    return Finding(
        head(second, ladder, review.program),
        f"an account with {shown} for `{name.name}` fits both {first.name} and {second.name}",
        hints=(
            f"let one of them end before it: `{name.name} < {shown}`, or write `match first` if the order is meant to decide",
        ),
        related=(Related(head(first, ladder, review.program), "the tier that takes it, as it stands first"),),
        fixes=(fix,),
        example=example(review, found.witness, f"on the border of {first.name} and {second.name}"),
    )
