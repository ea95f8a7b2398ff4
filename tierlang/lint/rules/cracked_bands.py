"""Bands that leave a crack between them: 79.5 falls into `otherwise`

On a number with decimals, `60..79` and `80..` leave out everything between 79 and 80. With an `otherwise` beside them the table compiles, and an account of 79.5 gets what was meant for the rest: less than one of 79. The same happens
between the ranges of two tiers. Let the lower band go up to the upper one: `60..<80`.

Where nothing catches the crack, it is a compile error (`band-gap`, `ladder-gap`).

Bad:

```tier
score warmth {
  range 0..100
  points by intent "Intent" {
    80..      -> 100
    60..79    -> 60
    otherwise -> 0
  }
}
```

Good:

```tier
score warmth {
  range 0..100
  points by intent "Intent" {
    80..      -> 100
    60..<80   -> 60
    otherwise -> 0
  }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Fix, Related, Severity
from tierlang.diagnostics.edits import replace
from tierlang.lint.bands import Band, bands_of_ladder, tables_of
from tierlang.lint.review import Review
from tierlang.lint.rule import Finding, Theme
from tierlang.program.numbers import SCALE, number_text

SEVERITY = Severity.WARNING
THEME = Theme.SCORES


def check(review: Review) -> Iterator[Finding]:
    """Neighbouring bands with a sliver between them, in tables that have an `otherwise` and on ladders that have a rest."""
    for table in (*tables_of(review.program), *(bands_of_ladder(ladder) for ladder in review.program.ladders)):
        if table is None:
            continue
        for lower, upper in table.neighbours():
            if not _cracked(lower, upper) or (table.rest is not None and table.rest in (lower.value, upper.value)):
                continue
            assert lower.high is not None
            assert upper.low is not None
            between = number_text((lower.high + upper.low) // 2)
            yield Finding(
                lower.span,
                f"`{table.subject}` between {number_text(lower.high)} and {number_text(upper.low)}, such as {between}, is in no band and falls into {table.rest_shown}",
                hints=(f"let the lower band go up to the upper one: `{_closed(lower, upper)}`",),
                related=(Related(upper.span, "the next band begins here"),),
                fixes=_fixes(lower, upper),
            )


def _cracked(lower: Band, upper: Band) -> bool:
    """Whether what lies between was hardly left out on purpose: a step of 1 or less, or of the last digit written before a rounder number (99k, 100k)."""
    if lower.high is None or upper.low is None or lower.high_open or upper.low_open:
        return False
    gap = upper.low - lower.high
    step = _precision(lower.high)
    return 0 < gap <= SCALE or (gap == step and lower.high // step % 10 == 9)


def _precision(number: int) -> int:
    """The last place of a number that is not 0."""
    step = 1
    while number and number % (step * 10) == 0:
        step *= 10
    return step


def _closed(lower: Band, upper: Band) -> str:
    return f"{lower.text.partition('..')[0]}..<{upper.text.partition('..')[0]}"


def _fixes(lower: Band, upper: Band) -> tuple[Fix, ...]:
    """The edit, where the two ranges are written out where they are said to be."""
    at = lower.span.text.find(lower.text)
    if at < 0 or lower.text.count("..") != 1 or upper.text.count("..") != 1:
        return ()
    start = lower.span.start + at
    return (replace(lower.span.source.span(start, start + len(lower.text)), _closed(lower, upper)),)
