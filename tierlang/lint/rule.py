"""What a lint rule is, what it is given, and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import attrs

from tierlang.diagnostics.diagnostic import Fix, Related, Severity
from tierlang.lint.review import Review
from tierlang.source import Span


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
    """One rule. `name` has hyphens (`same-plays`); `page` is its module's docstring; `asks_accounts`: it needs the figures of a run over accounts."""

    name: str
    severity: Severity
    page: str
    check: Callable[[Review], Iterable[Finding]]
    asks_accounts: bool = False

    @property
    def summary(self) -> str:
        """What it finds, in one line."""
        return self.page.strip().partition("\n")[0]
