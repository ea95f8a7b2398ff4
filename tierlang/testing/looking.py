"""A condition of the program looked at for one account: its answer, and the value of every part that people can see in the rule file."""

from __future__ import annotations

import re
from typing import Literal

import attrs

from tierlang.engines.interpreter.expressions import holds, value_of
from tierlang.engines.interpreter.facts import Facts
from tierlang.program.expressions import (
    Attribute,
    Constant,
    Defined,
    Expression,
    Input,
    InTier,
    LookedUp,
    kind_of,
    parts_of,
)
from tierlang.program.nodes import Condition, Derive
from tierlang.program.values import Kind, Value
from tierlang.source import Span

_NAME = re.compile(r"[a-z][a-z0-9_]*$")
_IS = re.compile(r"\S+\s+(?=is\b)")


@attrs.frozen
class Piece:
    """One part of a condition and what it is for the account.

    `span` is the part as written, `at` the offset of the character that stands for it: its operator, or its first. A `truth` that is None is unknown, a `value` that is None is missing, a `tier` that is None is no tier.
    """

    span: Span
    at: int
    value: Value
    sort: Literal["truth", "value", "tier"]


@attrs.frozen
class Looked:
    """A condition, its answer (None: unknown), and its parts in the order in which they are written; the whole is one of them where it has a place."""

    condition: Condition
    answer: bool | None
    pieces: tuple[Piece, ...]

    @property
    def span(self) -> Span | None:
        """Where the condition is written."""
        return self.condition.test.span or self.condition.span


def look(condition: Condition, facts: Facts) -> Looked:
    """Ask the condition of the account once more, part by part; a number out of bounds is nobody's fault here."""
    aside = facts.aside()
    found: dict[tuple[int, int, bool], Piece] = {}
    inside = condition.test.span or condition.span
    if inside is not None:
        _look(condition.test, aside, inside, found)
    pieces = sorted(found.values(), key=lambda piece: (piece.at, -piece.span.end))
    return Looked(condition, holds(condition, aside), tuple(pieces))


def _look(expression: Expression, facts: Facts, inside: Span, found: dict[tuple[int, int, bool], Piece]) -> None:
    """Note the expression and its parts. What the compiler made of one piece of text is one part: the outermost."""
    opened = _opened(expression, facts)
    span = expression.span or opened.span
    if span is not None and _within(span, inside):
        if isinstance(opened, InTier):
            found.setdefault((span.start, span.end, True), Piece(span, span.start, _tier(opened, facts), "tier"))
        if not isinstance(opened, Constant) or _NAME.match(span.text):
            value = value_of(opened, facts, "")
            found.setdefault((span.start, span.end, False), Piece(span, _sign(opened, span), value, _sort(opened)))
    for part in parts_of(opened):
        _look(part, facts, inside, found)


def _opened(expression: Expression, facts: Facts) -> Expression:
    """What the compiler gave a name of its own is looked into; people never wrote that name."""
    while isinstance(expression, Defined):
        name = expression.name
        hidden = [
            each
            for each in (*facts.program.definitions, *facts.program.relative)
            if isinstance(each, Derive) and each.hidden and each.name == name
        ]
        if not hidden:
            break
        expression = hidden[0].value
    return expression


def _within(span: Span, outer: Span) -> bool:
    return span.source.path == outer.source.path and outer.start <= span.start and span.end <= outer.end


def _sort(expression: Expression) -> Literal["truth", "value"]:
    """Fields that are missing are missing; only what is asked of them is unknown."""
    plain = isinstance(expression, Input | Attribute | LookedUp | Constant)
    return "truth" if kind_of(expression) is Kind.FLAG and not plain else "value"


def _tier(test: InTier, facts: Facts) -> str | None:
    return facts.tiers.get(test.ladder)


def _sign(expression: Expression, span: Span) -> int:
    """The offset of the operator between an expression's first part and what follows; of its first character where there is none."""
    if isinstance(expression, InTier):
        is_ = _IS.match(span.text)
        return span.start + (is_.end() if is_ else 0)
    parts = parts_of(expression)
    first = parts[0].span if parts else None
    if first is None or not _within(first, span):
        return span.start
    if (first.start, first.end) == (span.start, span.end):
        return _sign(parts[0], span)
    if span.text[: first.start - span.start].strip("( \t\r\n"):
        return span.start
    rest = span.text[first.end - span.start :]
    at = first.end + len(rest) - len(rest.lstrip(") \t\r\n"))
    return at if at < span.end else span.start
