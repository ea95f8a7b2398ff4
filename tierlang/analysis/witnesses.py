"""From choices to an account, and from an account to the smallest one of which the claim is still true."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import attrs

from tierlang.analysis.domains import domain_of
from tierlang.analysis.keys import Choice, picks_of
from tierlang.analysis.writing import KEY
from tierlang.engines.interpreter.facts import Account
from tierlang.program.nodes import Field, Program
from tierlang.program.values import Kind, Value

Holds = Callable[[Account], bool]
Put = Callable[[Account, tuple[Any, ...]], Account]


def account_of(program: Program, choice: Choice, as_of: dt.date) -> Account:
    """The account of these picks; everything else is missing, or has its default, or is the plainest there is."""
    values = {field.name: plain(program, field, as_of) for field in program.fields}
    events: dict[str, Any] = {}
    signals: dict[str, Any] = {}
    key: Value = KEY
    for name, value in picks_of(choice):
        sort, _, name = name.partition(":")
        if sort == "e":
            events[name] = value
        elif sort == "s":
            signals[name] = value
        elif name == program.key.name:
            key = value
        else:
            values[name] = value
    present = {name: value for name, value in values.items() if value is not None}
    return Account(str(key), present, {n: e for n, e in events.items() if e}, {n: o for n, o in signals.items() if o})


def plain(program: Program, field: Field, as_of: dt.date) -> Value:
    """What a field is where nothing hangs on it."""
    if field.default is not None or field.may_be_missing:
        return field.default
    return next(iter(domain_of(field, (), program.missing_cells, as_of).values), None)


def smallest(program: Program, account: Account, as_of: dt.date, holds: Holds) -> Account:
    """An account of which the same holds, with fewer events and observations and fewer values that are not what they would be anyway; in a fixed order, so always the same."""
    for way in (_fewer_events, _fewer_observations, _plainer_values):
        account = way(program, account, as_of, holds)
    return account


def _fewer(items: tuple[Any, ...], tried: Callable[[tuple[Any, ...]], bool]) -> tuple[Any, ...]:
    """Some of the items, none of which can be left out; halves first."""
    size = len(items)
    while size:
        at = 0
        while at < len(items):
            without = items[:at] + items[at + size :]
            if tried(without):
                items = without
            else:
                at += size
        size //= 2
    return items


def _fewer_events(program: Program, account: Account, as_of: dt.date, holds: Holds) -> Account:
    for name, events in account.events.items():
        account = _left(account, events, _of_events(name), holds)
    return account


def _of_events(name: str) -> Put:
    return lambda account, kept: attrs.evolve(account, events=_with(account.events, name, kept))


def _fewer_observations(program: Program, account: Account, as_of: dt.date, holds: Holds) -> Account:
    for name, seen in account.signals.items():
        account = _left(account, seen, _of_signals(name), holds)
    return account


def _of_signals(name: str) -> Put:
    return lambda account, kept: attrs.evolve(account, signals=_with(account.signals, name, kept))


def _left(account: Account, items: tuple[Any, ...], put: Put, holds: Holds) -> Account:
    """The account with as few of the items as the claim needs."""
    return put(account, _fewer(items, lambda kept: holds(put(account, kept))))


def _with(found: Mapping[str, Any], name: str, items: tuple[Any, ...]) -> dict[str, Any]:
    rest = {key: value for key, value in found.items() if key != name}
    return {**rest, name: items} if items else rest


def _plainer_values(program: Program, account: Account, as_of: dt.date, holds: Holds) -> Account:
    for field in program.fields:
        usual = plain(program, field, as_of)
        for value in _plainer(field, account.values.get(field.name), usual):
            values = {name: each for name, each in account.values.items() if name != field.name}
            other = attrs.evolve(account, values=values if value is None else {**values, field.name: value})
            if holds(other):
                account = other
                break
    ordered = {field.name: account.values[field.name] for field in program.fields if field.name in account.values}
    return attrs.evolve(account, values=ordered)


def _plainer(field: Field, value: Value, usual: Value) -> Iterator[Value]:
    """Plainer values than this one, the plainest first."""
    if value == usual:
        return
    yield usual
    if field.kind is Kind.TAGS and isinstance(value, tuple) and len(value) > 1:
        yield from ((tag,) for tag in value)
        yield from (tuple(each for each in value if each != tag) for tag in value if len(value) > 2)
