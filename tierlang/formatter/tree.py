"""A text as its tokens and the parts that the grammar makes of them: what the layout is decided from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

import attrs

from tierlang.source import Source
from tierlang.syntax.machine import Machine
from tierlang.syntax.tables import tables
from tierlang.syntax.tokens import END, Token, tokenize


@attrs.frozen(eq=False, repr=False, slots=False)
class Part:
    """A run of tokens, `first` to `last`, that one rule of the grammar has made; `maker` is the rule's name."""

    maker: str
    first: int
    last: int
    parts: tuple[Part, ...]


Item: TypeAlias = "int | Part"
"""A token of a part's own (its number), or a part in it."""


@attrs.frozen(eq=False, repr=False, slots=False)
class Tree:
    """A rule file: its tokens (the last one is the end), its comments, and the part that is the whole file."""

    source: Source
    tokens: list[Token]
    comments: list[Token]
    file: Part

    def kind(self, at: int) -> str:
        """The kind of a token."""
        return self.tokens[at].kind

    def words(self, at: int) -> str:
        """A token as it is written; white space inside of one (`as of`, `allow same-plays`) is a single space."""
        token = self.tokens[at]
        return word(token)

    def between(self, left: int, right: int) -> str:
        """The text from the end of one token to the start of another."""
        return self.source.text[self.tokens[left].end : self.tokens[right].start]


def word(token: Token) -> str:
    """The text of a token with white space between its words made single; texts and numbers stay as they are."""
    if token.kind in ("TEXT", "NUMBER", "NAME"):
        return token.text
    return " ".join(token.text.split())


def read(source: Source) -> Tree | None:
    """The tree of a text; None where the grammar does not take it."""
    tokens, comments = tokenize(tables(), source.text)
    starts = {token.start: at for at, token in enumerate(tokens)}
    ends = {token.end: at for at, token in enumerate(tokens) if token.kind != END}

    def build(maker: str, values: list[Any], start: int, end: int) -> Part:
        parts = tuple(value for value in values if isinstance(value, Part))
        if end == 0:
            return Part(maker, 0, -1, parts)
        return Part(maker, starts[start], ends[end], parts)

    machine = Machine(tables(), lambda token: None, build)
    for token in tokens:
        if not machine.feed(token):
            return None
    return Tree(source, tokens, comments, machine.result())


def items(part: Part) -> Iterator[Item]:
    """What a part consists of, in order: tokens of its own, and the parts in it."""
    at = part.first
    for inner in part.parts:
        yield from range(at, inner.first)
        yield inner
        at = inner.last + 1
    yield from range(at, part.last + 1)


def own(part: Part) -> Iterator[int]:
    """The tokens of a part that are in none of its parts."""
    return (item for item in items(part) if isinstance(item, int))


def walk(roots: Iterator[Part] | list[Part] | tuple[Part, ...]) -> Iterator[Part]:
    """The parts and all parts in them, the outer before the inner ones, without recursion."""
    waiting = list(roots)[::-1]
    while waiting:
        part = waiting.pop()
        yield part
        waiting += part.parts[::-1]
