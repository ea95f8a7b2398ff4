"""What every node maker is given, and the table that finds makers by the names in the grammar."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import attrs

from tierlang.diagnostics.diagnostic import Diagnostic
from tierlang.source import Source, Span

Maker = Callable[["Making", list[Any]], Any]


@attrs.frozen
class Making:
    """One reduction: the place it covers, the file, and where to complain."""

    source: Source
    span: Span
    complain: Callable[[Diagnostic], object]


@attrs.frozen
class Line:
    """A line of a small block (`email "…"`) or a part of a line (`per ae`) until the whole is made."""

    word: str
    value: Any
    span: Span


def by_word(lines: Iterable[Line]) -> dict[str, Any]:
    """The values of lines by their words."""
    return {line.word: line.value for line in lines}


def registry() -> tuple[dict[str, Maker], Callable[[Maker], Maker]]:
    """A table of makers and the decorator that enters a function under its own name."""
    makers: dict[str, Maker] = {}

    def enter(maker: Maker) -> Maker:
        makers[maker.__name__] = maker
        return maker

    return makers, enter
