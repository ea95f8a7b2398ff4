"""The accounts that answered earlier questions: one of them often answers the next, and then nobody has to search."""

from __future__ import annotations

import datetime as dt
from collections import deque

import attrs

from tierlang.analysis.confirm import asks_place, known_of, readable
from tierlang.engines.interpreter.expressions import value_of
from tierlang.engines.interpreter.facts import Account, Facts
from tierlang.program.expressions import Expression
from tierlang.program.nodes import Program

_FIRST, _LATEST = 16, 16
"""So many are remembered for good, and so many of the latest."""


@attrs.frozen
class Met:
    """One account, what the interpreter found of it, and whether no exclusion takes it."""

    account: Account
    facts: Facts
    eligible: bool


class Acquainted:
    """The accounts of one program that were met so far. What they answer is the interpreter's, so it is as sure as any answer; only they are not the plainest examples."""

    def __init__(self, program: Program, as_of: dt.date) -> None:
        self._program = program
        self._as_of = as_of
        self._first: list[Met] = []
        self._latest: deque[Met] = deque(maxlen=_LATEST)

    def meet(self, account: Account, claim: Expression, *, eligible: bool) -> bool:
        """Look at an account: whether the claim is true of it (eligible, if it must be), and a run accepts it. What a run accepts is remembered."""
        facts = known_of(self._program, account, self._as_of, eligible=False)
        if facts is None:
            return False
        met = Met(account, facts, not any(_is_true_of(each.when.test, facts) for each in self._program.exclusions))
        if len(self._first) < _FIRST:
            self._first.append(met)
        else:
            self._latest.append(met)
        return (met.eligible or not eligible) and readable(claim, facts) and _is_true_of(claim, facts)

    def like(self, claim: Expression, *, eligible: bool) -> Account | None:
        """One of which the claim is true."""
        if not self._first or asks_place(self._program, claim) or not readable(claim, self._first[0].facts):
            return None
        for met in (*reversed(self._latest), *self._first):
            if (met.eligible or not eligible) and _is_true_of(claim, met.facts):
                return met.account
        return None


def _is_true_of(claim: Expression, facts: Facts) -> bool:
    found = value_of(claim, facts, "") is True and not facts.faults
    facts.faults.clear()
    return found
