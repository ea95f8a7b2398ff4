"""One review of one program: what rules read, and the tally of what was proved."""

from __future__ import annotations

import datetime as dt

import attrs

from tierlang.analysis.answers import Answer, Impossible, Open, Possible
from tierlang.analysis.model import Model
from tierlang.program.expressions import Expression
from tierlang.program.nodes import Named, NameSort, Program
from tierlang.program.outcome import Population
from tierlang.source import Span


@attrs.frozen
class Asked:
    """One question to the analysis and its answer; `question` reads `can tier two be reached`, `span` is what it is about."""

    question: str
    span: Span | None
    answer: Answer


@attrs.define
class Review:
    """What every rule is given. `today` is the date for what depends on the calendar: the review's age, pins, proofs. `population` are the figures of a run, if accounts were given."""

    program: Program
    model: Model
    today: dt.date
    population: Population | None = None
    asked: dict[tuple[str, Span | None], Asked] = attrs.field(factory=dict)

    def ask(self, question: str, claim: Expression, span: Span | None, *, eligible: bool = True) -> Answer:
        """Ask whether an account like that is possible, and remember that it was asked. Open answers are counted and listed as not proved: a rule need not report them."""
        answer = self.model.possible(claim, eligible=eligible)
        self.asked[(question, span)] = Asked(question, span, answer)
        return answer

    def names(self, *sorts: NameSort) -> list[Named]:
        """The declared names of these sorts."""
        return [named for named in self.program.names if named.sort in sorts]

    @property
    def proved(self) -> int:
        """How many questions got a sure answer."""
        return sum(isinstance(each.answer, Possible | Impossible) for each in self.asked.values())

    @property
    def open(self) -> list[Asked]:
        """The questions that got none."""
        return [each for each in self.asked.values() if isinstance(each.answer, Open)]
