"""What every node maker is given, and the table that finds makers by the names in the grammar."""

from __future__ import annotations

from collections.abc import Callable
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


def registry() -> tuple[dict[str, Maker], Callable[[Maker], Maker]]:
    """A table of makers and the decorator that enters a function under its own name."""
    makers: dict[str, Maker] = {}

    def enter(maker: Maker) -> Maker:
        makers[maker.__name__] = maker
        return maker

    return makers, enter
