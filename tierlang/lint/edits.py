"""The edits that rules offer: taking a statement out, adding a line to one."""

from __future__ import annotations

import re

from tierlang.diagnostics.diagnostic import Edit, Fix
from tierlang.source import Span

_REST = re.compile(r"[ \t]*(#[^\n]*)?(\r?\n|\Z)")


def removal(span: Span, title: str, *, certain: bool = False) -> Fix:
    """The fix that takes a statement out: its whole lines, with the comment at their end, where nothing else stands on them."""
    return Fix(title, (Edit(_lines(span), ""),), certain)


def _lines(span: Span) -> Span:
    text = span.source.text
    start = text.rfind("\n", 0, span.start) + 1
    rest = _REST.match(text, span.end)
    if text[start : span.start].strip() or rest is None:
        return _with_space(span)
    return span.source.span(start, rest.end())


def _with_space(span: Span) -> Span:
    """The statement with the space before it; with that after it where it is the first of a block on one line."""
    text = span.source.text
    start, end = span.start, span.end
    while start and text[start - 1] in " \t":
        start -= 1
    while text[end : end + 1] in (" ", "\t"):
        end += 1
    if text[start - 1 : start] == "{" and text[end : end + 1] not in ("", "\r", "\n", "#"):
        return span.source.span(span.start, end)
    return span.source.span(start, span.end)


def line_before(span: Span, text: str, title: str) -> Fix:
    """The fix that adds a line before a statement, indented like it; on the same line where something else stands before it there."""
    source = span.source
    start = source.text.rfind("\n", 0, span.start) + 1
    indent = source.text[start : span.start]
    added = f"{text}  " if indent.strip() else f"{text}\n{indent}"
    return Fix(title, (Edit(source.span(span.start, span.start), added),))


def line_after_statement(span: Span, text: str) -> Fix:
    """The fix that adds a statement after another, on a line of its own where the other has one."""
    source = span.source
    start = source.text.rfind("\n", 0, span.start) + 1
    indent = source.text[start : span.start]
    rest = _REST.match(source.text, span.end)
    if indent.strip() or rest is None:
        return Fix(f"add `{text}`", (Edit(source.span(span.end, span.end), f"  {text}"),))
    end = span.end + len(rest[0].rstrip("\r\n"))
    return Fix(f"add `{text}`", (Edit(source.span(end, end), f"\n{indent}{text}"),))
