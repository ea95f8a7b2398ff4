"""The value of one expression for one account.

Every part is evaluated, also those that do not decide the result, because a number out of bounds anywhere is a fault of the account.
"""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Callable
from typing import Any, cast

from tierlang.engines.interpreter.facts import Facts
from tierlang.engines.interpreter.lookups import looked_up
from tierlang.program.calendar import shift
from tierlang.program.expressions import (
    Absolute,
    AllOf,
    AnyOf,
    Arithmetic,
    AsOf,
    AtLeast,
    Attribute,
    Choose,
    Compare,
    Constant,
    DaysSince,
    Defined,
    Expression,
    Extreme,
    FirstOf,
    HasTag,
    Input,
    InTier,
    IsMissing,
    LookedUp,
    Negative,
    Not,
    OneOf,
    Rounded,
    TextMatch,
    parts_of,
)
from tierlang.program.nodes import Condition
from tierlang.program.numbers import SCALE, in_limits, product, quotient, round_to
from tierlang.program.values import Value

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_ARITHMETIC: dict[str, Callable[[int, int], int | None]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": product,
    "/": quotient,
}


def value_of(expression: Expression, facts: Facts, where: str) -> Value:
    """What the expression is for this account; a number out of bounds becomes missing and is noted as a fault of `where`."""
    parts = parts_of(expression)
    value = combine(expression, tuple([value_of(part, facts, where) for part in parts]) if parts else (), facts)
    if isinstance(value, int) and not isinstance(value, bool) and not in_limits(value):
        facts.faults.append(where)
        return None
    return value


def holds(condition: Condition, facts: Facts, where: str | None = None) -> bool | None:
    """Whether the condition is true, false or unknown; its own words are to blame for a fault unless others are given."""
    return cast("bool | None", value_of(condition.test, facts, condition.text if where is None else where))


def combine(expression: Expression, parts: tuple[Value, ...], facts: Facts) -> Value:
    """One operation on the values of its parts, in the order of `parts_of`."""
    match expression:
        case Constant(value=value):
            return value
        case Input(name=name):
            return facts.inputs[name]
        case Compare(operator=sign):
            return None if None in parts else _COMPARE[sign](parts[0], parts[1])
        case Defined(name=name):
            return facts.defined[name]
        case Attribute(name=name):
            return facts.attributes[name]
        case LookedUp():
            return looked_up(facts.program, expression, parts)
        case InTier(ladder=ladder, tiers=tiers):
            return facts.tiers.get(ladder) in tiers
        case AsOf(offset=offset, direction=direction):
            return facts.as_of if offset is None else shift(facts.as_of, offset, direction)
        case AllOf():
            return False if False in parts else None if None in parts else True
        case AnyOf():
            return True if True in parts else None if None in parts else False
        case AtLeast(count=count):
            return _at_least(count, parts)
        case IsMissing():
            return parts[0] is None
        case FirstOf():
            return next((part for part in parts if part is not None), None)
        case Extreme(which=which, skip_missing=skip):
            return _extreme(which, parts, skip)
        case Choose():
            pairs = zip(parts[0:-1:2], parts[1:-1:2], strict=True)
            return next((value for when, value in pairs if when is True), parts[-1])
        case _ if None in parts:
            return None
        case _:
            return _of_present(expression, parts, facts)


def _of_present(expression: Expression, parts: tuple[Any, ...], facts: Facts) -> Value:
    """An operation that is missing if a part is; here none is. Python's own comparison of texts is by code point, as UTF-8's by byte."""
    match expression:
        case Not():
            return not parts[0]
        case OneOf(values=values):
            return parts[0] in values
        case TextMatch(operator="contains"):
            return parts[1] in parts[0]
        case TextMatch(operator="starts with"):
            return cast(str, parts[0]).startswith(parts[1])
        case TextMatch(operator="ends with"):
            return cast(str, parts[0]).endswith(parts[1])
        case HasTag():
            return parts[1] in parts[0]
        case Arithmetic(operator=sign):
            return _ARITHMETIC[sign](parts[0], parts[1])
        case Negative():
            return -cast(int, parts[0])
        case Absolute():
            return abs(cast(int, parts[0]))
        case Rounded(digits=digits):
            return round_to(parts[0], digits)
        case DaysSince():
            return (facts.as_of - cast(dt.date, parts[0])).days * SCALE
        case _:
            raise AssertionError(f"{type(expression).__name__} is not an operation on present values")


def _at_least(count: int, parts: tuple[Value, ...]) -> bool | None:
    true = sum(part is True for part in parts)
    open_ = sum(part is None for part in parts)
    if true >= count:
        return True
    return False if true + open_ < count else None


def _extreme(which: str, parts: tuple[Any, ...], skip_missing: bool) -> Value:
    present = [part for part in parts if part is not None]
    if not present or (len(present) < len(parts) and not skip_missing):
        return None
    return cast(Value, min(present) if which == "least" else max(present))
