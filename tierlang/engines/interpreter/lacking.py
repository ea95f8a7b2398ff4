"""What a condition lacks: the parts of it that are not true of an account, each with what it read and how far off it is. Nothing is guessed; a part that cannot be taken apart stands as it is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import cast

import attrs

from tierlang.engines.interpreter.enduring import course_of
from tierlang.engines.interpreter.expressions import value_of
from tierlang.engines.interpreter.facts import Facts
from tierlang.engines.interpreter.reads import Read, missing_names, reads_of
from tierlang.engines.interpreter.signals import Stretch, stretches
from tierlang.program.expressions import AllOf, AnyOf, AtLeast, Compare, CompareOperator, Constant, Defined, Expression
from tierlang.program.nodes import Condition, Derive, Enduring, Sustained
from tierlang.program.values import Kind
from tierlang.source import Span

_NUMBERS = (Kind.WHOLE, Kind.NUMBER, Kind.MONEY)


@attrs.frozen
class Gap:
    """A number that is on the wrong side of a constant: `value` of what people call `name`, and `bound`, which it would have to be by `operator` (all in 1/10,000ths)."""

    name: str
    value: int
    operator: CompareOperator
    bound: int


@attrs.frozen
class Lasting:
    """A condition that has to hold for some days: since when it has held without a break up to the as-of date (None: it does not hold on that day, or is unknown), for how many days, and of how many."""

    since: dt.date | None
    days: int
    needed: int


@attrs.frozen
class Lack:
    """A part of a condition that is not true of the account; `unknown`: nor false.

    `text` are the user's words. `inside` are the parts of a named condition that it hangs on. Where one of several parts would do, they are `either`, each with what it lacks itself; `of` says how many of them are needed.
    """

    text: str
    unknown: bool
    reads: tuple[Read, ...] = ()
    missing: tuple[str, ...] = ()
    gap: Gap | None = None
    lasting: Lasting | None = None
    inside: tuple[Lack, ...] = ()
    either: tuple[tuple[Lack, ...], ...] = ()
    of: int = 1


def lacks_of(condition: Condition, facts: Facts) -> tuple[Lack, ...]:
    """What keeps the condition from being true; nothing where it is."""
    return tuple(_lacks(condition.test, facts.aside(), condition.text))


def _lacks(expression: Expression, facts: Facts, words: str) -> Iterator[Lack]:
    """The parts that all would have to become true; `words` are those of whatever the expression is a part of."""
    answer = value_of(expression, facts, "")
    if answer is True:
        return
    text = _words(expression.span) or words
    match expression:
        case AllOf(parts=parts):
            for part in parts:
                yield from _lacks(part, facts, text)
        case AnyOf(parts=parts):
            yield _one_of(parts, 1, facts, text, unknown=answer is None)
        case AtLeast(count=count, parts=parts):
            true = sum(value_of(part, facts, "") is True for part in parts)
            yield _one_of(parts, count - true, facts, text, unknown=answer is None)
        case Defined():
            yield from _named(expression, facts, text, unknown=answer is None)
        case _:
            yield _leaf(expression, facts, text, unknown=answer is None)


def _one_of(parts: Sequence[Expression], needed: int, facts: Facts, text: str, *, unknown: bool) -> Lack:
    lacking = (tuple(_lacks(part, facts, text)) for part in parts)
    return Lack(text, unknown, either=tuple(each for each in lacking if each), of=needed)


def _named(expression: Defined, facts: Facts, text: str, *, unknown: bool) -> Iterator[Lack]:
    """What stands behind a name: a hidden part is looked into, a derived condition named and looked into, a lasting one counted."""
    program = facts.program
    definitions = (*program.definitions, *program.relative, *program.facts)
    match next((each for each in definitions if each.name == expression.name), None):
        case Derive(hidden=True, value=value) as derive:
            yield from _lacks(value, facts, derive.text)
        case Derive(value=value, text=words) as derive if derive.kind is Kind.FLAG:
            inside = tuple(_lacks(value, facts, words))
            yield attrs.evolve(_leaf(expression, facts, text, unknown=unknown), inside=inside)
        case Sustained() as sustained:
            days = stretches(sustained, facts)
            yield attrs.evolve(_leaf(expression, facts, text, unknown=unknown), lasting=_lasting(days))
        case Enduring() as enduring:
            days = course_of(enduring, facts)
            yield attrs.evolve(_leaf(expression, facts, text, unknown=unknown), lasting=_lasting(days))
        case _:
            yield _leaf(expression, facts, text, unknown=unknown)


def _leaf(expression: Expression, facts: Facts, text: str, *, unknown: bool) -> Lack:
    missing = missing_names(expression, facts) if unknown else ()
    gap = _gap(expression, facts) if isinstance(expression, Compare) else None
    return Lack(text, unknown, reads_of(expression, facts), missing, gap)


_TURNED: dict[CompareOperator, CompareOperator] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


def _gap(compare: Compare, facts: Facts) -> Gap | None:
    """How far a number is from the constant that it is compared with."""
    for left, right, operator in (
        (compare.left, compare.right, compare.operator),
        (compare.right, compare.left, _TURNED[compare.operator]),
    ):
        if isinstance(right, Constant) and right.kind in _NUMBERS and not isinstance(left, Constant):
            value = value_of(left, facts, "")
            if value is None or right.value is None:
                return None
            reads = reads_of(left, facts)
            name = reads[0].name if len(reads) == 1 and reads[0].value == value else _words(left.span)
            return None if name is None else Gap(name, cast(int, value), operator, cast(int, right.value))
    return None


def _lasting(days: tuple[Stretch, ...]) -> Lasting:
    needed = sum(_length(each) for each in days)
    held: list[Stretch] = []
    for each in reversed(days):
        if each.answer is not True:
            break
        held.append(each)
    return Lasting(held[-1].first if held else None, sum(map(_length, held)), needed)


def _length(stretch: Stretch) -> int:
    return (stretch.last - stretch.first).days + 1


def _words(span: Span | None) -> str | None:
    """The text of a place on one line; none where comments stand in it."""
    if span is None or "#" in span.text:
        return None
    return " ".join(span.text.split())
