"""What a value can be, cell by cell: known values, spans of numbers or dates, anything; and the choices of inputs that make it so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple, TypeAlias

from tierlang.program.values import Value


class Span(NamedTuple):
    """Some number (in 1/10,000ths) or date between the two, both in; which ones there really are is not said."""

    low: Any
    high: Any


class Anything:
    """Some value, not missing; nothing more is known."""

    def __repr__(self) -> str:
        return "ANY"


ANY = Anything()

Key: TypeAlias = Any
"""A value, a `Span`, `ANY`, or a tuple of such for things that are told together."""


class Pick(NamedTuple):
    """One input, and what it has to be."""

    name: str
    value: Any


Choice: TypeAlias = Any
"""Picks, nested in pairs: joining is cheap, and few of them are ever read. `()` is no pick at all, None says that no account is known to be so."""

Cells: TypeAlias = dict[Key, Choice]
"""Everything that something can be: each account is in one of the keys, and a key with a choice is what an account with these picks has."""


def is_known(key: Key) -> bool:
    """Whether the key is a value, not a set of them."""
    return type(key) is not Span and key is not ANY


def join(one: Choice, other: Choice) -> Choice:
    """Both choices together; none if one of them is none."""
    if one is None or other is None:
        return None
    return other if one == () else one if other == () else (one, other)


def add(cells: Cells, key: Key, choice: Choice) -> None:
    """Put a key in; the first choice of a key stays, so that the same is always found."""
    if cells.get(key) is None and (choice is not None or key not in cells):
        cells[key] = choice


def picks_of(choice: Choice) -> Iterator[Pick]:
    """The picks of a choice."""
    waiting = [choice]
    while waiting:
        current = waiting.pop()
        if isinstance(current, Pick):
            yield current
        elif current:
            waiting.extend(reversed(current))


def ends_of(key: Key) -> tuple[Any, Any]:
    """The least and greatest of a number or date, or of a span of them."""
    return (key.low, key.high) if type(key) is Span else (key, key)


def ordinal(value: Value) -> int:
    """A number or date as an integer to cut at."""
    if isinstance(value, dt.date):
        return value.toordinal()
    assert isinstance(value, int)
    return value
