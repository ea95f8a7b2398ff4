"""A program as something to ask questions of. Start reading the analysis here."""

from __future__ import annotations

import datetime as dt

from tierlang.analysis.answers import Answer, Extent, Open
from tierlang.program.expressions import Defined, Expression, Input
from tierlang.program.nodes import Program


class Model:
    """All accounts that the program could be given, as of one date: every field within its declared range or values, or missing where it may be; any events and observations.

    Questions are expressions of the program (its fields, facts, definitions; no tiers). They are answered by the cheapest way that is exact:
    cells (the inputs cut at every value that the rules compare them with; each combination asked of the interpreter), then the solver, within a number of steps, never a time.
    Answers are kept, so the same question costs nothing again, and are the same on every machine.
    """

    def __init__(self, program: Program, as_of: dt.date) -> None:
        self.program = program
        self.as_of = as_of

    def possible(self, claim: Expression, *, eligible: bool = True) -> Answer:
        """Is there an account for which the claim is true (not false, not unknown)? `eligible`: one that no exclusion takes."""
        return Open("not built yet")

    def extent(self, value: Input | Defined, *, given: Expression | None = None) -> Extent:
        """The least and greatest that a number of eligible accounts can be; `given`: of those for which this is true."""
        return Extent(None, None, None, None)
