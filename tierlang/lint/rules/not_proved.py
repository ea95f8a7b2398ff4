"""A question about the rules could be neither proved nor refuted

The review asks questions of the rules for every account there could be: whether a tier can be reached, whether a condition is ever true. Some it cannot answer: where two fields are multiplied, where a percentile compares an
account with all others, or where the answer would take too many steps. It then says nothing about the model, and the last line of `check` counts such questions. With `--strict` each of them is a finding of this rule, with the
reason, so that nobody takes silence for a proof.

Write the condition in a plainer way, declare what a field can be (`in 0..100`, `one of …`), or cover the case with a `test`. Allow it where the reason will stay.

Bad, with `--strict`:

```tier strict
account {
  key   id     text
  field price  number in 0..1000 required
  field volume number in 0..1000 required
}
score deal {
  range 0..100
  value price * volume * price / 10M
}
tiers by deal {
  tier one { range 50..  when price * price + volume * volume * volume != 7.7 }
  tier two { otherwise }
}
```

Good:

```tier strict
account {
  key   id     text
  field price  number in 0..1000 required
  field volume number in 0..1000 required
}
score deal {
  range 0..100
  value 0.05 * price + 0.05 * volume
}
tiers by deal {
  tier one { range 50.. }
  tier two { otherwise }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.analysis.answers import Open
from tierlang.diagnostics.diagnostic import Related, Severity
from tierlang.lint.review import Review, place
from tierlang.lint.rule import Finding, Theme

SEVERITY = Severity.WARNING
THEME = Theme.REVIEW


def check(review: Review) -> Iterator[Finding]:
    """Under `--strict`, every question without an answer."""
    if not review.strict:
        return
    for asked in review.open:
        assert isinstance(asked.answer, Open)
        span = asked.span or place(review.program)
        behind = asked.answer.span
        related = (Related(behind, "this is in the way"),) if behind is not None and behind != span else ()
        yield Finding(
            span,
            f"not proved: {asked.question}",
            hints=(
                asked.answer.why,
                "write it in a plainer way, say what the fields can be, or cover it with a `test`",
            ),
            related=related,
        )
