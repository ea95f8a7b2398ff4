"""Keys of accounts that rule files and their tables name."""

from __future__ import annotations

from tierlang.compiler.comparisons import fold
from tierlang.compiler.context import Context


def key_read(context: Context, written: str) -> str:
    """The key as the accounts' own keys are read."""
    key = context.key
    if key is None:
        return written
    text = fold(written) if key.fold_case else written
    return dict(key.same).get(text, text)
