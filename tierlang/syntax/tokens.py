"""A text as a run of tokens; every character of it lies in a token, a comment or white space."""

from __future__ import annotations

import attrs

from tierlang.syntax.tables import Tables

END = "$END"


@attrs.frozen
class Token:
    """A word, sign or literal: its terminal, its text, its place, and whether it stands first on its line."""

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
    for match in tables.scanner.finditer(text):
        kind = match.lastgroup or "STRAY"
        if kind == "WHITE":
            first = first or "\n" in match[0]
            continue
        if kind == "COMMENT":
            comments.append(
                Token(kind, match[0].rstrip("\r"), match.start(), match.start() + len(match[0].rstrip("\r")), first)
            )
            continue
        if kind == "NAME":
            kind = keywords.get(match[0], kind)
        tokens.append(Token(kind, match[0], match.start(), match.end(), first))
        first = False
    tokens.append(Token(END, "", len(text), len(text), True))
    return tokens, comments
