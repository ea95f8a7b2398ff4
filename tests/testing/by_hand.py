"""Expressions by hand that know where they are written, for tests of how a condition's parts are shown."""

from __future__ import annotations

import re
from typing import TypeVar

import attrs

from tierlang.program.expressions import Expression
from tierlang.program.written import Written
from tierlang.source import Source, Span

W = TypeVar("W", bound=Written)


@attrs.frozen
class Page:
    """A rule file of which only some words matter."""

    source: Source

    def place(self, words: str, nth: int = 1) -> Span:
        """Where these words stand for the nth time."""
        found = [match.start() for match in re.finditer(re.escape(words), self.source.text)]
        return self.source.span(found[nth - 1], found[nth - 1] + len(words))

    def at(self, node: W, words: str, nth: int = 1) -> W:
        """The node, written there."""
        return attrs.evolve(node, span=self.place(words, nth))


def page(text: str) -> Page:
    """A page of this text."""
    return Page(Source("rules.tier", text))


def written(node: Expression) -> bool:
    """Whether the expression knows its place."""
    return node.span is not None
