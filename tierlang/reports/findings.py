"""What a check found, as data: every format speaks from this."""

from __future__ import annotations

import datetime as dt
from typing import Literal, TypeAlias

import attrs

from tierlang.diagnostics.diagnostic import Diagnostic, Severity
from tierlang.source import Span

WELL, FINDINGS, UNREADABLE = 0, 1, 2
"""The exit statuses of a check."""

_OF_THE_COMMAND = ("unknown-setting", "bad-setting")
"""Complaints about the command itself, not about the rules: wrong usage."""

ProofAnswer: TypeAlias = Literal["yes", "no", "not proved"]


@attrs.frozen
class Found:
    """One finding: its fingerprint, and the rulesets through which it was found. `of_rule`: a rule found it, not the compiler."""

    diagnostic: Diagnostic
    fingerprint: str
    rulesets: tuple[str, ...]
    of_rule: bool


@attrs.frozen
class Proof:
    """A question to the analysis and its answer; `why` says what is in the way of one."""

    ruleset: str
    question: str
    answer: ProofAnswer
    span: Span | None = None
    why: str | None = None


@attrs.frozen
class Unreadable:
    """A rule file that cannot be read, and why in plain words."""

    path: str
    why: str


@attrs.frozen
class RuleAsked:
    """A rule that was run: its name, its severity unless a finding says otherwise, and its page, of which the first line is the summary."""

    name: str
    severity: Severity
    page: str

    @property
    def summary(self) -> str:
        """What it finds, in one line."""
        return self.page.strip().partition("\n")[0]


@attrs.frozen
class Corrected:
    """A fix that was applied: of which complaint, where in the text as it was then, and what it did."""

    code: str
    title: str
    span: Span


@attrs.frozen
class Findings:
    """A whole check.

    `rulesets` are the files of the rulesets, `files` all that were read, by path. `silenced` counts the findings that the baseline holds. `accounts`: how many accounts the rules were reviewed beside, if any were given.
    """

    as_of: dt.date
    rulesets: tuple[str, ...]
    files: tuple[str, ...]
    found: tuple[Found, ...]
    proofs: tuple[Proof, ...] = ()
    rules: tuple[RuleAsked, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    silenced: int = 0
    corrected: tuple[Corrected, ...] = ()
    accounts: int | None = None

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The complaints alone."""
        return tuple(one.diagnostic for one in self.found)

    def count(self, severity: Severity) -> int:
        """How many findings are this bad."""
        return sum(one.diagnostic.severity is severity for one in self.found)

    @property
    def status(self) -> int:
        """The exit status of a command that found this; notes alone are no findings."""
        if self.unreadable or any(one.diagnostic.code in _OF_THE_COMMAND for one in self.found):
            return UNREADABLE
        return WELL if len(self.found) == self.count(Severity.NOTE) else FINDINGS

    @property
    def proved(self) -> int:
        """How many questions got a sure answer."""
        return sum(proof.answer != "not proved" for proof in self.proofs)

    @property
    def not_proved(self) -> int:
        """How many questions got none."""
        return len(self.proofs) - self.proved

    @property
    def fixable(self) -> int:
        """How many findings have an edit that `--fix` applies."""
        return sum(any(fix.certain for fix in one.diagnostic.fixes) for one in self.found)
