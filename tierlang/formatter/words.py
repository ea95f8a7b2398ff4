"""The words of a file: the text of each token, and how wide a run of them is on one line."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from tierlang.formatter.spacing import spacing
from tierlang.formatter.statements import Block
from tierlang.formatter.tree import Tree

_NO_PADS: Mapping[int, int] = {}
_WITHOUT_WIDTH = ("Mn", "Me", "Cf")
"""Marks that stand on the letter before them, and what joins letters."""


def width_of(text: str) -> int:
    """The columns that a text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.category(character) in _WITHOUT_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


class Words:
    """The words of a tree with the spaces between them."""

    def __init__(self, tree: Tree, file: Block) -> None:
        self.texts = [tree.words(at) for at in range(len(tree.tokens))]
        self.spaces = spacing(tree)
        _part_statements(file, self.spaces)
        self._starts: list[int] = []
        self._ends: list[int] = []
        column = 0
        for spaces, text in zip(self.spaces, self.texts, strict=True):
            self._starts.append(column + spaces)
            column += spaces + width_of(text)
            self._ends.append(column)

    def space(self, at: int, pads: Mapping[int, int] = _NO_PADS) -> int:
        """The spaces before a token."""
        return pads.get(at, self.spaces[at])

    def width(self, first: int, last: int, pads: Mapping[int, int] = _NO_PADS) -> int:
        """How wide the tokens are on one line."""
        more = sum(spaces - self.spaces[at] for at, spaces in pads.items() if first < at <= last)
        return self._ends[last] - self._starts[first] + more

    def line(self, first: int, last: int, pads: Mapping[int, int] = _NO_PADS) -> str:
        """The tokens on one line."""
        rest = (" " * self.space(at, pads) + self.texts[at] for at in range(first + 1, last + 1))
        return self.texts[first] + "".join(rest)


def _part_statements(file: Block, spaces: list[int]) -> None:
    """Statements that share a line stand two spaces apart."""
    waiting = [file]
    while waiting:
        block = waiting.pop()
        for statement in block.statements:
            if statement is not block.statements[0]:
                spaces[statement.first] = 2
            waiting += statement.blocks
