"""Equality, hash and `repr` of the nodes, said once.

attrs would generate the three for each of some 150 classes, which takes a third of the time of a quick `check`.
"""

from __future__ import annotations

import attrs


@attrs.frozen(eq=False, repr=False)
class Said:
    """A node that is what it says: two are equal if they are of one class and all fields that take part in equality are equal."""

    def _said(self) -> list[tuple[str, object]]:
        fields: tuple[attrs.Attribute[object], ...] = attrs.fields(type(self))
        return [(one.name, getattr(self, one.name)) for one in fields if one.eq]

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._said() == other._said()

    def __hash__(self) -> int:
        return hash((type(self), *(value for _, value in self._said())))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self._said())})"
