"""Questions for cells: inputs that nothing else shares are put together, those that several parts share are gone through one cell after the other.

The value of an expression is found from what its parts can be. Parts that read nothing in common are independent, so what they can be together is every pairing. Where parts read something in common,
a field, or a whole score that all of them read only as such, that is set to each of its cells in turn. So a score of many tables is no product of all its inputs.
"""

from __future__ import annotations

from collections.abc import Sequence

from tierlang.analysis.cells.kept import Kept
from tierlang.analysis.cells.names import Names
from tierlang.analysis.cells.question import Question
from tierlang.analysis.cells.searching import Searcher
from tierlang.analysis.keys import Cells, Choice
from tierlang.program.expressions import Expression


class Engine:
    """Answers one question: `asked` are its expressions, and whether their own values count. It may give up (`TooBigError`, `ExhaustedError` of `costs`)."""

    def __init__(self, kept: Kept, asked: Sequence[tuple[Expression, bool]]) -> None:
        question = Question(kept, asked)
        names = Names(question)
        self._reader = names.reader
        self._searcher = Searcher(question.costs, kept.plans, names.of)

    def of(self, expression: Expression) -> Cells:
        """What an expression can be."""
        return self._reader.of(expression, {})

    def search(self, claim: Expression) -> Choice:
        """Choices with which the claim is true; None if there may be some, `NOWHERE` (of `searching`) if there are none."""
        return self._searcher.search(self._reader.goals(claim), {})

    def collect(self, value: Expression, claim: Expression) -> Cells:
        """What the value can be where the claim is true."""
        return self._searcher.collect(self._reader.item(value), self._reader.goals(claim), {})
