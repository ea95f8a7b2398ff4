"""A piece of a rule file as it looks in a terminal: tabs opened, unprintable characters made visible, wide ones counted."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import attrs
from rich.cells import cell_len

from tierlang.source import Span

TAB = 4
WIDEST = 100
CONTEXT = 30


@attrs.frozen
class Shown:
    """One line to show: its number, its text, and the screen columns [start, end) that are meant (equal: none)."""

    number: int
    text: str
    start: int
    end: int


def visible(text: str) -> str:
    """The text on one screen line: tabs opened, line ends and control characters shown as signs, never obeyed."""
    parts: list[str] = []
    for character in text:
        if character == "\t":
            parts.append(" " * TAB)
        elif unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp"):
            code = ord(character)
            parts.append(chr(0x2400 + code) if code < 0x20 else "\N{REPLACEMENT CHARACTER}")
        else:
            parts.append(character)
    return "".join(parts)


def excerpt(span: Span) -> tuple[Shown, ...]:
    """The lines of a span: all of it if it stands on one or two lines, else its first and its last."""
    source = span.source
    (first, first_column), (last, last_column) = source.position(span.start), source.position(max(span.start, span.end))
    if last > first and last_column == 1:
        last -= 1
        last_column = len(source.line(last)) + 1
    if first == last:
        return (_shown(source.line(first), first, first_column - 1, max(last_column, first_column) - 1),)
    opening, closing = source.line(first), source.line(last)
    indent = len(closing) - len(closing.lstrip())
    return (
        _shown(opening, first, first_column - 1, len(opening)),
        _shown(closing, last, min(indent, last_column - 1), last_column - 1),
    )


def _shown(line: str, number: int, start: int, end: int) -> Shown:
    """The line with the characters [start, end) meant; a place without width is one column wide."""
    before, meant, after = visible(line[:start]), visible(line[start:end]), visible(line[end:])
    if cell_len(before) + cell_len(meant) + cell_len(after) > WIDEST:
        before, meant, after = _cut(before, meant, after)
    left = cell_len(before)
    return Shown(number, f"{before}{meant}{after}".rstrip(), left, left + max(1, cell_len(meant)))


def _cut(before: str, meant: str, after: str) -> tuple[str, str, str]:
    if len(before) > CONTEXT:
        before = "…" + before[-CONTEXT:]
    room = max(20, WIDEST - len(before) - CONTEXT // 2)
    if len(meant) > room:
        meant = meant[:room] + "…"
        return before, meant, ""
    rest = max(CONTEXT, WIDEST - len(before) - len(meant) - 1)
    return before, meant, after if len(after) <= rest else after[:rest] + "…"


def underline(shown: Shown, write: Callable[[str], str]) -> str:
    """The line under an excerpt that marks what is meant."""
    return " " * shown.start + write("^" * (shown.end - shown.start))
