"""A program as something to ask questions of. Start reading the analysis here."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tierlang.analysis.acquainted import Acquainted
from tierlang.analysis.answers import Answer, Extent, Impossible, Open, Possible, Witness
from tierlang.analysis.cells.costs import ExhaustedError, TooBigError
from tierlang.analysis.cells.engine import Engine
from tierlang.analysis.cells.kept import Kept
from tierlang.analysis.cells.searching import NOWHERE
from tierlang.analysis.claims import TRUE, fails
from tierlang.analysis.confirm import asks_place, confirmed, found
from tierlang.analysis.index import Index
from tierlang.analysis.keys import Cells, Choice, ends_of
from tierlang.analysis.reasons import unknown_to_one
from tierlang.analysis.slices import Slices
from tierlang.analysis.witnesses import Holds, account_of, smallest
from tierlang.engines.interpreter.facts import Account
from tierlang.program.expressions import (
    AllOf,
    Compare,
    CompareOperator,
    Constant,
    Defined,
    Expression,
    Input,
    parts_of,
)
from tierlang.program.nodes import PointSum, Program
from tierlang.program.reach import reaches_of

WORK = 200_000
"""So much is looked for in one program: for each question the parts of what is asked, and what is computed for one account. Ordinary rulesets use a fiftieth of it."""
LOOKS = 200_000
"""So many parts of questions are asked of the accounts that are known already."""


class Model:
    """All accounts that the program could be given, as of one date: every field within its declared range or values, or missing where it may be; any events and observations.

    Questions are expressions of the program (its fields, facts, definitions; no tiers). They are answered by the cheapest way that is exact:
    cells (the inputs cut at every value that the rules compare them with; each combination asked of the interpreter), then the solver, within a number of steps, never a time.
    Answers are kept, so the same question costs nothing again, and are the same on every machine.
    """

    def __init__(self, program: Program, as_of: dt.date) -> None:
        self.program = program
        self.as_of = as_of
        self._kept = Kept(Index(program, as_of))
        self._excluded = [fails(exclusion.when.test) for exclusion in program.exclusions]
        self._answers: dict[tuple[int, bool], tuple[Expression, Answer]] = {}
        self._slices = Slices(self._kept.index)
        self._acquainted = Acquainted(program, as_of)
        self._left, self._looks, self._size = WORK, LOOKS, _size(program)
        self._solver: Any = None

    def possible(self, claim: Expression, *, eligible: bool = True) -> Answer:
        """Is there an account for which the claim is true (not false, not unknown)? `eligible`: one that no exclusion takes."""
        known = self._answers.get((id(claim), eligible))
        if known is None:
            known = self._answers[(id(claim), eligible)] = (claim, self._asked(claim, eligible))
        return known[1]

    def _asked(self, claim: Expression, eligible: bool) -> Answer:
        asked = _nodes(claim)
        self._looks -= asked
        known = self._acquainted.like(claim, eligible=eligible) if self._looks > 0 else None
        if known is not None:
            return Possible(Witness(known, self.as_of, lambda each: self._plainest(each, claim, eligible)))
        if self._left <= 0:
            return Open("the ruleset raises more questions than can be looked through one by one", claim.span)
        self._left -= self._size + asked + (sum(map(_nodes, self._excluded)) if eligible else 0)
        return self._sought(claim, eligible)

    def _sought(self, claim: Expression, eligible: bool) -> Answer:
        answer = self._by_cells(claim, eligible)
        if not isinstance(answer, Open):
            return answer
        free = unknown_to_one(self._kept.index, claim)
        if free is not None:
            return free
        return self._solved(claim, eligible) or answer

    def _plainest(self, known: Account, claim: Expression, eligible: bool) -> Account:
        """The example that is shown: the same whatever was asked before."""
        answer = self._sought(claim, eligible)
        if isinstance(answer, Possible):
            return answer.witness.account
        return self._smallest(known, claim, eligible).account

    def _solved(self, claim: Expression, eligible: bool) -> Answer | None:
        answer: Answer = self.solver.possible(claim, eligible)
        return None if isinstance(answer, Open) and not answer.why else answer

    def _by_cells(self, claim: Expression, eligible: bool) -> Answer:
        whole = AllOf((claim, *self._excluded)) if eligible else AllOf((claim,))
        try:
            choice = Engine(self._kept, [(whole, False)]).search(whole)
        except (TooBigError, ExhaustedError):
            return Open("it hangs on too many inputs at once", claim.span)
        if choice is NOWHERE:
            return Impossible()
        if choice is None:
            return Open("it hangs on how numbers add up or compare", claim.span)
        account = account_of(self.program, choice, self.as_of)
        if not self._is_one(account, claim, eligible):
            return Open("the account that should be an example is none", claim.span)
        return Possible(self._smallest(account, claim, eligible))

    def _is_one(self, account: Account, claim: Expression, eligible: bool) -> bool:
        """Whether the interpreter finds the claim true of an account that was not looked at yet."""
        if asks_place(self.program, claim):
            return self._holds(account, claim, eligible)
        return self._acquainted.meet(account, claim, eligible=eligible)

    def _holds(self, account: Account, claim: Expression, eligible: bool) -> bool:
        return confirmed(self._slices.of(claim), account, self.as_of, claim, eligible=eligible)

    def _smallest(self, account: Account, claim: Expression, eligible: bool) -> Witness:
        return self._witness(account, lambda each: self._holds(each, claim, eligible))

    def _witness(self, account: Account, holds: Holds) -> Witness:
        return Witness(account, self.as_of, lambda each: smallest(self.program, each, self.as_of, holds))

    @property
    def index(self) -> Index:
        """Who reads whom in the program."""
        return self._kept.index

    @property
    def solver(self) -> Any:
        """What answers where cells do not."""
        if self._solver is None:
            from tierlang.analysis.solver import Solver

            self._solver = Solver(self.program, self.as_of)
        return self._solver

    def extent(self, value: Input | Defined, *, given: Expression | None = None) -> Extent:
        """The least and greatest that a number of eligible accounts can be; `given`: of those for which this is true."""
        given = TRUE if given is None else given
        found = self._quick(value, given)
        if found is not None:
            return found
        try:
            cells = self._values(value, given)
        except (TooBigError, ExhaustedError):
            return self._bounds(value, given)
        numbers = sorted((key for key in cells if key is not None), key=ends_of)
        if not numbers:
            return Extent(None, None, None, None)
        low, high = min(ends_of(key)[0] for key in numbers), max(ends_of(key)[1] for key in numbers)
        found = Extent(low, high, self._end(value, given, cells, low), self._end(value, given, cells, high))
        return found if found.exact else self._better(found, value, given)

    def _quick(self, value: Input | Defined, given: Expression) -> Extent | None:
        """The ends that the value has without any condition, if the condition leaves both; None if it does not."""
        try:
            keys = [key for key in Engine(self._kept, [(value, True)]).of(value) if key is not None]
            if not keys:
                return None
            low, high = min(ends_of(key)[0] for key in keys), max(ends_of(key)[1] for key in keys)
            ends: list[Witness] = []
            signs: tuple[tuple[CompareOperator, int], ...] = (("<=", low), (">=", high))
            for sign, end in signs:
                whole = AllOf((Compare(sign, value, Constant(end, value.kind)), given, *self._excluded))
                choice = Engine(self._kept, [(whole, False)]).search(whole)
                witness = None if choice is NOWHERE else self._end(value, given, {end: choice}, end)
                if witness is None:
                    return None
                ends.append(witness)
        except (TooBigError, ExhaustedError):
            return None
        return Extent(low, high, ends[0], ends[1])

    def _values(self, value: Input | Defined, given: Expression) -> Cells:
        """What the value can be where the condition is true and no exclusion is."""
        whole = AllOf((given, *self._excluded))
        return Engine(self._kept, [(value, True), (whole, False)]).collect(value, whole)

    def _end(self, value: Input | Defined, given: Expression, cells: Cells, end: int) -> Witness | None:
        """An account that has this value, if the interpreter says so too."""
        choice: Choice = cells.get(end)
        if choice is None:
            return None
        account = account_of(self.program, choice, self.as_of)

        def holds(each: Account) -> bool:
            return found(self._slices.of(value, given), each, self.as_of, value, given) == (True, end)

        return self._witness(account, holds) if holds(account) else None

    def _bounds(self, value: Input | Defined, given: Expression) -> Extent:
        reach = reaches_of(self.program).of(value).bounds
        return self._better(Extent(reach.low, reach.high, None, None), value, given)

    def _better(self, known: Extent, value: Input | Defined, given: Expression) -> Extent:
        """The ends as the solver has them, where that knows more."""
        solved: Extent = self.solver.extent(value, given)
        if solved.exact or known.low is None or known.high is None:
            return solved
        low = (known.low, known.low_witness)
        high = (known.high, known.high_witness)
        if (
            known.low_witness is None
            and solved.low is not None
            and (solved.low_witness is not None or solved.low > known.low)
        ):
            low = (solved.low, solved.low_witness)
        if (
            known.high_witness is None
            and solved.high is not None
            and (solved.high_witness is not None or solved.high < known.high)
        ):
            high = (solved.high, solved.high_witness)
        return Extent(low[0], high[0], low[1], high[1])


def _size(program: Program) -> int:
    """How much is computed for one account: facts, definitions, exclusions, lines of points."""
    lines = sum(len(score.body.lines) for score in program.scores if isinstance(score.body, PointSum))
    return 1 + len(program.definitions) + len(program.relative) + len(program.exclusions) + len(program.facts) + lines


def _nodes(expression: Expression) -> int:
    """How many parts an expression has, itself one of them."""
    return 1 + sum(map(_nodes, parts_of(expression)))
