"""An `allow` that silences nothing, or names no rule

`allow RULE because "…"` keeps a rule quiet in the block where it stands. When the mistake behind it is gone, the line stays behind and would hide the next one of its kind, which nobody has looked at. A misspelt name
silences nothing at all. What the rules of `--select` and `--ignore` left out is not counted, and neither is a rule that asks accounts where none were given.

Bad:

```tier
score warmth {
  range 0..100
  allow zero-weight because "Marketing wants to see it listed"
  points 60 "A big deal" when potential >= 100k
  points 40 "A customer" when customer
}
```

Good:

```tier
score warmth {
  range 0..100
  allow zero-weight because "Marketing wants to see it listed"
  points 60 "A big deal" when potential >= 100k
  points 40 "A customer" when customer
  points 0  "On the newsletter" when newsletter
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.diagnostics.suggest import nearest
from tierlang.lint.edits import removal
from tierlang.lint.review import Review, place
from tierlang.lint.rule import Finding, Theme
from tierlang.program.nodes import Allow

SEVERITY = Severity.WARNING
THEME = Theme.REVIEW


def check(review: Review) -> Iterator[Finding]:
    """Allows of rules that there are not, and of rules that ran and were not silenced."""
    for allow in review.program.allows:
        if allow.rule not in review.known:
            yield _unknown(review, allow)
        elif allow.rule in review.ran and not _silences(review, allow):
            span = place(allow, review.program)
            yield Finding(
                span,
                f"`allow {allow.rule}` silences nothing: the rule finds nothing here",
                hints=("take the line out, so that it cannot hide the next mistake",),
                fixes=(removal(span, "take the `allow` out", certain=True),),
            )


def _silences(review: Review, allow: Allow) -> bool:
    """Whether it kept a rule quiet, or would have, had the rule been asked for; two that read the same may stand in two blocks."""
    waits = allow.rule == "unused-allow" or (allow.rule == "not-proved" and not review.strict)
    return waits or any(each is allow for each in review.silencing)


def _unknown(review: Review, allow: Allow) -> Finding:
    close = nearest(allow.rule, review.known)
    return Finding(
        place(allow, review.program),
        f"there is no rule `{allow.rule}` to allow",
        hints=(
            f"did you mean `{close}`?"
            if close
            else "`tierlang rule` lists all rules; what does not compile cannot be allowed",
        ),
    )
