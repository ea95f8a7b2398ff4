"""The proof that a layout says what the text said: it is read back and compared."""

from __future__ import annotations

from collections.abc import Callable

import attrs

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
    if not (_same(read.declarations, file.declarations) and _same(read.allows, file.allows)):
        raise UnfaithfulError("it would not mean the same")
    if lay_out(again) != text:
        raise UnfaithfulError("its layout would not be settled: formatting it twice would change it twice")


def _same(one: object, other: object) -> bool:
    """Whether two parts of a syntax mean the same; as `==`, but for what is nested too deeply for it."""
    waiting = [(one, other)]
    known: dict[object, list[str]] = {}
    while waiting:
        left, right = waiting.pop()
        if type(left) is not type(right):
            return False
        if isinstance(left, nodes.Node):
            if type(left) not in known:
                known[type(left)] = [field.name for field in attrs.fields(type(left)) if field.eq]
            waiting += [(getattr(left, name), getattr(right, name)) for name in known[type(left)]]
        elif isinstance(left, tuple) and isinstance(right, tuple):
            if len(left) != len(right):
                return False
            waiting += zip(left, right, strict=True)
        elif left != right:
            return False
    return True


def _words(source: Source) -> tuple[list[tuple[str, str]], list[str]]:
    tokens, comments = tokenize(tables(), source.text)
    return [(token.kind, word(token)) for token in tokens], [comment.text.rstrip() for comment in comments]
