"""What fields can be, and which of a field's values a question tells apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tierlang.analysis.abstract import blank
from tierlang.analysis.cells.kept import Kept
from tierlang.analysis.domains import Domain, domain_of
from tierlang.analysis.flows import Use
from tierlang.analysis.keys import Cells, Pick, add
from tierlang.engines.interpreter.expressions import value_of
from tierlang.engines.interpreter.facts import Facts
from tierlang.program.expressions import Expression
from tierlang.program.nodes import Field
from tierlang.program.values import Kind, Value

_FEW, _MANY = 6, 64
"""A field of so few cells is taken as it is, and so is one of so many (or asked so many things)."""


class Fields:
    """The fields of a program as one question looks at them: its expressions, and what is done with every name that they read."""

    def __init__(self, kept: Kept, asked: Iterable[Expression], uses: Mapping[str, frozenset[Use]]) -> None:
        self._kept = kept
        self._index = kept.index
        self._nobody = blank(kept.index.program, kept.index.as_of).account
        self._asked = tuple(asked)
        self._uses = uses
        self._apart: dict[str, tuple[Value, ...]] = {}

    def of(self, name: str, field: Field) -> Cells:
        """What a field can be."""
        cells: Cells = {value: Pick(name, value) for value in self.told_apart(name) or ()}
        for span in self._domain(name, field).spans:
            add(cells, span, None)
        return cells

    def told_apart(self, name: str) -> tuple[Value, ...] | None:
        """Of a field with many cells, one value for each set of answers that the question's expressions give, if it is only asked things that hang on it alone. None for what is no field."""
        field = self._index.nodes.get(name)
        if not isinstance(field, Field):
            return None
        known = self._apart.get(name)
        if known is None:
            known = self._apart[name] = self._find(name, field)
        return known

    def _find(self, name: str, field: Field) -> tuple[Value, ...]:
        domain = self._domain(name, field)
        if not _FEW < len(domain.values) <= _MANY or domain.spans or field.kind not in (Kind.TEXT, Kind.TAGS):
            return domain.values
        tests = self._tests(name)
        if tests is None or len(tests) > _MANY:
            return domain.values
        found: dict[tuple[Value, ...], Value] = {}
        for value in domain.values:
            facts = Facts(self._index.program, self._nobody, self._index.as_of, {name[2:]: value})
            found.setdefault(tuple(value_of(test, facts, "") for test in tests), value)
        return tuple(found.values())

    def _tests(self, name: str) -> Sequence[Expression] | None:
        """All that is asked of the field alone; None if more is done with it."""
        tests: list[Expression] = []
        for parts in (
            self._index.parts_alone(self._asked, name),
            *(self._index.alone(each, name) for each in self._uses if name in self._index.reads(each)),
        ):
            if parts is None:
                return None
            tests += parts
        return tests

    def _domain(self, name: str, field: Field) -> Domain:
        uses = self._uses.get(name, frozenset())
        known = self._kept.domains.get((name, uses))
        if known is None:
            program, as_of = self._index.program, self._index.as_of
            known = self._kept.domains[name, uses] = domain_of(field, uses, program.missing_cells, as_of)
        return known
