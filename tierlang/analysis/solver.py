"""Questions about a program for z3: exact where the language is linear, honest where it is not.

A question is first asked of facts as unknowns, which any real account fits: what is impossible there is impossible. What is possible there is asked again with events that can be
written down, and with one side of every product and quotient fixed, until the interpreter confirms an account. Searching ends by steps that z3 counts, never by time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs
import z3  # type: ignore[import-untyped]

from tierlang.analysis.answers import Answer, Extent, Impossible, Open, Possible, Witness
from tierlang.analysis.confirm import confirmed
from tierlang.analysis.solving.events import Happened, Listed, list_events
from tierlang.analysis.solving.logic import Truth, conj, implies, neg
from tierlang.analysis.solving.names import Names
from tierlang.analysis.solving.observations import Observed, observe
from tierlang.analysis.solving.plain import rounder
from tierlang.analysis.solving.rebuilding import Rebuilt, read, rebuild
from tierlang.analysis.solving.room import Crooked, Gathered, Piece, Room
from tierlang.analysis.solving.rounding import exactly, fixed
from tierlang.analysis.solving.symbols import Flag, Num, plain_flag
from tierlang.analysis.witnesses import smallest
from tierlang.engines.interpreter.facts import Account
from tierlang.program.expressions import AllOf, Compare, Constant, Defined, Expression, Input, kind_of
from tierlang.program.nodes import Aggregate, EventPoints, Percentile, Program, Sustained
from tierlang.program.numbers import SCALE

STEPS = 3_000_000
"""What one search may cost, in z3's own units."""

ALL_STEPS = 40_000_000
"""What all questions about one program may cost together."""

EXAMPLE_STEPS = 500_000
"""What one search for an example may cost. Where it leads nowhere, others with another seed are more use than more steps."""

SEEDS = 3

TRIES = 4
"""How often an account that the interpreter does not confirm is set aside for another."""


@attrs.frozen(eq=False)
class _Question:
    """A claim as z3 sees it; `claim` is what the interpreter is asked of an account."""

    piece: Piece
    truth: Truth
    gathered: Gathered
    claim: Expression
    eligible: bool


class Solver:
    """Questions about one program as of one date."""

    def __init__(self, program: Program, as_of: dt.date) -> None:
        self.program = program
        self.as_of = as_of
        self._room = Room()
        self._names = Names(self._room, program, as_of)
        self._left = ALL_STEPS

    def possible(self, claim: Expression, eligible: bool = True) -> Answer:
        """Is there an account for which the claim is true; `eligible`: one that no exclusion takes."""
        try:
            question = self._question(claim, eligible)
        except RecursionError:
            return Open("it is nested too deeply to be looked through", claim.span)
        if question.truth is False:
            return Impossible()
        found = self._search(question.gathered.said, question.truth)
        if found == z3.unsat:
            return Impossible()
        if found == z3.unknown:
            return self._open(question)
        account = self._example(question)
        if account is not None:
            return Possible(Witness(account, self.as_of, lambda each: self._smallest(question, each)))
        if question.gathered.crooked and self._never(question):
            return Impossible()
        return self._open(question)

    def extent(self, value: Input | Defined, given: Expression | None = None) -> Extent:
        """The least and the greatest that a number can be for eligible accounts, or those for which `given` is true."""
        condition = given if given is not None else Constant(True, kind_of(Compare("=", value, value)))
        question = self._question(AllOf((condition, Compare("=", value, value))), eligible=True)
        symbol = self._names(value.name)
        if not isinstance(symbol, Num):
            raise ValueError(f"{value.name} is no number")
        if question.truth is False or self._search(question.gathered.said, question.truth) == z3.unsat:
            return Extent(None, None, None, None)
        low = -self._furthest(question, symbol, -1)
        high = self._furthest(question, symbol, 1)
        return Extent(
            low,
            high,
            self._reached(value, condition, Compare("<=", value, Constant(low, value.kind))),
            self._reached(value, condition, Compare(">=", value, Constant(high, value.kind))),
        )

    # --- asking -----------------------------------------------------------------------------------------------------------------------

    def _question(self, claim: Expression, eligible: bool) -> _Question:
        truth: list[Truth] = []

        def make() -> Flag:
            asked = self._names.reader.flag(claim).true
            if eligible:
                asked = conj(
                    asked, *(neg(self._names.reader.flag(each.when.test).true) for each in self.program.exclusions)
                )
            truth.append(asked)
            return plain_flag(None)

        piece = self._room.once("question", make)
        return _Question(piece, truth[0], self._room.gather([piece]), claim, eligible)

    def _solver(self, said: list[Truth], steps: int = STEPS, seed: int = 0) -> z3.Solver:
        solver = z3.SimpleSolver(ctx=self._room.context)
        solver.set("rlimit", max(1, min(steps, self._left)))
        solver.set("random_seed", seed)
        if said:
            solver.add(said)
        return solver

    def _search(self, said: list[Truth], truth: Truth) -> z3.CheckSatResult:
        solver = self._solver(said)
        if truth is not True:
            solver.add(truth)
        return self._check(solver)

    def _check(self, solver: z3.Solver, *assumptions: Truth) -> z3.CheckSatResult:
        if self._left <= 0:
            return z3.unknown
        before = _steps(solver)
        found = solver.check(*assumptions)
        self._left -= max(0, _steps(solver) - before)
        return found

    # --- examples ---------------------------------------------------------------------------------------------------------------------

    def _example(self, question: _Question) -> Account | None:
        """An account that the interpreter confirms, as plain as can be; first one to whom nothing happened."""
        facts = [fact for fact in self.program.facts if fact.name in question.gathered.names]
        figures = [fact for fact in facts if isinstance(fact, Aggregate | EventPoints)]
        stages: list[tuple[Happened, int]] = [("nothing", 0)]
        if figures:
            stages += [("today", 0), *(("whenever", seed) for seed in range(SEEDS))]
        for happened, seed in stages:
            listed: list[Listed] = []
            observed: list[Observed] = []

            def make(
                happened: Happened = happened, listed: list[Listed] = listed, observed: list[Observed] = observed
            ) -> Flag:
                listed += list_events(self._room, self._names.reader, figures, happened)
                for signal in self.program.signals:
                    sustained = [each for each in facts if isinstance(each, Sustained) and each.signal == signal.name]
                    if signal.name in question.gathered.names or sustained:
                        observed.append(observe(self._room, self._names.reader, signal, sustained))
                return plain_flag(None)

            piece = self._room.once(f"example {happened}", make)
            gathered = self._room.gather([question.piece, piece])
            for account in self._accounts(question, gathered, listed, observed, seed):
                if self._does(question, account):
                    return account
        return None

    def _accounts(
        self, question: _Question, gathered: Gathered, listed: list[Listed], observed: list[Observed], seed: int
    ) -> Iterator[Account]:
        """Accounts that z3 finds, each unlike those before."""
        solver = self._solver(gathered.said, EXAMPLE_STEPS, seed)
        if question.truth is not True:
            solver.add(question.truth)
        solver.add(self._alone(gathered))
        for _ in range(TRIES):
            if self._check(solver) != z3.sat:
                return
            model = solver.model()
            straight = self._straight(solver, gathered.crooked, model)
            if straight is not None:
                yield rebuild(self.program, self.as_of, Rebuilt(self._room, gathered, straight), listed, observed)
            solver.add(self._unlike(gathered, model))

    def _alone(self, gathered: Gathered) -> list[Truth]:
        """The percentiles of an account that is the whole population: 100, of whatever it has."""
        found: list[Truth] = []
        for percentile in self.program.relative:
            symbol = self._room.pieces[percentile.name].symbol if percentile.name in gathered.names else None
            if isinstance(percentile, Percentile) and isinstance(symbol, Num) and symbol.known is not False:
                found.append(implies(symbol.known, symbol.value == 100 * SCALE))
        return found

    def _straight(self, solver: z3.Solver, crooked: list[Crooked], model: z3.ModelRef) -> z3.ModelRef | None:
        """A model in which one side of every product and quotient is fixed, so that they are what they should be."""
        if not crooked:
            return model
        for side in ("right", "left"):
            solver.push()
            for each in crooked:
                right = side == "right" or each.operator == "/"
                value = read(model, each.right if right else each.left)
                solver.add(fixed(each, value, right=right))
            found = solver.model() if self._check(solver) == z3.sat else None
            solver.pop()
            if found is not None:
                return found
        return None

    def _unlike(self, gathered: Gathered, model: z3.ModelRef) -> Truth:
        """Not this account again."""
        rebuilt = Rebuilt(self._room, gathered, model)
        differs: list[Truth] = []
        names = {field.name for field in self.program.fields} | {each.name for each in self.program.signals}
        for name in sorted(names & set(gathered.names)):
            match self._room.pieces[name].symbol:
                case Flag() as flag:
                    differs.append(flag.true != rebuilt.truth(flag.true))
                case Num(value=value) as number if not isinstance(value, int):
                    differs.append(conj(number.known, value != rebuilt.number(value)))
        return z3.Or(differs) if differs else z3.BoolVal(False, self._room.context)

    def _smallest(self, question: _Question, account: Account) -> Account:
        def does(each: Account) -> bool:
            return self._does(question, each)

        return rounder(self.program, smallest(self.program, account, self.as_of, does), does)

    def _does(self, question: _Question, account: Account) -> bool:
        return confirmed(self.program, account, self.as_of, question.claim, eligible=question.eligible)

    # --- what is hard -----------------------------------------------------------------------------------------------------------------

    def _never(self, question: _Question) -> bool:
        """Whether z3 finds the claim impossible with products and quotients of unknowns as they are."""
        said = question.gathered.said + [exactly(each) for each in question.gathered.crooked]
        return bool(self._search(said, question.truth) == z3.unsat)

    def _open(self, question: _Question) -> Open:
        for unsure in question.gathered.unsure:
            return Open(unsure.why, unsure.span)
        for each in question.gathered.crooked:
            what = "product" if each.operator == "*" else "quotient"
            return Open(f"a {what} of two numbers that are both open is more than can be searched through", each.span)
        if self._left <= 0:
            return Open("the steps for one ruleset are used up")
        if any(fact.name in question.gathered.names for fact in self.program.facts):
            return Open("it depends on a combination of events that was not found in the number of steps")
        return Open("it was not decided in the number of steps")

    # --- extents ----------------------------------------------------------------------------------------------------------------------

    def _furthest(self, question: _Question, symbol: Num, sign: int) -> int:
        """The greatest that `sign` times the number can be, as far as z3 sees it: no account is above."""
        solver = self._solver(question.gathered.said)
        if question.truth is not True:
            solver.add(question.truth)
        low, high = sorted((sign * symbol.low, sign * symbol.high))
        if isinstance(symbol.value, int):
            return sign * symbol.value
        value = sign * symbol.value
        # Bounds are often reached, so they are tried first.
        if self._check(solver, value >= high) == z3.sat:
            return high
        high -= 1
        if self._check(solver) != z3.sat:
            return high
        low = solver.model().eval(value, model_completion=True).as_long()
        while low < high:
            middle = (low + high + 1) // 2
            if self._check(solver, value >= middle) == z3.sat:
                low = max(middle, solver.model().eval(value, model_completion=True).as_long())
            elif self._left <= 0:
                return high
            else:
                high = middle - 1
        return high

    def _reached(self, value: Input | Defined, given: Expression, at: Expression) -> Witness | None:
        answer = self.possible(AllOf((given, at)))
        return answer.witness if isinstance(answer, Possible) else None


def _steps(solver: z3.Solver) -> int:
    for key, value in solver.statistics():
        if key == "rlimit count":
            return int(value)
    return 0
