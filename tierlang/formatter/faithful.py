"""The proof that a layout says what the text said: it is read back and compared."""

from __future__ import annotations

from collections.abc import Callable

from tierlang.formatter.tree import word
from tierlang.source import Source
from tierlang.syntax import nodes
from tierlang.syntax.parser import parse
from tierlang.syntax.tables import tables
from tierlang.syntax.tokens import tokenize


class UnfaithfulError(Exception):
    """A layout that would have changed more than white space: a mistake of ours."""


def faithful(source: Source, file: nodes.File, text: str, lay_out: Callable[[Source], str]) -> None:
    """Raises UnfaithfulError unless the text has the same words, comments and meaning, and is its own layout."""
    again = Source(source.path, text)
    if _words(source) != _words(again):
        raise UnfaithfulError("its words or comments would not be the same")
    read, complaints = parse(again)
    if any(complaint.is_error for complaint in complaints):
        raise UnfaithfulError(f"it could not be read any more: {complaints[0].message}")
    if read.declarations != file.declarations or read.allows != file.allows:
        raise UnfaithfulError("it would not mean the same")
    if lay_out(again) != text:
        raise UnfaithfulError("its layout would not be settled: formatting it twice would change it twice")


def _words(source: Source) -> tuple[list[tuple[str, str]], list[str]]:
    tokens, comments = tokenize(tables(), source.text)
    return [(token.kind, word(token)) for token in tokens], [comment.text.rstrip() for comment in comments]
