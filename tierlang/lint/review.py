"""One review of one program: what rules read, and the tally of what was proved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import attrs

from tierlang.analysis.answers import Answer, Impossible, Open, Possible
from tierlang.analysis.model import Model
from tierlang.analysis.moving.steps import Moves
from tierlang.program.expressions import Expression
from tierlang.program.nodes import Allow, Named, NameSort, Program
from tierlang.program.outcome import Population
from tierlang.program.written import Written
from tierlang.source import Span


@attrs.frozen
class Asked:
    """One question to the analysis and its answer; `question` reads `can tier two be reached`, `span` is what it is about."""

    question: str
    span: Span | None
    answer: Answer


@attrs.define
class Review:
    """What every rule is given. `today` is the date for what depends on the calendar: the review's age, pins, proofs. `population` are the figures of a run, if accounts were given.

    What only the rules about the review itself read: `strict` (what was not proved is to be told), `ran` (the rules that were asked), `known` (all that there are), and `silencing`, what has silenced a finding.
    """

    program: Program
    model: Model
    today: dt.date
    population: Population | None = None
    asked: dict[tuple[str, Span | None], Asked] = attrs.field(factory=dict)
    strict: bool = False
    ran: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()
    silencing: list[Allow] = attrs.field(factory=list)
    _moves: Moves | None = None

    def ask(self, question: str, claim: Expression, span: Span | None, *, eligible: bool = True) -> Answer:
        """Ask whether an account like that is possible, and remember that it was asked. Open answers are counted and listed as not proved: a rule need not report them."""
        answer = self.model.possible(claim, eligible=eligible)
        self.asked[(question, span)] = Asked(question, span, answer)
        return answer

    def ask_any(self, question: str, claims: Iterable[Expression], span: Span | None) -> Answer:
        """As `ask`, whether one of the claims is possible; they are asked one after the other, until one is."""
        answer: Answer = Impossible()
        for claim in claims:
            found = self.model.possible(claim)
            if isinstance(found, Possible) or isinstance(answer, Impossible):
                answer = found
            if isinstance(found, Possible):
                break
        self.asked[(question, span)] = Asked(question, span, answer)
        return answer

    def names(self, *sorts: NameSort) -> list[Named]:
        """The declared names of these sorts."""
        return [named for named in self.program.names if named.sort in sorts]

    def own_names(self, *sorts: NameSort) -> list[Named]:
        """Those of them that the ruleset's own file declares. What a file that came by `use` declares, other rulesets may read."""
        path = place(self.program).source.path
        return [named for named in self.names(*sorts) if place(named, self.program).source.path == path]

    @property
    def moves(self) -> Moves:
        """What the rules do with accounts over time."""
        if self._moves is None:
            self._moves = Moves(self.program)
        return self._moves

    @property
    def proved(self) -> int:
        """How many questions got a sure answer."""
        return sum(isinstance(each.answer, Possible | Impossible) for each in self.asked.values())

    @property
    def open(self) -> list[Asked]:
        """The questions that got none."""
        return [each for each in self.asked.values() if isinstance(each.answer, Open)]


def place(node: Written | None, *fallbacks: Written | None) -> Span:
    """Where a finding about the node stands: the node's own place, or that of the first of the others that has one. The program itself, last, always has."""
    for each in (node, *fallbacks):
        if each is not None and each.span is not None:
            return each.span
    raise LookupError(f"neither {node!r} nor what is around it was written anywhere")


def head(node: Written, *fallbacks: Written | None) -> Span:
    """The first line of where the node stands, up to its opening brace: `tier one "Tier 1"`."""
    span = place(node, *fallbacks)
    line = span.text.partition("\n")[0]
    before = line.partition("{")[0].rstrip() if "{" in line else line.rstrip()
    return span.source.span(span.start, span.start + len(before or line))
