"""Reads the tokens of a text into a tree, and goes on after what it cannot read."""

from __future__ import annotations

from typing import Any

from tierlang.diagnostics.diagnostic import Diagnostic, Edit, Fix, Severity
from tierlang.source import Source, Span
from tierlang.syntax import nodes as n
from tierlang.syntax.building import declarations, expressions, ladders, scores
from tierlang.syntax.building.context import Maker, Making
from tierlang.syntax.complaints import Complaints
from tierlang.syntax.literals import Wrong, read_date, read_numeral, read_text
from tierlang.syntax.machine import Machine
from tierlang.syntax.tables import Tables
from tierlang.syntax.tokens import END, Token
from tierlang.syntax.wording import unexpected

MAKERS: dict[str, Maker] = {**expressions.MAKERS, **declarations.MAKERS, **scores.MAKERS, **ladders.MAKERS}


class Reader:
    """One parse of one text."""

    def __init__(self, source: Source, tables: Tables, tokens: list[Token]) -> None:
        self.source = source
        self.tables = tables
        self.tokens = tokens
        self.complaints = Complaints(source)
        self.machine = Machine(tables, self._shifted, self._build)

    def read(self) -> tuple[n.Declaration, ...]:
        """Every declaration that could be read."""
        at = 0
        while True:
            token = self.tokens[at]
            if self.machine.feed(token):
                if token.kind == END:
                    return tuple(self.machine.result())
                at += 1
            else:
                at = self._recover(at)

    def _build(self, maker: str, parts: list[Any], start: int, end: int) -> Any:
        return MAKERS[maker](Making(self.source, Span(self.source, start, end), self.complaints.add), parts)

    def _shifted(self, token: Token) -> Any:
        """The value of a token: a literal is read and checked here."""
        span = Span(self.source, token.start, token.end)
        match token.kind:
            case "TEXT":
                value, wrong = read_text(token.text)
                self._check(wrong, token)
                return n.Text(value=value, span=span)
            case "NUMBER":
                numeral = read_numeral(token.text)
                self._check(numeral.wrong, token)
                return n.Number(value=numeral.value, text=token.text, form=numeral.form, span=span)
            case "DATE":
                date, wrong = read_date(token.text)
                self._check(wrong, token)
                return n.Date(value=date, span=span)
            case _:
                return token

    def _check(self, wrong: Wrong | None, token: Token) -> None:
        if wrong is None:
            return
        end = token.end if wrong.end is None else token.start + wrong.end
        span = Span(self.source, token.start + wrong.start, end)
        fixes = (Fix(f"write `{wrong.instead}`", (Edit(span, wrong.instead),)),) if wrong.instead is not None else ()
        self.complaints.add(Diagnostic(wrong.code, Severity.ERROR, span, wrong.message, wrong.hints, fixes=fixes))
        self.complaints.holes.append(span)

    def _recover(self, at: int) -> int:
        """Complain of the token, go to the next place where reading can go on, and make the stack fit it."""
        token = self.tokens[at]
        self.complaints.add(unexpected(self.source, self.machine, self.tables, self.tokens, at))
        complete = self.machine.accepts("RBRACE") or self.machine.accepts(END)
        to, depth = self._next_place(at, complete)
        if depth is None:
            extent = None
        else:
            extent = self.machine.extent(depth + 1) if depth + 1 < len(self.machine.states) else None
            self.machine.cut(depth)
        start = extent[0] if extent else token.start
        self.complaints.holes.append(Span(self.source, start, max(self.tokens[to].start, token.end)))
        if self.tokens[to].kind == END:
            while not self.machine.accepts(END):
                self._close_innermost(self.tokens[to])
        return to

    def _close_innermost(self, end: Token) -> None:
        """Close the innermost open block at the end of the text, without the line that stands unfinished in it."""
        if not self.machine.accepts("RBRACE"):
            homes = (
                d for d in reversed(range(len(self.machine.states))) if self.machine.states[d] in self.tables.homes
            )
            self.machine.cut(next(homes))
        if self.machine.accepts("RBRACE"):
            self.machine.feed(Token("RBRACE", "", end.start, end.start))

    def _next_place(self, at: int, complete: bool) -> tuple[int, int | None]:
        """The token to go on with, and the depth to cut the stack to (None: leave it as it is)."""
        inside = 0
        for place in range(at, len(self.tokens)):
            token = self.tokens[place]
            if token.kind == END:
                return place, None
            if inside and not self._is_outermost(token):
                inside += {"LBRACE": 1, "RBRACE": -1}.get(token.kind, 0)
                continue
            if token.first or token.kind == "RBRACE":
                if complete and place > at and self._may_start(place, None):
                    return place, None
                depth = self._home_for(place)
                if depth is not None:
                    return place, depth
            if token.kind == "LBRACE":
                inside += 1
        raise AssertionError("the tokens do not end")

    def _home_for(self, place: int) -> int | None:
        """The innermost open block (or the file) that can take the line that begins here."""
        for depth in reversed(range(len(self.machine.states))):
            if self.machine.states[depth] in self.tables.homes and self._may_start(place, depth):
                return depth
        return None

    def _may_start(self, place: int, depth: int | None) -> bool:
        kind, following = self.tokens[place].kind, self.tokens[place + 1].kind
        stack = None if depth is None else depth + 1
        if kind == "RBRACE":
            return self.machine.accepts(kind, depth=stack)
        return self.machine.accepts(kind, following, depth=stack)

    def _is_outermost(self, token: Token) -> bool:
        """Whether a token stands at the very left and opens a declaration."""
        left = token.start == 0 or self.source.text[token.start - 1] == "\n"
        return left and self.tables.actions(self.tables.start).get(token.kind, -1) >= 0
