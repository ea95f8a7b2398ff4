"""The edits that fixes are made of."""

from __future__ import annotations

from tierlang.diagnostics.diagnostic import Edit, Fix
from tierlang.source import Span


def replace(span: Span, text: str, title: str | None = None, *, certain: bool = False) -> Fix:
    """The fix that puts `text` in the place of `span`; `certain` if what stands there had no other meaning."""
    return Fix(title or f"write `{text}`", (Edit(span, text),), certain)


def insert(span: Span, at: int, text: str, title: str, *, certain: bool = False) -> Fix:
    """The fix that puts `text` at an offset of the span's source; `certain` as for `replace`."""
    return Fix(title, (Edit(span.source.span(at, at), text),), certain)


def line_after(span: Span, text: str, title: str) -> Fix:
    """The fix that adds a line after the one on which `span` ends, indented like the line on which it starts."""
    source = span.source
    row, _ = source.position(span.start)
    first = source.line(row)
    indent = first[: len(first) - len(first.lstrip())]
    if source.text[span.start - len(indent) - 1 : span.start].strip():
        return insert(span, span.end, f"  {text}", title)
    return insert(span, span.end, f"\n{indent}{text}", title)
