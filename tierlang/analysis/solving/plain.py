"""Round numbers instead of those that z3 happens to find."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import attrs

from tierlang.accounts.cells import in_range
from tierlang.engines.interpreter.facts import Account
from tierlang.program.nodes import Field, Program
from tierlang.program.numbers import SCALE, half
from tierlang.program.values import Value


def rounder(program: Program, account: Account, does: Callable[[Account], bool]) -> Account:
    """The account with the roundest numbers of which the same holds, field by field in the order of the program."""
    for field in program.fields:
        for number in _rounder(field, account.values.get(field.name)):
            tried = attrs.evolve(account, values={**account.values, field.name: number})
            if does(tried):
                account = tried
                break
    return account


def _rounder(field: Field, value: Value) -> Iterator[int]:
    """Numbers near it with fewer digits, the fewest first."""
    if isinstance(value, bool) or not isinstance(value, int) or value == 0:
        return
    size = len(str(abs(value) // SCALE)) - 1
    tried = {value}
    for step in (10**size, 10**size // 2, 10 ** (size - 1) if size else 0, 1):
        unit = step * SCALE
        for number in (half(value, unit) * unit, -(-value // unit) * unit, value // unit * unit) if step else ():
            if number not in tried and in_range(field, number):
                tried.add(number)
                yield number
