"""An expression with its parts changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from tierlang.program.expressions import Branch, Expression, parts_of
from tierlang.program.written import Written

Change = Callable[[Expression], Expression]


def mapped(expression: Expression, change: Change) -> Expression:
    """The expression with each of its direct parts changed; itself where none is."""
    if not parts_of(expression):
        return expression
    changed: dict[str, Any] = {}
    for field in attrs.fields(type(expression)):
        before = getattr(expression, field.name)
        after = _changed(before, change)
        if after is not before:
            changed[field.name] = after
    return attrs.evolve(expression, **changed) if changed else expression


def _changed(value: Any, change: Change) -> Any:
    """A part, or parts, of an expression; what is none stays."""
    if isinstance(value, Branch):
        when, then = change(value.when), change(value.value)
        same = when is value.when and then is value.value
        return value if same else attrs.evolve(value, when=when, value=then)
    if isinstance(value, Written):
        return change(value)  # type: ignore[arg-type]
    if isinstance(value, tuple):
        after = tuple(_changed(each, change) for each in value)
        return value if all(one is other for one, other in zip(after, value, strict=True)) else after
    return value
