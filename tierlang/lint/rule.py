"""What a lint rule is, what it is given, and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum

import attrs

from tierlang.diagnostics.diagnostic import Fix, Related, Severity
from tierlang.lint.review import Review
from tierlang.source import Span


class Theme(Enum):
    """What a rule is about; the table of rules stands in this order."""

    TIERS = "Who can land where"
    SCORES = "Scores and points"
    MODEL = "The model as a whole"
    PEOPLE = "People and plays"
    SEATS = "Pins and capacity"
    MOBILITY = "Tiers over time"
    MISSING = "Missing data"
    NAMES = "Names nobody reads"
    ACCOUNTS = "With accounts (`--data`)"
    REVIEW = "The review itself"


@attrs.frozen
class Finding:
    """One mistake that a rule found; a `Diagnostic` without the rule's name.

    `severity` is the rule's own unless it says otherwise here. `example` is a `test` block (`tierlang.analysis.writing`).
    """

    span: Span
    message: str
    hints: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    fixes: tuple[Fix, ...] = ()
    example: str | None = None
    severity: Severity | None = None


@attrs.frozen
class Rule:
    """One rule. `name` has hyphens (`same-plays`); `page` is its module's docstring; `asks_accounts`: it needs the figures of a run over accounts.

    `about_review`: it is asked after all others, since it is about what became of them.
    """

    name: str
    severity: Severity
    page: str
    check: Callable[[Review], Iterable[Finding]]
    asks_accounts: bool = False
    theme: Theme = Theme.TIERS
    about_review: bool = False

    @property
    def summary(self) -> str:
        """What it finds, in one line."""
        return self.page.strip().partition("\n")[0]
