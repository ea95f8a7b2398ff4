"""What z3 knows of one program: pieces, each a name with what is so of it and the pieces it needs, built when a question first reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Literal

import attrs
import z3  # type: ignore[import-untyped]

from tierlang.analysis.solving.logic import Amount, Truth
from tierlang.analysis.solving.symbols import Symbol, Unsure
from tierlang.analysis.solving.texts import Predicate, Texts
from tierlang.program.nodes import Field
from tierlang.source import Span


@attrs.frozen(eq=False)
class Crooked:
    """A product or quotient of two numbers that are both unknown: `result` is known to z3 by its bounds alone, until one of the two is fixed."""

    operator: Literal["*", "/"]
    result: Amount
    left: Amount
    right: Amount
    known: Truth
    span: Span | None


@attrs.frozen(eq=False)
class OpenText:
    """A text that cells give: which constants the field can never have is its own affair."""

    value: Amount
    field: Field | None


@attrs.define(eq=False)
class Piece:
    """One thing that is named, and all that has to be said about it."""

    name: str
    symbol: Symbol | None = None
    said: list[Truth] = attrs.field(factory=list)
    needs: dict[str, None] = attrs.field(factory=dict)
    predicates: dict[Predicate, None] = attrs.field(factory=dict)
    terms: dict[int, Amount] = attrs.field(factory=dict)
    constants: dict[str, None] = attrs.field(factory=dict)
    texts: list[OpenText] = attrs.field(factory=list)
    crooked: list[Crooked] = attrs.field(factory=list)
    unsure: list[Unsure] = attrs.field(factory=list)
    count: int = 0


@attrs.define(eq=False)
class Gathered:
    """Everything that a question stands on."""

    said: list[Truth]
    names: list[str]
    predicates: list[Predicate]
    constants: set[str]
    crooked: list[Crooked]
    unsure: list[Unsure]


class Room:
    """The pieces of one program, and the piece that is being built."""

    def __init__(self) -> None:
        self.context = z3.Context()
        self.texts = Texts(self.context)
        self.pieces: dict[str, Piece] = {}
        self._building: list[Piece] = []
        # Terms by whose number a rounding is known have to stay, or another term gets their number.
        self.kept: list[Amount] = []
        self.spares = False

    @property
    def now(self) -> Piece:
        """The piece that is being built."""
        return self._building[-1]

    def piece(self, name: str, make: Callable[[], Symbol]) -> Symbol:
        """The thing of this name, made now if nobody needed it before; the piece being built needs it from now on."""
        if self._building:
            self.now.needs[name] = None
        if name not in self.pieces:
            piece = Piece(name)
            self._building.append(piece)
            try:
                piece.symbol = make()
            finally:
                self._building.pop()
            self.pieces[name] = piece
        symbol = self.pieces[name].symbol
        assert symbol is not None
        return symbol

    def once(self, name: str, make: Callable[[], Symbol]) -> Piece:
        """A piece that nobody shares: a question."""
        self.pieces.pop(name, None)
        self.piece(name, make)
        return self.pieces.pop(name)

    def say(self, truth: Truth) -> None:
        """It is so, of whatever the piece being built is about."""
        if truth is not True:
            self.now.said.append(z3.BoolVal(False, self.context) if truth is False else truth)

    @contextmanager
    def sparing(self) -> Iterator[None]:
        """What is built here may never happen (it is about one event, perhaps of none), so a number out of bounds in it rules no account out; it is missing."""
        before, self.spares = self.spares, True
        try:
            yield
        finally:
            self.spares = before

    def unsure(self, why: str, span: Span | None) -> None:
        """What is being built is only roughly known."""
        self.now.unsure.append(Unsure(why, span))

    def number(self, name: str) -> z3.ArithRef:
        """A new whole number."""
        return z3.Int(self._name(name), self.context)

    def truth(self, name: str) -> z3.BoolRef:
        """A new truth value."""
        return z3.Bool(self._name(name), self.context)

    def _name(self, name: str) -> str:
        self.now.count += 1
        return f"{self.now.name}/{name}/{self.now.count}"

    def text_number(self, text: str) -> int:
        """The number of a constant text, which the question then reads."""
        self.now.constants[text] = None
        return self.texts.number(text)

    def says_text(self, predicate: Predicate, value: Amount) -> Truth:
        """Whether a text contains (starts with, ends with) a constant."""
        if not isinstance(value, int):
            self.now.predicates[predicate] = None
            self.now.terms[value.get_id()] = value
        return self.texts.holds(predicate, value)

    def gather(self, roots: Iterable[Piece]) -> Gathered:
        """The pieces, and whatever they need."""
        found: dict[str, Piece] = {}
        waiting = list(roots)
        while waiting:
            piece = waiting.pop()
            if piece.name not in found:
                found[piece.name] = piece
                waiting.extend(self.pieces[name] for name in piece.needs)
        pieces = sorted(found.values(), key=lambda piece: piece.name)
        predicates = list(dict.fromkeys(each for piece in pieces for each in piece.predicates))
        constants = {each for piece in pieces for each in piece.constants}
        terms = list({key: term for piece in pieces for key, term in piece.terms.items()}.values())
        texts = [each for piece in pieces for each in piece.texts]
        said = [truth for piece in pieces for truth in piece.said]
        said += self.texts.facts(predicates, terms, constants)
        for text in texts:
            said += [
                text.value != self.texts.number(each) for each in sorted(constants) if not can_be(text.field, each)
            ]
        return Gathered(
            said,
            [piece.name for piece in pieces],
            predicates,
            constants,
            [each for piece in pieces for each in piece.crooked],
            list(dict.fromkeys(each for piece in pieces for each in piece.unsure)),
        )


_FOLD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


def can_be(field: Field | None, text: str) -> bool:
    """Whether some cell of the field can mean this text."""
    if field is None:
        return bool(text.strip())
    if text == field.default:
        return True
    if not text.strip():
        return False
    if field.one_of:
        return text in field.one_of
    if text in {standard for _, standard in field.same}:
        return True
    if field.fold_case and text.translate(_FOLD) != text:
        return False
    return text not in {each.translate(_FOLD) if field.fold_case else each for each, _ in field.same}
