"""Asking about very many conditions: an account that was found for one question often answers the next, and then nobody has to search."""

from __future__ import annotations

from collections import deque

from tierlang.analysis.answers import Answer, Open, Possible, Witness
from tierlang.analysis.confirm import known_of, readable
from tierlang.engines.interpreter.expressions import value_of
from tierlang.engines.interpreter.facts import Facts
from tierlang.lint.reading import point_lines
from tierlang.lint.review import Asked, Review
from tierlang.program.expressions import Expression
from tierlang.program.nodes import Program
from tierlang.source import Span

KEPT = 40
"""So many accounts are remembered: the latest, and the first half of them for good."""


WORK = 400_000
"""So much may be asked, in questions times what a program computes for one account; ordinary rulesets use a hundredth of it."""


class Accounts:
    """The accounts that a rule has been shown so far. Their answers are the interpreter's, so they are as sure as any; only their examples are not the smallest."""

    def __init__(self, review: Review) -> None:
        self._review = review
        self._first: list[tuple[Facts, Witness]] = []
        self._latest: deque[tuple[Facts, Witness]] = deque(maxlen=KEPT // 2)
        self._eligible: dict[int, bool] = {}
        self._left = WORK
        self._size = size_of(review.program)

    def ask(self, question: str, claim: Expression, span: Span | None, *, eligible: bool = True) -> Answer:
        """As `Review.ask`."""
        answer = self.possible(claim, eligible=eligible)
        self._review.asked[(question, span)] = Asked(question, span, answer)
        return answer

    def possible(self, claim: Expression, *, eligible: bool = True) -> Answer:
        """As `Model.possible`."""
        for facts, witness in (*reversed(self._latest), *self._first):
            if (not eligible or self._eligible[id(facts)]) and is_true_of(claim, facts):
                return Possible(witness)
        if self._left <= 0:
            return Open("there are more conditions than can be looked through one by one", claim.span)
        self._left -= self._size
        answer = self._review.model.possible(claim, eligible=eligible)
        if isinstance(answer, Possible):
            self._keep(answer.witness)
        return answer

    def _keep(self, witness: Witness) -> None:
        program, account, as_of = self._review.program, witness.rough, witness.as_of
        facts = known_of(program, account, as_of, eligible=False)
        if facts is None:
            return
        eligible = not any(is_true_of(each.when.test, facts) for each in program.exclusions)
        if len(self._first) < KEPT // 2:
            self._first.append((facts, witness))
        else:
            if len(self._latest) == self._latest.maxlen:
                self._eligible.pop(id(self._latest[0][0]))
            self._latest.append((facts, witness))
        self._eligible[id(facts)] = eligible


def is_true_of(claim: Expression, facts: Facts) -> bool:
    """Whether the interpreter finds the claim true of an account of which everything else is known."""
    if not readable(claim, facts):
        return False
    aside = facts.aside()
    return value_of(claim, aside, "") is True and not aside.faults


def size_of(program: Program) -> int:
    """How much is computed for one account: definitions, exclusions, lines of points."""
    lines = sum(1 for score in program.scores for _ in point_lines(score))
    return 1 + len(program.definitions) + len(program.relative) + len(program.exclusions) + len(program.facts) + lines
