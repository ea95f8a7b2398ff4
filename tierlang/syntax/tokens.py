"""A text as a run of tokens; every character of it lies in a token, a comment or white space."""

from __future__ import annotations

from typing import NamedTuple

from tierlang.syntax.tables import Tables

END = "$END"


class Token(NamedTuple):
    """A word, sign or literal: its terminal, its text, its place, and whether it stands first on its line.

    A named tuple, since a text has so many of them and attrs makes them more slowly.
    """

    kind: str
    text: str
    start: int
    end: int
    first: bool = False


def tokenize(tables: Tables, text: str) -> tuple[list[Token], list[Token]]:
    """The tokens of a text, ended by one of kind `$END`, and its comments."""
    tokens: list[Token] = []
    comments: list[Token] = []
    keywords = tables.keywords
    first = True
    make = tuple.__new__  # as `Token(…)` does, in half the time
    for match in tables.scanner.finditer(text):
        kind = match.lastgroup or "STRAY"
        word = match[kind]
        if kind == "WHITE":
            first = first or "\n" in word
            continue
        start, end = match.span(kind)
        if kind == "COMMENT":
            remark = word.rstrip("\r")
            comments.append(Token(kind, remark, start, start + len(remark), first))
            continue
        if kind == "NAME":
            kind = keywords.get(word, kind)
        tokens.append(make(Token, (kind, word, start, end, first)))
        first = False
    tokens.append(Token(END, "", len(text), len(text), True))
    return tokens, comments
