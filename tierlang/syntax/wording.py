"""The words of complaints about text that cannot be read."""

from __future__ import annotations

from tierlang.diagnostics.diagnostic import Diagnostic, Severity
from tierlang.source import Source, Span
from tierlang.syntax.machine import Machine
from tierlang.syntax.tables import Tables
from tierlang.syntax.tokens import END, Token


def unexpected(source: Source, machine: Machine, tables: Tables, tokens: list[Token], at: int) -> Diagnostic:
    """The general complaint: this cannot stand here, and what could."""
    token = tokens[at]
    what = "the file ends too early" if token.kind == END else f"`{token.text}` cannot stand here"
    return Diagnostic("unexpected-text", Severity.ERROR, Span(source, token.start, token.end), what)
