"""Equality, hash and `repr` of the nodes, said once.

attrs would generate the three for each of some 150 classes, which takes a third of the time of a quick `check`.
"""

from __future__ import annotations

from typing import Any

import attrs

_NAMES: dict[type[Any], tuple[str, ...]] = {}


def names_said(kind: type[Any]) -> tuple[str, ...]:
    """The fields of a class of nodes that take part in equality, which their places do not; kept, since attrs is slow to say."""
    names = _NAMES.get(kind)
    if names is None:
        fields: tuple[attrs.Attribute[object], ...] = attrs.fields(kind)
        names = _NAMES[kind] = tuple(one.name for one in fields if one.eq)
    return names


@attrs.frozen(eq=False, repr=False)
class Said:
    """A node that is what it says: two are equal if they are of one class and all fields that take part in equality are equal."""

    def _said(self) -> list[tuple[str, object]]:
        return [(name, getattr(self, name)) for name in names_said(type(self))]

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in names_said(type(self)))

    def __hash__(self) -> int:
        return hash((type(self), *[getattr(self, name) for name in names_said(type(self))]))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self._said())})"
