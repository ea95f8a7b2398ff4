"""Reads the tokens of a text into a tree, and goes on after what it cannot read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tierlang.diagnostics.diagnostic import Diagnostic, Edit, Fix, Severity
from tierlang.source import Source, Span
from tierlang.syntax import (
    adjusting,
    allowing,
    arriving,
    asking,
    calling,
    declaring,
    expecting,
    firing,
    foreign,
    giving,
    holding,
    keeping,
    moving,
    phrases,
    remembering,
    spoken,
    structure,
    triggering,
    windows,
)
from tierlang.syntax import nodes as n
from tierlang.syntax.building import declarations, events, expressions, inputs, ladders, mobility, scores, tests, values
from tierlang.syntax.building.context import Maker, Making
from tierlang.syntax.complaints import Complaints
from tierlang.syntax.heads import HEADS
from tierlang.syntax.literals import Wrong, read_date, read_numeral, read_text
from tierlang.syntax.machine import Machine
from tierlang.syntax.mending import Mend, Place
from tierlang.syntax.resuming import next_place
from tierlang.syntax.structure import unclosed
from tierlang.syntax.tables import Tables
from tierlang.syntax.tokens import END, Token
from tierlang.syntax.wording import unexpected

_ROOMS = (values, expressions, events, declarations, inputs, scores, ladders, mobility, tests)
MAKERS: dict[str, Maker] = {name: maker for room in _ROOMS for name, maker in room.MAKERS.items()}

_MENDS = (
    *(
        moving.line_of_ladder,
        *allowing.MENDS,
        *remembering.MENDS,
        *arriving.MENDS,
        *giving.MENDS,
        *expecting.MENDS,
        *keeping.MENDS,
        *triggering.MENDS,
        *firing.MENDS,
        *holding.MENDS,
        *calling.MENDS,
        *windows.MENDS,
        *asking.MENDS,
        *adjusting.MENDS,
        *declaring.MENDS,
        *spoken.MENDS,
        phrases.is_value,
        spoken.quoted_name,
    ),
    *(*foreign.MENDS, *phrases.MENDS, *structure.MENDS),
)
_EARLY = {"NUMBER": windows.glued_unit, "IN": windows.early_window, "NO": spoken.worded_no}
"""Mistakes that the grammar would read as something else, by the token that they begin with."""
_LITERALS = frozenset(("TEXT", "NUMBER", "DATE"))
_MOST_MENDS = 500
"""A text with more mistakes than this is no rule file; what follows is only skipped."""


class Reader:
    """One parse of one text."""

    def __init__(self, source: Source, tables: Tables, tokens: list[Token]) -> None:
        self.source = source
        self.tables = tables
        self.tokens = tokens
        self.complaints = Complaints(source)
        self.machine = Machine(tables, self._shifted, self._build)
        self.allows: list[n.Allow] = []
        self._loose_allows = 0
        self._mends_left = _MOST_MENDS
        self._lent = 0
        self._resumed_outside: int | None = None

    def read(self) -> tuple[n.Declaration, ...]:
        """Every declaration that could be read."""
        at = 0
        while True:
            token = self.tokens[at]
            if (find := _EARLY.get(token.kind)) and (early := self._early(find, at)):
                self._apply(early, at)
            elif self.machine.feed(token):
                if token.kind == END:
                    return tuple(self.machine.result())
                at += 1
            elif self.complaints.are_many and token.kind != END:
                at = self._give_up(token)
            else:
                at = self._recover(at) if (mended := self._mend(at)) is None else mended

    def _early(self, find: Callable[[Place], Mend | None], at: int) -> Mend | None:
        """A mistake that begins with this token, found before the token is taken."""
        token = self.tokens[at]
        if token.kind == "NUMBER" and token.text[-1] not in windows.ENDINGS:
            return None
        return find(self._place(at))

    def _build(self, maker: str, parts: list[Any], start: int, end: int) -> Any:
        span = Span(self.source, start, end)
        if self._loose_allows:
            parts = self._without_allows(
                parts, Span(self.source, 0, len(self.source.text)) if maker == "file" else span
            )
        if maker == "allow":
            self._loose_allows += 1
        return MAKERS[maker](Making(self.source, span, self.complaints.add), parts)

    def _without_allows(self, parts: list[Any], block: Span) -> list[Any]:
        """The parts of a block but what is allowed in it, which is kept aside."""
        found = tests.allowing(parts, block)
        if not found:
            return parts
        self._loose_allows -= len(found)
        self.allows += found
        return [part for part in parts if not isinstance(part, n.Allow)]

    def _shifted(self, token: Token) -> Any:
        """The value of a token: a literal is read and checked here."""
        if token.kind not in _LITERALS:
            return token
        span = Span(self.source, token.start, token.end)
        match token.kind:
            case "TEXT":
                value, wrong = read_text(token.text)
                self._check(wrong, token)
                return n.Text(value=value, span=span)
            case "NUMBER":
                numeral = read_numeral(token.text)
                self._check(numeral.wrong, token)
                text = numeral.wrong.instead if numeral.wrong else None
                return n.Number(value=numeral.value, text=text or token.text, form=numeral.form, span=span)
            case "DATE":
                date, wrong = read_date(token.text)
                self._check(wrong, token)
                return n.Date(value=date, span=span)
            case _:
                raise AssertionError(token)

    def _check(self, wrong: Wrong | None, token: Token) -> None:
        if wrong is None:
            return
        end = token.end if wrong.end is None else token.start + wrong.end
        span = Span(self.source, token.start + wrong.start, end)
        # `[100,200]` may be two numbers: what to write there only the writer knows.
        ahead = self.source.text[max(token.start - 100, 0) : token.start].rstrip()[-1:]
        fixes: tuple[Fix, ...] = ()
        if wrong.instead is not None and not ("," in token.text and ahead in ("[", "(", ",")):
            lone_comma = token.text.count(",") == 1 and "." not in token.text  # `1,000` is 1 in half of Europe
            fixes = (Fix(f"write `{wrong.instead}`", (Edit(span, wrong.instead),), certain=not lone_comma),)
        self.complaints.mended(Diagnostic(wrong.code, Severity.ERROR, span, wrong.message, wrong.hints, fixes=fixes))
        self.complaints.holes.append(span)

    def _mend(self, at: int) -> int | None:
        """Read a known mistake as what it means, with a complaint; the place to go on at, or None where it is not one."""
        place = self._place(at)
        if self._mends_left == 0:
            return None
        mend = next((found for find in _MENDS if (found := find(place)) is not None), None)
        if mend is None:
            return None
        self._apply(mend, at)
        return at

    def _apply(self, mend: Mend, at: int) -> None:
        self._mends_left -= 1
        lent = sum(one.kind == "RBRACE" for one in mend.tokens)
        if mend.complaint.code != "stray-brace" or self._lent == 0:
            self.complaints.mended(mend.complaint)
        else:
            lent = -1  # the brace that seemed to be missing further up
        self._lent += lent
        if mend.guess:
            self.complaints.holes.append(mend.complaint.span)
        if mend.back:
            self.machine.cut(len(self.machine.states) - 1 - mend.back)
        self.tokens[at : at + mend.drop] = mend.tokens

    def _recover(self, at: int) -> int:
        """Complain of the token, go to the next place where reading can go on, and make the stack fit it."""
        at = self._line_start(at)
        token = self.tokens[at]
        place = self._place(at)
        complaint = unexpected(place)
        # Lines that follow misread text outside of every block are mostly the lines of a block whose opening or end was misread.
        follows = at == self._resumed_outside and complaint.code == "misplaced-line"
        if not (follows or self.complaints.are_many):
            self.complaints.unread(complaint)
        for lookahead in ("RBRACE", "USE"):
            if self.machine.accepts(lookahead):  # the line is complete up to here: keep it
                self.machine.settle(lookahead)
                break
        resume = next_place(place)
        above = self.machine.extent(resume.depth + 1) if resume.depth + 1 < len(self.machine.states) else None
        start = above[0] if above else token.start
        self.machine.cut(resume.depth)
        self._resumed_outside = resume.at if self.machine.accepts(END) else None
        to = self.tokens[resume.at]
        self.complaints.holes.append(Span(self.source, start, max(to.start, token.end)))
        if resume.closing:
            self.complaints.add(unclosed(self._place(resume.at), resume.closing))
            self._lent += resume.closing
            for _ in range(resume.closing):
                self.machine.feed(Token("RBRACE", "}", to.start, to.start))
        return resume.at

    def _line_start(self, at: int) -> int:
        """The place of the token; or of the one before it, where a line's first word was taken for a name that the line before lacks."""
        place = self._place(at)
        before, depth = place.before, len(self.machine.states) - 1
        if (
            before is not None
            and before.first
            and before.text in HEADS
            and place.on_top(1)
            and self.machine.only_a_name(before.kind, depth=depth)
            and not self.machine.accepts("RBRACE", depth=depth)
        ):
            self.machine.cut(depth - 1)
            return at - 1
        return at

    def _give_up(self, token: Token) -> int:
        """Leave the rest unread; the place of its end."""
        rest = Span(self.source, token.start, token.end)
        message = "there are so many mistakes that the rest of the file was not read"
        self.complaints.add(Diagnostic("unexpected-text", Severity.ERROR, rest, message, ("is this a rule file?",)))
        self.complaints.holes.append(Span(self.source, token.start, len(self.source.text)))
        return len(self.tokens) - 1

    def _place(self, at: int) -> Place:
        return Place(self.source, self.tables, self.machine, self.tokens, at)
