"""Rules that stand in for the real ones: what they find is plain to see in the rule file, so that the tests are about the command."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tierlang.analysis.answers import Impossible, Open
from tierlang.diagnostics.diagnostic import Edit, Fix, Severity
from tierlang.lint.review import Asked, Review
from tierlang.lint.rule import Finding, Rule
from tierlang.lint.rules import not_proved
from tierlang.source import Span

ODD = 'exclude {name} "Odd" when fit > 90'
WORSE = 'exclude {name} "Worse" when fit > 90'
NOTED = 'exclude {name} "Noted" when fit > 90'
ASKED = 'exclude {name} "Asked" when fit > 90'

EXAMPLE = 'test "an odd one" {\n  given { fit = 91 }\n  expect excluded\n}\n'


def labelled(review: Review, label: str) -> Iterator[tuple[str, Span]]:
    """The exclusions with this label, and where it stands."""
    for exclusion in review.program.exclusions:
        if exclusion.label == label and exclusion.span is not None:
            at = exclusion.span.start + exclusion.span.text.index(f'"{label}"')
            yield exclusion.name, exclusion.span.source.span(at, at + len(label) + 2)


def odd(review: Review) -> Iterator[Finding]:
    for name, span in labelled(review, "Odd"):
        fix = Fix('write `"Even"`', (Edit(span, '"Even"'),), certain=True)
        yield Finding(span, f"`{name}` is odd", ("make it even",), fixes=(fix,), example=EXAMPLE)


def worse(review: Review) -> Iterator[Finding]:
    for name, span in labelled(review, "Worse"):
        yield Finding(
            span, f"`{name}` is bad", fixes=(Fix("break it", (Edit(span, '"Worse" when when'),), certain=True),)
        )


def noted(review: Review) -> Iterator[Finding]:
    for name, span in labelled(review, "Noted"):
        yield Finding(span, f"`{name}` is of note")


def asking(review: Review) -> Iterator[Finding]:
    for name, span in labelled(review, "Asked"):
        for question, answer in (("one", Impossible()), ("two", Impossible()), ("three", Open("nobody knows", span))):
            review.asked[(f"is {name} {question}", span)] = Asked(f"is {name} {question}", span, answer)
    yield from ()


STAND_INS = (
    Rule("asking", Severity.WARNING, "Asks three questions", asking),
    Rule("noted", Severity.NOTE, "What is worth a note", noted),
    Rule("not-proved", Severity.WARNING, "A question without an answer", not_proved.check, about_review=True),
    Rule("odd", Severity.WARNING, "An exclusion that is odd\n\nMore about it.", odd),
    Rule("with-accounts", Severity.WARNING, "Needs accounts", odd, asks_accounts=True),
    Rule("worse", Severity.WARNING, "What its own fix would break", worse),
)


@pytest.fixture
def stand_ins(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stand-ins in the place of all rules."""
    monkeypatch.setattr("tierlang.lint.registry.RULES", STAND_INS)
