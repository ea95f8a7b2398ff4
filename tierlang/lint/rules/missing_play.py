"""A tier that does not say what marketing, sales or success does for its accounts

A tier is a decision about work: what does marketing do, what does sales do, what does customer success do? A tier without an answer is a label, and its accounts get whatever somebody happens to think of. If a function does
nothing there, say that: `play sales "Nobody calls"` is an answer that people can argue with.

Success is asked for where it takes part in the model: plays or owns in one of the tiers. In a model where no tier has a play yet, one note says so for all of them. Views (further `tiers` blocks) may do without.

Bad:

```tier
tiers by priority {
  tier one {
    range 80..
    owner marketing dana
    owner sales     sam
    owner success   marcus
    play marketing "Landing page of their own"
    play sales     "The AE calls within a day"
    play success   "Reference call"
    exit "Under 80 at a review: to Tier 2"
  }
  tier two {
    otherwise
    owner marketing dana
    owner sales     sam
    play marketing "Newsletter"
  }
}
```

Good:

```tier
tiers by priority {
  tier one {
    range 80..
    owner marketing dana
    owner sales     sam
    owner success   marcus
    play marketing "Landing page of their own"
    play sales     "The AE calls within a day"
    play success   "Reference call"
    exit "Under 80 at a review: to Tier 2"
  }
  tier two {
    otherwise
    owner marketing dana
    owner sales     sam
    owner success   marcus
    play marketing "Newsletter"
    play sales     "Answers what comes in, calls nobody"
    play success   "Help centre"
  }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.diagnostics.suggest import listing
from tierlang.lint.review import Review, head
from tierlang.lint.rule import Finding, Theme
from tierlang.program.nodes import Ladder

SEVERITY = Severity.WARNING
THEME = Theme.PEOPLE

_ALWAYS = ("marketing", "sales")


def check(review: Review) -> Iterator[Finding]:
    """Tiers of the first ladder, each function without a play; one note where there are no plays at all."""
    ladder = review.program.ladders[0]
    if not any(tier.plays for tier in ladder.tiers):
        yield Finding(
            head(ladder, review.program),
            "no tier says what anybody does for its accounts",
            hints=('add plays to each tier, for example `play sales "The AE calls within a day"`',),
            severity=Severity.NOTE,
        )
        return
    asked = _ALWAYS if not _takes_part("success", ladder) else (*_ALWAYS, "success")
    for tier in ladder.tiers:
        played = {play.function for play in tier.plays}
        lacking = [function for function in asked if function not in played]
        if lacking:
            who = "anybody does" if not played else f"{listing(lacking)} {'does' if len(lacking) == 1 else 'do'}"
            yield Finding(
                head(tier, ladder),
                f"tier `{tier.name}` does not say what {who} for its accounts",
                hints=(f'add `play {lacking[0]} "…"`; if nothing is done, say so: `play {lacking[0]} "None"`',),
            )


def _takes_part(function: str, ladder: Ladder) -> bool:
    owns = (owner.function for tier in ladder.tiers for owner in tier.owners)
    plays = (play.function for tier in ladder.tiers for play in tier.plays)
    return function in (*owns, *plays)
