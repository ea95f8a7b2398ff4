"""A condition that is true of every account, or of none

`growth >= 10 and growth < 5` holds for nobody, and the points behind it are never given; `employees is not missing` holds for everybody where employees are required, and the gate behind it keeps nobody out. Mostly a sign was
turned around, a limit was changed in one place, or `and` stands for `or`. The rule looks at whole conditions and at each part between `and` and `or`.

`country != "DE" or country != "AT"` is never false either, whatever the country: it only fails where the country is missing. In `fit >= 50 or fit >= 70` the second part adds nothing. And exclusions that take every account between them leave nobody for the tiers.

What the ranges and allowed values of the fields, the exclusions and the arithmetic of scores make possible counts, so a finding is proved. A condition that is written as `true`, `false` or a `let` of that is a switch, and meant.

Bad:

```tier
score warmth {
  range 0..100
  points 100 "Good fit" when fit >= 50
  points 40  "Growing" when employees >= 500 and employees < 100
}
```

Good:

```tier
score warmth {
  range 0..100
  points 60 "Good fit" when fit >= 50
  points 40 "Growing" when employees >= 100 and employees < 500
}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from tierlang.analysis.answers import Impossible
from tierlang.analysis.claims import both, fails
from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.decisions import Decision, decisions, has_switch, parts_written, shown
from tierlang.lint.landing import in_any_tiers
from tierlang.lint.review import Review, place
from tierlang.lint.rule import Finding
from tierlang.program.expressions import (
    AllOf,
    AnyOf,
    AtLeast,
    Compare,
    Defined,
    Expression,
    Input,
    IsMissing,
    Not,
    OneOf,
    reads_tiers,
)
from tierlang.program.nodes import Derive, Exclusion, Play
from tierlang.program.values import Kind
from tierlang.source import Span

SEVERITY = Severity.WARNING

MANY = 6
"""Of more conditions than these no two are looked for that exclude each other."""


MANY_WAYS = 60
"""Conditions about tiers of several ladders are looked through for so many combinations of them."""


def check(review: Review) -> Iterator[Finding]:
    """Each condition as a whole, and where that decides something, part by part."""
    constant: set[str] = set()
    for decision in decisions(review.program):
        if review.moves.standing.asks_time(decision.test):
            continue
        if isinstance(decision.test, Defined) and decision.test.name in constant:
            continue
        findings = list(_of_decision(review, decision))
        if findings and isinstance(decision.node, Derive) and findings[0].span == decision.span:
            constant.add(decision.node.name)
        yield from findings
    yield from _nobody_left(review)


def _nobody_left(review: Review) -> Iterator[Finding]:
    """Exclusions that take everybody together, where none does alone."""
    exclusions = review.program.exclusions
    left = both(*(fails(each.when.test) for each in exclusions))
    if len(exclusions) < 2 or not isinstance(review.model.possible(left, eligible=False), Impossible):
        return
    if any(has_switch(each.when.test) or _always(review, each.when.test) for each in exclusions):
        return
    yield Finding(
        place(exclusions[-1], review.program),
        "together the exclusions take every account, so nobody gets a score or a tier",
        hints=("narrow one of them: `and` between its conditions instead of `or`, or another limit",),
    )


def _of_decision(review: Review, decision: Decision) -> Iterator[Finding]:
    if has_switch(decision.test):
        return
    if not reads_tiers(decision.test):
        eligible = not isinstance(decision.node, Exclusion)
        words = shown(decision.test, decision)
        possible = review.ask(f"can `{words}` be true", decision.test, decision.span, eligible=eligible)
        if isinstance(possible, Impossible):
            yield Finding(
                decision.span,
                f"`{words}` is true of no account, so {decision.never}",
                hints=(_why_never(review, decision, eligible),),
            )
            return
        if isinstance(
            review.ask(f"can `{words}` fail", fails(decision.test), decision.span, eligible=False), Impossible
        ):
            yield Finding(
                decision.span,
                f"`{words}` is true of every account, so {decision.always}",
                hints=(_why_always(review, decision.test),),
            )
            return
        if _never_false(review, decision.test):
            yield _only_known(decision.span, words)
            return
    elif not isinstance(decision.node, Play) and _never_in_tiers(review, decision):
        yield Finding(
            decision.span,
            f"`{shown(decision.test, decision)}` is true of no account, so {decision.never}",
            hints=(
                "no account of such a tier is like that: look at what the tier asks for, and at whether `or` was meant",
            ),
        )
        return
    yield from _of_parts(review, decision, decision.test)


def _never_in_tiers(review: Review, decision: Decision) -> bool:
    """Whether what a condition about tiers asks besides contradicts what those tiers want of their accounts. Plays have a rule of their own."""
    claims = list(in_any_tiers(review.program, decision.test))
    if any(reads_tiers(claim) for claim in claims) or len(claims) > MANY_WAYS:
        return False
    return all(isinstance(review.model.possible(claim), Impossible) for claim in claims)


def _of_parts(review: Review, decision: Decision, whole: Expression) -> Iterator[Finding]:
    eligible = not isinstance(decision.node, Exclusion)
    for part in parts_written(whole):
        if reads_tiers(part):
            yield from _of_parts(review, decision, part)
            continue
        words = shown(part, decision)
        never = isinstance(review.model.possible(part, eligible=eligible), Impossible)
        if never and not (isinstance(whole, AllOf | Not) and not reads_tiers(decision.test)):
            so = f"so {decision.never}" if isinstance(whole, AllOf) else "so it decides nothing here"
            yield Finding(
                place(part, decision.node, decision.around),
                f"`{words}` is true of no account, {so}",
                hints=(_why_never(review, Decision(decision.node, part, words, decision.around), eligible),),
            )
        elif isinstance(whole, AllOf | AnyOf | AtLeast) and _always(review, part):
            yield Finding(
                place(part, decision.node, decision.around),
                f"`{words}` is true of every account, so it decides nothing here",
                hints=(_why_always(review, part),),
            )
        elif not never and _never_false(review, part):
            yield _only_known(place(part, decision.node, decision.around), words)
        elif not never:
            if isinstance(whole, AnyOf) and _adds_nothing(review, part, whole):
                yield Finding(
                    place(part, decision.node, decision.around),
                    f"`{words}` adds nothing here: wherever it is true, another part of the `or` is, too",
                    hints=("take it out, or look at its limits: which accounts is it there for?",),
                )
            yield from _of_parts(review, decision, part)


def _adds_nothing(review: Review, part: Expression, whole: AnyOf) -> bool:
    """Whether the other parts of an `or` take all that this one does; of two that say the same, this is so of the later one."""
    others = [each for each in whole.parts if each is not part]
    if len(others) >= MANY or any(reads_tiers(each) or has_switch(each) for each in (part, *others)):
        return False
    if not isinstance(review.model.possible(both(part, *map(fails, others)), eligible=False), Impossible):
        return False
    later = others[whole.parts.index(part) :]
    return not any(
        isinstance(review.model.possible(both(each, fails(part)), eligible=False), Impossible) for each in later
    )


def _always(review: Review, test: Expression) -> bool:
    return isinstance(review.model.possible(fails(test), eligible=False), Impossible)


def _never_false(review: Review, test: Expression) -> bool:
    """Whether a comparison, or several with `or`, is true or unknown of every account."""
    if not isinstance(test, Compare | OneOf | AllOf | AnyOf | Not) or has_switch(test):
        return False
    return isinstance(review.model.possible(Not(test), eligible=False), Impossible)


def _only_known(span: Span, words: str) -> Finding:
    return Finding(
        span,
        f"`{words}` is never false: it fails only where a value is missing",
        hints=(
            "if that is meant, ask for it with `is not missing`; if not, look at its limits, and at whether `and` was meant for `or`",
        ),
    )


def _why_never(review: Review, decision: Decision, eligible: bool) -> str:
    if eligible and not isinstance(review.model.possible(decision.test, eligible=False), Impossible):
        return "only accounts that an exclusion takes are like that"
    parts = decision.test.parts if isinstance(decision.test, AllOf) else ()
    if 1 < len(parts) <= MANY and all(part.span is not None for part in parts):
        for one, other in combinations(parts, 2):
            if isinstance(review.model.possible(both(one, other), eligible=False), Impossible):
                return f"`{shown(one, decision)}` and `{shown(other, decision)}` exclude each other: change one of them, or join them by `or`"
    return "look at the limits it compares with, and at whether `or` was meant; or take it out"


def _why_always(review: Review, test: Expression) -> str:
    match test:
        case IsMissing(part=Input(name=name, kind=kind)) | Not(part=IsMissing(part=Input(name=name, kind=kind))):
            field = next((field for field in review.program.fields if field.name == name), None)
            if kind is Kind.TAGS:
                return f'tags are never missing, only empty: ask for one, as in `{name} contains "…"`'
            if field is not None and field.required:
                return f"`{name}` is required, so no account is without it"
            if field is not None and field.default is not None:
                return f"`{name}` has a default, so no account is without it"
    return "take it out, or say what was meant"
