"""One operation on keys: exactly as the interpreter where all parts are known, else everything that it could come to."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from typing import Any

from tierlang.analysis.keys import ANY, Key, Span, ends_of, is_known
from tierlang.engines.interpreter.expressions import combine
from tierlang.engines.interpreter.facts import Account, Facts
from tierlang.program.expressions import (
    Absolute,
    AllOf,
    AnyOf,
    Arithmetic,
    AtLeast,
    Choose,
    Compare,
    DaysSince,
    Expression,
    Extreme,
    FirstOf,
    IsMissing,
    LookedUp,
    Negative,
    Not,
    OneOf,
    Rounded,
    kind_of,
)
from tierlang.program.nodes import Program
from tierlang.program.numbers import LIMIT, SCALE, half, in_limits, product, round_to
from tierlang.program.values import Kind

NUMBERS = Span(1 - LIMIT, LIMIT - 1)
DATES = Span(dt.date.min, dt.date.max)


def blank(program: Program, as_of: dt.date) -> Facts:
    """Facts of nobody, for operations whose parts are given."""
    return Facts(program, Account("", {}), as_of, {})


def apply(expression: Expression, parts: Sequence[Key], facts: Facts) -> Sequence[Key]:
    """All that the operation can come to; nothing where it is a fault, since no run accepts such an account."""
    for part in parts:
        if not is_known(part):
            return _loose(expression, parts, facts)
    value = combine(expression, tuple(parts), facts)
    if type(value) is int and not in_limits(value):
        return ()
    return (value,)


def widest(kind: Kind) -> tuple[Key, ...]:
    """Everything that a value of the kind can be."""
    if kind is Kind.FLAG:
        return (True, False, None)
    return (NUMBERS if kind.is_numeric else DATES if kind is Kind.DATE else ANY, None)


def _loose(expression: Expression, parts: Sequence[Key], facts: Facts) -> Sequence[Key]:
    match expression:
        case IsMissing():
            return (False,)
        case FirstOf():
            return (next(part for part in parts if part is not None),)
        case AllOf() | AnyOf() | AtLeast() | Not():
            return _flags(expression, parts, facts)
        case Choose():
            return _chosen(parts)
        case Extreme(which=which, skip_missing=skip):
            return _extreme(which, parts, skip)
        case LookedUp(table=table, column=column):
            lookup = next(each for each in facts.program.lookups if each.name == table)
            at = [each.name for each in lookup.columns].index(column)
            return (None,) if None in parts else tuple({row[1][at]: 0 for row in lookup.rows} | {None: 0})
        case _ if any(part is None for part in parts):
            return (None,)
        case Compare(operator=sign):
            return _compared(sign, parts[0], parts[1])
        case OneOf(values=values):
            inside = type(parts[0]) is not Span or any(_within(parts[0], each) for each in values)
            return (True, False) if inside else (False,)
        case Negative():
            return (Span(-parts[0].high, -parts[0].low),)
        case Absolute():
            low, high = ends_of(parts[0])
            ends = sorted((abs(low), abs(high)))
            return (Span(0 if low <= 0 <= high else ends[0], ends[1]),)
        case Rounded(digits=digits):
            low, high = ends_of(parts[0])
            return _numbers(round_to(low, digits), round_to(high, digits))
        case DaysSince():
            first, last = ends_of(parts[0])
            return _numbers((facts.as_of - last).days * SCALE, (facts.as_of - first).days * SCALE)
        case Arithmetic(operator=sign):
            return _arithmetic(sign, parts[0], parts[1])
        case _:
            return widest(kind_of(expression))


def _within(span: Span, value: Any) -> bool:
    return bool(span.low <= value <= span.high)


def _flags(expression: Expression, parts: Sequence[Key], facts: Facts) -> Sequence[Key]:
    """Logic over flags of which some are anything: each of them tried both ways."""
    ways = itertools.product(*[(True, False) if part is ANY else (part,) for part in parts])
    return tuple({combine(expression, way, facts): 0 for way in ways})


def _chosen(parts: Sequence[Key]) -> Sequence[Key]:
    found: list[Key] = []
    for when, value in zip(parts[0:-1:2], parts[1:-1:2], strict=True):
        if when is ANY:
            found.append(value)
        elif when is True:
            return (*found, value)
    return (*found, parts[-1])


def _extreme(which: str, parts: Sequence[Key], skip: bool) -> Sequence[Key]:
    present = [part for part in parts if part is not None]
    if len(present) < len(parts) and not skip:
        return (None,)
    ends = [ends_of(part) for part in present]
    pick = min if which == "least" else max
    return (Span(pick(end[0] for end in ends), pick(end[1] for end in ends)),)


def _compared(sign: str, left: Key, right: Key) -> Sequence[Key]:
    if left is ANY or right is ANY:
        return (True, False)
    (a, b), (c, d) = ends_of(left), ends_of(right)
    match sign:
        case "<":
            sure, never = b < c, a >= d
        case "<=":
            sure, never = b <= c, a > d
        case ">":
            sure, never = a > d, b <= c
        case ">=":
            sure, never = a >= d, b < c
        case "=":
            sure, never = False, b < c or d < a
        case _:
            sure, never = b < c or d < a, False
    return (True,) if sure else (False,) if never else (True, False)


def _numbers(low: int, high: int) -> Sequence[Key]:
    """The part of a span that is no fault."""
    low, high = max(low, 1 - LIMIT), min(high, LIMIT - 1)
    return () if low > high else (low,) if low == high else (Span(low, high),)


def _arithmetic(sign: str, left: Key, right: Key) -> Sequence[Key]:
    (a, b), (c, d) = ends_of(left), ends_of(right)
    match sign:
        case "+":
            return _numbers(a + c, b + d)
        case "-":
            return _numbers(a - d, b - c)
        case "*":
            corners = [product(x, y) for x in (a, b) for y in (c, d)]
            return _numbers(min(corners), max(corners))
        case _:
            return _quotient(a, b, c, d)


def _quotient(a: int, b: int, c: int, d: int) -> Sequence[Key]:
    found: list[Key] = [None] if c <= 0 <= d else []
    for low, high in ((c, min(d, -1)), (max(c, 1), d)):
        if low <= high:
            corners = [half(x * SCALE * (1 if y > 0 else -1), abs(y)) for x in (a, b) for y in (low, high)]
            found += _numbers(min(corners), max(corners))
    return tuple(found)
