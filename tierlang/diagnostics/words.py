"""Names and texts as every complaint writes them."""

from __future__ import annotations

from collections.abc import Iterable

from tierlang.diagnostics.suggest import listing


def code_list(words: Iterable[str], *, most: int = 8) -> str:
    """Names in back-quotes, as people list them."""
    return listing([f"`{word}`" for word in words], most=most)


def text_list(words: Iterable[str], *, most: int = 8) -> str:
    """Texts in double quotes, as people list them."""
    return listing([quoted(word) for word in words], most=most)


def quoted(text: str) -> str:
    """A text as it is written in a rule file."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'
