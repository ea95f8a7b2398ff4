"""Fields, and accounts with values in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import attrs

from tests.strategies.dice import Dice
from tests.strategies.pools import KEYS, LABELS, TEXTS, dates
from tierlang.engines.interpreter.facts import Account, Event, Observation
from tierlang.program import nodes as n
from tierlang.program.numbers import LIMIT, SCALE
from tierlang.program.values import Kind, Value


@attrs.frozen
class History:
    """What happened to an account: its events by type, its observations by signal."""

    events: Mapping[str, tuple[Event, ...]]
    signals: Mapping[str, tuple[Observation, ...]]


def values_of(dice: Dice, kind: Kind, as_of: dt.date) -> tuple[Value, ...]:
    """A few values of a kind."""
    match kind:
        case Kind.WHOLE:
            return tuple(dice.some(dice.wholes, 2, 6))
        case Kind.NUMBER | Kind.MONEY:
            return tuple(dice.some(dice.numbers, 2, 6))
        case Kind.TEXT:
            return tuple(dice.some(TEXTS, 2, 6))
        case Kind.FLAG:
            return dice.pick(((True, False), (True,), (False,)))
        case Kind.DATE:
            return tuple(dice.some(dates(as_of), 2, 6))
        case Kind.TAGS:
            return tuple(tuple(sorted(set(dice.some(TEXTS, 0, 3)))) for _ in range(1 + dice.below(3)))


def field_of(dice: Dice, name: str, kind: Kind, as_of: dt.date) -> tuple[n.Field, tuple[Value, ...]]:
    """A field and the values its accounts have; declared bounds hold for all of them."""
    pool = values_of(dice, kind, as_of)
    field = n.Field(name, kind, label=dice.pick(LABELS) if dice.chance(6) else None)
    if kind.is_numeric and dice.chance(2):
        numbers = [value for value in pool if isinstance(value, int)]
        low, high = min(numbers), max(numbers)
        open_ = dice.chance(3) and high + SCALE < LIMIT
        field = attrs.evolve(
            field,
            low=None if dice.chance(4) else low,
            high=None if dice.chance(4) else high + SCALE * open_,
            high_open=open_,
        )
    if kind is Kind.TEXT and dice.chance(3):
        field = attrs.evolve(field, one_of=tuple(dict.fromkeys(str(value) for value in pool)))
    match dice.below(4):
        case 2:
            field = attrs.evolve(field, required=True)
        case 3 if kind is not Kind.TAGS:
            field = attrs.evolve(field, default=pool[0])
    return field, (*pool, None) if field.may_be_missing else pool


def accounts_of(
    dice: Dice, fields: Sequence[tuple[n.Field, tuple[Value, ...]]], histories: Sequence[History]
) -> tuple[Account, ...]:
    """A population; every account has one of the histories."""
    count = 0 if dice.chance(25) else 1 + dice.below(dice.pick((12, 24, 40, 3)))
    free = list(KEYS)
    accounts = []
    for _ in range(count):
        values = {field.name: pool[dice.below(len(pool))] if len(pool) > 1 else pool[0] for field, pool in fields}
        history = dice.pick(histories)
        accounts.append(Account(free.pop(dice.below(len(free))), values, history.events, history.signals))
    return tuple(accounts)


def strangers_of(dice: Dice, histories: Sequence[History]) -> tuple[Account, ...]:
    """Accounts that only the files of events and signals know."""
    keys = dice.pick(((), ("nobody",), ("stranger ü", "nobody"), ("z 1", "Z 1", "ä 1", "0", "𐀁")))
    return tuple(Account(key, {}, each.events, each.signals) for key in keys for each in [dice.pick(histories)])
