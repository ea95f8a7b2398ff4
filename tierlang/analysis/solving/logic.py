"""Truth values and numbers that are either known here and now (Python's) or for z3 to find, with everything that is plain folded away."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

import z3  # type: ignore[import-untyped]

Truth: TypeAlias = Any
"""`bool`, or z3's `BoolRef`."""

Amount: TypeAlias = Any
"""`int`, or z3's `ArithRef` of integers."""


def is_plain(thing: Any) -> bool:
    """Whether it is known without z3."""
    return isinstance(thing, bool | int)


def conj(*parts: Truth) -> Truth:
    """All of them."""
    return conjoined(parts)


def conjoined(parts: Iterable[Truth]) -> Truth:
    """All of them."""
    rest: dict[int, Truth] = {}
    for part in parts:
        if part is False:
            return False
        if part is not True:
            rest.setdefault(part.get_id(), part)
    found = list(rest.values())
    return True if not found else found[0] if len(found) == 1 else z3.And(found)


def disj(*parts: Truth) -> Truth:
    """One of them at least."""
    return disjoined(parts)


def disjoined(parts: Iterable[Truth]) -> Truth:
    """One of them at least."""
    rest: dict[int, Truth] = {}
    for part in parts:
        if part is True:
            return True
        if part is not False:
            rest.setdefault(part.get_id(), part)
    found = list(rest.values())
    return False if not found else found[0] if len(found) == 1 else z3.Or(found)


def neg(part: Truth) -> Truth:
    """Not it."""
    return not part if isinstance(part, bool) else z3.Not(part)


def implies(condition: Truth, result: Truth) -> Truth:
    """The result, where the condition holds."""
    return disj(neg(condition), result)


def same(one: Truth, other: Truth) -> Truth:
    """Both or neither."""
    if isinstance(one, bool):
        return other if one else neg(other)
    if isinstance(other, bool):
        return one if other else neg(one)
    return one == other


def pick(condition: Truth, yes: Amount, no: Amount) -> Amount:
    """One number or the other."""
    if isinstance(condition, bool):
        return yes if condition else no
    if isinstance(yes, int) and isinstance(no, int):
        if yes == no:
            return yes
        context = condition.ctx
        return z3.If(condition, z3.IntVal(yes, context), z3.IntVal(no, context))
    return z3.If(condition, yes, no)


def total(parts: Iterable[Amount]) -> Amount:
    """Their sum."""
    plain, others = 0, []
    for part in parts:
        if isinstance(part, int):
            plain += part
        else:
            others.append(part)
    if not others:
        return plain
    whole = others[0] if len(others) == 1 else z3.Sum(others)
    return whole + plain if plain else whole


def scaled(number: Amount, factor: int) -> Amount:
    """So many times the number."""
    if isinstance(number, int):
        return number * factor
    return 0 if factor == 0 else number if factor == 1 else factor * number
