"""The one shape of every complaint about a rule file."""

from __future__ import annotations

from enum import Enum

import attrs

from tierlang.source import Span


class Severity(Enum):
    """How bad a complaint is; only an error keeps a ruleset from compiling."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@attrs.frozen
class Edit:
    """Replace the text of `span` by `text`."""

    span: Span
    text: str


@attrs.frozen
class Fix:
    """One way to put a complaint right: what it does, and the edits that do it together.

    `certain`: a machine may apply it unasked, since it cannot change who lands where: the text had no other meaning, or what it changes was proved to decide nothing.
    """

    title: str
    edits: tuple[Edit, ...]
    certain: bool = False


@attrs.frozen
class Related:
    """Another place that takes part in a complaint, and why."""

    span: Span
    message: str


@attrs.frozen
class Diagnostic:
    """One complaint.

    `code` is the stable name of its kind (`unknown-name`), `message` says what is wrong in one plain sentence, `hints` say what would
    be right and `fixes` are edits that are certain to compile to what the writer meant. `example` is an account that shows it, as a `test` block of the language.
    """

    code: str
    severity: Severity
    span: Span
    message: str
    hints: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    fixes: tuple[Fix, ...] = ()
    example: str | None = None

    @property
    def is_error(self) -> bool:
        """Whether this complaint keeps the ruleset from compiling."""
        return self.severity is Severity.ERROR


def in_order(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """The complaints by file, then place, then code, without doubles: the order people read them in."""
    unique = {(d.span.source.path, d.span.start, d.span.end, d.code, d.message): d for d in diagnostics}
    return [unique[place] for place in sorted(unique)]
