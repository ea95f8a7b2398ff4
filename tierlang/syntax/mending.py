"""Where the parser stands when a token cannot come, and what a mend of it is."""

from __future__ import annotations

import attrs

from tierlang.diagnostics.diagnostic import Diagnostic, Edit, Fix, Severity
from tierlang.source import Source, Span
from tierlang.syntax.machine import Machine
from tierlang.syntax.tables import Tables
from tierlang.syntax.tokens import END, Token


@attrs.frozen
class Mend:
    """How to go on as if the text had been right: take back, put in and leave out tokens, and complain.

    `back` tokens before the place are taken back from the parser, the next `drop` ones are left out, and `tokens` come instead of all.
    A `guess` stands in for what only the writer knows, so that nothing else is said of the place.
    """

    complaint: Diagnostic
    tokens: tuple[Token, ...] = ()
    drop: int = 0
    back: int = 0
    guess: bool = False


@attrs.frozen
class Place:
    """The token that cannot come, with what stands around it."""

    source: Source
    tables: Tables
    machine: Machine
    tokens: list[Token]
    at: int

    @property
    def token(self) -> Token:
        """The token that cannot come."""
        return self.tokens[self.at]

    @property
    def before(self) -> Token | None:
        """The last token that came."""
        return self.tokens[self.at - 1] if self.at else None

    def after(self, steps: int = 1) -> Token:
        """A token further on; the end of the text repeats."""
        return self.tokens[min(self.at + steps, len(self.tokens) - 1)]

    def span(self, first: Token | None = None, last: Token | None = None) -> Span:
        """The place of the token, or from one token to another."""
        start = first or self.token
        return Span(self.source, start.start, (last or start).end)

    def accepts(self, *kinds: str, back: int = 0) -> bool:
        """Whether these could come now, or after `back` tokens are taken back."""
        return self.on_top(back) and self.machine.accepts(*kinds, depth=len(self.machine.states) - back)

    def on_top(self, count: int) -> bool:
        """Whether the last tokens before the place are the last that the parser took: only then can they be taken back."""
        top = len(self.machine.states)
        return self.at >= count and all(
            self.machine.extent(top - back) == (self.tokens[self.at - back].start, self.tokens[self.at - back].end)
            for back in range(1, count + 1)
        )

    def follows(self, *kinds: str) -> bool:
        """Whether the last tokens that came are of these kinds."""
        return [one.kind for one in self.tokens[max(self.at - len(kinds), 0) : self.at]] == list(kinds)

    def at_line_start(self) -> bool:
        """Whether a new line of a block, or a declaration, could begin here."""
        return self.machine.states[-1] in self.tables.homes or self.line_is_complete()

    def line_is_complete(self) -> bool:
        """Whether the line before the token could end here."""
        return self.machine.accepts("RBRACE") or self.machine.accepts(END)


def complaint(
    code: str,
    span: Span,
    message: str,
    *hints: str,
    write: str | None = None,
    title: str | None = None,
    on: Span | None = None,
    certain: bool = True,
) -> Diagnostic:
    """An error; `write` is the text that belongs there instead (or at `on`), `title` says so in words.

    It is `certain` where the text can mean nothing else; a word that is only like a word of the language is not.
    """
    fixes: tuple[Fix, ...] = ()
    if write is not None:
        words = title or (f"write `{write.strip()}`" if write.strip() else f"take out `{span.text}`")
        fixes = (Fix(words, (Edit(on or span, write),), certain),)
    return Diagnostic(code, Severity.ERROR, span, message, hints, fixes=fixes)


def renamed(token: Token, kind: str, text: str) -> Token:
    """The token as it should have been, at its place."""
    return Token(kind, text, token.start, token.end, token.first)
