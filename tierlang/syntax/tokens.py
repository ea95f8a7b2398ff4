"""A text as a run of tokens; every character of it lies in a token, a comment or white space."""

from __future__ import annotations

from typing import NamedTuple

from tierlang.syntax.tables import Tables

END = "$END"

_BEFORE_OTHERS = frozenset(
    (
        *("as", "of", "expect", "no", "mark", "not", "lowest", "highest", "first", "move", "to", "out"),
        *("contains", "starts", "ends", "for", "has", "where"),
    )
)
"""Words that are one token with those behind them, or are told apart by them: `as of`, `expect mark`, `not excluded`, `move to`."""


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
    tokens, comments = _scanned(tables, text)
    if _parts_words(tokens, comments):
        blank = list(text)
        for comment in comments:
            blank[comment.start : comment.end] = " " * (comment.end - comment.start)
        tokens, _ = _scanned(tables, "".join(blank))
    return tokens, comments


def _parts_words(tokens: list[Token], comments: list[Token]) -> bool:
    """Whether a comment stands behind a word that may belong together with the next one."""
    at = 0
    for comment in comments:
        while tokens[at].start < comment.start:
            at += 1
        if at and tokens[at - 1].text.split()[-1] in _BEFORE_OTHERS:
            return True
    return False


def _scanned(tables: Tables, text: str) -> tuple[list[Token], list[Token]]:
    """The tokens and comments of a text as they come."""
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
