"""The plainest account that still does: without what it does not need, and with round numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

import attrs

from tierlang.accounts.cells import in_range
from tierlang.analysis.solving.rebuilding import plain_value
from tierlang.engines.interpreter.facts import Account
from tierlang.program.nodes import Field, Program
from tierlang.program.numbers import SCALE, half
from tierlang.program.values import Kind, Value

Does = Callable[[Account], bool]
T = TypeVar("T")


def plainest(program: Program, account: Account, does: Does, as_of: object) -> Account:
    """Try, in the order of the program, to leave out events, observations and values, then to round what is left."""
    account = _without_facts(account, does)
    for field in program.fields:
        value = account.values.get(field.name)
        # What nobody asked about is plain already.
        for plainer in _plainer(field, value):
            tried = attrs.evolve(account, values={**account.values, field.name: plainer})
            if does(tried):
                account = tried
                break
    return account


def _without_facts(account: Account, does: Does) -> Account:
    for name in account.events:
        for events in _fewer(account.events[name]):
            tried = attrs.evolve(account, events=_with(account.events, name, events))
            if does(tried):
                account = tried
                break
    for name in account.signals:
        for seen in _fewer(account.signals[name]):
            tried = attrs.evolve(account, signals=_with(account.signals, name, seen))
            if does(tried):
                account = tried
                break
    return account


def _fewer(every: tuple[T, ...]) -> Iterator[tuple[T, ...]]:
    """None of them, the first one, two, four, … of them, and all but one."""
    size = 0
    while size < len(every):
        yield every[:size]
        size = 2 * size or 1
    if len(every) > 2:
        for at in range(min(len(every), 12)):
            yield every[:at] + every[at + 1 :]


def _with(facts: Mapping[str, tuple[T, ...]], name: str, kept: tuple[T, ...]) -> dict[str, tuple[T, ...]]:
    changed = {**facts, name: kept}
    return {each: some for each, some in changed.items() if some}


def _plainer(field: Field, value: Value) -> Iterator[Value]:
    """What to try instead of a value, the plainest first."""
    nothing: Value = field.default
    if field.kind is Kind.TAGS and nothing is None:
        nothing = ()
    if (not field.required or nothing is not None) and value != nothing:
        yield nothing
    if isinstance(value, bool) or not isinstance(value, int):
        return
    size = len(str(abs(value) // SCALE)) - 1
    tried = {value}
    for step in sorted({10**size, 5 * 10 ** (size - 1) if size else 1, 10 ** max(size - 1, 0), 1}, reverse=True):
        unit = step * SCALE
        for number in (half(value, unit) * unit, -(-value // unit) * unit, value // unit * unit):
            if number not in tried and in_range(field, number):
                tried.add(number)
                yield number


__all__ = ["plain_value", "plainest"]
